"""How projects and tags look, out of the database into a file and back."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.journal.values import Actor
from backend.tasks.groups.labels import change_label, key_of, list_labels
from backend.tasks.groups.schemas import LabelOut

KINDS = ("project", "tag")


async def labels_of(session: AsyncSession, user_id: str, documents: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The looks of the projects and tags that these tasks have."""
    held = {("project", key_of(one["project"])) for one in documents if one["project"]}
    held |= {("tag", key_of(tag)) for one in documents for tag in one["tags"]}
    labels = await list_labels(session, user_id, *KINDS)
    mine = [label for label in labels if (label.kind, label.key) in held]
    return [LabelOut.model_validate(label, from_attributes=True).model_dump() for label in mine]


async def without_look(session: AsyncSession, user_id: str, labels: Sequence[LabelOut]) -> list[LabelOut]:
    """Those of projects and tags that have no look yet: what the user chose stays."""
    known = {(label.kind, label.key) for label in await list_labels(session, user_id, *KINDS)}
    return [label for label in labels if (label.kind, key_of(label.name)) not in known]


async def give_looks(session: AsyncSession, actor: Actor, labels: Sequence[LabelOut]) -> None:
    for label in labels:
        await change_label(session, actor, label.kind, key_of(label.name), label.model_dump(exclude={"kind"}))
