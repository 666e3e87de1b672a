"""Colour, archive and order of the projects and tags that a user has."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import NotFoundError
from backend.journal.values import Actor
from backend.profile.service import lock_profile
from backend.tasks.groups.labels import change_label, key_of, list_labels
from backend.tasks.groups.names import GroupKind
from backend.tasks.query import list_projects, list_tags


async def dress(session: AsyncSession, actor: Actor, kind: GroupKind, name: str, look: Mapping[str, Any]) -> None:
    """Give a project or tag the ``colour`` or ``archived`` of ``look``. Raises NotFoundError where no task has it."""
    await lock_profile(session, actor.user_id)
    spelt = (await _spellings(session, actor.user_id, kind, [name]))[key_of(name)]
    if look:
        await change_label(session, actor, kind, key_of(name), {**look, "name": spelt})


async def arrange(session: AsyncSession, actor: Actor, kind: GroupKind, names: Sequence[str]) -> None:
    """Put these first, in this order; the others have no place of their own. Raises NotFoundError as `dress` does."""
    await lock_profile(session, actor.user_id)
    spelt = await _spellings(session, actor.user_id, kind, names)
    for place, (key, name) in enumerate(spelt.items(), start=1):
        await change_label(session, actor, kind, key, {"position": place, "name": name})
    for label in await list_labels(session, actor.user_id, kind):
        if label.key not in spelt and label.position is not None:
            await change_label(session, actor, kind, label.key, {"position": None})


async def _spellings(session: AsyncSession, user_id: str, kind: GroupKind, names: Sequence[str]) -> dict[str, str]:
    """By key and in the order of ``names``, how the tasks spell each."""
    groups = await (list_projects if kind == "project" else list_tags)(session, user_id)
    known = {key_of(group.name): group.name for group in groups}
    for name in names:
        if key_of(name) not in known:
            raise NotFoundError(f"You have no {kind} “{name}”; its name may have changed meanwhile.")
    return {key_of(name): known[key_of(name)] for name in names}
