"""`docs/rules.md`: every rule of the language engine, where it stands, and sentences that it reads."""

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backend.assistant import language
from backend.assistant.language import Action, Interpretation, Request, TaskView, interpret
from cli.bench.language.said import DATA, KNOWN_WRONG, NOW, ZONE, cases

PLACE = Path(language.__file__).parent
INTRODUCTION = """# The rules of the language engine

Each rule that reads a sentence, what the function that holds it says of itself, its file below
`backend/assistant/language/`, and sentences that it reads, with what they become. The sentences are those of
`tests/language/data/` and `tests/language/dialogues/`: they are tests. It is always Wednesday, 4 March 2026, 9:30.
A rule without an example fails the tests; `tests/language/data/rules.txt` takes one. `./todo interpret --explain
SENTENCE` prints the rules of a sentence and the scores of the candidates. This page is written by `./todo docs`.
"""
FAMILIES = {
    "add": "Adding tasks",
    "edit": "Changing what a task says",
    "move": "Changing when a task is due",
    "complete": "Completing",
    "reopen": "Reopening",
    "delete": "Deleting",
    "subtasks": "Tasks within tasks",
    "ask": "Asking about the list",
    "reminders": "Reminders",
    "undo": "Undoing",
    "redo": "Redoing",
    "follow": "Carrying on from the last turn",
    "answer": "Answering a question",
    "talk": "Talk, which changes nothing",
    "bad": "What cannot be read",
    "judge": "The judge's own verdicts",
}
# Names in the code that are no rule of a sentence: marks, prefixes, and what only a clock or a broken reader causes.
NO_SENTENCE = frozenset(
    "add.again add.wake bad.given-up bad.unread edit.is match.unsure move.is".split()  # noqa: SIM905 - a table
)
# Rules that no sentence is known to reach: another rule reads first what they were made for.
UNREACHED = frozenset(
    "delete.no-reminder delete.the-task".split()  # noqa: SIM905 - a table
)
MOST_EXAMPLES = 3
TASKS = (
    TaskView(1, "pay rent", "2026-03-05"),
    TaskView(2, "car wash"),
    TaskView(3, "roofer", "2026-03-06T09:00", project="Home Repairs"),
    TaskView(4, "call mom", "2026-03-05T17:00"),
    TaskView(5, "wax", parent=2),
)
_NAME = re.compile(rf"(?:{'|'.join(FAMILIES)})\.[a-z][a-z-]*")


@dataclass(frozen=True)
class Rule:
    """A rule's name, the file that holds it, and the first sentence of its function's docstring."""

    name: str
    file: str
    about: str


@dataclass(frozen=True)
class Example:
    """What is said, and what it becomes, in words."""

    said: str
    becomes: str


def page() -> str:
    """The whole page."""
    shown = examples()
    found = [rule for rule in rules() if rule.name not in NO_SENTENCE | UNREACHED]
    sections = [_section(family, title, found, shown) for family, title in FAMILIES.items()]
    names = ", ".join(f"`{name}`" for name in sorted(UNREACHED))
    unreached = f"## Rules that no known sentence reaches\n\nOther rules read first what they were made for: {names}.\n"
    return "\n".join([INTRODUCTION, *sections, unreached])


def rules() -> list[Rule]:
    """The rules that the engine's modules name, each once, in the order of their names."""
    found: dict[str, Rule] = {}
    for path in sorted(PLACE.rglob("*.py")):
        for name, about in _named(ast.parse(path.read_text(encoding="utf-8"))):
            if name not in found or (about and not found[name].about):
                found[name] = Rule(name, str(path.relative_to(PLACE)), about)
    return [found[name] for name in sorted(found)]


def _named(tree: ast.AST, about: str = "") -> Iterator[tuple[str, str]]:
    """The rule names below a node, each with the docstring of the innermost function around it."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _NAME.fullmatch(node.value):
            yield node.value, about
        inner = ast.get_docstring(node) if isinstance(node, ast.FunctionDef) else None
        yield from _named(node, inner.split("\n\n")[0].replace("\n", " ") if inner else about)


@cache
def examples() -> dict[str, list[Example]]:
    """Sentences by the rule that reads them, at most a few each: the shortest of those that are tests."""
    found: dict[str, dict[str, Example]] = defaultdict(dict)
    for said, meaning in (*_alone(), *_listed(), *_in_dialogues()):
        for rule in meaning.rules:
            found[rule].setdefault(said, Example(said, _becomes(meaning)))
    return {rule: sorted(some.values(), key=lambda one: len(one.said))[:MOST_EXAMPLES] for rule, some in found.items()}


def _alone() -> Iterator[tuple[str, Interpretation]]:
    for case in cases():
        if case.file != KNOWN_WRONG:
            yield case.text, interpret(Request(text=case.text, now=NOW, timezone=ZONE))


def _listed() -> Iterator[tuple[str, Interpretation]]:
    """The sentences of ``rules.txt``, on a list of five tasks."""
    for line in (DATA / "rules.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("//"):
            said = line.split(": ", 1)[1]
            yield said, interpret(Request(text=said, now=NOW, timezone=ZONE, tasks=TASKS))


def _in_dialogues() -> Iterator[tuple[str, Interpretation]]:
    """What is said in the tests' dialogues, with what was said before it."""
    from tests.language.reading import dialogues  # noqa: PLC0415 - the tests are in a checkout only
    from tests.language.stage import Stage  # noqa: PLC0415

    for dialogue in dialogues():
        stage = Stage()
        for title, fields in dialogue.tasks:
            stage.put(title, **fields)
        for step in dialogue.steps:
            tasks, turns = tuple(stage.tasks), tuple(stage.turns)
            yield step.said, interpret(Request(text=step.said, now=NOW, timezone=ZONE, tasks=tasks, turns=turns))
            stage.say(step.said)


def _section(family: str, title: str, found: Sequence[Rule], shown: dict[str, list[Example]]) -> str:
    own = [rule for rule in found if rule.name.startswith(f"{family}.")]
    return "\n".join([f"## {title}", "", *(line for rule in own for line in _rule(rule, shown.get(rule.name, [])))])


def _rule(rule: Rule, shown: list[Example]) -> list[str]:
    about = f" {rule.about}" if rule.about else ""
    rows = [f"| {_cell(one.said)} | {_cell(one.becomes)} |" for one in shown]
    table = ["", "| said | becomes |", "|---|---|", *rows] if rows else []
    return [f"**`{rule.name}`** (`{rule.file}`).{about}", *table, ""]


def _becomes(meaning: Interpretation) -> str:
    if not meaning.actions:
        return f"“{meaning.reply.splitlines()[0]}”" if meaning.reply else "nothing"
    asked = "" if meaning.sure else "asked first: "
    return asked + "; ".join(_told(action) for action in meaning.actions[:MOST_EXAMPLES])


def _told(action: Action) -> str:
    arguments = {key: value for key, value in action.arguments.items() if value not in (None, [], {})}
    return f"`{action.tool} {json.dumps(arguments, ensure_ascii=False)}`" if arguments else f"`{action.tool}`"


def _cell(text: str) -> str:
    return text.replace("\n", " ⏎ ").replace("|", "\\|")
