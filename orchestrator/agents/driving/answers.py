"""An agent's answer, read: control sequences stripped, and the one fenced file taken out of it."""

import re
from dataclasses import dataclass, field

from orchestrator.agents.base import Kind, Outcome
from orchestrator.gates.findings import Finding
from orchestrator.redaction import Redactor

_SEQUENCES = re.compile(
    r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC: titles, links
    r"|\x1b[PX^_][^\x1b]*\x1b\\"  # DCS, SOS, PM, APC
    r"|\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|\x1b[ -/]*[0-~]"  # the other escapes
)
_INTERFACE = re.compile(r"\x1b\[(?:\?(?:47|1047|1049)h|2J|\d*(?:;\d*)?H)")
_FENCE = re.compile(r"^(?P<indent> *)(?P<fence>`{3,}|~{3,})(?P<info>.*)$")


def plain(text: str) -> str:
    """`text` as it would stay on a screen: no control sequences, and of an overwritten line only its last form."""
    stripped = _SEQUENCES.sub("", text).replace("\r\n", "\n")
    lines = (line.rstrip("\r").rsplit("\r", 1)[-1] for line in stripped.split("\n"))
    return "\n".join("".join(c for c in line if c == "\t" or c.isprintable()) for line in lines)


def draws_interface(text: str) -> bool:
    """Whether it clears the screen, moves the cursor to a place or takes the alternate screen: a terminal interface."""
    return bool(_INTERFACE.search(text))


@dataclass
class Fenced:
    """The fenced blocks of a text, as CommonMark has them; `torn`: the last one was never closed."""

    blocks: list[str] = field(default_factory=list)
    torn: bool = False


def fenced(text: str) -> Fenced:
    """Find the blocks; each ends in a newline and loses the indentation of its fence."""
    found = Fenced()
    lines: list[str] = []
    opening: re.Match[str] | None = None
    for line in text.splitlines():
        match = _FENCE.match(line)
        if opening is None:
            opening, lines = match, []
        elif match and _closes(match, opening):
            found.blocks.append("".join(f"{one}\n" for one in lines))
            opening = None
        else:
            lines.append(_dedented(line, len(opening["indent"])))
    found.torn = opening is not None
    return found


def one_file(answer: str, artefact: str, redactor: Redactor) -> Outcome:
    """The one file in `answer`, as a proposal; else an outcome that says, as a finding, what to answer instead."""
    found = fenced(answer)
    if not answer.strip():
        return Outcome(Kind.EMPTY, detail="the answer is empty", answer=answer)
    if found.torn:
        return _again(Kind.TRUNCATED, "whole", answer, artefact, "The answer ends within its fenced block.")
    if not found.blocks:
        return _again(Kind.REFUSED, "fenced", answer, artefact, "The answer has no fenced file, only prose.")
    if len(found.blocks) > 1:
        message = f"The answer has {len(found.blocks)} fenced blocks."
        return _again(Kind.REFUSED, "one-file", answer, artefact, message)
    if redactor.mask(found.blocks[0]) != found.blocks[0]:
        return _again(Kind.REFUSED, "secret", answer, artefact, "The file holds a secret, or what looks like one.")
    return Outcome(Kind.PROPOSAL, text=found.blocks[0], answer=answer)


def _again(kind: Kind, rule: str, answer: str, artefact: str, message: str) -> Outcome:
    remedy = "Answer with the whole file in exactly one fenced block, and nothing beside it."
    return Outcome(kind, detail=message, answer=answer, findings=(Finding("answer", rule, artefact, message, remedy),))


def _closes(match: re.Match[str], opening: re.Match[str]) -> bool:
    fence, opened = match["fence"], opening["fence"]
    return fence[0] == opened[0] and len(fence) >= len(opened) and not match["info"].strip()


def _dedented(line: str, width: int) -> str:
    own = len(line) - len(line.lstrip(" "))
    return line[min(own, width) :].rstrip()
