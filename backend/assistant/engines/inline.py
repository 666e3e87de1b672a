"""The agent's loop for the engine that is here: one reading, its tools one after another, one answer.

It says and does what the framework's own loop would (a test holds the two side by side), without the graph, tasks and
hooks that serve a model on the network: those took half of a turn.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from pydantic import TypeAdapter
from pydantic_ai import AgentRunResult, AgentRunResultEvent, DeferredToolRequests, RunContext, RunUsage, ToolReturn
from pydantic_ai.exceptions import ApprovalRequired
from pydantic_ai.messages import (
    DeferredToolRequestsEvent,
    FunctionToolCallEvent,
    FunctionToolResultEvent,
    ModelMessage,
    ModelRequest,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)
from pydantic_ai.ui import NativeEvent

from backend.assistant.engines.builtin import BuiltinModel
from backend.assistant.engines.hosted.open_part import part_events
from backend.assistant.reply.outcomes import receipt
from backend.assistant.state import TurnState
from backend.assistant.tools import toolset

Result = AgentRunResult[str | DeferredToolRequests]
MANY = 20  # calls of one message: more are told with fewer receipts
_RESULT: TypeAdapter[Result] = TypeAdapter(Result)


async def run_inline(text: str, state: TurnState, model: BuiltinModel) -> AsyncIterator[NativeEvent]:
    """The events of a run from its start. Raises what a tool raises, but for the question that one asks first."""
    messages: list[ModelMessage] = [ModelRequest(parts=[UserPromptPart(text)])]
    answer = model.respond(messages)
    messages.append(answer)
    for said in part_events(answer.parts):
        yield said
    for call in answer.tool_calls:
        yield FunctionToolCallEvent(call, args_valid=True)
    asked, returned = DeferredToolRequests(), list[ToolReturnPart]()
    carried_out = _carry_out_all(answer.tool_calls, messages, state, model, asked=asked, returned=returned)
    async for event in _with_few_receipts(carried_out, state) if len(answer.tool_calls) > MANY else carried_out:
        yield event
    if returned:
        messages.append(ModelRequest(parts=returned))
    if asked.approvals:
        yield DeferredToolRequestsEvent(asked)
    elif returned:
        answer = model.respond(messages)
        messages.append(answer)
        for said in part_events(answer.parts):
            yield said
    output = asked if asked.approvals else answer.text
    yield AgentRunResultEvent(_RESULT.validate_python({"output": output, "messages": messages}))


async def _carry_out_all(
    calls: Sequence[ToolCallPart],
    messages: list[ModelMessage],
    state: TurnState,
    model: BuiltinModel,
    *,
    asked: DeferredToolRequests,
    returned: list[ToolReturnPart],
) -> AsyncIterator[FunctionToolResultEvent]:
    """Each call's outcome, added to ``returned``; a call that asks first is added to ``asked`` instead."""
    for call in calls:
        await asyncio.sleep(0)  # SQLite answers without waiting: two hundred calls would hold everybody else up
        try:
            part = await _carry_out(call, messages, state, model)
        except ApprovalRequired as question:
            asked.approvals.append(call)
            asked.metadata[call.tool_call_id] = question.metadata or {}
            continue
        returned.append(part)
        yield FunctionToolResultEvent(part)


async def _with_few_receipts(
    events: AsyncIterator[FunctionToolResultEvent], state: TurnState
) -> AsyncIterator[FunctionToolResultEvent]:
    """The receipt with every twentieth outcome and with the last: each tells of all changes so far.

    So an event is held until the next one comes. Where none comes, for the end or for an error, it is the last.
    """
    held: ToolReturnPart | None = None
    place = 0
    try:
        async for event in events:
            if held is not None:
                yield FunctionToolResultEvent(held if place % MANY == 0 else replace(held, metadata=None))
            held, place = _returned(event), place + 1
    except Exception:
        if held is not None:
            yield FunctionToolResultEvent(_with_receipt(held, state))
        raise
    if held is not None:
        yield FunctionToolResultEvent(_with_receipt(held, state))


def _returned(event: FunctionToolResultEvent) -> ToolReturnPart:
    assert isinstance(event.part, ToolReturnPart)  # noqa: S101  (no other part is made here)
    return event.part


def _with_receipt(part: ToolReturnPart, state: TurnState) -> ToolReturnPart:
    return replace(part, metadata=[receipt(state)]) if state.has_acted else part


async def _carry_out(
    call: ToolCallPart, messages: list[ModelMessage], state: TurnState, model: BuiltinModel
) -> ToolReturnPart:
    context = RunContext(
        deps=state,
        model=model,
        usage=RunUsage(),
        messages=messages,
        tool_name=call.tool_name,
        tool_call_id=call.tool_call_id,
        run_step=1,
    )
    tool = toolset.tool_for_tool_def(toolset.tools[call.tool_name].tool_def, ctx=context)
    arguments = tool.args_validator.validate_python(call.args_as_dict())
    outcome: ToolReturn[object] = await toolset.call_tool(call.tool_name, arguments, context, tool)
    return ToolReturnPart(
        call.tool_name, outcome.return_value, tool_call_id=call.tool_call_id, metadata=outcome.metadata
    )
