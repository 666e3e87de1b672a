"""A change needs a person's word, given in a terminal, for exactly what it does, once and in time."""

import json
import time
from pathlib import Path

import pytest

from orchestrator.errors import EnvironmentMissingError
from orchestrator.mcp.approval import slips
from orchestrator.mcp.approval.book import Book, NotApprovedError
from orchestrator.mcp.approval.intent import Intent
from tests.orchestrator.mcp.driving import agent, helm_calls, person, program, records
from tests.orchestrator.standins import stand_in

BACK = "rollback todo-app 1"


async def test_a_change_is_told_then_approved_by_a_person_then_made_once(tree: Path) -> None:
    async with agent(tree, "--allow-changes") as client:
        asked = await client.do("rollback")
        assert asked["status"] == "needs_approval"
        assert "from revision 2 (deployed) back to revision 1" in asked["would_do"]
        code = asked["code"]
        assert f"./todo deploy approve {code}" in await client.refused("rollback", approval=code)
        assert helm_calls(tree) == []
        ended, shown = person(tree, code)
        assert (ended, "back to revision 1" in shown, asked["digest"][:12] in shown) == (0, True, True)
        done = await client.do("rollback", approval=code)
        assert (done["status"], done["summary"]) == ("done", "rolled back to revision 1")
        assert "is no open approval" in await client.refused("rollback", approval=code)
    assert [call.startswith(BACK) for call in helm_calls(tree)] == [True]
    approved, made = records(tree)
    assert (approved["agent"], approved["passed"]) == ("INFRA-ORCHESTRATOR", True)
    assert "in a terminal" in approved["result"]
    assert made["agent"] == "HELM"
    assert made["details"]["asked_by"].endswith(", over MCP")
    assert made["details"]["approved_by"].endswith(" in a terminal")
    assert made["details"]["plan_digest"] == asked["digest"]


async def test_what_a_person_refuses_is_not_made_and_is_logged(tree: Path) -> None:
    async with agent(tree, "--allow-changes") as client:
        code = (await client.do("down", delete_data=True))["code"]
        ended, shown = person(tree, code, "no")
        assert (ended, '"delete_data": true' in shown) == (21, True)
        assert "did not approve it; nothing was changed" in await client.refused(
            "down", delete_data=True, approval=code
        )
        assert "is no open approval" in await client.refused("down", delete_data=True, approval=code)
    assert helm_calls(tree) == []
    (refused,) = records(tree)
    assert (refused["agent"], refused["passed"]) == ("INFRA-ORCHESTRATOR", False)


async def test_an_approval_is_worth_nothing_for_anything_else(tree: Path) -> None:
    async with agent(tree, "--allow-changes") as client:
        for tool, arguments in (("rollback", {"namespace": "other"}), ("down", {}), ("rollback", {"revision": 1})):
            code = (await client.do("rollback"))["code"]
            person(tree, code)
            assert "has changed since it was approved" in await client.refused(tool, approval=code, **arguments)
            assert "is no open approval" in await client.refused("rollback", approval=code)
    assert helm_calls(tree) == []


async def test_a_plan_that_changed_since_is_refused_and_says_what_changed(tree: Path) -> None:
    async with agent(tree, "--allow-changes") as client:
        asked = await client.do("up", agents={"dockerfile": "builtin"})
        person(tree, asked["code"])
        (tree / "backend" / "main.py").write_text("import os\n")
        told = await client.refused("up", agents={"dockerfile": "builtin"}, approval=asked["code"])
        assert "changed: step backend-image" in told
        asked = await client.do("up")
        person(tree, asked["code"])
        (tree / ".env").write_text("DATABASE_URL=postgresql://other@elsewhere/db\n")
        assert "changed" in await client.refused("up", approval=asked["code"])
    assert records(tree) == []


async def test_an_approved_run_is_the_run_itself(tree: Path) -> None:
    stand_in(tree / "bin", "helm", "sleep 8")
    async with agent(tree, "--allow-changes") as client:
        code = (await client.do("up"))["code"]
        ended, shown = person(tree, code)
        assert ended == 0
        assert "docker build" in shown
        assert "The disk of the Docker engine is full" in await client.refused("up", approval=code)
    found = records(tree)
    assert found[0]["agent"] == "INFRA-ORCHESTRATOR"
    assert {"ENV", "BUILTIN", "DOCKER"} <= {record["agent"] for record in found}
    assert all(record["details"]["asked_by"] for record in found)


