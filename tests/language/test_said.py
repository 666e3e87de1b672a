"""What people say, sentence by sentence, from the files in ``data/``."""

import pytest

from backend.assistant.language import Request, interpret
from cli.bench.language.said import KNOWN_WRONG, NOW, ZONE, Case, cases

RIGHT = [case for case in cases() if case.file != KNOWN_WRONG]


@pytest.mark.parametrize("case", RIGHT, ids=[f"{case.group}: {case.text}" for case in RIGHT])
def test_said(case: Case) -> None:
    meaning = interpret(Request(text=case.text, now=NOW, timezone=ZONE))
    actions = tuple((action.tool, action.arguments) for action in meaning.actions)
    assert actions in case.options, meaning.rules
    assert meaning.actions or meaning.reply


def test_every_group_has_many_sentences() -> None:
    counts = {group: sum(case.group == group for case in RIGHT) for group in {case.group for case in RIGHT}}
    assert set(counts) == {
        "date",
        "recurrence",
        "fields",
        "many",
        "precision",
        "complete",
        "delete",
        "update",
        "query",
        "talk",
        "reminders",
    }
    assert min(counts.values()) >= 30
