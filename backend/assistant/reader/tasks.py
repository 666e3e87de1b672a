"""A text read as something to do, whatever else it could mean: what the line for a new task holds."""

from dataclasses import replace

from backend.assistant.language.types import Action, Interpretation, Request, Span
from backend.assistant.reader import reader

_SAYS_SO = "todo: "  # before a text that is a question or another order by itself: "delete old photos tomorrow"


async def read_as_tasks(request: Request) -> Interpretation:
    """What the chat reads where that is nothing but new tasks; else the text as one new task. Never without one."""
    understood = await reader.read(request)
    if not _only_adds(understood):
        understood = _moved_back(await reader.read(_saying_so(request)))
    if _only_adds(understood):
        return understood
    return Interpretation(actions=(Action(tool="add_task", arguments={"title": request.text.strip()}),))


def _only_adds(understood: Interpretation) -> bool:
    return bool(understood.actions) and all(action.tool == "add_task" for action in understood.actions)


def _saying_so(request: Request) -> Request:
    shift = len(_SAYS_SO)
    plain = tuple((start + shift, end + shift) for start, end in request.plain)
    return replace(request, text=_SAYS_SO + request.text, plain=plain)


def _moved_back(understood: Interpretation) -> Interpretation:
    shift = len(_SAYS_SO)
    spans = tuple(_shifted(span, -shift) for span in understood.spans if span.start >= shift)
    return replace(understood, spans=spans)


def _shifted(span: Span, by: int) -> Span:
    return replace(span, start=span.start + by, end=span.end + by)
