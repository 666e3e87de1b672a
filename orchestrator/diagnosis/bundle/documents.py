"""JSON values and YAML documents of a text, also of one that was cut off in the middle."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is ten times as fast
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_HEAD = re.compile(r"(?:(?:#[^\n]{0,300}+|[^\n:#]{0,200}+)\n){0,50}+(?:apiVersion|kind|items|metadata|status|spec):")


@dataclass(frozen=True)
class Documents:
    """What a text holds; `cut` says why the rest of it could not be read, empty if all could."""

    values: tuple[Any, ...] = ()
    cut: str = ""


def documents(text: str, name: str) -> Documents:
    """The objects of a text, none if it is neither JSON nor YAML of Kubernetes, or a log whose lines are JSON."""
    stripped = text.lstrip()
    if stripped[:1] in ("{", "["):
        return _of_json(stripped)
    if name.endswith((".yaml", ".yml")) or _HEAD.match(stripped):
        return _of_yaml(text)
    return Documents()


def _of_json(text: str) -> Documents:
    decoder, place, values, cut = json.JSONDecoder(), 0, list[Any](), ""
    while place < len(text):
        try:
            value, end = decoder.raw_decode(text, place)
        except (json.JSONDecodeError, RecursionError) as error:
            cut = f"not JSON after its character {place}: {error}"[:160]
            break
        values.append(value)
        place = end + len(text[end:]) - len(text[end:].lstrip())
    if cut and not values and (found := _ITEMS.search(text[:2000])):
        values = [{"kind": "List", "cut": True, "items": list(_whole_items(decoder, text, found.end()))}]
    if not any(is_objects(value) for value in values):
        looks = '"apiVersion"' in text[:2000] and '"kind"' in text[:2000]
        return Documents((), cut if looks else "")
    return Documents(tuple(values), cut)


def _whole_items(decoder: json.JSONDecoder, text: str, place: int) -> Iterator[Any]:
    """The elements of a list that was cut: those that are whole."""
    gap = re.compile(r"[\s,]*")
    while True:
        place = gap.match(text, place).end()  # type: ignore[union-attr] # it matches the empty text
        try:
            value, place = decoder.raw_decode(text, place)
        except (json.JSONDecodeError, RecursionError):
            return
        yield value


def _of_yaml(text: str) -> Documents:
    """Each document by itself, so that a damaged one does not hide the others."""
    values, cut = list[Any](), ""
    for part in re.split(r"^---[ \t]*(?:#.*)?$", text, flags=re.MULTILINE):
        try:
            values += [] if not part.strip() else [_plain(yaml.load(part, Loader=_LOADER))]  # noqa: S506 - a safe loader
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            cut = f"not YAML: {' '.join(str(error).split())}"[:160]
    found = tuple(value for value in values if is_objects(value))
    return Documents(found, cut if found or "apiVersion:" in text[:2000] else "")


def is_objects(value: Any) -> bool:
    """Whether it is an object of Kubernetes, a list of some, or an answer of Prometheus or Jaeger."""
    if isinstance(value, list):
        return any(is_objects(one) for one in value)
    if not isinstance(value, dict):
        return False
    return (
        "items" in value
        or ("kind" in value and "metadata" in value)
        or value.get("kind") == "Status"
        or (isinstance(value.get("data"), dict) and "result" in value["data"])
    )


def _plain(value: Any) -> Any:
    """YAML's own times as the texts that they are in the API."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if hasattr(value, "strftime") else value
