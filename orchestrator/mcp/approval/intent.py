"""What a change would do, exactly: what a person reads, and the digest that their word is bound to."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from orchestrator.audit import digest


@dataclass(frozen=True)
class Intent:
    """`lines` say what would be done, secrets masked; `bound` holds a digest of each thing that it depends on."""

    tool: str
    place: str
    arguments: Mapping[str, Any]
    lines: tuple[str, ...]
    bound: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Stands for all of it."""
        return digest(json.dumps(asdict(self), sort_keys=True, ensure_ascii=False))

    @property
    def text(self) -> str:
        """For the person who is asked; what would move a terminal's cursor or make lines of its own is spelt out."""
        arguments = {name: value for name, value in self.arguments.items() if value not in (None, False)}
        told = f" with {json.dumps(arguments, ensure_ascii=False)}" if arguments else ""
        lines = (f"{self.tool} in {self.place}{told}", *(f"  {line}" for line in self.lines))
        return "\n".join(_spelt_out(line) for line in lines)


def _spelt_out(line: str) -> str:
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in line)


def changes(before: Intent, now: Intent) -> tuple[str, ...]:
    """What differs, in a few words each; empty if the word that was given for `before` holds for `now`."""
    if before.digest == now.digest:
        return ()
    gone = [f"no more: {line}" for line in before.lines if line not in now.lines]
    new = [f"new: {line}" for line in now.lines if line not in before.lines]
    names = sorted(name for name in {*before.bound, *now.bound} if before.bound.get(name) != now.bound.get(name))
    return (*gone, *new, *(f"changed: {name}" for name in names)) or ("other arguments",)
