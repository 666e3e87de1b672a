"""kubectl-ai, against a stand-in that behaves as the real one was seen to."""

import json
from pathlib import Path
from typing import Any

import pytest

from orchestrator.agents.base import Kind, Outcome
from orchestrator.agents.driving import journal
from orchestrator.agents.driving.glamour import taken_back
from orchestrator.agents.kubectl_ai import KubectlAi
from orchestrator.contracts import load
from tests.orchestrator.agents.stage import CLUSTER, ROOT, act, backstage, brief, in_fence, right
from tests.orchestrator.standins import stand_in

NAME = "backend-service"


def asked(folder: Path, rule: dict[str, Any], *, seconds: float = 30.0) -> Outcome:
    """What the agent makes of one answer."""
    act(folder, "kubectl-ai", rule)
    stand_in(folder, "kubectl", "exit 1")
    return KubectlAi(backstage(folder), CLUSTER, seconds).propose(brief(NAME))


def test_one_fenced_file_is_the_proposal_though_no_fence_is_shown(tmp_path: Path) -> None:
    outcome = asked(tmp_path, {"say": in_fence(right(NAME), "yaml")})
    assert (outcome.kind, outcome.text) == (Kind.PROPOSAL, right(NAME))


@pytest.mark.parametrize("name", [contract.name for contract in load(ROOT) if contract.role == "manifest"])
def test_of_a_provider_that_is_not_recorded_the_file_is_read_from_what_was_drawn(tmp_path: Path, name: str) -> None:
    act(tmp_path, "kubectl-ai", {"say": f"Here it is:\n\n```yaml\n{right(name)}```\n\nThat is all.\n"})
    outcome = KubectlAi(backstage(tmp_path), CLUSTER, provider="ollama").propose(brief(name))
    assert (outcome.kind, outcome.text) == (Kind.PROPOSAL, right(name))


def test_drawn_blocks_and_prose_are_told_apart() -> None:
    drawn = "\n  One:    \n        \n    a: 1\n      \n      b: 2\n  Two\n    c: 3\n"
    assert taken_back(drawn) == "\nOne:\n\n```\na: 1\n\n  b: 2\n```\nTwo\n```\nc: 3\n```\n"


def test_it_is_driven_without_a_terminal_and_with_the_one_context(tmp_path: Path) -> None:
    view = {"contexts": [{"name": "test", "context": {"cluster": "c"}}], "clusters": [{"name": "c"}]}
    stand_in(tmp_path, "kubectl", f"echo '{json.dumps(view)}'")
    act(tmp_path, "kubectl-ai", {"report": True})
    agent = KubectlAi(backstage(tmp_path, GRANTED="yes"), CLUSTER, 30, 7, "", "gemini-x", ("GRANTED",))
    first, second = (json.loads(agent.read("How is it?").text) for _ in range(2))
    argv = first["argv"]
    assert argv[:3] == ["--quiet", "--max-iterations", "7"]
    assert argv[-3:] == ["--model", "gemini-x", "How is it?"]
    assert "--skip-permissions" not in argv
    assert Path(argv[4]).name != Path(second["argv"][4]).name, "the trace path is unique"
    assert json.loads(first["kubeconfig"])["contexts"][0]["context"] == {"cluster": "c", "namespace": "default"}
    environment = first["environment"]
    assert environment["KUBECONFIG"] == argv[argv.index("--kubeconfig") + 1]
    assert (environment["GRANTED"], environment["GEMINI_API_KEY"]) == ("yes", "****")
    assert "BETTER_AUTH_SECRET" not in environment
    assert first["stdin"] == "device"


