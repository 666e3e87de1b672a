"""Features to weights: a multinomial logistic regression, its weights rounded to bytes. Seeded and on one thread."""

from collections import Counter
from collections.abc import Sequence

import numpy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from backend.assistant.language.judge.model import Model
from cli.training.examples import Example
from cli.training.sentences import CLASSES

LEAST = 2  # sentences that hold a feature, for it to be learnt
STRENGTH = 1.0  # scikit-learn's C, chosen by cross-validation
SMALLEST = 0.04  # weights that are all below say too little to be kept
STEPS = 200


def fit(examples: Sequence[Example], weights: Sequence[float]) -> Model:
    """The model that fits the examples, each counted by its weight."""
    names = _names(examples)
    places = {name: place for place, name in enumerate(names)}
    matrix = _matrix(examples, places)
    labels = [CLASSES.index(example.sentence.label) for example in examples]
    with threadpool_limits(limits=1):
        fitted = LogisticRegression(C=STRENGTH, max_iter=STEPS, tol=1e-3).fit(matrix, labels, sample_weight=weights)
    return _rounded(names, fitted.coef_.T, fitted.intercept_)


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
        names[place]: tuple(int(value) for value in numpy.rint(coefficients[place] / scale)) for place in kept
    }
    return Model(
        classes=CLASSES, bias=tuple(round(float(value), 4) for value in bias), scale=round(scale, 8), rows=rows
    )
