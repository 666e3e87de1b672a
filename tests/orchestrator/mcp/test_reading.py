"""What an agent may do without anyone's word: look, and nothing else."""

from pathlib import Path

import pytest
from mcp.shared.exceptions import MCPError

from orchestrator.audit import LOG
from tests.orchestrator.mcp.driving import agent, helm_calls
from tests.orchestrator.standins import stand_in

LOOKING = ["plan", "status", "verify", "audit", "logs"]
CHANGING = ["up", "rollback", "down"]


@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_by_default_only_tools_that_look_are_listed_and_run(tree: Path, mode: str) -> None:
    async with agent(tree, mode=mode) as client:
        assert client.server_info.name == "infra-orchestrator"
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools if tool.annotations.read_only_hint] == LOOKING
        assert [tool.name for tool in tools if not tool.annotations.read_only_hint] == ["optimise"]
        assert "only reads" in await client.refused("optimise", dry_run=False)
        for name in CHANGING:
            assert "only reads" in await client.refused(name)
            assert "only reads" in await client.refused(name, approval="1a2b-3c4d")
        with pytest.raises(MCPError, match="Unknown tool: approve"):
            await client.call_tool("approve", {"code": "1a2b-3c4d"})
    assert helm_calls(tree) == []
    assert not (tree / LOG).exists()
    assert not (tree / ".todo-deploy").exists()


async def test_with_changes_allowed_all_are_listed_with_what_they_do(tree: Path) -> None:
    async with agent(tree, "--allow-changes") as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert {*LOOKING, "optimise", *CHANGING} == set(tools)
    assert {name for name, tool in tools.items() if tool.annotations.destructive_hint} == {"rollback", "down"}
    assert all(tool.output_schema["type"] == "object" for tool in tools.values())
    assert sum(len(tool.model_dump_json(exclude_none=True)) for tool in tools.values()) < 12_000


async def test_a_plan_is_small_unless_all_of_it_is_asked_for(tree: Path) -> None:
    async with agent(tree, "--namespace", "mine") as client:
        small = await client.do("plan")
        whole = await client.do("plan", verbose=True)
        other = await client.do("plan", verbose=True, namespace="theirs", agents={"manifest": "openai"})
    assert small["due"] == small["of"] == len(whole["steps"])
    assert "commands" not in small["steps"][0]
    assert len(str(small)) < len(str(whole)) / 4
    assert "--namespace mine" in str(whole)
    assert "--namespace theirs" in str(other)
    assert "openai: asked for" in str(other)


async def test_what_is_wrong_is_a_sentence_with_a_remedy(tree: Path) -> None:
    async with agent(tree) as client:
        assert "Name one" in await client.refused("status", target="context")
        assert "no pod of frontend has written anything" in await client.refused("logs", part="frontend")
        stand_in(tree / "bin", "minikube", 'echo \'{"Host":"Stopped"}\'; exit 7')
        assert "Start it: minikube start -p minikube" in await client.refused("status")
        assert (await client.do("audit"))["faults"] == [f"{LOG} is not there"]


WRONG: list[tuple[str, dict[str, object], str]] = [
    ("plan", {"namespace": "Not_A_Name"}, "namespace cannot be"),
    ("plan", {"namespace": "--all"}, "namespace cannot be"),
    ("plan", {"context": "--kubeconfig=/etc/passwd"}, "context cannot be"),
    ("plan", {"target": "moon"}, "target cannot be"),
    ("plan", {"agents": {"cook": "gordon"}}, "agents.cook"),
    ("plan", {"values": ["/etc/passwd"]}, "/etc/passwd is no file of the project"),
    ("plan", {"values": ["../elsewhere.yaml"]}, "is no file of the project"),
    ("plan", {"env_file": "/etc/shadow"}, "env_file is no argument of this tool. plan takes: target, context"),
    ("logs", {"lines": 100000}, "lines cannot be"),
    ("logs", {"part": "kube-system"}, "part cannot be"),
]


async def test_arguments_that_cannot_be_are_named(tree: Path) -> None:
    (tree.parent / "elsewhere.yaml").write_text("a: 1\n")
    async with agent(tree) as client:
        for tool, arguments, told in WRONG:
            assert told in await client.refused(tool, **arguments)


async def test_secrets_are_masked_wherever_they_turn_up(tree: Path) -> None:
    secret = "correct-horse-battery-staple-0123456789"
    (tree / ".env").write_text(f"BETTER_AUTH_SECRET={secret}\n")
    stand_in(
        tree / "bin",
        "kubectl",
        f'case "$*" in *" logs "*) echo "it is {secret}";; *) echo "{secret}" >&2; exit 1;; esac',
    )
    async with agent(tree, "--env-file", str(tree / ".env")) as client:
        assert (await client.do("logs"))["lines"] == ["it is ****"]
        told = await client.refused("status")
    assert "****" in told
    assert secret not in told
