"""kagent: its command, whose failures end with code 0, and its A2A endpoint."""

import json
from pathlib import Path
from typing import Any

import pytest

from orchestrator.agents.base import Kind, Outcome
from orchestrator.agents.driving import a2a
from orchestrator.agents.kagent import Kagent
from tests.orchestrator.agents.server import Answer, serving
from tests.orchestrator.agents.stage import CLUSTER, SECRET, act, backstage, brief, in_fence, leads, right
from tests.orchestrator.standins import stand_in

BROKEN = "Error invoking session: a2aClient.SendMessage: jsonrpc error -32602: invalid params: message ID is required"
NOBODY = "http://127.0.0.1:9"


def task(state: str, text: str | None = "All pods run.", **more: Any) -> dict[str, Any]:
    """An A2A task, as its JSON has it."""
    parts = [{"artifactId": "1", "parts": [{"kind": "text", "text": text}]}] if text is not None else []
    return {"kind": "task", "id": "t", "contextId": "c", "status": {"state": state}, "artifacts": parts, **more}


def asked(folder: Path, rule: dict[str, Any], *, url: str = NOBODY, seconds: float = 30.0) -> Outcome:
    """What the agent makes of one answer."""
    act(folder, "kagent", rule)
    stand_in(folder, "kubectl", "exit 1")
    return Kagent(backstage(folder), CLUSTER, seconds, url=url).read("How are the pods?")


def test_a_completed_tasks_text_is_the_reading(tmp_path: Path) -> None:
    outcome = asked(tmp_path, {"say": json.dumps(task("completed", f"Fine; {SECRET}"))})
    assert (outcome.kind, outcome.text) == (Kind.PROPOSAL, "Fine; ****")


def test_its_command_line(tmp_path: Path) -> None:
    assert Kagent(backstage(tmp_path), CLUSTER, 90).argv("Q", "http://127.0.0.1:41234") == [
        "kagent", "invoke", "-a", "k8s-agent", "-t", "Q", "-n", "kagent",
        "--timeout", "90s", "--kagent-url", "http://127.0.0.1:41234",
    ]  # fmt: skip


def test_a_file_can_be_asked_for_too(tmp_path: Path) -> None:
    act(tmp_path, "kagent", {"say": json.dumps(task("completed", in_fence(right("configmap"))))})
    assert Kagent(backstage(tmp_path), CLUSTER, url=NOBODY).propose(brief("configmap")).text == right("configmap")


@pytest.mark.parametrize(
    ("said", "kind", "detail"),
    [
        (task("completed", None), Kind.EMPTY, "no text"),
        (task("completed", "  "), Kind.EMPTY, "no text"),
        (task("failed", None), Kind.REFUSED, "its task is failed"),
        (task("rejected"), Kind.REFUSED, "rejected"),
        (task("canceled"), Kind.REFUSED, "canceled"),
        (task("input-required"), Kind.NEEDS_PERMISSION, "input-required"),
        (task("auth-required"), Kind.NEEDS_PERMISSION, "auth-required"),
        (task("working"), Kind.TRUNCATED, "working"),
        (task("TASK_STATE_WORKING"), Kind.TRUNCATED, "working"),
    ],
)
def test_a_task_that_is_not_completed_is_no_answer(
    tmp_path: Path, said: dict[str, Any], kind: Kind, detail: str
) -> None:
    outcome = asked(tmp_path, {"say": json.dumps(said)})
    assert (outcome.kind, outcome.text) == (kind, "")
    assert detail in outcome.detail


@pytest.mark.parametrize(
    "said", [{"err": BROKEN}, {"err": "Error", "say": "not JSON"}, {"say": "[1]"}, {"say": '{"a": 1}'}]
)
def test_words_on_standard_error_with_code_0_are_no_answer(tmp_path: Path, said: dict[str, Any]) -> None:
    outcome = asked(tmp_path, said)
    assert outcome.kind is Kind.UNAVAILABLE
    assert (said.get("err", "it answered") if "say" not in said else "it answered") in outcome.detail
    assert "its A2A endpoint" in outcome.detail


