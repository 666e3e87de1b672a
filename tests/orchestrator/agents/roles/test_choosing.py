"""Who plays which role, by option, file or default; and that the plan says so."""

from pathlib import Path

import pytest

from orchestrator.agents import config
from orchestrator.agents.base import Presence
from orchestrator.agents.choose import Cast, Outside, choose, why
from orchestrator.agents.openai import OpenAi
from orchestrator.agents.roster import roster
from orchestrator.commands.plan import plan
from orchestrator.errors import EnvironmentMissingError
from orchestrator.options import Options
from orchestrator.redaction import Redactor
from tests.orchestrator.agents.stage import CLUSTER, ROOT, SECRET, act, backstage, leads
from tests.orchestrator.standins import stand_in


def cast(folder: Path, asked: dict[str, str] | None = None, *, model: bool = False, settings: str = "") -> Cast:
    """The cast with what stands in `folder`, and a model if `model`."""
    (folder / "agents.toml").write_text(settings)
    around = {"OPENAI_API_KEY": "sk-0123456789abcdef", "TODO_MODEL": "m"} if model else {}
    door = backstage(folder, **{"OPENAI_API_KEY": "", "TODO_MODEL": "", **around})
    read = config.load(folder / "agents.toml")
    options = Options(ROOT, env_file=None)
    return choose({**read.roles, **(asked or {})}, lambda: roster(options, read, door, CLUSTER))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A PATH that has no agent: the machine's own docker is hidden by one without `ai`."""
    act(tmp_path, "docker", version="none")
    stand_in(tmp_path, "kubectl", "exit 1")
    return tmp_path


def test_with_nothing_installed_the_builtin_engine_plays_all(folder: Path) -> None:
    agents = cast(folder)
    assert {role: agents[role].name for role in agents} == dict.fromkeys(agents, "builtin")
    assert "no 'ai' command" in why(agents, "dockerfile")
    assert why(agents, "manifest") == "kubectl-ai is not installed; OPENAI_API_KEY is not set"
    assert why(agents, "health") == "kagent is not installed; OPENAI_API_KEY is not set"


def test_each_role_has_its_own_agent_if_it_answers(folder: Path) -> None:
    for program in ("kubectl-ai", "kagent"):
        act(folder, program)
    act(folder, "docker")
    leads(folder, "http://127.0.0.1:9")
    agents = cast(folder, model=True)
    assert [agents[role].name for role in agents] == ["gordon", "kubectl-ai", "kagent", "builtin"]
    assert why(agents, "manifest") == "it is installed and answers"


def test_else_a_model_with_a_key_plays_and_the_reason_is_told(folder: Path) -> None:
    act(folder, "kubectl-ai", version="some other program")
    agents = cast(folder, model=True)
    assert [agents[role].name for role in agents] == ["openai", "openai", "openai", "builtin"]
    assert why(agents, "manifest") == (
        "another program is called kubectl-ai here: it gives no version, commit and date; a key is set"
    )


def test_the_option_wins_over_the_file_and_the_file_over_the_default(folder: Path) -> None:
    settings = '[roles]\nmanifest = "openai"\nhealth = "openai"\n'
    agents = cast(folder, {"health": "builtin"}, model=True, settings=settings)
    assert (agents["manifest"].name, agents["health"].name) == ("openai", "builtin")
    assert why(agents, "health") == "asked for"


def test_one_that_was_asked_for_and_is_not_there_is_asked_all_the_same(folder: Path) -> None:
    agents = cast(folder, {"manifest": "kubectl-ai"}, model=True)
    assert agents["manifest"].name == "kubectl-ai"
    assert why(agents, "manifest") == "asked for, but kubectl-ai is not installed: the built-in engine stands in"


@pytest.mark.parametrize("asked", [{"dockerfile": "nobody"}, {"cook": "builtin"}])
def test_unknown_names_are_refused_with_the_known_ones(asked: dict[str, str]) -> None:
    with pytest.raises(EnvironmentMissingError, match="unknown") as caught:
        choose(asked)
    assert "gordon, kubectl-ai, kagent, openai, builtin" in caught.value.remedy


