"""The agents beside the built-in one, put together from the options, `agents.toml`, the environment and `.env`."""

from orchestrator.agents.choose import Outside
from orchestrator.agents.config import AgentSettings
from orchestrator.agents.gordon import Gordon
from orchestrator.agents.kagent import Kagent
from orchestrator.agents.kubectl_ai import KubectlAi
from orchestrator.agents.openai import BASE_URL, OpenAi
from orchestrator.options import Options
from orchestrator.process import Door
from orchestrator.release import env_file, secrets
from orchestrator.targets.base import Cluster


def roster(options: Options, settings: AgentSettings, door: Door, cluster: Cluster) -> dict[str, Outside]:
    """All four, whether they are there or not. The deployment's own secrets are masked in all they say."""
    told = _told(options, door)
    door.redactor.learn(*env_file.secret_values(told))
    helper, health, model = settings.kubectl_ai, settings.kagent, settings.openai
    return {
        "gordon": Gordon(door, settings.gordon.seconds),
        "kubectl-ai": KubectlAi(
            door, cluster, helper.seconds, helper.iterations, helper.provider, helper.model, helper.passed
        ),
        "kagent": Kagent(door, cluster, health.seconds, health.agent, health.namespace, health.url),
        "openai": OpenAi(
            door.redactor,
            key=told.get("OPENAI_API_KEY", ""),
            model=model.model or told.get("TODO_MODEL", ""),
            base_url=model.base_url or told.get("OPENAI_BASE_URL") or BASE_URL,
            key_for=told.get("OPENAI_BASE_URL", ""),
            seconds=model.seconds,
        ),
    }


def _told(options: Options, door: Door) -> dict[str, str]:
    """The environment over `.env`. Raises EnvironmentMissingError as `secrets.given` does."""
    return secrets.given(options.env_file, door.surroundings)
