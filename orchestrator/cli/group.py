"""`./todo deploy`: the options that all its commands share."""

from pathlib import Path
from typing import Annotated

import typer

from orchestrator.cli import shown
from orchestrator.cli.order import AnyOrder
from orchestrator.cli.output import told
from orchestrator.errors import EnvironmentMissingError
from orchestrator.options import Options, TargetName
from orchestrator.progress.choose import Style

ROOT = Path(__file__).resolve().parents[2]
app = typer.Typer(
    help="From source to a healthy release on Kubernetes. Without a sub-command: up.",
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback(cls=AnyOrder)
def deploy(
    context: typer.Context,
    *,
    target: Annotated[
        TargetName, typer.Option(help="Where to: minikube, kind, or a kube context by name.")
    ] = "minikube",
    kube_context: Annotated[
        str | None, typer.Option("--context", help="The kube context, with --target context.")
    ] = None,
    namespace: Annotated[str, typer.Option("--namespace", "-n", help="The namespace; made if absent.")] = "default",
    registry: Annotated[
        str | None, typer.Option(help="Push images here, with --target context; else the node shares the local engine.")
    ] = None,
    profile: Annotated[str, typer.Option(help="The minikube profile or kind cluster.")] = "minikube",
    env_file: Annotated[Path, typer.Option(help="File with DATABASE_URL, OPENAI_API_KEY, BETTER_AUTH_SECRET.")] = Path(
        ".env"
    ),
    values: Annotated[
        list[Path] | None, typer.Option("--values", "-f", help="A chart values file; repeatable.")
    ] = None,
    agent: Annotated[
        list[str] | None, typer.Option(help="ROLE=NAME, repeatable: who makes dockerfile, manifest, or reads health.")
    ] = None,
    agent_file: Annotated[
        Path | None, typer.Option(help="Roles and settings of agents; default: agents.toml, if it is there.")
    ] = None,
    build_network: Annotated[str, typer.Option(help="The network of docker build.")] = "host",
    platform: Annotated[
        str | None, typer.Option(help="The nodes' platform, as linux/arm64; default: this engine's own.")
    ] = None,
    wait: Annotated[
        float, typer.Option(min=10, max=3600, help="Seconds that a release may take to get ready.")
    ] = 120.0,
    storage: Annotated[
        shown.Storage, typer.Option(help="The bundled Postgres' data: a claim, ephemeral, or by the cluster.")
    ] = "auto",
    force: Annotated[bool, typer.Option("--force", help="Run every step, changed or not.")] = False,
    progress: Annotated[Style, typer.Option(help="live table, plain lines, or json lines.")] = "auto",
) -> None:
    """From source to a healthy release on Kubernetes. Without a sub-command: up."""
    with told():
        context.obj = Options(
            root=ROOT,
            target=target,
            context=kube_context,
            namespace=namespace,
            registry=registry,
            profile=profile,
            env_file=_from_root(env_file),
            values=tuple(path.resolve() for path in values or ()),
            agents=shown.roles(agent or []),
            agents_from=_from_root(agent_file) if agent_file else None,
            build_network=build_network,
            platform=shown.platform(platform),
            wait=wait,
            storage=storage,
            force=force,
        )
    context.meta["style"] = progress
    if context.invoked_subcommand is None:
        from orchestrator.cli.change_commands import up  # noqa: PLC0415 - it needs `app`

        up(context)


def _from_root(path: Path) -> Path:
    found = path if path.is_absolute() or path.exists() else ROOT / path
    if str(path) != ".env" and not found.exists():
        raise EnvironmentMissingError(f"there is no file {path}.", remedy="Check the path.")
    return found