def test_nobody_is_looked_for_before_a_role_is_needed() -> None:
    looked: list[str] = []

    def looking() -> dict[str, Outside]:
        looked.append("looked")
        return {"openai": OpenAi(Redactor())}

    agents = choose({"dockerfile": "builtin"}, looking)
    assert (agents["dockerfile"].name, agents["fallback"].name, looked) == ("builtin", "builtin", [])
    assert (agents["manifest"].name, looked) == ("builtin", ["looked"])


def test_the_deployments_secrets_are_masked_in_all_that_agents_say(folder: Path) -> None:
    (folder / ".env").write_text("DATABASE_URL=postgresql://a:pass-word-1@h/d\nTODO_MODEL=from-file\n")
    door = backstage(folder, BETTER_AUTH_SECRET=SECRET, OPENAI_API_KEY="sk-0123456789abcdef")
    found = roster(Options(ROOT, env_file=folder / ".env"), config.AgentSettings(), door, CLUSTER)
    assert found["openai"].presence == Presence("from-file at api.openai.com")
    assert door.redactor.mask(f"{SECRET} pass-word-1 sk-0123456789abcdef") == "**** **** ****"


def test_the_plan_tells_who_is_asked_for_each_and_why(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    act(folder, "docker")
    door = backstage(folder)
    for name, value in {**door.environment, "OPENAI_API_KEY": ""}.items():
        monkeypatch.setenv(name, value)
    options = Options(ROOT, env_file=None, agents={"manifest": "kubectl-ai"}, agents_from=folder / "none.toml")
    told = {step.name: step.agent for step in plan(options)}
    assert told["backend-dockerfile"] == "gordon: it is installed and answers"
    assert told["configmap"].startswith("kubectl-ai: asked for, but kubectl-ai is not installed")
    assert told["health"] == "builtin: kagent is not installed; OPENAI_API_KEY is not set"
    assert told["lint"] == ""


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "agents.toml"
    path.write_text(
        '[roles]\ndockerfile = "openai"\n[gordon]\nseconds = 30\n[kubectl-ai]\niterations = 9\nprovider = "openai"\n'
        'model = "x"\npass = ["A", "B"]\n[kagent]\nagent = "mine"\nnamespace = "ops"\nurl = "http://h:1"\n'
        '[openai]\nmodel = "y"\nbase_url = "http://m/v1"\nseconds = 5.5\n'
    )
    read = config.load(path)
    assert read.roles == {"dockerfile": "openai"}
    assert read.gordon == config.GordonSettings(30.0)
    assert read.kubectl_ai == config.KubectlAiSettings(180.0, 9, "openai", "x", ("A", "B"))
    assert read.kagent == config.KagentSettings(300.0, "mine", "ops", "http://h:1")
    assert read.openai == config.OpenAiSettings(5.5, "y", "http://m/v1")
    assert config.load(tmp_path / "absent.toml") == config.AgentSettings()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[gordon]\nsecond = 3\n", "gordon.second is unknown; did you mean gordon.seconds?"),
        ("[gordn]\nseconds = 3\n", "gordn is unknown; did you mean gordon?"),
        ("[openai]\nkey = 'sk-x'\n", "openai.key is unknown"),
        ("[openai]\nseconds = -1\n", "openai.seconds = -1 cannot be meant"),
        ("[openai]\nseconds = true\n", "cannot be meant"),
        ("[kubectl-ai]\nmodel = 3\n", "kubectl-ai.model = 3 cannot be meant"),
        ("[kubectl-ai]\npass = [3]\n", "cannot be meant"),
        ("[kubectl-ai]\npassed = ['A']\n", "kubectl-ai.passed is unknown"),
        ("gordon = 3\n", r"\[gordon\] is a table"),
        ("[roles]\nmanifest = 3\n", r"\[roles\] holds"),
        ("[roles\n", "agents.toml"),
    ],
)
def test_what_the_file_cannot_mean_is_refused(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "agents.toml").write_text(text)
    with pytest.raises(EnvironmentMissingError, match=told):
        config.load(tmp_path / "agents.toml")
