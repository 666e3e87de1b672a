"""Tool calls that the page was told of and that never ended: a stream that finishes must not leave them turning."""

from collections.abc import Iterator

from pydantic_ai.ui.vercel_ai.response_types import (
    BaseChunk,
    ToolApprovalRequestChunk,
    ToolInputAvailableChunk,
    ToolInputErrorChunk,
    ToolInputStartChunk,
    ToolOutputAvailableChunk,
    ToolOutputDeniedChunk,
    ToolOutputErrorChunk,
)

NEVER_RUN = "This was never done: the model broke off."
_ENDS = (
    ToolInputErrorChunk,
    ToolOutputAvailableChunk,
    ToolOutputErrorChunk,
    ToolOutputDeniedChunk,
    ToolApprovalRequestChunk,
)


class OpenCalls:
    """Watches a stream; `close` gives the ends that are missing."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._announced: set[str] = set()

    def see(self, chunk: BaseChunk) -> None:
        if isinstance(chunk, ToolInputStartChunk | ToolInputAvailableChunk):
            self._names[chunk.tool_call_id] = chunk.tool_name
            if isinstance(chunk, ToolInputAvailableChunk):
                self._announced.add(chunk.tool_call_id)
        elif isinstance(chunk, _ENDS):
            self._names.pop(chunk.tool_call_id, None)

    def close(self) -> Iterator[BaseChunk]:
        for call_id, name in self._names.items():
            if call_id in self._announced:
                yield ToolOutputErrorChunk(tool_call_id=call_id, error_text=NEVER_RUN)
            else:
                yield ToolInputErrorChunk(tool_call_id=call_id, tool_name=name, input={}, error_text=NEVER_RUN)
        self._names.clear()
