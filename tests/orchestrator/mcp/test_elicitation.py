"""Where the client can ask its person, it does: of exactly what would be done, in both eras of the protocol."""

from pathlib import Path
from typing import Any

import pytest
from mcp_types import ElicitResult

from tests.orchestrator.mcp.driving import agent, helm_calls, records


class Person:
    """Whoever sits before the client: answers in order, and remembers what was asked."""

    def __init__(self, *answers: ElicitResult) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, context: Any, params: Any) -> ElicitResult:
        self.asked.append(params.message)
        return self.answers.pop(0)


YES = ElicitResult(action="accept", content={"approve": True})


@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_the_person_is_asked_and_the_change_is_made(tree: Path, mode: str) -> None:
    person = Person(YES)
    async with agent(tree, "--allow-changes", mode=mode, ask=person) as client:
        assert (await client.do("rollback"))["summary"] == "rolled back to revision 1"
    (asked,) = person.asked
    assert "wants to change the deployment:\n\nrollback in minikube/minikube/default" in asked
    assert "from revision 2 (deployed) back to revision 1" in asked
    assert len(helm_calls(tree)) == 1
    approved, made = records(tree)
    assert approved["details"]["plan_digest"][:12] in asked
    assert made["details"]["approved_by"] == "the client's person"


@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_any_other_answer_changes_nothing(tree: Path, mode: str) -> None:
    answers = [
        ElicitResult(action="decline"),
        ElicitResult(action="cancel"),
        ElicitResult(action="accept", content={"approve": False}),
        ElicitResult(action="accept", content={"approve": "true"}),
        ElicitResult(action="accept"),
    ]
    async with agent(tree, "--allow-changes", mode=mode, ask=Person(*answers)) as client:
        for _ in answers:
            assert "did not approve it; nothing was changed" in await client.refused("rollback")
    assert helm_calls(tree) == []
    assert [record["passed"] for record in records(tree)] == [False] * len(answers)


@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_what_changes_while_the_person_reads_is_refused(tree: Path, mode: str) -> None:
    class Slow(Person):
        async def __call__(self, context: Any, params: Any) -> ElicitResult:
            helm = tree / "bin" / "helm"
            helm.write_text(helm.read_text().replace('"revision": 2', '"revision": 3'))
            return await super().__call__(context, params)

    async with agent(tree, "--allow-changes", mode=mode, ask=Slow(YES)) as client:
        told = await client.refused("rollback")
    assert "has changed since it was approved (no more: from revision 2" in told
    assert helm_calls(tree) == []


async def test_a_client_cannot_answer_what_it_was_not_asked(tree: Path) -> None:
    async with agent(tree, "--allow-changes", ask=Person()) as client:
        for state in ("1a2b-3c4d", "../x", ""):
            result = await client.session.call_tool(
                "rollback", {}, input_responses={"approve": YES}, request_state=state, allow_input_required=True
            )
            assert result.is_error
            assert "is no open approval" in result.content[0].text
    assert helm_calls(tree) == []


async def test_the_terminal_alone_may_be_demanded(tree: Path) -> None:
    person = Person()
    async with agent(tree, "--allow-changes", "--approve-in", "terminal", ask=person) as client:
        assert (await client.do("rollback"))["status"] == "needs_approval"
    assert person.asked == []
