"""Saved filters as they come and go over HTTP."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from backend.forms import form
from backend.tasks.fields import Day, Priority
from backend.tasks.text import NAME_LENGTH, clean_line

WORDS_LENGTH = 200


def _clean_name(name: str) -> str:
    return clean_line(name, limit=NAME_LENGTH)


def _clean_words(words: str) -> str:
    return clean_line(words, limit=WORDS_LENGTH)


Name = Annotated[
    str,
    AfterValidator(_clean_name),
    Field(description="1-50 characters; two that differ only in case are one", json_schema_extra=form("filter-name")),
]
Words = Annotated[
    str,
    AfterValidator(_clean_words),
    Field(
        description="A priority, days, overdue, a #tag, a project (“in work”, “not in work”), words in quotation marks",
        json_schema_extra=form("filter-words"),
    ),
]


class FilterWords(BaseModel):
    """Words that are to be read as a filter."""

    model_config = ConfigDict(extra="forbid")

    words: Words


class FilterCreate(BaseModel):
    """A filter to be saved."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    words: Words


class FilterPatch(BaseModel):
    """Another name for a filter, other words, or both."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"minProperties": 1})

    name: Name = ""
    words: Words = ""

    @model_validator(mode="after")
    def _changes_something(self) -> "FilterPatch":
        if not self.model_fields_set:
            raise ValueError("say what should change: name, words or both")
        return self


class FilterOrder(BaseModel):
    """The ids of all of the user's filters, in their order."""

    model_config = ConfigDict(extra="forbid")

    ids: list[str] = Field(max_length=200)


class QueryOut(BaseModel):
    """Filters of `GET /api/tasks`, as the words mean them today; null where they say nothing of it."""

    due_from: Day | None = None
    due_to: Day | None = None
    overdue: bool | None = None
    no_due: bool | None = None
    status: Literal["open", "done", "all"] | None = None
    priority: Priority | None = None
    tag: str | None = None
    project: str | None = None
    not_tag: str | None = None
    not_project: str | None = None
    search: str | None = None


class ReadOut(BaseModel):
    """What the words mean today: ``told`` says it in plain words."""

    told: str
    query: QueryOut


class FilterOut(BaseModel):
    """A saved filter. ``query`` is null, and ``problem`` says why, where the words cannot be read any more."""

    id: str
    name: str
    words: str
    told: str = Field(description="In plain words, as of today")
    query: QueryOut | None
    problem: str | None
