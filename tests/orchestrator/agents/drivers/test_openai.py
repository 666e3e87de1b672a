"""Any OpenAI-compatible model, against a scripted server on loopback."""

import json

import pytest

from orchestrator.agents.base import Brief, Kind, Outcome
from orchestrator.agents.openai import OpenAi
from orchestrator.contracts import of
from orchestrator.gates.proposal import judge
from orchestrator.redaction import Redactor
from tests.orchestrator.agents.server import Answer, completion, serving
from tests.orchestrator.agents.stage import ROOT, brief, in_fence, right

NAME = "frontend-service"
KEY = "test-key-0123456789abcdef"


def asked(answer: Answer, *, seconds: float = 30.0) -> Outcome:
    """What the agent makes of one answer."""
    with serving(answer) as server:
        return OpenAi(Redactor(), KEY, "test-model", f"{server.url}/v1", seconds).propose(brief(NAME))


def test_the_file_is_the_proposal_and_the_key_only_in_the_header() -> None:
    with serving(completion(in_fence(right(NAME), "yaml"))) as server:
        agent = OpenAi(Redactor(), KEY, "test-model", f"{server.url}/v1/")
        outcome = agent.propose(brief(NAME))
    assert (outcome.kind, outcome.text) == (Kind.PROPOSAL, right(NAME))
    ((path, headers, body),) = server.requests
    assert (path, headers["Authorization"], body["model"]) == ("/v1/chat/completions", f"Bearer {KEY}", "test-model")
    assert "exactly one fenced block" in body["messages"][-1]["content"]
    assert KEY not in json.dumps(body) + repr(agent) + str(outcome)


def test_a_repair_sends_the_answer_and_every_finding_back() -> None:
    contract = of(ROOT, NAME)
    wrong = right(NAME).replace("NodePort", "ClusterIP")
    findings = judge(wrong, contract)
    assert findings
    with serving(completion(in_fence(right(NAME)))) as server:
        agent = OpenAi(Redactor(), KEY, "m", server.url)
        agent.propose(Brief("The prompt.", contract, findings, wrong))
    said = server.requests[0][2]["messages"][-1]["content"]
    assert said.startswith("The prompt.")
    assert wrong in said
    told = json.loads(said[said.index("Findings:\n") + 10 : said.rindex("\nMend every finding")])
    assert [(one["wrong"], one["wanted"]) for one in told] == [(one.message, one.remedy) for one in findings]
    assert {one["rule"] for one in told} == {f"{one.gate}/{one.rule}" for one in findings}


@pytest.mark.parametrize(
    ("answer", "kind", "detail"),
    [
        (completion(None), Kind.EMPTY, "no text"),
        (completion("  "), Kind.EMPTY, "no text"),
        (completion("```\nFROM", finish="length"), Kind.TRUNCATED, "length limit"),
        (completion(None, refusal="I cannot help with that."), Kind.REFUSED, "I cannot help"),
        (completion(None, finish="content_filter"), Kind.REFUSED, "content filter"),
        (completion("A NodePort Service."), Kind.REFUSED, "no fenced file"),
        (completion(in_fence("a: 1\n") * 2), Kind.REFUSED, "2 fenced blocks"),
        (completion(in_fence(f"key: {KEY}\n")), Kind.REFUSED, "holds a secret"),
        (Answer({"error": f"Incorrect API key: {KEY}"}, status=401), Kind.UNAVAILABLE, "refuses the key"),
        (Answer("no such model", status=404), Kind.UNAVAILABLE, "HTTP 404"),
        (Answer("slow down", status=429), Kind.UNAVAILABLE, "HTTP 429"),
        (Answer("", status=503), Kind.UNAVAILABLE, "HTTP 503"),
        (Answer("", status=307, headers={"Location": "http://127.0.0.1:9/"}), Kind.UNAVAILABLE, "HTTP 307"),
        (Answer("<html>"), Kind.UNAVAILABLE, "no chat completion"),
        (Answer({"choices": []}), Kind.UNAVAILABLE, "no chat completion"),
        (Answer({"choices": [{"message": "x"}]}), Kind.UNAVAILABLE, "no chat completion"),
        (Answer("x" * 1_100_000), Kind.REFUSED, "too large"),
    ],
)  # fmt: skip
def test_every_other_answer_has_its_outcome(answer: Answer, kind: Kind, detail: str) -> None:
    outcome = asked(answer)
    assert (outcome.kind, outcome.text) == (kind, "")
    assert detail in outcome.detail
    assert KEY not in outcome.detail + str(outcome.findings)


@pytest.mark.parametrize("answer", [Answer({}, seconds=30), Answer("x" * 200, drip=True)])
def test_one_that_takes_too_long_is_given_up(answer: Answer) -> None:
    assert asked(answer, seconds=0.7).kind is Kind.TIMEOUT


def test_nobody_there_is_unavailable() -> None:
    outcome = OpenAi(Redactor(), KEY, "m", "http://127.0.0.1:9/v1").propose(brief(NAME))
    assert (outcome.kind, outcome.detail) == (Kind.UNAVAILABLE, "the model cannot be reached (ConnectError)")


@pytest.mark.parametrize(
    ("key", "model", "url", "why"),
    [
        ("", "m", "https://x.example/v1", "OPENAI_API_KEY is not set"),
        (KEY, "", "https://x.example/v1", "TODO_MODEL"),
        (f"{KEY}\n", "m", "https://x.example/v1", "no header"),
        ("schlüssel-zum-glück", "m", "https://x.example/v1", "no header"),
        (KEY, "m", "ftp://x.example", "no http address"),
        (KEY, "m", "x.example/v1", "no http address"),
    ],
)
def test_without_key_model_or_address_it_is_not_there(key: str, model: str, url: str, why: str) -> None:
    agent = OpenAi(Redactor(), key, model, url)
    assert agent.probe() is None
    assert why in agent.presence.why
    outcome = agent.propose(brief(NAME))
    assert (outcome.kind, outcome.detail) == (Kind.UNAVAILABLE, agent.presence.why)
    assert not key or key not in agent.presence.why


def test_the_version_names_model_and_host() -> None:
    assert OpenAi(Redactor(), KEY, "m", "https://user:pass@x.example:8443/v1").probe() == "m at x.example"


def test_a_key_that_was_given_with_another_address_is_not_sent() -> None:
    with serving(completion(in_fence(right(NAME), "yaml"))) as server:
        agent = OpenAi(Redactor(), KEY, "m", f"{server.url}/v1", key_for="https://proxy.example/v1")
        outcome = agent.propose(brief(NAME))
    assert (outcome.kind, server.requests) == (Kind.UNAVAILABLE, [])
    assert "names another host" in outcome.detail
