"""One root cause is one finding: what an earlier stage explains is left out.

A sign explains another if its stage is earlier and they are in the same part. Across parts only use is passed on: the
page needs the backend and the backend needs Postgres, so trouble there explains an error answer here; the Helm
operation's result is explained by anything.
"""

from collections.abc import Iterable

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.stages import Stage

_NEEDS = {"frontend": ("backend", "postgres"), "backend": ("postgres",)}
_PASSED_ON = (Stage.REACHED, Stage.SERVING)


def roots(signs: Iterable[Sign]) -> tuple[Sign, ...]:
    """The signs that no other sign explains, one of each code and subject, in causal order, errors first."""
    surest = sorted(signs, key=lambda sign: not sign.sure)
    unique = {(sign.code, sign.part, sign.subject): sign for sign in reversed(surest)}  # the first of each stands
    found = sorted(unique.values(), key=lambda sign: (sign.rule.stage, sign.part, sign.subject))
    kept = [sign for sign in found if not any(explains(other, sign) for other in found)]
    return tuple(sorted(kept, key=lambda sign: sign.weight != "error"))


def explains(cause: Sign, effect: Sign) -> bool:
    """Whether `effect` would be there because of `cause`."""
    earlier, later = cause.rule.stage, effect.rule.stage
    if Stage.APART in (earlier, later) or earlier >= later:
        return False
    if cause.weight == "warning" and effect.weight == "error":
        return False  # what was survived explains nothing that is wrong now
    if cause.rule.explains is not None and later not in cause.rule.explains:
        return False
    return later is Stage.RELEASED or cause.part in ("", effect.part) or _reaches(cause.part, effect)


def _reaches(part: str, effect: Sign) -> bool:
    return effect.rule.stage in _PASSED_ON and effect.code != "NoEndpoints" and part in _NEEDS.get(effect.part, ())
