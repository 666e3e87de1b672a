"""Run the agent for a turn: with the built-in engine, or with a hosted model and the built-in one in reserve."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import structlog
from pydantic_ai import AgentRunResultEvent, DeferredToolResults
from pydantic_ai.exceptions import AgentRunError
from pydantic_ai.messages import ModelMessagesTypeAdapter
from pydantic_ai.models import Model
from pydantic_ai.ui import NativeEvent
from pydantic_ai.usage import RunUsage

from backend.assistant.conversations import store
from backend.assistant.engines import choosing, remembering, spending
from backend.assistant.engines.agent import agent
from backend.assistant.engines.builtin import BuiltinModel
from backend.assistant.engines.failing import ATTEMPTS, FAILURES, say_failure, seconds_before_retry
from backend.assistant.engines.hosted import Hosted
from backend.assistant.engines.open_part import OpenPart, text_events
from backend.assistant.engines.prompt import write_instructions
from backend.assistant.language import interpret
from backend.assistant.language.types import Interpretation, Request
from backend.assistant.state import TurnState
from backend.assistant.turn.gather import Gathered

log = structlog.get_logger()
Events = AsyncIterator[NativeEvent]


async def run_events(known: Gathered, state: TurnState, hosted: Hosted | None) -> Events:
    """A new run or, after a yes, the rest of the one that asked: exactly the calls that were agreed to."""
    if known.answered:
        events = _resume(known, state)
    else:
        setting = choosing.read_setting(known.settings)
        read = interpret(reading_of(known)) if setting == "auto" else None
        sure = read is not None and bool(read.actions) and read.sure
        engine = choosing.choose(setting, model=hosted is not None, sure=sure)
        if engine == "model" and hosted:
            events = _with_reserve(known, state, hosted)
        else:
            notice = choosing.NO_MODEL if setting == "model" else None
            events = _builtin(known, state, read=read, notice=notice)
    async for event in events:
        yield event


def reading_of(known: Gathered) -> Request:
    return Request(
        text=known.ask.text,
        now=known.now,
        timezone=known.timezone,
        tasks=known.tasks,
        turns=known.turns,
        plain=known.ask.plain,
    )


async def _resume(known: Gathered, state: TurnState) -> Events:
    state.approved = {call.tool_call_id: call.targets for call in known.answered.calls} if known.answered else {}
    model: Model = BuiltinModel(reading_of(known), state)
    async with agent.run_stream_events(
        known.ask.text,
        model=model,
        deps=state,
        message_history=ModelMessagesTypeAdapter.validate_json(known.asking_run),
        deferred_tool_results=DeferredToolResults(approvals=dict.fromkeys(state.approved, True)),
    ) as events:
        async for event in events:
            yield event


async def _builtin(
    known: Gathered, state: TurnState, *, read: Interpretation | None = None, notice: str | None = None
) -> Events:
    state.typed = True
    if notice:
        for notice_event in text_events(notice):
            yield notice_event
    model: Model = BuiltinModel(reading_of(known), state, read=read)
    async with agent.run_stream_events(known.ask.text, model=model, deps=state) as events:
        async for event in events:
            yield event


async def _with_reserve(known: Gathered, state: TurnState, hosted: Hosted) -> Events:
    """The model answers or, where it cannot, the built-in engine; what was changed by then is not done again."""
    if over := await _count_turn(state, hosted):
        async for event in _builtin(known, state, notice=over):
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
    if state.changes:
        done = [call.summary for call in state.calls if call.done]
        reply = "\n".join([*done, "That is all that was done; the rest was not."])
        rest = _builtin(known, state, read=Interpretation(reply=reply), notice=reason)
    else:
        state.calls.clear()
        rest = _builtin(known, state, notice=f"{reason} The built-in engine answers instead.")
    async for event in rest:
        yield event


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
        self.state.heard = "\n".join([*(turn.text for turn in self.known.turns[-2:]), self.known.ask.text])
        for attempt in range(1, ATTEMPTS + 1):
            part = OpenPart()
            try:
                async for event in self._once():
                    part.see(event)
                    yield event
            except FAILURES as error:
                self.failure = error
                trace = None if isinstance(error, AgentRunError) else error
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
        await self._pay()

    async def _once(self) -> Events:
        async with self.state.database.read() as session:
            place = self.known.place
            records = await store.model_messages(session, place, limit=remembering.TURNS) if place else []
        async with agent.run_stream_events(
            self.known.ask.text,
            model=self.hosted.model,
            deps=self.state,
            message_history=remembering.recall(records),
            instructions=write_instructions(self.known),
            model_settings=self.hosted.settings,
            usage_limits=self.hosted.usage_limits,
            usage=self.usage,
        ) as events:
            async for event in events:
                if isinstance(event, AgentRunResultEvent):
                    self.cost = spending.cost_of(event.result.new_messages())
                yield event

    async def _pay(self) -> None:
        async with self.state.database.write() as session:
            tokens = self.usage.total_tokens
            await spending.spend(session, self.state.actor.user_id, tokens=tokens, cost=self.cost)


async def _count_turn(state: TurnState, hosted: Hosted) -> str | None:
    """Count this turn; what to say if the day's limits are passed."""
    async with state.database.write() as session:
        spent = await spending.spend(session, state.actor.user_id, turns=1)
    return spending.say_limit(spent, hosted.daily)
