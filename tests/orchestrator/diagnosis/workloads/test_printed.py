"""A fault is the same whether it is told in JSON or in what people paste: tables, describe, events and logs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orchestrator.diagnosis.bundle.read import read
from orchestrator.diagnosis.workloads.decide import decide
from tests.orchestrator.diagnosis.workloads.breaks import FAULTS
from tests.orchestrator.diagnosis.workloads.incidents import INCIDENTS
from tests.orchestrator.diagnosis.workloads.market import Market
from tests.orchestrator.diagnosis.workloads.printed import named, pasted
from tests.orchestrator.diagnosis.workloads.reported import REPORTED
from tests.orchestrator.diagnosis.workloads.shop import Shop

_UNTOLD = frozenset(
    {  # neither tables nor describe tell of it
        "ClaimMismatch",
        "ClaimResize",
        "DnsPolicy",
        "HeldByFinalizer",
        "ReadinessGate",
        "RolloutPaused",
        "RolloutStuck",
        "RolloutUnavailable",
        "SchedulingGated",
        "SubPathChanged",
        "UpdateHeldBack",
    }
)
_BY_NAME = frozenset({"no_replica_set", "no_service_of_set"})  # need ReplicaSets, or the name of a Service
_CASES = [
    *((code, "", breaking, Shop) for code, _, breaking in FAULTS),
    *((code, subject, breaking, Shop) for _, code, subject, breaking in REPORTED),
    *((code, subject, breaking, Market) for code, subject, breaking in INCIDENTS),
]
_TOLD = [case for case in _CASES if case[0] not in _UNTOLD and getattr(case[2], "__name__", "") not in _BY_NAME]


@pytest.mark.parametrize(
    ("code", "subject", "breaking", "kind"), _TOLD, ids=[f"{at}-{case[0]}" for at, case in enumerate(_TOLD)]
)
def test_text_tells_what_json_tells(
    code: str, subject: str, breaking: Callable[[Any], object], kind: type[Shop] | type[Market], tmp_path: Path
) -> None:
    shop = kind()
    breaking(shop)
    found = decide(read(pasted(shop, tmp_path)))
    assert [one.code for one in found][:1] == [code], [str(one) for one in found]
    assert subject in ("", found[0].subject) or named(subject) == found[0].subject


@pytest.mark.parametrize("kind", [Shop, Market])
def test_what_is_well_is_well_as_text(kind: type[Shop] | type[Market], tmp_path: Path) -> None:
    assert decide(read(pasted(kind(), tmp_path))) == ()
