"""Names and looks of projects and tags, as they come and go over HTTP."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from backend.tasks.fields import Project, Tag

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


Colour = Literal["red", "orange", "yellow", "green", "teal", "blue", "purple", "pink", "grey"]
MOST_ARRANGED = 500


class ProjectLook(BaseModel):
    """How a project looks. What is left out stays; a null colour is none. An archived one leaves the usual views."""

    model_config = ConfigDict(extra="forbid")

    name: Project
    colour: Colour | None = None
    archived: StrictBool = False


class TagLook(BaseModel):
    """How a tag looks. What is left out stays; a null colour is none."""

    model_config = ConfigDict(extra="forbid")

    name: Tag
    colour: Colour | None = None


class ProjectOrder(BaseModel):
    """The names in the order that they are to have; the others follow by the alphabet."""

    model_config = ConfigDict(extra="forbid")

    names: Annotated[list[Project], Field(max_length=MOST_ARRANGED)]


class TagOrder(BaseModel):
    """The names in the order that they are to have; the others follow by the alphabet."""

    model_config = ConfigDict(extra="forbid")

    names: Annotated[list[Tag], Field(max_length=MOST_ARRANGED)]


class LabelOut(BaseModel):
    """What was chosen for a project or tag beyond its name. Of names that differ only in case, one stands for all."""

    kind: Literal["project", "tag"]
    name: str
    colour: Colour | None
    position: int | None = Field(
        ge=1, le=1_000_000, description="Its place before those that have none, which follow by the alphabet"
    )
    archived: bool
