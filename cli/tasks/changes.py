"""What an undo or a redo changed, in lines."""

from typing import Any

from cli.tasks.words import said

SHOWN = 10


def told(verb: str, answer: dict[str, Any]) -> str:
    """A line for the whole, and one for each of the first tasks that changed."""
    if not answer["total"]:
        return f"{verb}: the settings of reminders"
    lines = [f"  {_of(change)}" for change in answer["changes"][:SHOWN]]
    more = [f"  … and {answer['total'] - SHOWN:,} more"] if answer["total"] > SHOWN else []
    return "\n".join([f"{verb}: {answer['total']:,} change{'s' if answer['total'] > 1 else ''}", *lines, *more])


def _of(change: dict[str, Any]) -> str:
    before, after = change["before"], change["after"]
    if not (before and after):
        what = "  (there again)" if after else "  (gone)"
    else:
        what = "" if before["status"] == after["status"] else f"  ({after['status']} again)"
    return f"{(after or before)['number']}: {said(after or before)}{what}"
