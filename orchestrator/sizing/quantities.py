"""Kubernetes' quantities: CPU as millicores, memory as bytes.

https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
"""

import re
from decimal import ROUND_CEILING, Decimal

MIB = 2**20
_FORM = re.compile(r"^([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?[0-9]+)?$")
_SUFFIXES = {
    "n": Decimal("1e-9"), "u": Decimal("1e-6"), "m": Decimal("1e-3"), "": Decimal(1),
    **{suffix: Decimal(1000) ** power for power, suffix in enumerate("kMGTPE", start=1)},
    **{f"{suffix}i": Decimal(1024) ** power for power, suffix in enumerate("KMGTPE", start=1)},
}  # fmt: skip


def amount(text: str | int | float) -> Decimal:
    """The number that a quantity stands for. Raises ValueError if it is none."""
    found = _FORM.match(str(text).strip())
    if not found:
        raise ValueError(f"'{text}' is no quantity")
    suffix = found[2] or ""
    return Decimal(found[1]) * (_SUFFIXES[suffix] if suffix in _SUFFIXES else Decimal(f"1{suffix}"))


def millicores(text: str | int | float) -> int:
    """CPU in millicores, rounded up as the API server does."""
    return int((amount(text) * 1000).to_integral_value(ROUND_CEILING))


def octets(text: str | int | float) -> int:
    """Memory in bytes, rounded up."""
    return int(amount(text).to_integral_value(ROUND_CEILING))


def cpu_text(value: int) -> str:
    """Millicores as the chart writes them."""
    return f"{value}m"


def memory_text(value: int) -> str:
    """Bytes as the chart writes them: whole Mi where they are, else Ki, else plain."""
    for suffix, size in (("Mi", MIB), ("Ki", 1024)):
        if value % size == 0:
            return f"{value // size}{suffix}"
    return str(value)