async def test_a_slip_that_someone_else_wrote_approves_nothing(tree: Path) -> None:
    async with agent(tree, "--allow-changes") as client:
        code = (await client.do("rollback"))["code"]
        path = slips.folder_of(tree / ".todo-deploy") / code
        told = json.loads(path.read_text())
        told["intent"]["lines"] = ["only look"]
        path.write_text(json.dumps(told))
        assert person(tree, code)[0] == 20
        told |= {"answer": "approved", "by": "nobody", "digest": Intent(**told["intent"]).digest}
        path.write_text(json.dumps(told))
        assert "is not what was asked" in await client.refused("rollback", approval=code)
        assert "nothing waits" in person(tree, "1a2b-3c4d")[1]
        assert "is no approval code" in person(tree, "../../state.json")[1]
        assert "is no open approval" in await client.refused("rollback", approval="../x")
    assert helm_calls(tree) == []
    assert list(slips.folder_of(tree / ".todo-deploy").iterdir()) == []


async def test_a_program_cannot_answer_for_a_person(tree: Path) -> None:
    async with agent(tree, "--allow-changes") as client:
        code = (await client.do("rollback"))["code"]
        done = program(tree, code, "yes")
        assert (done.returncode, "approving needs a terminal" in done.stderr) == (20, True)
        assert "is not approved yet" in await client.refused("rollback", approval=code)


async def test_the_codes_of_a_server_end_with_it(tree: Path) -> None:
    async with agent(tree, "--allow-changes") as client:
        code = (await client.do("rollback"))["code"]
        person(tree, code)
    async with agent(tree, "--allow-changes") as client:
        assert "is no open approval" in await client.refused("rollback", approval=code)
    assert not any(slips.folder_of(tree / ".todo-deploy").iterdir())


@pytest.fixture
def intent() -> Intent:
    return Intent("rollback", "minikube/minikube/default", {}, ("back to revision 1",), {"goal": "1"})


def test_an_approval_expires(tmp_path: Path, intent: Intent) -> None:
    book = Book(tmp_path, seconds=0.2)
    slip = book.ask(intent, {}, asked_by="a test", in_terminal=True)
    slips.write(tmp_path, slips.answered(slip, approved=True, by="someone"))
    assert book.answer_in_terminal(slip.code) == "someone"
    time.sleep(0.3)
    with pytest.raises(NotApprovedError, match="has expired"):
        book.spend(slip.code, intent, {}, in_terminal=True)
    late = book.ask(intent, {}, asked_by="a test", in_terminal=True)
    time.sleep(0.3)
    with pytest.raises(EnvironmentMissingError, match="has expired"):
        slips.open_slip(tmp_path, late.code)


def test_other_values_of_the_secrets_are_another_change(tmp_path: Path, intent: Intent) -> None:
    book = Book(tmp_path)
    slip = book.ask(intent, {"DATABASE_URL": "postgresql://a/b"}, asked_by="a test", in_terminal=False)
    with pytest.raises(NotApprovedError, match="the values of the secrets"):
        book.spend(slip.code, intent, {"DATABASE_URL": "postgresql://c/d"}, in_terminal=False)


def test_a_code_for_the_client_is_none_for_the_terminal(tmp_path: Path, intent: Intent) -> None:
    book = Book(tmp_path)
    slip = book.ask(intent, {}, asked_by="a test", in_terminal=True)
    with pytest.raises(NotApprovedError, match="is no open approval"):
        book.spend(slip.code, intent, {}, in_terminal=False)
    with pytest.raises(NotApprovedError, match="is no open approval"):
        book.refuse("0000-0000", by="nobody")


def test_nothing_in_a_plan_can_hide_the_rest_of_it_from_the_person() -> None:
    lines = ("helm upgrade --values \x1b[2J\x1b[H.yaml", "--values x\n  nothing is removed", "a\u202eb")
    text = Intent("up", "minikube/minikube/default", {"values": ["\x9b2J"]}, lines).text
    assert len(text.splitlines()) == 4
    assert all(line.isprintable() for line in text.splitlines())
    assert "\\u001b[2J" in text