def test_where_invoke_is_broken_the_endpoint_is_asked(tmp_path: Path) -> None:
    """Through a port-forward of the driver's own: neither the command's fixed port nor its second of patience."""
    act(tmp_path, "kagent")
    with serving(Answer({"jsonrpc": "2.0", "id": "1", "result": task("completed")})) as server:
        leads(tmp_path, server.url, late=1.5)
        outcome = Kagent(backstage(tmp_path), CLUSTER).read("How are the pods?")
    assert (outcome.kind, outcome.text) == (Kind.PROPOSAL, "All pods run.")
    ((path, _, body),) = server.requests
    assert path == "/api/a2a/kagent/k8s-agent/"
    assert (body["jsonrpc"], body["method"]) == ("2.0", "message/send")
    assert body["params"]["message"]["messageId"]
    assert body["params"]["message"]["parts"] == [{"kind": "text", "text": "How are the pods?"}]


@pytest.mark.parametrize(
    ("answer", "kind", "detail"),
    [
        (Answer({"jsonrpc": "2.0", "error": {"code": -32603, "message": "boom"}}), Kind.UNAVAILABLE, "JSON-RPC error"),
        (Answer("nonsense"), Kind.UNAVAILABLE, "no JSON"),
        (Answer("gone", status=404), Kind.UNAVAILABLE, "HTTP 404"),
        (Answer({"result": task("completed")}, seconds=30), Kind.TIMEOUT, "no answer within 1 s"),
        (Answer("x" * 300_000), Kind.REFUSED, "too large"),
        (Answer("x" * 100, drip=True), Kind.TIMEOUT, "too slow"),
    ],
)
def test_what_the_endpoint_says_otherwise(tmp_path: Path, answer: Answer, kind: Kind, detail: str) -> None:
    with serving(answer) as server:
        outcome = asked(tmp_path, {"err": BROKEN}, url=server.url, seconds=1)
    assert outcome.kind is kind
    assert detail in outcome.detail


def test_one_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestrator.agents.kagent.GRACE", 0.2)
    assert asked(tmp_path, {"hang": True}, seconds=0.5).kind is Kind.TIMEOUT


@pytest.mark.parametrize(
    ("version", "forward", "why"),
    [
        ("alone", 'echo "Forwarding from 127.0.0.1:9 -> 8083"; exec sleep 60', "no kagent runs in the cluster"),
        ("0.9.12", 'echo \'Error from server (NotFound): services "kagent-controller" not found\' >&2; exit 1',
         'no kagent answers in the cluster: kubectl port-forward: Error from server (NotFound): services'),
    ],
)  # fmt: skip
def test_a_command_without_its_server_is_not_there(tmp_path: Path, version: str, forward: str, why: str) -> None:
    act(tmp_path, "kagent", version=version)
    stand_in(tmp_path, "kubectl", f'case "$*" in *port-forward*) {forward};; esac; exit 1')
    agent = Kagent(backstage(tmp_path), CLUSTER)
    assert agent.probe() is None
    assert why in agent.presence.why
    assert agent.read("x").kind is Kind.UNAVAILABLE


def test_without_artefacts_the_agents_last_message_counts() -> None:
    history = [{"role": "agent", "parts": [{"text": "first"}]}, {"role": "agent", "parts": [{"text": "last"}]}]
    assert a2a.parsed(json.dumps(task("completed", None, history=history))).text == "last"
    assert a2a.parsed(json.dumps({"kind": "message", "parts": [{"text": "hello"}]})).text == "hello"
    status = {"state": "completed", "message": {"parts": [{"text": "in the status"}]}}
    assert a2a.parsed(json.dumps({"kind": "task", "status": status})).text == "in the status"
