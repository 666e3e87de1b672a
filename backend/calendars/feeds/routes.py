"""Feeds over HTTP: made and revoked by whoever is signed in on the page, read by whoever knows the address."""

from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Path, Request, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, model_validator
from starlette.background import BackgroundTask

from backend.calendars.feeds import service
from backend.calendars.feeds.service import ComponentKind, View
from backend.calendars.feeds.text import feed_text
from backend.calendars.models import CalendarFeed
from backend.forms import TOKEN_NAME_LENGTH, form
from backend.journal.values import instant
from backend.openapi import LeanRoute, problems, refuse_query
from backend.serving.request_notes import noted
from backend.session import ReadSessionDep, WriteSessionDep, get_database
from backend.tasks.text import PROJECT_LENGTH, clean_line
from backend.tokens.routes import SessionUserDep

router = APIRouter(prefix="/api/calendars", tags=["calendars"], responses=problems(422, 503))
READ_PATH = "/api/calendars/feed.ics"


def _clean_name(name: str) -> str:
    return clean_line(name, limit=TOKEN_NAME_LENGTH)


def _clean_value(value: str) -> str:
    return clean_line(value, limit=PROJECT_LENGTH)


# As a condition and not as one of two: the types that clients make of the document stay one type.
_VALUE_WITH_VIEW: dict[str, Any] = {
    "if": {"properties": {"view": {"const": "all"}}},
    "then": {"properties": {"value": {"type": "null"}}},
    "else": {"properties": {"value": {"type": "string"}}, "required": ["value"]},
}


class FeedCreate(BaseModel):
    """A feed to be made. ``view`` says which tasks: all, or those of the project or tag named in ``value``."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_VALUE_WITH_VIEW)

    name: Annotated[
        str,
        AfterValidator(_clean_name),
        Field(description="What it is for: 1-100 characters", json_schema_extra=form("token-name")),
    ]
    view: View = "all"
    value: (
        Annotated[
            str,
            AfterValidator(_clean_value),
            Field(description="The project or tag", json_schema_extra=form("project")),
        ]
        | None
    ) = None
    component: Annotated[
        ComponentKind,
        Field(description="`event`: an event at each due time; `todo`: tasks, where they are known"),
    ] = "event"
    done: StrictBool = Field(default=False, description="Done tasks too")

    @model_validator(mode="after")
    def _value_with_view(self) -> "FeedCreate":
        if self.view == "all" and self.value is not None:
            raise ValueError("value: goes with view project or tag; leave it out for all tasks")
        if self.view != "all" and self.value is None:
            raise ValueError(f"value: give the name of the {self.view}")
        return self


class FeedOut(BaseModel):
    """A feed as it is listed: everything but its address."""

    id: str
    name: str
    view: View
    value: str | None
    component: ComponentKind
    done: bool
    ending: str = Field(description="The last four characters of its secret, to know it by")
    created_at: str
    last_read_at: str | None = Field(description="To the minute")


class MadeFeedOut(FeedOut):
    """A feed just made, with the path of its address: the only time that it is shown."""

    path: str = Field(description="Behind the page's own address")


FeedId = Annotated[str, Path(description="The feed's id, a UUID")]


@router.get("/feeds", responses=problems(401, 403), dependencies=[refuse_query])
async def list_feeds(user: SessionUserDep, session: ReadSessionDep) -> list[FeedOut]:
    """The user's feeds, the newest first."""
    return [FeedOut.model_validate(_shown(feed)) for feed in await service.list_feeds(session, user.id)]


@router.post("/feeds", status_code=201, responses=problems(400, 401, 403, 409, 413), dependencies=[refuse_query])
async def create_feed(
    new: FeedCreate, user: SessionUserDep, session: WriteSessionDep, response: Response
) -> MadeFeedOut:
    """Make a feed; the answer is the only one that holds its address."""
    made, secret = await service.make_feed(session, user.id, **new.model_dump())
    response.headers["Cache-Control"] = "no-store"
    return MadeFeedOut.model_validate({**_shown(made), "path": f"{READ_PATH}?key={secret}"})


@router.delete("/feeds/{feed_id}", status_code=204, responses=problems(401, 403, 404), dependencies=[refuse_query])
async def revoke_feed(feed_id: FeedId, user: SessionUserDep, session: WriteSessionDep) -> None:
    """Revoke a feed: its address answers 404 from now on."""
    await service.revoke(session, user.id, feed_id)


async def read_feed(request: Request) -> Response:
    """The feed's tasks as iCalendar. The key opens it: no session is asked for."""
    # The secret is in the query, which is logged nowhere. Without FastAPI's injection, since programs ask often.
    keys = parse_qs(request.scope["query_string"].decode("latin-1")).get("key", [""])
    database = await get_database(request)
    async with database.reading() as reader:
        feed = await service.feed_of(reader, keys[0])
    request.app.state.claimants.learn(keys[0], feed.user_id)
    later = BackgroundTask(noted, service.note_read, database, feed.id) if feed.is_due else None
    headers = {"ETag": feed.etag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    if _knows(request.headers.get("if-none-match", ""), feed.etag):
        return Response(status_code=304, headers=headers, background=later)
    async with database.read() as session:
        text = await feed_text(session, feed)
    headers["Content-Disposition"] = 'inline; filename="tasks.ics"'
    return Response(text, headers=headers, media_type="text/calendar; charset=utf-8", background=later)


_KEY = {
    "name": "key",
    "in": "query",
    "required": True,
    "description": "The feed's secret, as its address has it",
    "schema": {"type": "string", "pattern": "^feed_[A-Za-z0-9]{40}$"},
}
router.add_api_route(
    "/feed.ics",
    read_feed,
    responses={
        200: {"description": "A calendar (RFC 5545)", "content": {"text/calendar": {"schema": {"type": "string"}}}},
        304: {"description": "As If-None-Match names it"},
        **problems(404),
    },
    openapi_extra={"parameters": [_KEY], "security": []},
    route_class_override=LeanRoute,
)
router.add_api_route(
    "/feed.ics",
    read_feed,
    methods=["HEAD"],
    operation_id="head_feed",
    responses={304: {"description": "As If-None-Match names it"}, **problems(404)},
    openapi_extra={"parameters": [_KEY], "security": []},
    route_class_override=LeanRoute,
)


def _knows(header: str, etag: str) -> bool:
    """If-None-Match (RFC 9110, 13.1.2): weak comparison, for proxies that compress weaken the tag."""
    tags = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    return etag in tags or "*" in tags


def _shown(feed: CalendarFeed) -> dict[str, object]:
    return {
        "id": feed.id,
        "name": feed.name,
        "view": feed.view,
        "value": feed.value,
        "component": feed.component,
        "done": feed.done,
        "ending": feed.ending,
        "created_at": instant(feed.created_at),
        "last_read_at": instant(feed.last_read_at) if feed.last_read_at else None,
    }
