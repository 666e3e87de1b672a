"""One fault in a healthy shop, read from files as kubectl writes them: the one finding is its cause."""

import copy
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestrator.diagnosis.bundle.read import read
from orchestrator.diagnosis.workloads.decide import decide
from tests.orchestrator.diagnosis.workloads.breaks import FAULTS, Break
from tests.orchestrator.diagnosis.workloads.shop import Shop, at, item


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


def _starting(shop: Shop) -> None:
    shop.probe("api", "Readiness", "dial tcp 10.1.0.5:9000: connect: connection refused")
    shop.status("api")["state"] = {"running": {"startedAt": at(8)}}
    shop["deployment/api"]["status"]["conditions"] = []
    shop["deployment/api"]["metadata"]["creationTimestamp"] = at(20)


def _restarted(shop: Shop) -> None:
    """The api was restarted: the web complained, and goes on."""
    line = "Error: connect ECONNREFUSED 10.0.0.9:9000"
    shop.logs["web-abc12-x", "web"] = f"{line}\n" * 5 + "GET / 200\n" * 30


def _rolled(shop: Shop) -> None:
    """An older pod of an older ReplicaSet goes, crashed as it was."""
    old = copy.deepcopy(shop["replicaset/api-abc12"])
    old["metadata"] |= {"name": "api-old", "uid": "uid-old", "annotations": {"deployment.kubernetes.io/revision": "0"}}
    shop.add(old)
    pod = copy.deepcopy(shop.pod("api"))
    pod["metadata"] |= {
        "name": "api-old-x",
        "uid": "uid-old-x",
        "ownerReferences": [{"kind": "ReplicaSet", "name": "api-old", "uid": "uid-old", "controller": True}],
    }
    pod["status"]["containerStatuses"][0] |= {"ready": False, "state": {"waiting": {"reason": "CrashLoopBackOff"}}}
    pod["status"]["conditions"] = [{"type": "Ready", "status": "False"}]
    shop.add(pod)


def _terminating(shop: Shop) -> None:
    pod = copy.deepcopy(shop.pod("web"))
    pod["metadata"] |= {
        "name": "web-gone",
        "uid": "uid-gone",
        "deletionTimestamp": at(-20),
        "deletionGracePeriodSeconds": 30,
    }
    shop.add(pod)


def _scaled(shop: Shop) -> None:
    """Two more pods are being made."""
    for place in range(2):
        pod = copy.deepcopy(shop.pod("api"))
        pod["metadata"] |= {"name": f"api-new-{place}", "uid": f"uid-new-{place}", "creationTimestamp": at(3)}
        pod["status"] = {
            "phase": "Pending",
            "conditions": [{"type": "PodScheduled", "status": "True"}],
            "containerStatuses": [{"name": "api", "state": {"waiting": {"reason": "ContainerCreating"}}}],
        }
        shop.add(pod)
    shop["deployment/api"]["spec"]["replicas"] = 3


def _done(shop: Shop) -> None:
    """A cron job's first try failed, and the next went well."""
    for name, kind, seconds in (("night-1", "Failed", 7200), ("night-2", "Complete", 3600)):
        job = shop.add(
            item(
                "Job",
                name,
                {},
                {
                    "startTime": at(seconds),
                    "conditions": [{"type": kind, "status": "True", "reason": "BackoffLimitExceeded"}],
                },
            )
        )
        job["metadata"]["ownerReferences"] = [
            {"kind": "CronJob", "name": "nightly", "uid": "uid-CronJob-nightly", "controller": True}
        ]


HEALTHY = [_starting, _restarted, _rolled, _terminating, _scaled, _done]


@pytest.mark.parametrize("change", HEALTHY)
def test_what_starts_rolls_scales_or_is_replaced_is_not_sick(change: Callable[[Shop], object], tmp_path: Path) -> None:
    shop = Shop()
    change(shop)
    found = decide(read(shop.write(tmp_path)))
    assert found == (), [str(sign) for sign in found]
