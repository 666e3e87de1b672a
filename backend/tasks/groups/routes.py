"""Projects and tags over HTTP: listed and renamed."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from backend.auth.dependencies import CurrentUserDep
from backend.journal.write import Write, WriteDep
from backend.openapi import problems, refuse_query
from backend.session import ReadSessionDep
from backend.tasks.groups.names import GroupKind, rename
from backend.tasks.query import list_projects as find_projects
from backend.tasks.query import list_tags as find_tags
from backend.tasks.schemas import GroupOut, Project, Tag

router = APIRouter(prefix="/api", tags=["tasks"], responses=problems(401, 422, 503))
_WRITE = problems(400, 403, 404, 409, 413)
Merge = Annotated[
    StrictBool, Field(description="Where others have the new name: false is refused with 409, which tells how many")
]


class ProjectRename(BaseModel):
    """A project's name, in any case, and the one that its tasks are to have."""

    model_config = ConfigDict(extra="forbid")

    name: Project
    to: Project
    merge: Merge = False


class TagRename(BaseModel):
    """A tag's name, in any case, and the one that its tasks are to have."""

    model_config = ConfigDict(extra="forbid")

    name: Tag
    to: Tag
    merge: Merge = False


class RenamedOut(BaseModel):
    """What the tasks have now, how many changed, and whether others had it before."""

    name: str
    changed: int
    merged: bool


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
