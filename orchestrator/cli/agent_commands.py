"""Commands for an agent that runs the deployment, and for the person who lets it."""

from typing import Annotated, Literal

import typer

from orchestrator.cli.group import app
from orchestrator.cli.output import told
from orchestrator.errors import RejectedError


@app.command()
def mcp(
    context: typer.Context,
    allow_changes: Annotated[
        bool, typer.Option("--allow-changes", help="Offer up, optimise, rollback and down; each asks a person first.")
    ] = False,
    approve_in: Annotated[
        Literal["client", "terminal"],
        typer.Option(help="Who asks the person: the client, where it can, or always ./todo deploy approve."),
    ] = "client",
) -> None:
    """Serve these commands to an agent over standard input and output, as infra-orchestrator (MCP); reads only."""
    import asyncio  # noqa: PLC0415 - each command imports only its own parts

    from orchestrator.mcp.server import serve  # noqa: PLC0415

    with told():
        asyncio.run(serve(context.obj, allow_changes=allow_changes, always_in_terminal=approve_in == "terminal"))


@app.command()
def approve(context: typer.Context, code: Annotated[str, typer.Argument(help="As the agent tells it.")]) -> None:
    """Read what an agent wants to do here, and approve or refuse it; in a terminal, once, within ten minutes."""
    from orchestrator.commands.approve import approve as decide  # noqa: PLC0415
    from orchestrator.commands.approve import at_terminal  # noqa: PLC0415

    with told():
        if not decide(context.obj, code, at_terminal):
            raise RejectedError(f"{code} was not approved.")
        print(f"approved: the agent may do this once, while {code} holds")
