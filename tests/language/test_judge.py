"""A change needs evidence: what the judge lets through, what it answers, and what serves without it."""

import json
import pickle
from datetime import datetime
from pathlib import Path

import pytest

from backend.assistant.language import Choice, Interpretation, Request, TaskView, Turn, interpret
from backend.assistant.language.interpret import read_by_rules
from backend.assistant.language.judge import model as judge_model
from backend.assistant.language.judge import verdict
from backend.assistant.language.judge.explanation import candidates
from backend.assistant.language.judge.features import VERSION
from backend.assistant.language.judge.limits import other_language
from backend.assistant.language.judge.model import WEIGHTS, WeightsError, dump, load
from backend.assistant.language.types import Action

NOW = datetime(2026, 3, 4, 9, 30)
READ_ONLY = "list_tasks"


def read(text: str, *tasks: TaskView, turns: tuple[Turn, ...] = ()) -> Interpretation:
    return interpret(Request(text=text, now=NOW, timezone="America/New_York", tasks=tasks, turns=turns))


def writes(meaning: Interpretation) -> list[str]:
    return [action.tool for action in meaning.actions if action.tool != READ_ONLY]


@pytest.mark.parametrize(
    "text",
    [
        "thanks for your help, goodbye!",
        "could you repeat that",
        "I didn't quite catch that",
        "what is the greek for good night",
        "how tall is the eiffel tower",
        "my cousin had the strangest dream",
        "is there life on mars",
        "turn up the volume please",
        "play the next song",
        "how many grams are in an ounce",
        "that was not my question",
        "you are quite funny",
    ],
)
def test_talk_and_questions_for_others_change_nothing(text: str) -> None:
    meaning = read(text, TaskView(number=1, title="buy milk"))
    assert not writes(meaning)
    assert meaning.reply


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("share my list with bob", "can't share"),
        ("sort my list by date", "can't sort"),
        ("change my password", "on the page"),
        ("stop the timer", "no timer"),
        ("play some music", "can't play"),
        ("turn off the kitchen lights", "in your home"),
        ("what's the weather in oslo", "only know your todo list"),
    ],
)
def test_what_it_can_not_do_is_said(text: str, words: str) -> None:
    meaning = read(text)
    assert words in meaning.reply
    assert not writes(meaning)


def test_a_limit_offers_the_words_as_a_task() -> None:
    meaning = read("share my list with bob")
    assert [choice.label for choice in meaning.choices] == ["Add “share my list with bob” as a new task"]
    asked = Turn(text="share my list with bob", choices=meaning.choices)
    assert read("1", turns=(asked,)).actions[0].arguments["title"] == "share my list with bob"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ich muss morgen einkaufen gehen", "German"),
        ("acheter du pain pour demain", "French"),
        ("comprar leche para mi madre", "Spanish"),
        ("je dois appeler le dentiste demain", "French"),
    ],
)
def test_another_language_is_noticed(text: str, language: str) -> None:
    meaning = read(text)
    assert not meaning.actions
    assert language in meaning.reply
    assert meaning.choices


@pytest.mark.parametrize(
    "text", ["buy milk and bread", "order a crème brûlée for ana", "call les about the van", "el nino talk"]
)
def test_english_is_english(text: str) -> None:
    assert other_language(text) is None


@pytest.mark.parametrize(
    ("text", "match", "due"),
    [
        ("the roofer on thursday at ten instead", "roofer", "2026-03-05T10:00"),
        ("could we do the budget review on tuesday rather", "budget review", "2026-03-10"),
        ("I'd like the haircut at 3 instead", "haircut", "2026-03-04T15:00"),
    ],
)
def test_a_change_put_as_a_wish_is_a_change(text: str, match: str, due: str) -> None:
    meaning = read(text)
    assert meaning.actions == (Action(tool="update_task", arguments={"match": match, "changes": {"due": due}}),)
    assert meaning.sure


