"""Many services, one root: the root comes first; what is healthy in the same market is not called sick."""

from collections.abc import Callable
from pathlib import Path

import pytest

from orchestrator.diagnosis.bundle.read import read
from orchestrator.diagnosis.workloads.decide import decide
from tests.orchestrator.diagnosis.workloads.incidents import INCIDENTS, Incident
from tests.orchestrator.diagnosis.workloads.incidents import namespace as a_held_namespace
from tests.orchestrator.diagnosis.workloads.market import SPACE, Market
from tests.orchestrator.diagnosis.workloads.shop import at, item


@pytest.mark.parametrize(
    ("code", "subject", "change"), INCIDENTS, ids=[f"{code}-{change.__name__}" for code, _, change in INCIDENTS]
)
def test_the_root_comes_first(code: str, subject: str, change: Incident, tmp_path: Path) -> None:
    market = Market()
    change(market)
    found = decide(read(market.write(tmp_path)))
    assert [(sign.code, sign.subject) for sign in found][:1] == [(code, subject)], [str(sign) for sign in found]
    assert found[0].evidence
    assert found[0].remedy


@pytest.mark.parametrize("wired", ["env", "file"])
def test_what_callers_say_is_explained_by_whom_they_call(wired: str, tmp_path: Path) -> None:
    """By variables, by the file of a ConfigMap, or, for what is named nowhere, by the log."""
    market = Market(wired)
    market.crash("catalogue", "ModuleNotFoundError: No module named 'catalogue'")
    for caller in ("page", "orders", "advice"):
        market.complain(caller, "catalogue")
    market.say("mail", "HTTPConnectionPool(host='catalogue', port=3550): Connection refused")
    found = decide(read(market.write(tmp_path)))
    assert [(sign.code, sign.subject) for sign in found] == [("ModuleMissing", "deployment/catalogue")]


def test_an_object_that_several_miss_is_one_finding(tmp_path: Path) -> None:
    market = Market()
    for name in ("mail", "payment"):
        market.unready(name)
        message = 'secret "keys" not found'
        market.status(name)["state"] = {"waiting": {"reason": "CreateContainerConfigError", "message": message}}
    found = decide(read(market.write(tmp_path)))
    assert [(sign.code, sign.subject) for sign in found] == [("SecretMissing", "secret/keys")]


def test_a_node_that_is_down_does_not_hide_what_is_wrong_elsewhere(tmp_path: Path) -> None:
    market = Market()
    market["node/node-2"]["status"]["conditions"][0] |= {"status": "Unknown", "message": "Kubelet stopped posting"}
    market.unready("orders")  # of node-2
    market.crash("advice", "ModuleNotFoundError: No module named 'advice'")  # of node-3
    found = decide(read(market.write(tmp_path)))
    assert [sign.code for sign in found] == ["KubeletDown", "ModuleMissing"]


def test_a_namespace_that_is_held_hides_nothing_of_another(tmp_path: Path) -> None:
    market = Market()
    a_held_namespace(market)
    market.crash("advice", "ModuleNotFoundError: No module named 'advice'")
    store = read(market.write(tmp_path))
    assert {sign.code for sign in decide(store)} == {"HeldByFinalizer", "ModuleMissing"}
    assert [sign.code for sign in decide(store, namespace=SPACE)] == ["ModuleMissing"]


def _restarted_long_ago(market: Market) -> None:
    ended = {"exitCode": 137, "reason": "OOMKilled", "finishedAt": at(80_000)}
    market.status("orders").update(restartCount=3, lastState={"terminated": ended})


def _switched_off(market: Market) -> None:
    """Nobody calls it, and no Service leads to it."""
    template = {"metadata": {"labels": {"app": "canary"}}, "spec": {"containers": [{"name": "main"}]}}
    market.add(item("Deployment", "canary", {"replicas": 0, "template": template}, {}, namespace=SPACE))


def _scaled_by_another(market: Market) -> None:
    market.unmade("mail")
    market["deployment/mail"]["spec"]["replicas"] = 0
    market.add(item("ScaledObject", "mail", {"scaleTargetRef": {"name": "mail"}}, namespace=SPACE))


def _done(market: Market) -> None:
    complete = {"succeeded": 1, "conditions": [{"type": "Complete", "status": "True"}]}
    market.add(item("Job", "migrate", {}, complete, namespace=SPACE))
    market.texts["migrate.log"] = "connection refused, trying again\nconnected\ndone\n"


def _overcome(market: Market) -> None:
    market.texts[f"{market.pod('page')['metadata']['name']}.log"] = (
        "upstream timed out\n" * 3
        + "429 too many requests, trying again\n"
        + "GET / 200 3ms\n" * 30
        + "upstream timed out\n" * 3
        + "429 too many requests, trying again\n"
        + "GET / 200 3ms\n" * 30
    )


def _refuses(market: Market) -> None:
    """Its own answer to who asks too often, as it should."""
    market.say("page", 'INFO: 10.0.0.9 - "POST /chat HTTP/1.1" 429 Too Many Requests')


def _headless(market: Market) -> None:
    """The port of a headless Service is translated by nothing."""
    spec = {"clusterIP": "None", "selector": {"app": "cache"}, "ports": [{"port": 9}]}
    market.add(item("Service", "cache-headless", spec, namespace=SPACE))


def _quick(market: Market) -> None:
    spans = [
        {"traceID": "t", "spanID": str(number), "processID": "p", "duration": 40_000, "tags": [], "references": []}
        for number in range(20)
    ]
    market.texts["traces.json"] = f'{{"data": [{{"processes": {{"p": {{"serviceName": "page"}}}}, "spans": {spans}}}]}}'
    market.texts["traces.json"] = market.texts["traces.json"].replace("'", '"')


WELL = (_restarted_long_ago, _switched_off, _scaled_by_another, _done, _overcome, _refuses, _headless, _quick)


@pytest.mark.parametrize("wired", ["env", "file"])
@pytest.mark.parametrize("change", [lambda market: None, *WELL])
def test_what_is_well_is_not_called_sick(change: Callable[[Market], object], wired: str, tmp_path: Path) -> None:
    market = Market(wired)
    change(market)
    found = decide(read(market.write(tmp_path)))
    assert found == (), [str(sign) for sign in found]
