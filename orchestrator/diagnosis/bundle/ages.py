"""The moment of a look, where one text tells when an object was made and another how old it is."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from orchestrator.diagnosis.bundle.rows import AGE
from orchestrator.diagnosis.bundle.shape import Key, key_of
from orchestrator.diagnosis.bundle.tables import AGO
from orchestrator.diagnosis.workloads.store import EPOCH
from orchestrator.release.snapshot import Object, instant


def moment_by_ages(items: Iterable[Object]) -> datetime:
    """The latest moment that birth and age of an object tell together (UTC), EPOCH if none does.

    An age is cut to its first units, so that the moment is never later than the look.
    """
    items = [*items]
    born = {key_of(one): str(one["metadata"]["creationTimestamp"]) for one in items if _is_born(one)}
    names: dict[tuple[str, str], str] = {(kind, name): at for (kind, _, name), at in born.items()}
    return max((instant(names[key[0], key[2]]) + age for key, age in _ages(items) if (key[0], key[2]) in names),
               default=EPOCH)  # fmt: skip


def _is_born(item: Object) -> bool:
    return bool(item["metadata"].get("creationTimestamp"))


def _ages(items: Iterable[Object]) -> Iterator[tuple[Key, timedelta]]:
    for item in items:
        if AGE in item:
            yield key_of(item), timedelta(seconds=float(item[AGE]))
        elif AGO in item and item.get("reason") == "Scheduled":
            about = item["involvedObject"]
            key = str(about.get("kind")), str(about.get("namespace") or ""), str(about.get("name"))
            yield key, timedelta(seconds=float(item[AGO]))
