"""A UI message put together from the chunks of its stream: what is kept is what the page has seen."""

from typing import Any

from pydantic_ai.ui.vercel_ai.response_types import (
    BaseChunk,
    DataChunk,
    TextDeltaChunk,
    TextStartChunk,
    ToolApprovalRequestChunk,
    ToolInputAvailableChunk,
    ToolInputErrorChunk,
    ToolOutputAvailableChunk,
    ToolOutputErrorChunk,
)

Part = dict[str, Any]


class MessageParts:
    """The parts of an AI SDK `UIMessage`, grown chunk by chunk as the SDK's own reader grows them."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._texts: dict[str, Part] = {}
        self._tools: dict[str, Part] = {}

    @property
    def text(self) -> str:
        return "\n".join(part["text"] for part in self.parts if part["type"] == "text" and part["text"])

    def add(self, chunk: BaseChunk) -> None:
        match chunk:
            case TextStartChunk():
                self._texts[chunk.id] = self._append({"type": "text", "text": "", "state": "done"})
            case TextDeltaChunk():
                self._texts[chunk.id]["text"] += chunk.delta
            case DataChunk() if not chunk.transient:
                self._put_data(chunk)
            case ToolInputAvailableChunk() | ToolInputErrorChunk():
                self._put_tool(chunk)
            case ToolOutputAvailableChunk():
                self._tools[chunk.tool_call_id].update(state="output-available", output=chunk.output)
            case ToolOutputErrorChunk():
                self._tools[chunk.tool_call_id].update(state="output-error", errorText=chunk.error_text)
            case ToolApprovalRequestChunk():
                self._tools[chunk.tool_call_id].update(state="approval-requested", approval={"id": chunk.approval_id})
            case _:
                pass  # the stream's own punctuation: starts, ends, partial input

    def _append(self, part: Part) -> Part:
        self.parts.append(part)
        return part

    def _put_data(self, chunk: DataChunk) -> None:
        """A data part with an id replaces the earlier one of the same type and id."""
        part = {"type": chunk.type, **({"id": chunk.id} if chunk.id else {}), "data": chunk.data}
        for index, earlier in enumerate(self.parts):
            if chunk.id and earlier["type"] == chunk.type and earlier.get("id") == chunk.id:
                self.parts[index] = part
                return
        self.parts.append(part)

    def _put_tool(self, chunk: ToolInputAvailableChunk | ToolInputErrorChunk) -> None:
        part = {"type": f"tool-{chunk.tool_name}", "toolCallId": chunk.tool_call_id, "input": chunk.input}
        part["state"] = "input-available"
        if isinstance(chunk, ToolInputErrorChunk):
            part |= {"state": "output-error", "errorText": chunk.error_text}
        self._tools[chunk.tool_call_id] = self._append(part)
