"""`docs/rules.md`: each rule of the engine has a sentence, and the sentences say what they are there for."""

import pytest

from backend.assistant.language import Request, interpret
from cli.bench.language.said import DATA, NOW, ZONE
from cli.documents import rules

LINES = [
    line.split(": ", 1)
    for line in (DATA / "rules.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("//")
]


def test_every_rule_has_an_example() -> None:
    shown = rules.examples()
    named = {rule.name for rule in rules.rules()} - rules.NO_SENTENCE
    assert named - shown.keys() == rules.UNREACHED


@pytest.mark.parametrize(("rule", "said"), LINES)
def test_the_example_is_read_by_its_rule(rule: str, said: str) -> None:
    assert rule in interpret(Request(text=said, now=NOW, timezone=ZONE, tasks=rules.TASKS)).rules