@pytest.mark.parametrize(
    ("rule", "kind", "detail"),
    [
        ({"loops": "kubectl get pods"}, Kind.TRUNCATED, "its 5 iterations"),
        ({"loops": "kubectl get pods", "loses": True}, Kind.TRUNCATED, "its 5 iterations"),
        ({"say": in_fence("a: 1\n"), "cut": True}, Kind.TRUNCATED, "limit of length"),
        ({}, Kind.EMPTY, "answered nothing: Empty response from LLM"),
        ({"wants": "kubectl apply -f x.yaml"}, Kind.NEEDS_PERMISSION, "run commands"),
        ({"wants": "kubectl apply -f x.yaml", "code": 0}, Kind.NEEDS_PERMISSION, "run commands"),
        ({"status": 401}, Kind.UNAVAILABLE, "401"),
        ({"status": 429}, Kind.UNAVAILABLE, "429"),
        ({"unknown": "nosuch"}, Kind.UNAVAILABLE, 'tool "nosuch" not recognized'),
        ({"err": "llm client: api_key=abcdefgh", "say": "x", "code": 1}, Kind.UNAVAILABLE, "api_key=****"),
        ({"say": "A Service would do."}, Kind.REFUSED, "no fenced file"),
        ({"say": in_fence("a: 1\n") * 2}, Kind.REFUSED, "2 fenced blocks"),
        ({"say": "```yaml\napiVersion: v1\nkind: Ser"}, Kind.TRUNCATED, "ends within"),
        ({"say": "saved", "write": {"service.yaml": "x"}}, Kind.REFUSED, "wrote files itself: service.yaml"),
    ],
)  # fmt: skip
def test_every_other_answer_has_its_outcome(tmp_path: Path, rule: dict[str, Any], kind: Kind, detail: str) -> None:
    outcome = asked(tmp_path, rule)
    assert (outcome.kind, outcome.text) == (kind, "")
    assert detail in outcome.detail


def test_one_that_hangs_is_given_up(tmp_path: Path) -> None:
    assert asked(tmp_path, {"hang": True}, seconds=1).kind is Kind.TIMEOUT


def test_another_program_of_the_same_name_is_told_apart(tmp_path: Path) -> None:
    act(tmp_path, "kubectl-ai", {"say": in_fence(right(NAME))}, version="Error: OPENAI_API_KEY is required")
    agent = KubectlAi(backstage(tmp_path), CLUSTER)
    assert "another program" in agent.presence.why
    assert agent.propose(brief(NAME)).kind is Kind.UNAVAILABLE


def test_without_its_models_key_it_is_not_there(tmp_path: Path) -> None:
    act(tmp_path, "kubectl-ai")
    assert KubectlAi(backstage(tmp_path), CLUSTER).probe() == "0.0.28"
    assert "GEMINI_API_KEY is not set" in KubectlAi(backstage(tmp_path, GEMINI_API_KEY=""), CLUSTER).presence.why
    assert KubectlAi(backstage(tmp_path, GEMINI_API_KEY=""), CLUSTER, provider="ollama").probe() == "0.0.28"
    assert "OPENAI_API_KEY" in KubectlAi(backstage(tmp_path), CLUSTER, provider="openai").presence.why


def event(body: str, status: str = "200 OK") -> str:
    """One event of the trace, as its recorder writes them."""
    told = f"action: http.response\npayload:\n  body: {json.dumps(body)}\n  status: {status}\n"
    return f'{told}timestamp: "2026-11-29T14:18:49.39Z"\n\n\n---\n\n'


GEMINI = [
    {"candidates": [{"content": {"parts": [{"text": "thinking", "thought": True}, {"text": "a: "}]}}]},
    {"candidates": [{"content": {"parts": [{"text": "1"}]}, "finishReason": "MAX_TOKENS"}]},
]


@pytest.mark.parametrize(
    ("body", "turn"),
    [
        ("".join(f"data: {json.dumps(one)}\r\n\r\n" for one in GEMINI), journal.Turn(200, "a: 1", cut=True)),
        (json.dumps(GEMINI), journal.Turn(200, "a: 1", cut=True)),
        (
            json.dumps({"candidates": [{"content": {"parts": [{"functionCall": {"name": "kubectl"}}]}}]}),
            journal.Turn(200, calls=True),
        ),
        (
            json.dumps({"choices": [{"message": {"content": "a: 1"}}, {"message": {"content": "b"}}]}),
            journal.Turn(200, "a: 1"),
        ),
        ('data: {"choices": [{"delta": {"content": null}}]}\n\ndata: {this is no json\n\n', journal.Turn(200)),
        ("", journal.Turn(200)),
    ],
)  # fmt: skip
def test_an_answer_is_read_as_it_came_over_the_wire(body: str, turn: journal.Turn) -> None:
    asked = 'action: http.request\npayload:\n  request: "data: {}"\n\n\n---\n\n'
    assert journal.turns(asked + event(body)) == [turn]


def test_a_trace_that_ends_within_an_event_keeps_those_before() -> None:
    trace = event('{"choices": [{"message": {"content": "one"}}]}') + event("two")
    assert [turn.text for turn in journal.turns(trace[: -len(event("two")) + 42])] == ["one"]
    assert journal.turns("") == journal.turns("no: [trace") == []
