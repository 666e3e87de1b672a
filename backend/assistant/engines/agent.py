"""The one agent: every model, the built-in engine among them, works through it with the same tools."""

from pydantic_ai import Agent, DeferredToolRequests

from backend.assistant.state import TurnState
from backend.assistant.tools import toolset

TOOL_RETRIES = 2

# Made once: building it costs more than a whole turn does.
agent: Agent[TurnState, str | DeferredToolRequests] = Agent(
    name="todo", deps_type=TurnState, toolsets=[toolset], output_type=[str, DeferredToolRequests], retries=TOOL_RETRIES
)
