"""Projects and tags over HTTP: listed, renamed, coloured, ordered and archived."""

from fastapi import APIRouter, Response

from backend.auth.dependencies import CurrentUserDep
from backend.journal.write import Write, WriteDep
from backend.openapi import problems, refuse_query
from backend.session import ReadSessionDep
from backend.tasks.groups.labels import list_labels
from backend.tasks.groups.looks import arrange, dress
from backend.tasks.groups.models import Label
from backend.tasks.groups.names import GroupKind, rename
from backend.tasks.groups.schemas import (
    LabelOut,
    ProjectLook,
    ProjectOrder,
    ProjectRename,
    RenamedOut,
    TagLook,
    TagOrder,
    TagRename,
)
from backend.tasks.query import list_projects as find_projects
from backend.tasks.query import list_tags as find_tags
from backend.tasks.schemas import GroupOut

router = APIRouter(prefix="/api", tags=["tasks"], responses=problems(401, 422, 503))
_WRITE = problems(400, 403, 404, 409, 413)


@router.get("/labels", dependencies=[refuse_query])
async def list_looks(user: CurrentUserDep, session: ReadSessionDep) -> list[LabelOut]:
    """How projects and tags look, where that is not as usual."""
    return [_label_out(label) for label in await list_labels(session, user.id, "project", "tag")]


@router.patch("/projects", response_model=list[LabelOut], responses=_WRITE, dependencies=[refuse_query])
async def look_of_project(body: ProjectLook, write: WriteDep) -> Response:
    """Colour or archive a project, or bring it back; one undo takes it back. All labels, as they are then."""
    return await write.once(lambda: _dress(write, "project", body))


@router.patch("/tags", response_model=list[LabelOut], responses=_WRITE, dependencies=[refuse_query])
async def look_of_tag(body: TagLook, write: WriteDep) -> Response:
    """Colour a tag; one undo takes it back. All labels, as they are then."""
    return await write.once(lambda: _dress(write, "tag", body))


@router.post("/projects/order", response_model=list[LabelOut], responses=_WRITE, dependencies=[refuse_query])
async def order_projects(body: ProjectOrder, write: WriteDep) -> Response:
    """Put the projects in an order; one undo takes it back. All labels, as they are then."""
    return await write.once(lambda: _arrange(write, "project", body.names))


@router.post("/tags/order", response_model=list[LabelOut], responses=_WRITE, dependencies=[refuse_query])
async def order_tags(body: TagOrder, write: WriteDep) -> Response:
    """Put the tags in an order; one undo takes it back. All labels, as they are then."""
    return await write.once(lambda: _arrange(write, "tag", body.names))


@router.get("/projects", dependencies=[refuse_query])
async def list_projects(user: CurrentUserDep, session: ReadSessionDep) -> list[GroupOut]:
    """The user's projects by name, their tasks counted."""
    return [GroupOut(**vars(group)) for group in await find_projects(session, user.id)]


@router.get("/tags", dependencies=[refuse_query])
async def list_tags(user: CurrentUserDep, session: ReadSessionDep) -> list[GroupOut]:
    """The user's tags by name, their tasks counted."""
    return [GroupOut(**vars(group)) for group in await find_tags(session, user.id)]


@router.post("/projects/rename", response_model=RenamedOut, responses=_WRITE, dependencies=[refuse_query])
async def rename_project(body: ProjectRename, write: WriteDep) -> Response:
    """Rename a project, on open and done tasks; one undo takes it back. Where others have the name, only `merge`."""
    return await write.once(lambda: _rename(write, "project", body))


@router.post("/tags/rename", response_model=RenamedOut, responses=_WRITE, dependencies=[refuse_query])
async def rename_tag(body: TagRename, write: WriteDep) -> Response:
    """Rename a tag, on open and done tasks; one undo takes it back. Where others have the name, only `merge`."""
    return await write.once(lambda: _rename(write, "tag", body))


async def _rename(write: Write, kind: GroupKind, body: ProjectRename | TagRename) -> Response:
    renamed = await rename(write.session, write.actor, kind, body.name, body.to, merge=body.merge)
    answer = RenamedOut(**vars(renamed)).model_dump_json()
    return Response(answer, headers=write.undo_header, media_type="application/json")


async def _dress(write: Write, kind: GroupKind, body: ProjectLook | TagLook) -> Response:
    chosen = body.model_dump(exclude_unset=True, exclude={"name"})
    await dress(write.session, write.actor, kind, body.name, chosen)
    return await _answer_labels(write)


async def _arrange(write: Write, kind: GroupKind, names: list[str]) -> Response:
    await arrange(write.session, write.actor, kind, names)
    return await _answer_labels(write)


async def _answer_labels(write: Write) -> Response:
    labels = await list_labels(write.session, write.actor.user_id, "project", "tag")
    answer = ",".join(_label_out(label).model_dump_json() for label in labels)
    return Response(f"[{answer}]", headers=write.undo_header, media_type="application/json")


def _label_out(label: Label) -> LabelOut:
    return LabelOut.model_validate(label, from_attributes=True)
