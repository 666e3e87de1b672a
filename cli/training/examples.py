"""Sentences to the features that the judge sees: what the engine would hand it, without a judge."""

from collections.abc import Iterable
from dataclasses import dataclass

from backend.assistant.language import Request
from backend.assistant.language.interpret import read_by_rules
from backend.assistant.language.judge.features import Features, features
from backend.assistant.language.normalise import fold
from backend.assistant.language.types import Interpretation
from cli.bench.language.said import NOW, ZONE
from cli.training.sentences import Sentence


@dataclass(frozen=True)
class Example:
    """A sentence, the rules' reading of it, and the features of both."""

    sentence: Sentence
    reading: Interpretation
    features: Features


def examples(sentences: Iterable[Sentence]) -> list[Example]:
    """An example for each sentence."""
    return [_example(sentence) for sentence in sentences]


def _example(sentence: Sentence) -> Example:
    reading = read_by_rules(Request(text=sentence.text, now=NOW, timezone=ZONE))
    return Example(sentence, reading, features(fold(sentence.text), reading))
