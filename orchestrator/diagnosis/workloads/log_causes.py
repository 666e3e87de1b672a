"""What a program's last words say of why it ended, read by the table of `log_table.py`."""

from dataclasses import dataclass

from orchestrator.diagnosis.workloads.log_table import TABLE, WORDS


@dataclass(frozen=True)
class Cause:
    """A state, the line that shows it, and whether a program does not survive it."""

    code: str
    line: str
    message: str
    fatal: bool
    fix: str = ""


_LINES = 200


def cause_in(log: str) -> Cause | None:
    """The cause that the last lines tell: of several the one that stands highest in the table among the last words.

    Read from the end: what a program says last is why it ended; an earlier complaint was survived. Within the last
    20 telling lines the order of the table decides, since one trouble is told by several lines.
    """
    lines = [line for line in log.splitlines()[-_LINES:] if line.strip()]
    for chunk in (lines[-20:], lines[:-20]):
        for code, fatal, pattern in TABLE:
            for line in reversed(chunk):
                if pattern.search(line):
                    shown = line.strip()[:300]
                    return Cause(code, shown, f"{WORDS[code]}: {shown}", fatal)
    return None


def causes_in(log: str, codes: frozenset[str]) -> list[Cause]:
    """Those of the given causes that the log tells of, each with its last line."""
    found = []
    for code, fatal, pattern in TABLE:
        if code in codes:
            told = [line for line in log.splitlines()[-_LINES:] if pattern.search(line)]
            if told:
                found.append(Cause(code, told[-1].strip()[:300], f"{WORDS[code]}: {told[-1].strip()[:300]}", fatal))
    return found
