"""The part of a streamed answer that is open: a model that breaks off leaves it so, and the page must see it closed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic_ai.messages import (
    ModelResponsePart,
    PartDeltaEvent,
    PartEndEvent,
    PartStartEvent,
    TextPart,
    ToolCallPart,
)
from pydantic_ai.ui import NativeEvent


def part_events(parts: Iterable[ModelResponsePart]) -> Iterator[NativeEvent]:
    """Parts that are whole."""
    for index, part in enumerate(parts):
        yield PartStartEvent(index=index, part=part)
        yield PartEndEvent(index=index, part=part)


@dataclass
class OpenPart:
    """Watches a run's events. ``shown`` once the page has seen anything of it."""

    shown: bool = False
    _index: int = 0
    _part: ModelResponsePart | None = None

    def see(self, event: NativeEvent) -> None:
        self.shown = True
        if isinstance(event, PartStartEvent):
            self._index, self._part = event.index, event.part
        elif isinstance(event, PartEndEvent):
            self._part = None
        elif isinstance(event, PartDeltaEvent) and isinstance(self._part, TextPart):
            self._part = TextPart(self._part.content + getattr(event.delta, "content_delta", ""))

    def close(self) -> Iterator[NativeEvent]:
        """The end that the run did not send. A half-said tool call is never run; the stream's end closes it."""
        if self._part is not None and not isinstance(self._part, ToolCallPart):
            yield PartEndEvent(index=self._index, part=self._part)
