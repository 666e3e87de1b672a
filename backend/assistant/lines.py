"""Lines of text as new tasks: what somebody pastes into the list."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from backend.assistant.language.types import Action
from backend.assistant.language.types import Request as Reading
from backend.assistant.reader.tasks import read_as_tasks
from backend.assistant.requests import MESSAGE_LENGTH, Plain
from backend.auth.dependencies import CurrentUserDep
from backend.errors import InvalidError
from backend.journal.write import TimezoneDep, Write, WriteDep
from backend.models import utc_now
from backend.openapi import problems, refuse_query
from backend.profile.service import read_preferences
from backend.session import DatabaseDep
from backend.tasks import service
from backend.tasks.due import local_now
from backend.tasks.fields import Due, ParentId, Priority, Project, Tags, Zone
from backend.tasks.models import Task
from backend.tasks.schemas import TaskCreate, TaskOut
from backend.tasks.subtasks.tree import LEVELS

MOST_LINES = 200
router = APIRouter(prefix="/api", tags=["tasks"], responses=problems(400, 401, 403, 413, 422, 503))


class LineIn(BaseModel):
    """One line; ``plain`` are ranges of it, in code points, that stay plain words.

    ``level`` is how far it is indented, in steps: the line stands under the nearest one above it with fewer.
    """

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=MESSAGE_LENGTH)]
    plain: Plain = []
    level: Annotated[int, Field(ge=0, le=MOST_LINES)] = 0


class LinesIn(BaseModel):
    """``lines``, each a task as the chat reads it; the other fields are for those that do not say their own.

    ``parent_id`` is for the lines that stand under none of the others; ``due`` and ``priority`` are for these alone.
    422 where all lines are blank, and where a line can be no task.
    """

    model_config = ConfigDict(extra="forbid")

    lines: Annotated[list[LineIn], Field(min_length=1, max_length=MOST_LINES)]
    timezone: Zone | None = None
    due: Due | None = None
    project: Project | None = None
    priority: Priority | None = None
    tags: Tags = []
    parent_id: ParentId | None = None


class LinesOut(BaseModel):
    items: list[TaskOut]


async def _read_all(
    body: LinesIn, user: CurrentUserDep, timezone: TimezoneDep, database: DatabaseDep
) -> Sequence[tuple[int, TaskCreate]]:
    """The tasks of all lines with their levels, read before the write begins: SQLite's other writers wait for it.

    Raises InvalidError where all lines are blank, and where a line can be no task.
    """
    zone = body.timezone or timezone
    if zone is None:
        async with database.read() as session:
            zone = (await read_preferences(session, user.id)).timezone or "UTC"
    places = [place for place, line in enumerate(body.lines) if line.text.strip()]
    new = [(body.lines[place].level, task) for place in places for task in await _read(place, body, zone)]
    if not new:
        raise InvalidError("All lines are blank; give one with a task.")
    return new


ReadLines = Annotated[Sequence[tuple[int, TaskCreate]], Depends(_read_all)]


@router.post(
    "/tasks/lines", status_code=201, response_model=LinesOut, responses=problems(404), dependencies=[refuse_query]
)
async def create_from_lines(body: LinesIn, new: ReadLines, write: WriteDep) -> Response:
    """Make the tasks of all lines, or of none; blank lines are passed over. One undo takes all of them back."""

    async def act() -> Response:
        return _answer(write, await _create(write, new, body.parent_id))

    return await write.once(act)


async def _create(write: Write, new: Sequence[tuple[int, TaskCreate]], parent_id: str | None) -> list[Task]:
    """In their order, each under the nearest above that stands further out, as far down as subtasks go.

    A subtask takes its parent's project; the day that lines get which say none is that of the tops.
    """
    made: list[Task] = []
    above: list[tuple[int, Task]] = []
    for level, task in new:
        above = [(outer, one) for outer, one in above if outer < level][: LEVELS - 1]
        parent = above[-1][1].id if above else parent_id
        made.append(await service.create(write.session, write.actor, task.model_copy(update={"parent_id": parent})))
        above.append((level, made[-1]))
    return made


async def _read(place: int, body: LinesIn, zone: str) -> list[TaskCreate]:
    line = body.lines[place]
    reading = Reading(text=line.text, now=local_now(utc_now(), zone), timezone=zone, plain=tuple(line.plain))
    try:
        is_top = all(above.level >= line.level for above in body.lines[:place] if above.text.strip())
        return [_task(action, body, zone, is_top=is_top) for action in (await read_as_tasks(reading)).actions]
    except ValidationError as error:
        message = error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
        which = f"Line {place + 1}" if len(body.lines) > 1 else "This"
        raise InvalidError(
            f"{which} can't be a task: {message}.", errors=[{"field": f"lines.{place}", "message": message}]
        ) from error


def _task(action: Action, body: LinesIn, zone: str, *, is_top: bool) -> TaskCreate:
    said: dict[str, Any] = dict(action.arguments)
    # A recurring task without a day begins at its first occurrence, which need not be the given day.
    due = body.due if is_top and not said.get("recurrence") else None
    given: dict[str, Any] = {"due": due}
    if is_top:
        given |= {"priority": body.priority} | ({} if body.parent_id else {"project": body.project})
    tags = list(dict.fromkeys([*body.tags, *said.pop("tags", [])]))
    return TaskCreate.model_validate({**given, **said, "tags": tags, "timezone": zone})


def _answer(write: Write, tasks: list[Task]) -> Response:
    documents = ",".join(task.document for task in tasks)
    return Response(
        f'{{"items":[{documents}]}}', status_code=201, headers=write.undo_header, media_type="application/json"
    )
