"""Snapshots as people paste them, by files of cases: `%%% CODE subject`, `% where it was told`, `>>> a file's name`.

Evidence is this project's own; what happened is what the named reports tell. A case of `well` has no finding.
"""

import re
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "pasted"
_CASE = re.compile(r"^%%% ", re.MULTILINE)
_FILE = re.compile(r"^>>> (.+)\n", re.MULTILINE)


@dataclass(frozen=True)
class Paste:
    """Files by name, and the finding that must come first: code and subject, both empty for what is well."""

    family: str
    code: str
    subject: str
    source: str
    files: dict[str, str]

    def write(self, folder: Path) -> Path:
        """The folder with the files in it."""
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return folder


def pastes() -> list[Paste]:
    """Every case, in the files' order."""
    return [_paste(path.stem, text) for path in sorted(_FOLDER.glob("*.txt")) for text in _parts(path)]


def _parts(path: Path) -> list[str]:
    return _CASE.split(path.read_text())[1:]


def _paste(family: str, text: str) -> Paste:
    head, *rest = _FILE.split(text)
    first, source = head.split("\n% ", 1)
    code, _, subject = first.strip().partition(" ")
    files = dict(zip(rest[::2], rest[1::2], strict=True))
    return Paste(family, "" if code == "well" else code, subject, source.strip(), files)
