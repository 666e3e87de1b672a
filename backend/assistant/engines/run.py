"""Run the agent for a turn, as the events of its run."""

from collections.abc import AsyncIterator

from pydantic_ai import DeferredToolResults
from pydantic_ai.messages import ModelMessagesTypeAdapter
from pydantic_ai.ui import NativeEvent

from backend.assistant.engines.agent import agent
from backend.assistant.engines.builtin import BuiltinModel
from backend.assistant.language.types import Request
from backend.assistant.state import TurnState
from backend.assistant.turn.gather import Gathered


async def run_events(known: Gathered, state: TurnState) -> AsyncIterator[NativeEvent]:
    """A new run or, after a yes, the rest of the one that asked: exactly the calls that were agreed to."""
    results, history = None, None
    if known.answered:
        state.approved = {call.tool_call_id: call.targets for call in known.answered.calls}
        results = DeferredToolResults(approvals=dict.fromkeys(state.approved, True))
        history = ModelMessagesTypeAdapter.validate_json(known.asking_run)
    model = BuiltinModel(_reading(known), state)
    async with agent.run_stream_events(
        known.ask.text, model=model, deps=state, message_history=history, deferred_tool_results=results
    ) as events:
        async for event in events:
            yield event


def _reading(known: Gathered) -> Request:
    return Request(
        text=known.ask.text,
        now=known.now,
        timezone=known.timezone,
        tasks=known.tasks,
        turns=known.turns,
        plain=known.ask.plain,
    )
