"""Every line of data/phrases.txt: the phrase after "buy milk" means what the line says, and nothing else is read."""

import pytest

from backend.assistant.language.when import combine, find_when
from cli.bench.language.phrases import CARRIER, NOW, Phrase, phrases


def _named(phrase: Phrase) -> str:
    return phrase.text


@pytest.mark.parametrize("phrase", [p for p in phrases() if p.due], ids=_named)
def test_phrase_is_read(phrase: Phrase) -> None:
    text = CARRIER + phrase.text
    whens = tuple(when for when in find_when(text, NOW) if when.strength != "weak")
    assert whens, f"nothing read: {find_when(text, NOW)}"
    read = combine(whens, NOW)
    assert (read.due, read.recurrence) == (phrase.due, phrase.recurrence)
    title = "".join(
        letter for index, letter in enumerate(text) if not any(when.start <= index < when.end for when in whens)
    )
    assert title.strip(" ,.") == CARRIER.strip()


@pytest.mark.parametrize("phrase", [p for p in phrases() if p.problem], ids=_named)
def test_impossible_date_is_a_problem_and_never_a_guess(phrase: Phrase) -> None:
    (when,) = find_when(CARRIER + phrase.text, NOW)
    assert when.due is None
    assert when.problem


@pytest.mark.parametrize("phrase", [p for p in phrases() if not p.due and not p.problem], ids=_named)
def test_phrase_without_a_date(phrase: Phrase) -> None:
    assert [when for when in find_when(phrase.text, NOW) if when.strength != "weak"] == []
