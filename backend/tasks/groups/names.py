"""A project or tag under another name: each of its tasks changes, in the actor's one turn."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import ConflictError, NotFoundError
from backend.journal.values import Actor
from backend.profile.service import lock_profile
from backend.tasks import service
from backend.tasks.groups.labels import move_label
from backend.tasks.listing.conditions import tag_line
from backend.tasks.models import Task
from backend.tasks.query import BESIDE
from backend.tasks.schemas import TaskPatch
from backend.tasks.text import fold, fold_project

GroupKind = Literal["project", "tag"]


@dataclass(frozen=True, kw_only=True)
class Renamed:
    """``name`` is what its tasks have now, ``changed`` how many changed; ``merged``: others had that name before."""

    name: str
    changed: int
    merged: bool


async def rename(
    session: AsyncSession, actor: Actor, kind: GroupKind, name: str, to: str, *, merge: bool = False
) -> Renamed:
    """Give each task of a project or tag another one, done tasks too. Names that differ only in case are one.

    A name that other tasks have keeps their spelling. Raises NotFoundError where no task has ``name``, and
    ConflictError, with the counts, where others have ``to`` and ``merge`` is not said.
    """
    await lock_profile(session, actor.user_id)
    holders = await _holders_of(session, actor.user_id, kind, name)
    if not holders:
        raise NotFoundError(f"You have no {kind} “{name}”; its name may have changed meanwhile.")
    others = [] if _KEYS[kind](name) == _KEYS[kind](to) else await _holders_of(session, actor.user_id, kind, to)
    if others and not merge:
        raise ConflictError(_say_merge(kind, name, to, tasks=len(holders), others=len(others)))
    spelt = _spelling(others[0], kind, to) if others else to
    made = await service.update_each(session, actor, {one.id: _PATCHES[kind](one, name, spelt) for one in holders})
    versions = {one.id: one.version for one in holders}
    await move_label(session, actor, kind, name, spelt)
    changed = sum(task.version != versions[task.id] for task in made)
    return Renamed(name=spelt, changed=changed, merged=bool(others))


@dataclass(frozen=True, kw_only=True)
class _Holder:
    """What of a task tells how it is to be changed: thousands of whole ones would take their time."""

    id: str
    version: int
    project: str | None
    tags: list[str]


async def _holders_of(session: AsyncSession, user_id: str, kind: GroupKind, name: str) -> list[_Holder]:
    statement = select(Task.id, Task.version, Task.project, Task.tags_text)
    statement = statement.where(Task.user_id == user_id, _CONDITIONS[kind](name)).order_by(Task.number)
    rows = await session.execute(statement, execution_options=BESIDE)
    return [
        _Holder(id=id_, version=version, project=project, tags=text.split("\n") if text else [])
        for id_, version, project, text in rows
    ]


def _say_merge(kind: GroupKind, name: str, to: str, *, tasks: int, others: int) -> str:
    """What a rename would mix up, told before it is done."""
    return (
        f"You have a {kind} “{to}” already, with {_count(others)}. To merge “{name}”, with {_count(tasks)}, into it, "
        "send merge: true. Nothing was changed."
    )


def _count(tasks: int) -> str:
    return f"{tasks} {'task' if tasks == 1 else 'tasks'}"


def _spelling(holder: _Holder, kind: GroupKind, name: str) -> str:
    spellings = [holder.project or name] if kind == "project" else holder.tags
    return next(one for one in spellings if _KEYS[kind](one) == _KEYS[kind](name))


def _project_patch(_holder: _Holder, _name: str, to: str) -> TaskPatch:
    return TaskPatch(project=to)


def _tag_patch(holder: _Holder, name: str, to: str) -> TaskPatch:
    """The new tag stands where the old one did; a task that holds both keeps the one that comes first."""
    key = fold(name)
    return TaskPatch(tags=[to if fold(tag) in {key, fold(to)} else tag for tag in holder.tags])


_KEYS: dict[GroupKind, Callable[[str], str]] = {"project": fold_project, "tag": fold}
_PATCHES: dict[GroupKind, Callable[[_Holder, str, str], TaskPatch]] = {"project": _project_patch, "tag": _tag_patch}
_CONDITIONS: dict[GroupKind, Callable[[str], ColumnElement[bool]]] = {
    "project": lambda name: Task.project_key == fold_project(name),
    "tag": lambda name: Task.tags_key.contains(tag_line(name), autoescape=True),
}
