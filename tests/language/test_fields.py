"""Priority, tags and project: marks and phrases, and words that only look like them."""

import pytest

from backend.assistant.language.fields import find_fields


def _read(text: str) -> list[tuple[str, str, str]]:
    return [(text[field.start : field.end], field.kind, field.value) for field in find_fields(text)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("finish proposal p1", "p1", "high"),
        ("finish proposal P2 by friday", "P2", "medium"),
        ("p3 sweep the yard", "p3", "low"),
        ("call the school !high", "!high", "high"),
        ("call the school !low today", "!low", "low"),
        ("call the school !1", "!1", "high"),
        ("call the school !!", "!!", "high"),
        ("urgent: call the school", "urgent", "high"),
        ("Urgent - call the school", "Urgent", "high"),
        ("urgent call the school", "urgent", "high"),
        ("call the school, urgent", "urgent", "high"),
        ("call the school, important!", "important", "high"),
        ("call the school asap", "asap", "high"),
        ("call the school as soon as possible", "as soon as possible", "high"),
        ("add a high priority task to fix the login bug", "high priority", "high"),
        ("make the report high priority", "high priority", "high"),
        ("mark the report as urgent", "as urgent", "high"),
        ("make the report urgent", "urgent", "high"),
        ("low-priority: sweep", "low-priority", "low"),
        ("sweep the yard, low priority", "low priority", "low"),
        ("sweep with low priority", "with low priority", "low"),
        ("sweep with a medium priority", "with a medium priority", "medium"),
        ("sweep priority high", "priority high", "high"),
        ("sweep, priority: 3", "priority: 3", "low"),
        ("sweep top priority", "top priority", "high"),
        ("sweep of high importance", "of high importance", "high"),
    ],
)
def test_priority(text: str, words: str, value: str) -> None:
    assert _read(text) == [(words, "priority", value)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("buy milk #errands", "#errands", "errands"),
        ("#errands buy milk", "#errands", "errands"),
        ("buy milk #at-home.", "#at-home", "at-home"),
        ("buy milk tagged errands", "tagged errands", "errands"),
        ("buy milk tagged #errands", "tagged #errands", "errands"),
        ("buy milk with the tag errands", "with the tag errands", "errands"),
        ("buy milk, tag: errands", "tag: errands", "errands"),
        ("buy milk labelled Home", "labelled Home", "Home"),
        ("comprar leche #compras_día", "#compras_día", "compras_día"),
    ],
)
def test_tag(text: str, words: str, value: str) -> None:
    assert _read(text) == [(words, "tag", value)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("read paper +thesis", "+thesis", "thesis"),
        ("add oat milk to my shopping list", "to my shopping list", "shopping"),
        ("add oat milk to the Shopping list", "to the Shopping list", "Shopping"),
        ("put oat milk on our weekend trip list", "on our weekend trip list", "weekend trip"),
        ("add milk to my grocery todo list", "to my grocery todo list", "grocery"),
        ("fix the tap in the house project", "in the house project", "house"),
        ("fix the tap under project apollo", "under project apollo", "apollo"),
        ("add milk to a list called groceries", "to a list called groceries", "groceries"),
        ("remove milk from my grocery list", "from my grocery list", "grocery"),
        ("take milk off my grocery list", "off my grocery list", "grocery"),
    ],
)
def test_project(text: str, words: str, value: str) -> None:
    assert _read(text) == [(words, "project", value)]


def test_several_in_one_text() -> None:
    assert _read("read paper +thesis #reading #uni !low") == [
        ("+thesis", "project", "thesis"),
        ("#reading", "tag", "reading"),
        ("#uni", "tag", "uni"),
        ("!low", "priority", "low"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "what's on my list",
        "add milk to my todo list",
        "add milk to the list",
        "buy a C++ book",
        "fix issue #12",
        "call +49 30 123456",
        "learn F# basics",
        "visit the urgent care clinic",
        "write an important letter to Ana",
        "send urgent email to Bob",
        "the high road",
        "buy low fat milk",
        "plan the project",
        "order from price list",
        "wow!",
        'write "#notatag" on the wall',
        'read "in the garden project"',
        "R&D #",
        "mp3 p12",
        "compare a+b",
    ],
)
def test_look_alikes_stay_in_the_title(text: str) -> None:
    assert _read(text) == []


def test_every_field_names_its_rule() -> None:
    rules = {field.rule for field in find_fields("urgent: read +thesis #uni to my reading list, tagged x p1")}
    assert rules == {"urgent", "+project", "#tag", "project phrase", "tag phrase", "priority mark"}
