"""Secrets masked: known values wherever they appear, and shapes that are secrets whoever they belong to."""

import re
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from urllib.parse import quote, urlsplit

MASK = "****"
_SHORTEST = 6  # a shorter value would mask ordinary words

_SHAPES = (
    re.compile(r"(?P<keep>(?<![a-z0-9+.-])[a-z0-9+.-]++://[^\s:/@]*+:)[^\s@/]++(?=@)", re.IGNORECASE),
    re.compile(r"(?P<keep>\b(?:authorization:\s*)?bearer\s+)[\w.~+/=-]{8,}", re.IGNORECASE),
    re.compile(r"(?P<keep>)\bsk-[A-Za-z0-9_-]{12,}"),
    re.compile(r"(?P<keep>\b[A-Z0-9_]*(?:SECRET|PASSWORD|TOKEN|API_KEY)[A-Z0-9_]*\"?\s*[=:]\s*\"?)[^\s\"',}]+"),
    re.compile(r"(?P<keep>\b(?:password|passwd|token|api_key)\"?\s*[=:]\s*\"?)[^\s\"',}]+", re.IGNORECASE),
    re.compile(r"(?P<keep>-----BEGIN [A-Z ]*PRIVATE KEY-----).*?(?=-----END|$)", re.DOTALL),
)


@dataclass
class Redactor:
    """Masks what it was told and what looks like a secret. Safe to use from several threads."""

    _values: set[str] = field(default_factory=set, repr=False)
    _lock: Lock = field(default_factory=Lock)

    def learn(self, *values: str) -> None:
        """Mask these values from now on, in their plain and their URL-quoted form, and a URL's password alone."""
        with self._lock:
            for value in values:
                self._values.update(form for form in _forms(value) if len(form) >= _SHORTEST)

    def mask(self, text: str) -> str:
        """`text` with every known secret and every secret-looking part replaced by `****`."""
        with self._lock:
            values = sorted(self._values, key=len, reverse=True)
        for value in values:
            text = text.replace(value, MASK)
        for shape in _SHAPES:
            text = shape.sub(lambda match: match.group("keep") + MASK, text)
        return text


def masked(value: Any, redactor: Redactor) -> Any:
    """`value`, made of mappings, lists and texts, with each text masked."""
    if isinstance(value, str):
        return redactor.mask(value)
    if isinstance(value, dict):
        return {key: masked(item, redactor) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [masked(item, redactor) for item in value]
    return value


def _forms(value: str) -> tuple[str, ...]:
    forms = [value, quote(value, safe="")]
    try:
        password = urlsplit(value).password
    except ValueError:
        password = None
    return (*forms, password) if password else tuple(forms)
