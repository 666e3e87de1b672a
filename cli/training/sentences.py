"""The project's own labelled sentences: a file a class in ``training/sentences``, and those of the language's tests.

A fifth of the own and the public ones, chosen by a hash of their words, is never trained on nor tuned to.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from cli.bench.language.phrases import CARRIER, phrases, plain_titles
from cli.bench.language.said import KNOWN_WRONG
from cli.bench.language.said import cases as said_cases

FOLDER = Path(__file__).parents[2] / "training" / "sentences"
DIALOGUES = Path(__file__).parents[2] / "tests" / "language" / "dialogues"
FILES = {
    "add": "add_task",
    "update": "update_task",
    "complete": "complete_task",
    "reopen": "reopen_task",
    "delete": "delete_task",
    "list": "list_tasks",
    "undo": "undo",
    "talk": "talk",
    "elsewhere": "elsewhere",
    "beyond": "beyond",
}
NOTHING = ("talk", "elsewhere", "beyond")  # the classes of words that ask for nothing that this program does
CLASSES = tuple(FILES.values())
OWN = "own sentences"
TESTS = "the tests' sentences"


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """Words, the class that they belong to, and where they come from.

    ``tools`` are all that they call for, in order, where that is known. ``decides`` is false for what only trains: its
    class is a likely one.
    """

    text: str
    label: str
    source: str
    tools: tuple[str, ...] = ()
    decides: bool = True

    @property
    def unseen(self) -> bool:
        """Whether it is of the fifth that is kept for the report; the tests' own sentences all train."""
        return self.source != TESTS and hashlib.sha256(self.text.encode()).digest()[0] % 5 == 0


def own(folder: Path = FOLDER) -> list[Sentence]:
    """The sentences of the folder's files."""
    found = [
        Sentence(text=line, label=label, source=OWN, tools=() if label in NOTHING else (label,))
        for name, label in FILES.items()
        for line in _lines(folder / f"{name}.txt")
    ]
    return found + [_several(line) for line in _lines(folder / "several.txt")]


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("# "):
            yield line


def _several(line: str) -> Sentence:
    """``TOOL TOOL: words``; its class is the first tool."""
    tools, _, text = line.partition(": ")
    return Sentence(text=text, label=tools.split()[0], source=OWN, tools=tuple(tools.split()))


def _added_in_dialogues() -> Iterator[str]:
    """What is said in the tests' dialogues and adds just these words: it needs no turn before it."""
    for path in sorted(DIALOGUES.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for said, outcome in pairwise(lines):
            if said.startswith("> ") and outcome.startswith("added: ") and outcome[7:].split(" | ")[0] in said:
                yield said[2:]


def of_tests() -> list[Sentence]:
    """What the tests of the language hold: whole sentences, and titles and dates that a task is made of.

    Those about reminders and settings are left out: the rules alone read them, and the judge has no class for them.
    """
    said = [
        Sentence(text=case.text, label=label, source=TESTS)
        for case in said_cases()
        if case.file != KNOWN_WRONG
        for actions in case.options[:1]
        if (label := actions[0][0] if actions else "talk") in CLASSES
    ]
    said += [Sentence(text=text, label="add_task", source=TESTS) for text in _added_in_dialogues()]
    dated = [Sentence(text=CARRIER + phrase.text, label="add_task", source=TESTS) for phrase in phrases()[::3]]
    return said + dated + [Sentence(text=title, label="add_task", source=TESTS) for title in plain_titles()]
