"""What a feed tells: its tasks, as one calendar."""

import json
from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.calendars.feeds.service import OpenFeed
from backend.calendars.models import CalendarObject
from backend.calendars.todo.lines import escape, written
from backend.calendars.todo.output import HEAD, TAIL, event_component, todo_component, zones_text
from backend.journal.values import Document
from backend.pauses import with_pauses
from backend.reminders.schedule import reminders_of
from backend.tasks.models import Task
from backend.tasks.query import BESIDE
from backend.tasks.text import fold, fold_project

_STEP = 20


async def feed_text(session: AsyncSession, feed: OpenFeed) -> str:
    """The calendar, a component a task in the order of their numbers. Tasks without due are no events."""
    parts, documents = list[str](), list[Document]()
    rows = await _tasks(session, feed)
    uids = {task_id: uid or task_id for task_id, _, uid in rows}
    async for _, text, uid in with_pauses(rows, every=_STEP):
        document = json.loads(text)
        document["parent_uid"] = uids.get(document.get("parent_id") or "")  # one that the feed does not tell is no help
        documents.append(document)
        parts.append(_component(feed, document, uid or document["id"]))
    return "".join([HEAD, _names(feed), zones_text(documents), *parts, TAIL])


async def _tasks(session: AsyncSession, feed: OpenFeed) -> Sequence[tuple[str, str, str | None]]:
    statement = (
        select(Task.id, Task.document, CalendarObject.uid)
        .outerjoin(CalendarObject, CalendarObject.task_id == Task.id)
        .where(Task.user_id == feed.user_id, *_conditions(feed))
        .order_by(Task.number)
    )
    return [(row[0], row[1], row[2]) for row in await session.execute(statement, execution_options=BESIDE)]


def _conditions(feed: OpenFeed) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [] if feed.done else [Task.done.is_(False)]
    if feed.component == "event":
        conditions.append(Task.due.is_not(None))
    if feed.view == "project":
        conditions.append(Task.project_key == fold_project(feed.value or ""))
    if feed.view == "tag":
        conditions.append(Task.tags_key.contains(f"\n{fold(feed.value or '')}\n", autoescape=True))
    return conditions


def _component(feed: OpenFeed, document: Document, uid: str) -> str:
    document.setdefault("reminders", None)
    reminders = reminders_of(document, feed.default)
    write = todo_component if feed.component == "todo" else event_component
    return write(document, uid=uid, reminders=reminders)


def _names(feed: OpenFeed) -> str:
    """RFC 7986's properties, and those by which Apple's and Google's programs know them."""
    name = escape(feed.name)
    return "".join(
        [
            written("NAME", name),
            written("X-WR-CALNAME", name),
            "METHOD:PUBLISH\r\n",
            "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n",
            "X-PUBLISHED-TTL:PT1H\r\n",
        ]
    )
