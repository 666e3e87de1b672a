"""Faults that strangers reported: the first finding is the cause, at the object that is to be mended."""

import copy
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestrator.diagnosis.bundle.read import read
from orchestrator.diagnosis.rules import RULES
from orchestrator.diagnosis.workloads.decide import decide
from orchestrator.diagnosis.workloads.log_causes import cause_in
from tests.orchestrator.diagnosis.workloads.breaks import Break
from tests.orchestrator.diagnosis.workloads.reported import REPORTED, control_certificate, rejected
from tests.orchestrator.diagnosis.workloads.shop import Shop, at, item


@pytest.mark.parametrize(
    ("code", "subject", "breaking"),
    [fault[1:] for fault in REPORTED],
    ids=[f"{place}-{fault[1]}" for place, fault in enumerate(REPORTED)],
)
def test_the_cause_comes_first(code: str, subject: str, breaking: Break, tmp_path: Path) -> None:
    shop = Shop()
    breaking(shop)
    found = decide(read(shop.write(tmp_path)))
    assert [(sign.code, sign.subject) for sign in found][:1] == [(code, subject)], [str(sign) for sign in found]
    assert found[0].evidence
    assert found[0].remedy
    assert found[0].code in RULES


def test_a_certificate_of_the_control_plane_that_is_over_is_told_with_its_renewal(tmp_path: Path) -> None:
    shop = Shop()
    control_certificate(shop)
    first = decide(read(shop.write(tmp_path)))[0]
    assert "certificate" in first.message
    assert "kubeadm certs renew" in first.remedy


@pytest.mark.parametrize(
    "line", ['NOTICE:  relation "task" already exists, skipping', "no pending migrations", "with NET_ADMIN, as root"]
)
def test_words_of_work_that_was_done_are_not_why_a_program_ended(line: str) -> None:
    assert cause_in(line) is None


def _left_over(shop: Shop) -> None:
    """A pod that its node refused, beside the one that took its place."""
    pod = copy.deepcopy(shop.pod("api"))
    pod["metadata"] |= {"name": "api-abc12-old", "uid": "uid-old"}
    pod["status"] = {"phase": "Failed", "reason": "OutOfcpu", "message": "Pod was rejected"}
    shop.add(pod)


def _served(shop: Shop) -> None:
    """An Ingress without a class that a controller took nevertheless."""
    del shop["ingress/front"]["spec"]["ingressClassName"]
    shop["ingress/front"]["status"] = {"loadBalancer": {"ingress": [{"ip": "203.0.113.7"}]}}


def _by_default(shop: Shop) -> None:
    del shop["ingress/front"]["spec"]["ingressClassName"]
    default = {"ingressclass.kubernetes.io/is-default-class": "true"}
    shop["ingressclass/nginx"]["metadata"]["annotations"] = default


def _balanced(shop: Shop) -> None:
    """The load balancer was made after a first failure."""
    shop["service/web"]["spec"]["type"] = "LoadBalancer"
    shop["service/web"]["status"] = {"loadBalancer": {"ingress": [{"ip": "203.0.113.7"}]}}
    shop.event(shop["service/web"], "SyncLoadBalancerFailed", "failed to ensure load balancer")


def _grows(shop: Shop) -> None:
    """A claim is being made larger at this moment."""
    told = {"type": "Resizing", "status": "True", "lastTransitionTime": at(10)}
    shop["persistentvolumeclaim/data"]["status"]["conditions"] = [told]


def _uncalled(shop: Shop) -> None:
    """A StatefulSet names a Service that is not there, and nobody calls its pods by name."""
    shop["statefulset/db"]["spec"]["serviceName"] = "db-nodes"


def _chatty(shop: Shop) -> None:
    """A ready program tells of its work in words that sick ones use."""
    lines = (
        "applied 3 migrations, no pending migrations",
        "certificate is valid for db until 2027",
        "http: TLS handshake error from 10.0.0.7:40112: tls: first record does not look like a TLS handshake",
        "http: TLS handshake error from 10.0.0.7:40112: remote error: tls: bad certificate",
        "client sent an HTTP request to an HTTPS server",
        "POST /token 401 token expired",
        "POST /token 400 invalid_grant",
        'NOTICE: relation "task" already exists, skipping',
    )
    shop.logs["api-abc12-x", "api"] = "\n".join(lines * 4)


def _tls_secret(shop: Shop) -> None:
    """A certificate whose values were masked."""
    shop.add(item("Secret", "tls") | {"data": {"tls.crt": "KioqKg==", "tls.key": "KioqKg=="}})
    shop["ingress/front"]["spec"]["tls"] = [{"secretName": "tls"}]


HEALTHY = [_left_over, _served, _by_default, _balanced, _grows, _uncalled, _chatty, _tls_secret]


@pytest.mark.parametrize("change", HEALTHY)
def test_what_looks_like_one_of_them_and_is_well_is_not_sick(change: Callable[[Shop], object], tmp_path: Path) -> None:
    shop = Shop()
    change(shop)
    found = decide(read(shop.write(tmp_path)))
    assert found == (), [str(sign) for sign in found]


@pytest.mark.parametrize(("reason", "code"), [("OutOfmemory", "InsufficientResources"), ("NodePorts", "HostPortTaken")])
def test_a_node_that_refuses_a_pod_says_why(reason: str, code: str, tmp_path: Path) -> None:
    shop = Shop()
    rejected(reason, "Pod was rejected")(shop)
    assert decide(read(shop.write(tmp_path)))[0].code == code
