"""Features to weights: a multinomial logistic regression, its weights rounded to bytes. Seeded and on one thread."""

from collections import Counter
from collections.abc import Sequence

import numpy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from backend.assistant.language.judge.model import ZERO, Model
from cli.training.examples import Example
from cli.training.sentences import CLASSES, OWN, TESTS, Sentence

LEAST = 2  # sentences that hold a feature, for it to be learnt
STRENGTH = 1.0  # scikit-learn's C, chosen by cross-validation
SMALLEST = 0.04  # weights that are all below say too little to be kept
STEPS = 200
# How much a sentence counts: the public sets are large, and most of their lines speak of other things than a list.
# SLURP is small, and the one that was spoken.
COUNTS = {OWN: 4.0, TESTS: 4.0, "SLURP (development set)": 3.0}
VARIANT = 2.0


def fit(examples: Sequence[Example]) -> Model:
    """The model that fits the examples. The same examples give the same model."""
    names = _names(examples)
    places = {name: place for place, name in enumerate(names)}
    matrix = _matrix(examples, places)
    weights = [_count(example.sentence) for example in examples]
    labels = [CLASSES.index(example.sentence.label) for example in examples]
    with threadpool_limits(limits=1):
        fitted = LogisticRegression(C=STRENGTH, max_iter=STEPS, tol=1e-3).fit(matrix, labels, sample_weight=weights)
    return _rounded(names, fitted.coef_.T, fitted.intercept_)


def cross_validated(examples: Sequence[Example], *, folds: int = 5) -> float:
    """The share of the examples whose class a model names that was trained on the other folds."""
    right = 0
    for fold in range(folds):
        model = fit([example for place, example in enumerate(examples) if place % folds != fold])
        for example in examples[fold::folds]:
            chances = model.probabilities(example.features)
            right += max(chances, key=lambda name: chances[name]) == example.sentence.label
    return right / len(examples)


def _count(sentence: Sentence) -> float:
    if sentence.source == OWN and not sentence.decides:
        return VARIANT
    return COUNTS.get(sentence.source, 1.0)


def _names(examples: Sequence[Example]) -> list[str]:
    counts = Counter(name for example in examples for name in example.features)
    return sorted(name for name, count in counts.items() if count >= LEAST)


def _matrix(examples: Sequence[Example], places: dict[str, int]) -> csr_matrix:
    rows, columns = [], []
    for row, example in enumerate(examples):
        known = [places[name] for name in example.features if name in places]
        rows += [row] * len(known)
        columns += known
    return csr_matrix((numpy.ones(len(rows)), (rows, columns)), shape=(len(examples), len(places)))


def _rounded(names: Sequence[str], coefficients: numpy.ndarray, bias: numpy.ndarray) -> Model:
    kept = [place for place in range(len(names)) if abs(coefficients[place]).max() >= SMALLEST]
    scale = float(abs(coefficients).max()) / 127
    rows = {
        names[place]: bytes(int(value) + ZERO for value in numpy.rint(coefficients[place] / scale)) for place in kept
    }
    return Model(
        classes=CLASSES, bias=tuple(round(float(value), 4) for value in bias), scale=round(scale, 8), rows=rows
    )
