"""One fault in a healthy shop, read from files as kubectl writes them: the one finding is its cause."""

from pathlib import Path

import pytest

from orchestrator.diagnosis.bundle.read import read
from orchestrator.diagnosis.workloads.decide import decide
from tests.orchestrator.diagnosis.workloads.breaks import FAULTS, Break
from tests.orchestrator.diagnosis.workloads.shop import Shop


@pytest.mark.parametrize(("code", "what", "breaking"), FAULTS, ids=[f"{code}-{what}" for code, what, _ in FAULTS])
def test_a_fault_is_one_finding(code: str, what: str, breaking: Break, tmp_path: Path) -> None:
    shop = Shop()
    breaking(shop)
    found = decide(read(shop.write(tmp_path)))
    assert [sign.code for sign in found] == [code], [str(sign) for sign in found]
    assert found[0].message
    assert found[0].evidence
    assert found[0].remedy
    assert "hidden-value" not in str(found[0].as_dict())


def test_a_healthy_shop_gives_no_finding(tmp_path: Path) -> None:
    assert decide(read(Shop().write(tmp_path))) == ()
