"""Run the agent for a turn: with the built-in engine, or with a hosted model and the built-in one in reserve."""

from collections.abc import AsyncIterator

from pydantic_ai import Agent, AgentRunResultEvent, DeferredToolResults
from pydantic_ai.messages import ModelMessage, ModelMessagesTypeAdapter, TextPart
from pydantic_ai.ui import NativeEvent

from backend.assistant.engines import choice
from backend.assistant.engines.agent import agent
from backend.assistant.engines.builtin import BuiltinModel
from backend.assistant.engines.hosted.open_part import part_events
from backend.assistant.engines.hosted.setup import Hosted
from backend.assistant.engines.inline import run_inline
from backend.assistant.language.types import Interpretation, Request
from backend.assistant.reader import reader
from backend.assistant.state import TurnState
from backend.assistant.turn.gather import Gathered

Events = AsyncIterator[NativeEvent]


async def run_events(known: Gathered, state: TurnState, hosted: Hosted | None) -> Events:
    """A new run or, after a yes, the rest of the one that asked: exactly the calls that were agreed to."""
    if known.answered:
        events = _resume(known, state)
    else:
        setting = choice.read_setting(known.settings)
        read = await reader.read(reading_of(known)) if setting == "auto" else None
        sure = read is not None and bool(read.actions) and read.sure
        engine = choice.choose(setting, model=hosted is not None, sure=sure)
        if engine == "model" and hosted:
            # the client's import takes a second, and most never need it
            from backend.assistant.engines.hosted.reserve import answer_with_reserve  # noqa: PLC0415

            events = answer_with_reserve(known, state, hosted)
        else:
            notice = choice.NO_MODEL if setting == "model" else None
            events = builtin_events(known, state, read=read, notice=notice)
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


async def builtin_events(
    known: Gathered, state: TurnState, *, read: Interpretation | None = None, notice: str | None = None
) -> Events:
    """The built-in engine, after a ``notice``; ``read`` is what it read already."""
    state.typed = True
    if notice:
        for notice_event in part_events([TextPart(notice)]):
            yield notice_event
    reading = reading_of(known)
    read = read or await reader.read(reading)
    async for event in run_inline(known.ask.text, state, BuiltinModel(reading, state, read=read)):
        yield event


async def _resume(known: Gathered, state: TurnState) -> Events:
    state.approved = {call.tool_call_id: call.agreed for call in known.answered.calls} if known.answered else {}
    model = BuiltinModel(reading_of(known), state)
    history = ModelMessagesTypeAdapter.validate_json(known.asking_run)
    results = DeferredToolResults(approvals=dict.fromkeys(state.approved, True))
    async for event in run_agent(known.ask.text, state, model, history=history, results=results):
        yield event


async def run_agent(
    text: str,
    state: TurnState,
    model: BuiltinModel,
    *,
    history: list[ModelMessage] | None = None,
    results: DeferredToolResults | None = None,
) -> Events:
    """The framework's own loop, which can also go on in the middle of a run: node by node, each answer whole."""
    async with agent.iter(text, model=model, deps=state, message_history=history, deferred_tool_results=results) as run:
        async for node in run:
            if Agent.is_call_tools_node(node):
                for said in part_events(node.model_response.parts):
                    yield said
                async with node.stream(run.ctx) as outcome:
                    async for event in outcome:
                        yield event
        if run.result is not None:
            yield AgentRunResultEvent(run.result)
