"""A hosted model: any that speaks OpenAI's chat completions (OpenAI, Ollama, vLLM, LM Studio)."""

from dataclasses import dataclass
from typing import Any

from httpx2 import Timeout
from pydantic_ai.models import Model
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import UsageLimits

from backend.assistant.engines.hosted.limits import TurnLimits
from backend.settings import Settings

DEFAULT_MODEL = "gpt-5-mini"
REQUESTS_A_TURN = 8
ANSWER_TOKENS = 4_000
CONNECT_SECONDS = 10.0  # also of a process that is busy: 200 turns at once keep it from looking for seconds


@dataclass(frozen=True, kw_only=True)
class DailyLimits:
    """What one user may use of the model on a UTC day; ``cost`` in millionths of a US dollar."""

    turns: int
    tokens: int
    cost: int


@dataclass(frozen=True, kw_only=True)
class Hosted:
    """The model that is set up, and how far it is trusted with time and money. ``seconds`` bound one silence."""

    model: Model
    seconds: float
    daily: DailyLimits
    turn: TurnLimits

    @property
    def settings(self) -> ModelSettings:
        """A silence of ``seconds`` ends a request; one request may talk for four times that."""
        silence: Any = Timeout(self.seconds, connect=min(self.seconds, CONNECT_SECONDS))  # typed as the older httpx's
        return ModelSettings(timeout=silence, request_timeout=4 * self.seconds, max_tokens=ANSWER_TOKENS)

    @property
    def usage_limits(self) -> UsageLimits:
        return UsageLimits(
            request_limit=REQUESTS_A_TURN, tool_calls_limit=self.turn.calls, total_tokens_limit=self.turn.tokens
        )


def make_hosted(settings: Settings) -> Hosted | None:
    """The model of the settings; None where neither a key nor an address is set. Nothing is connected yet."""
    if settings.openai_api_key is None and settings.openai_base_url is None:
        return None
    # only now: the client takes a second to import
    from openai import AsyncOpenAI  # noqa: PLC0415
    from pydantic_ai.models.openai import OpenAIChatModel  # noqa: PLC0415
    from pydantic_ai.providers.openai import OpenAIProvider  # noqa: PLC0415

    from backend.assistant.engines.hosted.connections import ReconnectingClient  # noqa: PLC0415

    client = AsyncOpenAI(
        # a server of one's own often wants no key, but the client insists on one
        api_key=settings.openai_api_key.get_secret_value() if settings.openai_api_key else "none",
        base_url=settings.openai_base_url,
        max_retries=0,
        http_client=ReconnectingClient(),
    )
    model = OpenAIChatModel(settings.todo_model or DEFAULT_MODEL, provider=OpenAIProvider(openai_client=client))
    daily = DailyLimits(
        turns=settings.todo_turns_a_day,
        tokens=settings.todo_tokens_a_day,
        cost=round(settings.todo_cost_a_day * 1_000_000),
    )
    turn = TurnLimits(
        bytes_=settings.todo_turn_bytes,
        tokens=settings.todo_turn_tokens,
        calls=settings.todo_turn_calls,
        seconds=settings.todo_turn_seconds,
    )
    return Hosted(model=model, seconds=settings.todo_model_seconds, daily=daily, turn=turn)
