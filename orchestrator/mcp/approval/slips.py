"""Slips of paper between the server, which asks, and the person's terminal, which answers: one file an approval.

A slip holds what the person reads and the digest of it. The server compares it with what it remembers, so a slip
that was written by anyone else, or changed, approves nothing.
"""

import json
import os
import re
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from orchestrator.errors import EnvironmentMissingError
from orchestrator.mcp.approval.intent import Intent

_CODE = re.compile(r"[0-9a-f]{4}-[0-9a-f]{4}")
_NEW = "Have the agent call the tool again for a new code."


@dataclass(frozen=True)
class Slip:
    """`expires` is in seconds since 1970; `answer` is the person's, `by` their name."""

    code: str
    asked_by: str
    expires: float
    intent: Intent
    answer: Literal["", "approved", "refused"] = ""
    by: str = ""
    digest: str = ""

    @property
    def whole(self) -> bool:
        """Whether its digest is that of what the person reads."""
        return self.digest == self.intent.digest

    @property
    def expired(self) -> bool:
        """Whether it is too late for an answer."""
        return time.time() > self.expires


def folder_of(home: Path) -> Path:
    """Where slips lie."""
    return home / "approvals"


def write(home: Path, slip: Slip) -> None:
    """Lay the slip down, whole or not at all, readable by its owner alone."""
    folder = folder_of(home)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f".{slip.code}.draft"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(slip), file, ensure_ascii=False)
    draft.replace(folder / slip.code)


def read(home: Path, code: str) -> Slip:
    """The slip of the code. Raises EnvironmentMissingError if there is none, or what lies there is none."""
    if not _CODE.fullmatch(code):
        raise EnvironmentMissingError(f"{code[:40]!r} is no approval code.", remedy="It looks like 1a2b-3c4d.")
    try:
        told = json.loads((folder_of(home) / code).read_text(encoding="utf-8"))
        intent = Intent(**{**told["intent"], "lines": tuple(told["intent"]["lines"])})
        return Slip(**{**told, "intent": intent})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EnvironmentMissingError(f"nothing waits for approval under {code}.", remedy=_NEW) from error


def drop(home: Path, code: str) -> None:
    """Take the slip away."""
    if _CODE.fullmatch(code):
        (folder_of(home) / code).unlink(missing_ok=True)


def answered(slip: Slip, *, approved: bool, by: str) -> Slip:
    """The slip with the person's answer."""
    return replace(slip, answer="approved" if approved else "refused", by=by)


def open_slip(home: Path, code: str) -> Slip:
    """A slip that still may be answered. Raises EnvironmentMissingError: answered, expired or changed."""
    slip = read(home, code)
    if slip.expired:
        raise EnvironmentMissingError(f"{code} has expired.", remedy=_NEW)
    if slip.answer:
        raise EnvironmentMissingError(f"{code} was {slip.answer} already.", remedy=_NEW)
    if not slip.whole:
        raise EnvironmentMissingError(f"what lies under {code} was changed.", remedy=_NEW)
    return slip


__all__ = ["Slip", "answered", "drop", "open_slip", "read", "write"]
