"""`./todo deploy approve CODE`: a person reads, in their terminal, what an agent wants to do, and says yes or no."""

import getpass
from collections.abc import Callable
from pathlib import Path

from orchestrator.errors import EnvironmentMissingError
from orchestrator.mcp.approval import slips
from orchestrator.options import Options

YES = "yes"
TERMINAL = Path("/dev/tty")


def approve(options: Options, code: str, ask: Callable[[str], str]) -> bool:
    """Show what waits under `code` and keep the person's answer; whether it was yes.

    Raises EnvironmentMissingError if nothing (any more) waits there.
    """
    slip = slips.open_slip(options.home, code)
    told = f"{slip.asked_by} asks for your approval of:\n\n{slip.intent.text}\n\nPlan {slip.digest[:12]}."
    approved = ask(f"{told} Type {YES} to approve: ").strip().lower() == YES
    slips.write(options.home, slips.answered(slip, approved=approved, by=getpass.getuser()))
    return approved


def at_terminal(question: str) -> str:
    """What the person types. Raises EnvironmentMissingError without a terminal: a program's pipe is no person."""
    try:
        with TERMINAL.open(encoding="utf-8") as typed, TERMINAL.open("w", encoding="utf-8") as shown:
            shown.write(question)
            shown.flush()
            return typed.readline()
    except OSError as error:
        raise EnvironmentMissingError(
            "approving needs a terminal, for a person has to read the plan.", remedy="Run it in a terminal of your own."
        ) from error
