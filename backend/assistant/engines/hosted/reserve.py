"""A hosted model answers, with the built-in engine in reserve: bounded attempts, bounded cost, nothing done twice."""

import asyncio
from dataclasses import dataclass, field

import structlog
from pydantic_ai import capture_run_messages
from pydantic_ai.exceptions import AgentRunError
from pydantic_ai.messages import ModelMessage
from pydantic_ai.usage import RunUsage

from backend.assistant.conversations import store
from backend.assistant.engines.agent import agent
from backend.assistant.engines.hosted import allowance, memory
from backend.assistant.engines.hosted.failures import ATTEMPTS, FAILURES, say_failure, seconds_before_retry
from backend.assistant.engines.hosted.limits import AnswerLimitError, Budget, begin_budget
from backend.assistant.engines.hosted.open_part import OpenPart
from backend.assistant.engines.hosted.prompt import write_instructions
from backend.assistant.engines.hosted.setup import Hosted
from backend.assistant.engines.run import Events, builtin_events
from backend.assistant.language.types import Interpretation
from backend.assistant.state import TurnState
from backend.assistant.turn.gather import Gathered

log = structlog.get_logger()
MOST_CHARGED = 1_000_000_000


async def answer_with_reserve(known: Gathered, state: TurnState, hosted: Hosted) -> Events:
    """The model answers or, where it cannot, the built-in engine; what was changed by then is not done again."""
    async with state.database.write() as session:
        spent = await allowance.spend(session, known.ask.user_id, turns=1)
    if over := allowance.say_limit(spent, hosted.daily):
        async for event in builtin_events(known, state, notice=over):
            yield event
        return
    attempts = _Attempts(known=known, state=state, hosted=hosted)
    async for event in attempts.events():
        yield event
    if attempts.failure is None:
        return
    async for event in _after_failure(known, state, attempts.failure):
        yield event


async def _after_failure(known: Gathered, state: TurnState, failure: Exception) -> Events:
    reason = f"The model could not answer: {say_failure(failure)}."
    if state.has_acted:
        done = [call.summary for call in state.calls if call.done]
        reply = "\n".join([*done, "That is all that was done; the rest was not."])
        rest = builtin_events(known, state, read=Interpretation(reply=reply), notice=reason)
    else:
        state.calls.clear()
        rest = builtin_events(known, state, notice=f"{reason} The built-in engine answers instead.")
    async for event in rest:
        yield event


def _sane(count: int) -> int:
    """A model's own figures, within what a day can be charged."""
    return min(max(count, 0), MOST_CHARGED)


@dataclass(kw_only=True)
class _Attempts:
    """One answer of the model, tried again while nothing of it was shown and the trouble may pass."""

    known: Gathered
    state: TurnState
    hosted: Hosted
    failure: Exception | None = None
    usage: RunUsage = field(default_factory=RunUsage)
    cost: int = 0

    async def events(self) -> Events:
        self.state.typed = False
        budget = begin_budget(self.hosted.turn)
        self.state.heard = "\n".join([*(turn.text for turn in self.known.turns[-2:]), self.known.ask.text])
        for attempt in range(1, ATTEMPTS + 1):
            part = OpenPart()
            try:
                async for event in self._once(budget):
                    part.see(event)
                    yield event
            except FAILURES as error:
                self.failure = error
                trace = None if isinstance(error, AgentRunError | AnswerLimitError) else error
                log.warning("the model failed", attempt=attempt, error=type(error).__name__, exc_info=trace)
                wait = None if part.shown else seconds_before_retry(error, attempt=attempt)
                if wait is not None:
                    await asyncio.sleep(wait)
                    continue
                for closing in part.close():
                    yield closing
            else:
                self.failure = None
            break
        self.state.tokens, self.state.cost = _sane(self.usage.total_tokens), _sane(self.cost)

    async def _once(self, budget: Budget) -> Events:
        async with self.state.database.read() as session:
            place = self.known.place
            records = await store.model_messages(session, place, limit=memory.TURNS) if place else []
        history = memory.recall(records)
        with capture_run_messages() as messages:
            try:
                async for event in self._events(history, budget):
                    yield event
            finally:
                self.cost += allowance.cost_of(messages[len(history) :])

    async def _events(self, history: list[ModelMessage], budget: Budget) -> Events:
        async with agent.run_stream_events(
            self.known.ask.text,
            model=self.hosted.model,
            deps=self.state,
            message_history=history,
            instructions=write_instructions(self.known),
            model_settings=self.hosted.settings,
            usage_limits=self.hosted.usage_limits,
            usage=self.usage,
        ) as events:
            async for event in events:
                budget.see(event)
                yield event
