"""kubectl-ai, against a stand-in that ends with code 0 whatever happened."""

import json
from pathlib import Path
from typing import Any

import pytest

from orchestrator.agents.base import Kind, Outcome
from orchestrator.agents.kubectl_ai import KubectlAi
from tests.orchestrator.agents.stage import CLUSTER, act, backstage, brief, in_fence, right
from tests.orchestrator.standins import stand_in

NAME = "backend-service"
RED, PLAIN = "\x1b[31m", "\x1b[0m"


def asked(folder: Path, rule: dict[str, Any], *, seconds: float = 30.0) -> Outcome:
    """What the agent makes of one answer."""
    act(folder, "kubectl-ai", rule)
    stand_in(folder, "kubectl", "exit 1")
    return KubectlAi(backstage(folder), CLUSTER, seconds).propose(brief(NAME))


def test_one_fenced_file_is_the_proposal(tmp_path: Path) -> None:
    outcome = asked(tmp_path, {"say": "  " + in_fence(right(NAME), "yaml").replace("\n", "\n  ")})
    assert (outcome.kind, outcome.text) == (Kind.PROPOSAL, right(NAME))


def test_a_file_whose_fence_the_terminal_lost_is_read_from_the_trace(tmp_path: Path) -> None:
    shown = "\n".join(f"    {line}" for line in right(NAME).splitlines())
    outcome = asked(tmp_path, {"say": f"  Here it is:\n\n{shown}\n", "trace": in_fence(right(NAME), "yaml")})
    assert (outcome.kind, outcome.text) == (Kind.PROPOSAL, right(NAME))


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
        ({"say": "Running: get pods\n\n  Maximum number of iterations reached.\n"}, Kind.TRUNCATED, "iterations"),
        ({"say": f"{RED}Error: Empty response from LLM{PLAIN}"}, Kind.EMPTY, "answered nothing"),
        ({"say": f"{RED}Error: no candidates in response{PLAIN}"}, Kind.EMPTY, "answered nothing"),
        ({}, Kind.EMPTY, "answered nothing"),
        (
            {"say": f"{RED}RunOnce mode cannot handle permission requests. The following commands require approval:\n"
                    f"* kubectl apply -f x.yaml\nUse --skip-permissions flag to bypass.{PLAIN}"},
            Kind.NEEDS_PERMISSION, "run commands",
        ),
        ({"say": f"{RED}Error: RunOnce mode cannot handle user choice requests{PLAIN}"}, Kind.NEEDS_PERMISSION, "run"),
        ({"say": f"{RED}Error: googleapi: Error 429: quota{PLAIN}"}, Kind.UNAVAILABLE, "429"),
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
    assert KubectlAi(backstage(tmp_path), CLUSTER).probe() == "0.0.29"
    assert "GEMINI_API_KEY is not set" in KubectlAi(backstage(tmp_path, GEMINI_API_KEY=""), CLUSTER).presence.why
    assert KubectlAi(backstage(tmp_path, GEMINI_API_KEY=""), CLUSTER, provider="ollama").probe() == "0.0.29"
    assert "OPENAI_API_KEY" in KubectlAi(backstage(tmp_path), CLUSTER, provider="openai").presence.why
