"""How one thing is done to many tasks, through `backend.tasks.service`."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import InvalidError
from backend.journal.rows import chunks
from backend.journal.values import Actor
from backend.profile.service import lock_profile
from backend.tasks import service
from backend.tasks.bulk.schemas import BulkIn, CompleteMany, DeleteMany, ReopenMany, UpdateMany
from backend.tasks.models import Task
from backend.tasks.query import BESIDE
from backend.tasks.schemas import TaskPatch
from backend.tasks.selection import picked
from backend.tasks.text import TAG_COUNT, clean_tags, fold

_TAGS = {"add_tags", "remove_tags"}


async def do_to_many(session: AsyncSession, actor: Actor, asked: BulkIn) -> list[Task]:
    """All of it, in the actor's turn, or none of it: the tasks as they now are, none where they are deleted.

    Raises NotFoundError where one is not there, and InvalidError where one cannot be changed so.
    """
    match asked:
        case CompleteMany():
            return await service.complete_many(session, actor, asked.ids, subtasks=asked.subtasks)
        case ReopenMany():
            return await service.reopen_many(session, actor, asked.ids)
        case DeleteMany():
            await service.delete_many(session, actor, asked.ids)
            return []
        case UpdateMany():
            await lock_profile(session, actor.user_id)
            kept = await _kept(session, actor.user_id, asked.ids)
            patches = {id_: _patch(asked, *kept.get(id_, _NOTHING)) for id_ in asked.ids}
            return await service.update_each(session, actor, patches)


Kept = tuple[str, str | None, list[str]]
_NOTHING: Kept = ("", None, [])


async def _kept(session: AsyncSession, user_id: str, ids: Sequence[str]) -> dict[str, Kept]:
    """Title, due and tags of each task; those that are not there are left for the service to refuse."""
    kept: dict[str, Kept] = {}
    for some in chunks(ids):
        statement = select(Task.id, Task.title, Task.due, Task.tags_text)
        rows = await session.execute(statement.where(*picked(user_id, some)), execution_options=BESIDE)
        kept |= {id_: (title, due, text.split("\n") if text else []) for id_, title, due, text in rows}
    return kept


def _patch(asked: UpdateMany, title: str, due: str | None, tags: list[str]) -> TaskPatch:
    """What the change is for one task: a date alone keeps its time, its other tags stay."""
    given: dict[str, Any] = asked.model_dump(exclude_unset=True, exclude={"act", "ids", *_TAGS})
    if asked.due and "T" not in asked.due and due and "T" in due:
        given["due"] = f"{asked.due}T{due[11:]}"
    if asked.add_tags or asked.remove_tags:
        given["tags"] = _tags(asked, title, tags)
    return TaskPatch.model_validate(given)


def _tags(asked: UpdateMany, title: str, tags: list[str]) -> list[str]:
    removed = {fold(tag) for tag in asked.remove_tags}
    kept = [tag for tag in tags if fold(tag) not in removed]
    try:
        return clean_tags([*kept, *asked.add_tags])
    except ValueError as error:
        message = f"“{title}” would have more than {TAG_COUNT} tags; nothing was changed"
        raise InvalidError(f"add_tags: {message}", errors=[{"field": "add_tags", "message": message}]) from error
