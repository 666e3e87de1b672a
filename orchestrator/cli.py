"""`./todo deploy`: from source to a healthy release. Commands parse, call one function, print what it gave."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from orchestrator import shown
from orchestrator.errors import DeployError, EnvironmentMissingError
from orchestrator.options import Options, TargetName
from orchestrator.progress.choose import Style, reporter

ROOT = Path(__file__).resolve().parent.parent
app = typer.Typer(
    help="From source to a healthy release on Kubernetes. Without a sub-command: up.",
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class AnyOrder(TyperGroup):
    """Takes the options that all commands share after the command's name as well as before it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        takes_value = {name: not getattr(option, "is_flag", False) for option in self.params for name in option.opts}
        first, rest, words = [], [], iter(args)
        for word in words:
            name = word.split("=", 1)[0]
            if name not in takes_value or name == "--help":
                rest.append(word)
                continue
            first.append(word)
            if takes_value[name] and "=" not in word:
                first += [value for value in (next(words, None),) if value is not None]
        return super().parse_args(ctx, [*first, *rest])


AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


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
    with _told():
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
            wait=wait,
            storage=storage,
            force=force,
        )
    context.meta["style"] = progress
    if context.invoked_subcommand is None:
        up(context)


@app.command()
def up(context: typer.Context) -> None:
    """Run the plan: build, install, verify and use the release; what is unchanged is skipped."""
    from orchestrator.commands.up import up as run  # noqa: PLC0415 - each command imports only its own parts

    with _told():
        result = run(context.obj, reporter(context.meta["style"]))
        print(shown.summary(result))


@app.command()
def plan(context: typer.Context, as_json: AsJson = False) -> None:
    """Print the steps, what each would do and why, with commands and prompts. Touches nothing."""
    from orchestrator.commands.plan import plan as make  # noqa: PLC0415

    with _told():
        planned = make(context.obj)
        print(_json([one.as_dict() for one in planned]) if as_json else shown.plan(planned))


@app.command()
def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Show cluster, chart and log side by side; exit code 22 if the release is not healthy or was changed by hand."""
    from orchestrator.commands.status import status as look  # noqa: PLC0415

    with _told():
        found = look(context.obj)
        print(_json(found.as_dict()) if as_json else shown.status(found))
        if not found.healthy:
            raise typer.Exit(22)


@app.command()
def verify(
    context: typer.Context,
    wait: Annotated[float, typer.Option("--settle", min=0, max=600, help="Seconds that pods get to be ready.")] = 15.0,
    as_json: AsJson = False,
) -> None:
    """Diagnose the release: each root cause with evidence and fix. Exit code 25 for findings, 26 if it cannot read."""
    from orchestrator.commands.verify import verify as diagnose  # noqa: PLC0415

    with _told():
        found = diagnose(context.obj, _progress(), patience=wait)
        print(_json(found.as_dict())) if as_json else shown.diagnosis(found)
        if found.exit_code:
            raise typer.Exit(found.exit_code)


@app.command(name="open")
def open_(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Local port of a port-forward; 0: any.")] = 0,
) -> None:
    """Print a URL of the page that answers; where only a port-forward does, hold it until Ctrl-C."""
    from orchestrator.commands.operate import open_page  # noqa: PLC0415

    with _told():
        open_page(context.obj, _line, port=port)


@app.command()
def logs(
    context: typer.Context,
    part: Annotated[shown.Part, typer.Argument(help="backend, frontend or postgres.")] = "backend",
    lines: Annotated[int, typer.Option("--lines", min=1, help="Last lines of each pod.")] = 50,
    follow: Annotated[bool, typer.Option("--follow", help="Stay and print new ones.")] = False,
) -> None:
    """Print the last log lines of a part's pods, secrets masked."""
    from orchestrator.commands.operate import logs as read  # noqa: PLC0415

    with _told():
        read(context.obj, _line, part=part, lines=lines, follow=follow)


@app.command()
def rollback(
    context: typer.Context,
    revision: Annotated[int | None, typer.Argument(min=1, help="Default: the last good one before this.")] = None,
) -> None:
    """Go back to an earlier revision and wait for it."""
    from orchestrator.commands.operate import rollback as back  # noqa: PLC0415

    with _told():
        print(f"rolled back to revision {back(context.obj, _progress(), revision=revision)}")


@app.command()
def down(
    context: typer.Context,
    delete_data: Annotated[bool, typer.Option("--delete-data", help="Also the bundled Postgres' data.")] = False,
) -> None:
    """Take away what the tool made, and only that, and see that it is gone."""
    from orchestrator.commands.down import down as remove  # noqa: PLC0415

    with _told():
        gone = remove(context.obj, _progress(), delete_data=delete_data)
        print(
            "\n".join(
                [f"removed: {', '.join(gone.removed) or 'nothing was there'}", *(f"kept: {one}" for one in gone.kept)]
            )
        )


@app.command()
def audit(context: typer.Context, as_json: AsJson = False) -> None:
    """Check the audit log: complete, unbroken, and of the artefacts in the tree. Exit code 24 if not."""
    from orchestrator.audit_check import check  # noqa: PLC0415

    with _told():
        report = check(context.obj.root)
        print(_json(report.as_dict()) if as_json else shown.audit(report))
        if not report.ok:
            raise typer.Exit(24)


@app.command()
def commit(
    context: typer.Context,
    message: Annotated[
        str, typer.Option("--message", "-m", help="The commit's message.")
    ] = "Record the deployment's artefacts",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Stage and commit the artefacts and the audit log, and nothing else (T037)."""
    from orchestrator.commands import commit as command  # noqa: PLC0415

    with _told():
        paths = command.changed(context.obj)
        if not paths:
            print("nothing to commit")
            return
        print("\n".join(paths))
        if not yes:
            typer.confirm("Commit these?", abort=True, err=True)
        print(f"committed as {command.commit(context.obj, message=message)}")


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _line(text: str) -> None:
    print(text, flush=True)


def _progress() -> Callable[[str], None]:
    last: list[str] = []

    def say(text: str) -> None:
        if text not in last[-1:]:
            last.append(text)
            print(text, file=sys.stderr, flush=True)

    return say


def _from_root(path: Path) -> Path:
    found = path if path.is_absolute() or path.exists() else ROOT / path
    if str(path) != ".env" and not found.exists():
        raise EnvironmentMissingError(f"there is no file {path}.", remedy="Check the path.")
    return found


@contextmanager
def _told() -> Iterator[None]:
    """Turn failures into one message on standard error and the exit code that fits."""
    try:
        yield
    except DeployError as error:
        print(f"error: {error.message}", file=sys.stderr)
        if error.remedy:
            print(f"  to mend it: {error.remedy}", file=sys.stderr)
        raise typer.Exit(error.exit_code) from error
    except KeyboardInterrupt as error:
        print("interrupted", file=sys.stderr)
        raise typer.Exit(130) from error
