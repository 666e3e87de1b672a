"""What the judge made of a message, for a person who asks why."""

from dataclasses import dataclass

from ..normalise import fold
from ..types import Interpretation
from .features import features
from .model import loaded

LEAST = 0.01  # chances below are left out


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A class with its chance, and the features that spoke most for it or against it, each with its weight."""

    label: str
    chance: float
    reasons: tuple[tuple[str, float], ...]


def candidates(text: str, by_rules: Interpretation) -> tuple[Candidate, ...]:
    """The classes that come into question for the text, the likeliest first; empty where there is no judge."""
    weights, _ = loaded()
    if weights is None:
        return ()
    said = features(fold(text), by_rules)
    chances = weights.probabilities(said)
    likely = sorted((name for name in chances if chances[name] >= LEAST), key=lambda name: (-chances[name], name))
    return tuple(
        Candidate(label=name, chance=round(chances[name], 3), reasons=tuple(weights.reasons(said, name)))
        for name in likely
    )
