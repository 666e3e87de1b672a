"""`./todo train language`: what it is made of, that it is repeatable, and what is said where something is missing."""

import importlib.util
import json
from pathlib import Path

import pytest

from cli.exits import CommandError
from cli.training.corpora import label_of, read_corpora
from cli.training.language import sentences, training
from cli.training.sentences import CLASSES, OWN, TESTS, own
from cli.training.variants import variants

LINES = [
    {"text": "add tape to the list", "intent": "lists_createoradd", "tool": "add_task"},
    {"text": "how far is the moon", "intent": "qa_factoid", "tool": "none"},
    {"text": "skip this song", "intent": "next_song"},
    {"text": "mail ann about tonight", "intent": "email_sendemail"},
]


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    (tmp_path / "hwu64-train.jsonl").write_text("".join(json.dumps(line) + "\n" for line in LINES), encoding="utf-8")
    return tmp_path


def test_the_own_sentences_are_many_and_of_every_class() -> None:
    found = own()
    assert len(found) > 3000
    assert {sentence.label for sentence in found} == set(CLASSES)
    assert all(sentence.text == sentence.text.strip() for sentence in found)


def test_all_that_is_trained_on_has_a_class_of_the_judge() -> None:
    assert {sentence.label for sentence in training(sentences(None))} == set(CLASSES)


def test_several_commands_name_known_tools() -> None:
    tools = {tool for sentence in own() for tool in sentence.tools}
    assert tools <= set(CLASSES)


def test_a_fifth_is_never_trained_on() -> None:
    known = sentences(None)
    learnt = {sentence.text for sentence in training(known) if sentence.decides}
    unseen = [sentence for sentence in known if sentence.unseen]
    assert not learnt & {sentence.text for sentence in unseen}
    assert 0.15 < len(unseen) / sum(sentence.source != TESTS for sentence in known) < 0.25


def test_without_corpora_it_says_that_it_trains_on_less(capsys: pytest.CaptureFixture[str]) -> None:
    sentences(None)
    assert "Without --corpora" in capsys.readouterr().err


def test_a_public_set_is_read_by_its_intents(corpora: Path) -> None:
    found = {sentence.text: (sentence.label, sentence.decides) for sentence in read_corpora(corpora)}
    assert found == {
        "add tape to the list": ("add_task", True),
        "how far is the moon": ("elsewhere", True),
        "skip this song": ("beyond", False),
    }


@pytest.mark.parametrize(
    ("intent", "tool", "label"),
    [
        ("general_praise", "none", "talk"),
        ("weather", "none", "elsewhere"),
        ("repeat", None, "talk"),
        ("pay_bill", None, None),
    ],
)
def test_labels(intent: str, tool: str | None, label: str | None) -> None:
    assert label_of(intent, tool) == label


def test_a_folder_without_sets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="holds none of"):
        read_corpora(tmp_path)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "hwu64-train.jsonl").write_text('{"text": "a", "intent": "b"}\n{"text"', encoding="utf-8")
    with pytest.raises(CommandError, match="line 2"):
        read_corpora(tmp_path)


def test_variants_change_nouns_and_are_repeatable() -> None:
    seen = [sentence for sentence in own() if sentence.label == "delete_task"]
    first, second = variants(seen, times=1, seed=7), variants(seen, times=1, seed=7)
    assert first == second
    assert {one.text for one in first}.isdisjoint({one.text for one in seen} - {one.text for one in first})
    assert all(one.source == OWN and not one.decides for one in first)


@pytest.mark.skipif(importlib.util.find_spec("sklearn") is None, reason="scikit-learn is needed by training alone")
def test_the_same_sentences_give_the_same_bytes() -> None:
    from backend.assistant.language.judge.model import dump
    from cli.training.examples import examples
    from cli.training.fit import fit

    some = examples(own()[::12])
    assert dump(fit(some)) == dump(fit(some))
