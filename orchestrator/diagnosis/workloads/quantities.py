"""Quantities of the Kubernetes API as numbers."""

import re

_UNITS = {
    "": 1.0,
    "n": 1e-9,
    "u": 1e-6,
    "m": 1e-3,
    "k": 1e3,
    "M": 1e6,
    "G": 1e9,
    "T": 1e12,
    "P": 1e15,
    "Ki": 2.0**10,
    "Mi": 2.0**20,
    "Gi": 2.0**30,
    "Ti": 2.0**40,
    "Pi": 2.0**50,
}
_FORM = re.compile(r"([0-9.]+(?:[eE][-+]?\d+)?)([a-zA-Z]*)")


def amount(quantity: object) -> float:
    """Cores, bytes or pieces; 0 for what is no quantity."""
    found = _FORM.fullmatch(str(quantity).strip())
    return float(found.group(1)) * _UNITS.get(found.group(2), 0.0) if found else 0.0
