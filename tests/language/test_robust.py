"""Whatever is typed: no error, nothing lost, offsets that point at the words."""

import ast
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backend.assistant import language
from backend.assistant.language import Interpretation, Request, TaskView, Turn, interpret
from backend.assistant.language.normalise import has_words
from backend.assistant.language.pattern import table

NOW = datetime(2026, 3, 4, 9, 30)
TASKS = (
    TaskView(number=1, title="buy milk", due="2026-03-04"),
    TaskView(number=2, title="water the ferns", tags=("home",)),
)
WORDS = st.sampled_from(
    (
        *table(
            "add, delete, mark, done, move, to, and, the, buy, milk, ;, -, it, those, tomorrow, friday, at, 5, pm, #tag"
        ),
        *table("+p, !, ?, ', (, ), every, what, all, undo, no, yes, make, as, by, 2, days, list, remind me"),
        ",",
        "\n",
        '"',
    )
)
SCRIPTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=300)
SAID = st.one_of(SCRIPTS, st.lists(WORDS, max_size=40).map(" ".join))
LONG = {
    "one word": "a" * 10_000,
    "one letter words": "a " * 5_000,
    "ands": "buy milk and " * 770,
    "commas": "milk, " * 1_660,
    "lines": "- buy milk tomorrow\n" * 500,
    "digits": "1" * 10_000,
    "dates": "tomorrow at 5 " * 714,
    "quotes": '"' * 10_000,
    "emoji": "🎉" * 10_000,
    "right to left": "שלום " * 2_000,
    "controls": "\x00\x07\x1b" * 3_333,
    "blanks": " " * 9_999 + "a",
    "to": "move " + "to " * 3_330,
    "brackets": "(" * 10_000,
    "hashes": "#a " * 3_333,
}


def read(text: str, **more: object) -> Interpretation:
    return interpret(Request(text=text, now=NOW, timezone="America/New_York", **more))  # type: ignore[arg-type]


@given(SAID)
@settings(max_examples=600, deadline=None)
def test_never_raises_and_always_says_something(text: str) -> None:
    meaning = read(text)
    assert meaning.actions or meaning.reply
    for span in meaning.spans:
        assert 0 <= span.start < span.end <= len(text)


@given(SAID, st.lists(SAID, max_size=2))
@settings(max_examples=300, deadline=None)
def test_never_raises_in_a_conversation(text: str, before: list[str]) -> None:
    turns: tuple[Turn, ...] = ()
    for earlier in before:
        meaning = read(earlier, tasks=TASKS, turns=turns)
        turns = (
            *turns,
            Turn(text=earlier, actions=meaning.actions, shown=(1, 2), changed=(1,), choices=meaning.choices),
        )
    meaning = read(text, tasks=TASKS, turns=turns)
    assert meaning.actions or meaning.reply


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_ten_thousand_characters(text: str) -> None:
    meaning = read(text, tasks=TASKS)
    assert meaning.actions or meaning.reply


@given(
    st.text(
        alphabet=st.characters(
            codec="utf-8",
            exclude_categories=("Cc", "Cs", "Cf", "Zs", "Zl", "Zp", "Pi", "Pf"),
            exclude_characters="\"'“”‘’«»„‟`",
        ),
        min_size=1,
        max_size=80,
    )
)
@settings(max_examples=300, deadline=None)
@example("0[]")
def test_a_quoted_title_survives(title: str) -> None:
    meaning = read(f'add "{title}"')
    if not has_words(title):
        return
    assert [action.tool for action in meaning.actions] == ["add_task"]
    assert str(meaning.actions[0].arguments["title"]).strip('"') == title


@given(
    st.lists(
        st.sampled_from(table("paint, fence, garden, shed, window, kitchen, blue, box, letter, engine")),
        min_size=1,
        max_size=6,
    ).map(" ".join)
)
@settings(deadline=None)
def test_a_plain_title_survives_its_date(title: str) -> None:
    meaning = read(f"remind me to {title} tomorrow at 5pm")
    assert meaning.actions[0].arguments == {"title": title, "due": "2026-03-05T17:00"}


@given(SAID)
@settings(max_examples=100, deadline=None)
def test_the_same_words_mean_the_same(text: str) -> None:
    assert read(text, tasks=TASKS) == read(text, tasks=TASKS)


def test_spans_point_at_the_words_as_they_were_written() -> None:
    text = "  Hey, ÇALL mom   tomorrow at 5pm p1 #Família"
    spans = {(span.kind, text[span.start : span.end], span.label) for span in read(text).spans}
    assert spans == {
        ("date", "tomorrow at 5pm", "Thu 5 Mar, 17:00"),
        ("priority", "p1", "High priority"),
        ("tag", "#Família", "#Família"),
    }


def test_what_was_made_plain_stays_in_the_title() -> None:
    text = "watch tomorrow never dies on friday"
    meaning = read(text, plain=((6, 14),))
    assert meaning.actions[0].arguments == {"title": "watch tomorrow never dies", "due": "2026-03-06"}
    assert [text[span.start : span.end] for span in meaning.spans] == ["on friday"]


def test_the_engine_imports_nothing_of_the_app() -> None:
    root = Path(language.__file__).parent
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for name in imported(node):
                assert not name.startswith(("backend", "cli", "orchestrator")) or name.startswith(
                    "backend.assistant.language"
                ), f"{path}: {name}"
                assert name.split(".")[0] not in ("fastapi", "sqlalchemy", "pydantic", "pydantic_ai", "httpx"), (
                    f"{path}: {name}"
                )


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