@pytest.mark.parametrize(
    ("text", "tool", "match"),
    [
        ("forget the soccer pickup, grandma does it", "delete_task", "soccer pickup"),
        ("cancel the brunch, tom is sick", "delete_task", "brunch"),
        ("shift the report to monday, the client is away", "update_task", "report"),
        ("move the picnic to sunday because it's raining", "update_task", "picnic"),
    ],
)
def test_a_reason_behind_a_command_is_no_task(text: str, tool: str, match: str) -> None:
    (action,) = read(text).actions
    assert (action.tool, action.arguments["match"]) == (tool, match)


@pytest.mark.parametrize("text", ["delete milk, the eggs and the bread", "move milk, bread to friday"])
def test_a_list_behind_a_command_is_no_reason(text: str) -> None:
    assert "reason" not in text
    assert len(read(text).actions[0].arguments) >= 1
    assert read(text).actions == read_by_rules(Request(text=text, now=NOW, timezone="America/New_York")).actions


def test_the_last_day_of_a_range_is_kept_and_said() -> None:
    meaning = read("vacation from 20 dec to 3 jan")
    assert meaning.actions[0].arguments == {"title": "vacation", "due": "2026-12-20", "notes": "until Sun 3 Jan 2027"}
    assert "Sun 3 Jan 2027" in meaning.reply


def test_undo_ends_an_open_question() -> None:
    asked = Turn(text="delete it", choices=(Choice(label="Delete “a”", actions=(Action(tool="delete_task"),)),))
    meaning = read("undo", turns=(asked,))
    assert meaning.actions == ()
    assert meaning.rules == ("answer.no",)
    assert [action.tool for action in read("undo").actions] == ["undo"]


def test_a_question_about_an_own_project_is_answered() -> None:
    meaning = read("how many are in pets", TaskView(number=1, title="see the vet", project="pets"))
    assert meaning.actions[0].arguments == {"count": True, "project": "pets"}


def test_without_weights_the_rules_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdict, "loaded", lambda: (None, "the file of weights is missing"))
    request = Request(text="could you repeat that", now=NOW, timezone="America/New_York")
    assert interpret(request) == read_by_rules(request)


def _damaged(kind: str, path: Path) -> None:
    held = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    if kind == "version":
        held["version"] += 1
    elif kind == "feature":
        held["features"] = held["features"].replace("w:milk", "w:silk", 1)
    elif kind == "rows":
        held["rows"] = held["rows"][: len(held["rows"]) // 2 // 4 * 4]
    elif kind == "shape":
        held = [held]
    text = json.dumps(held)
    path.write_text(text[: len(text) // 2] if kind == "cut" else "" if kind == "empty" else text, encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("version", f"version {VERSION} is needed"),
        ("feature", "damaged"),
        ("rows", "damaged"),
        ("shape", "cannot be read"),
        ("cut", "cannot be read"),
        ("empty", "cannot be read"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, kind: str, words: str) -> None:
    path = tmp_path / "weights.json"
    _damaged(kind, path)
    with pytest.raises(WeightsError, match=words):
        load(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="missing"):
        load(tmp_path / "none.json")


def test_what_is_written_is_what_was_read() -> None:
    assert dump(load(WEIGHTS)) == WEIGHTS.read_text(encoding="utf-8")
    assert WEIGHTS.stat().st_size < 1_000_000


def test_the_chances_are_explained() -> None:
    text = "could you repeat that"
    found = candidates(text, read_by_rules(Request(text=text, now=NOW, timezone="America/New_York")))
    assert found[0].label == "talk"
    assert found[0].reasons
    assert sum(one.chance for one in found) == pytest.approx(1, abs=0.1)


def test_a_reading_can_be_sent_to_another_process() -> None:
    meaning = read("share my list with bob")
    assert pickle.loads(pickle.dumps(meaning)) == meaning  # noqa: S301


def test_the_model_is_read_once() -> None:
    assert judge_model.loaded() is judge_model.loaded()
