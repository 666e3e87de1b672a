"""The judge's weights: read once in a process, from a file beside this one; a log-linear model over named features.

The file is JSON: ``classes``, ``bias`` and ``scale``, the ``features``' names one a line, and ``rows``, base64 of one
byte for each feature and class. ``digest`` is the SHA-256 of names and rows, so that a cut file is noticed.
"""

import base64
import hashlib
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .features import VERSION

WEIGHTS = Path(__file__).with_name("weights.json")
Row = bytes  # a weight a class, each with 128 added, so that it is a byte
ZERO = 128


class WeightsError(Exception):
    """The weights cannot be used; the message says why, in a few words."""


@dataclass(frozen=True)
class Model:
    """Probabilities of the classes for a message. A row's bytes, less ``ZERO`` and times ``scale``, are its weights."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    scale: float
    rows: dict[str, Row] = field(repr=False)

    def probabilities(self, said: Iterable[str]) -> dict[str, float]:
        """How likely each class is, together 1."""
        known = [row for name in said if (row := self.rows.get(name)) is not None]
        nothing = ZERO * len(known)
        sums = [sum(column) - nothing for column in zip(*known, strict=True)] if known else [0] * len(self.classes)
        scores = [bias + self.scale * total for bias, total in zip(self.bias, sums, strict=True)]
        most = max(scores)
        powers = [math.exp(score - most) for score in scores]
        whole = sum(powers)
        return {name: power / whole for name, power in zip(self.classes, powers, strict=True)}

    def reasons(self, said: Iterable[str], label: str, *, most: int = 6) -> list[tuple[str, float]]:
        """The features that speak most for a class, each with its weight less the mean of all classes."""
        place = self.classes.index(label)
        found = [(name, self._weight(self.rows[name], place)) for name in said if name in self.rows]
        return sorted(found, key=lambda pair: (-abs(pair[1]), pair[0]))[:most]

    def _weight(self, row: Row, place: int) -> float:
        return round(self.scale * (row[place] - sum(row) / len(row)), 3)


@cache
def loaded() -> tuple[Model | None, str | None]:
    """This program's model; where its file cannot be used, None and why: the rules alone serve."""
    try:
        return load(WEIGHTS), None
    except WeightsError as error:
        return None, str(error)


def load(path: Path) -> Model:
    """The model in a file. Raises ``WeightsError``: it is missing, cut, or of another version."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        names = held["features"].split("\n") if held["features"] else []
        packed = base64.b64decode(held["rows"], validate=True)
        classes = tuple(held["classes"])
        if held["version"] != VERSION:
            raise WeightsError(f"the weights are of version {held['version']}, and version {VERSION} is needed")
        if digest(held["features"], packed) != held["digest"] or len(packed) != len(names) * len(classes):
            raise WeightsError("the file of weights is damaged")
        width = len(classes)
        rows = {name: packed[at * width : (at + 1) * width] for at, name in enumerate(names)}
        return Model(classes=classes, bias=tuple(held["bias"]), scale=float(held["scale"]), rows=rows)
    except FileNotFoundError as error:
        raise WeightsError("the file of weights is missing") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WeightsError("the file of weights cannot be read") from error


def dump(weights: Model) -> str:
    """The file's text for a model; the same model gives the same bytes."""
    names = sorted(weights.rows)
    packed = b"".join(weights.rows[name] for name in names)
    joined = "\n".join(names)
    held = {
        "version": VERSION,
        "classes": weights.classes,
        "bias": weights.bias,
        "scale": weights.scale,
        "digest": digest(joined, packed),
        "features": joined,
        "rows": base64.b64encode(packed).decode(),
    }
    return json.dumps(held, ensure_ascii=False) + "\n"


def digest(names: str, packed: bytes) -> str:
    """The SHA-256 of the features' names and their rows."""
    return hashlib.sha256(names.encode() + b"\0" + packed).hexdigest()
