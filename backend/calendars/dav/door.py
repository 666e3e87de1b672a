"""`/dav` and `/.well-known/caldav`: who is there, and which method does what.

The user is told by a personal access token, as the password of HTTP Basic (RFC 7617) or as a bearer token. Cookies are
not looked at, so a page cannot use its visitor's.
"""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from ipaddress import ip_address
from xml.etree.ElementTree import Element

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from backend.auth.cookies import is_secure
from backend.auth.dependencies import READ_ONLY, REVOKED, basic_credentials, bearer_token
from backend.auth.origins import client_address
from backend.calendars.dav.address import PREFIX, Address, read_address, read_destination
from backend.calendars.dav.conditions import is_known
from backend.calendars.dav.edits import Put, delete_task, move_task
from backend.calendars.dav.listings import Listings
from backend.calendars.dav.lists import NAME, change_list, delete_list, make_list
from backend.calendars.dav.properties import COMPONENTS, PROTECTED, Caller
from backend.calendars.dav.queries import Reading, find_properties, report
from backend.calendars.dav.xml import dav, element, inner_xml, multistatus, read_xml, refused, response
from backend.calendars.todo.errors import DAV, RefusedCalendarError
from backend.errors import BadRequestError, ForbiddenError, NotFoundError, NotSignedInError, ProblemError, TooLargeError
from backend.journal.values import Actor
from backend.models import new_id
from backend.serving.request_notes import noted
from backend.session import Database, get_database
from backend.settings import Settings
from backend.tokens.service import Holder, holder_of, is_personal, note_use

WELL_KNOWN = "/.well-known/caldav"
COMPLIANCE = "1, 3, access-control, calendar-access, extended-mkcol"
READING = ("OPTIONS", "GET", "HEAD", "PROPFIND", "REPORT")
WRITING = ("PUT", "DELETE", "MKCALENDAR", "MKCOL", "PROPPATCH", "MOVE")
MOST_PROPERTIES, MOST_PROPERTY_BYTES = 50, 20_000
_NO_TOKEN = "Sign in with your e-mail address and, as the password, a personal access token from the settings."  # noqa: S105
_PLAIN = "A token is not taken over plain http, where others may read it; use https (or set TODO_DAV_PLAIN_HTTP)."


class NotAllowedError(ProblemError):
    status = HTTPStatus.METHOD_NOT_ALLOWED


class Door:
    """ASGI app of every address under `/dav`."""

    def __init__(self, app: FastAPI, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if request.method == "OPTIONS":
            await Response(headers=_allow())(scope, receive, send)
            return
        holder = await self._admit(request)
        caller = Caller(
            user_id=holder.user_id,
            name=holder.name,
            email=holder.email,
            may_write=holder.may_write,
            most_bytes=self.settings.body_limit,
            token_name=holder.token_name,
        )
        try:
            answer = await self._answer(request, caller)
        except RefusedCalendarError as error:
            answer = refused(error)
        answer.headers["DAV"] = COMPLIANCE
        await answer(scope, receive, send)
        if holder.is_due:
            await noted(note_use, await get_database(request), holder.token_id)

    async def _admit(self, request: Request) -> Holder:
        """Whose token it is. Raises NotSignedInError and, over plain http, ForbiddenError."""
        if not (self.settings.todo_dav_plain_http or is_secure(request, self.settings) or _is_loopback(request)):
            raise ForbiddenError(_PLAIN)
        name, password = basic_credentials(request)
        token = bearer_token(request) or password
        database = await get_database(request)
        async with database.reading() as reader:
            holder = await holder_of(reader, token) if is_personal(token) else None
        if holder is None or (password and name.casefold() != holder.email.casefold()):
            raise NotSignedInError(REVOKED if holder is None and token else _NO_TOKEN, headers=_CHALLENGE)
        self.app.state.claimants.learn(token, holder.user_id)
        if request.method in WRITING and not holder.may_write:
            raise ForbiddenError(READ_ONLY)
        return holder

    async def _answer(self, request: Request, caller: Caller) -> Response:
        act = _METHODS.get(request.method)
        if act is None:
            raise NotAllowedError(f"CalDAV's methods here are {', '.join((*READING, *WRITING))}.", headers=_allow())
        path = request.scope.get("raw_path") or request.scope["path"].encode()
        address = read_address(path.decode("latin-1"))
        if address is None or address.user_id not in {None, caller.user_id}:
            raise NotFoundError("There is nothing at this address.")
        return await act(request, caller, address, await get_database(request))


def _is_loopback(request: Request) -> bool:
    try:
        return ip_address(client_address(request).split("/")[0]).is_loopback
    except ValueError:  # no address, as of a test's client
        return request.client is None


def mount(app: FastAPI, settings: Settings) -> None:
    door = Door(app, settings)
    app.state.listings = Listings()
    for path in (PREFIX, f"{PREFIX}/{{rest:path}}"):
        app.router.routes.append(Route(path, endpoint=door, include_in_schema=False))
    app.router.routes.append(Route(WELL_KNOWN, endpoint=_Redirect(), include_in_schema=False))
    app.router.routes.append(Route("/", endpoint=_Redirect(), methods=["PROPFIND"], include_in_schema=False))


class _Redirect:
    """RFC 6764, 5: programs that know only the host find the address here; some ask at the host itself at first."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await RedirectResponse(f"{PREFIX}/", status_code=301)(scope, receive, send)


def _allow() -> dict[str, str]:
    return {"Allow": ", ".join((*READING, *WRITING)), "DAV": COMPLIANCE}


_CHALLENGE = {"WWW-Authenticate": 'Basic realm="todo", charset="UTF-8"'}


async def _get(request: Request, caller: Caller, address: Address, database: Database) -> Response:
    if address.kind != "task":
        raise NotAllowedError(
            "This is an address for calendar programs (CalDAV); see docs/calendars.md.", headers=_allow()
        )
    async with database.read() as session:
        found = await Reading(session=session, caller=caller, address=address).text()
    headers = {"ETag": found.entry.etag, "Cache-Control": "private, no-cache"}
    if is_known(request.headers, found.entry.etag):
        return Response(status_code=304, headers=headers)
    return Response(found.text, headers=headers, media_type="text/calendar; charset=utf-8; component=vtodo")


async def _propfind(request: Request, caller: Caller, address: Address, database: Database) -> Response:
    body = read_xml(await request.body(), root=dav("propfind"))
    deep = request.headers.get("depth", "0").strip().lower() != "0"
    async with database.read() as session:
        reading = Reading(session=session, caller=caller, address=address, listings=request.app.state.listings)
        return await find_properties(reading, body, deep=deep)


async def _report(request: Request, caller: Caller, address: Address, database: Database) -> Response:
    body = read_xml(await request.body())
    async with database.read() as session:
        reading = Reading(session=session, caller=caller, address=address, listings=request.app.state.listings)
        return await report(reading, body)


def _actor(caller: Caller) -> Actor:
    return Actor(user_id=caller.user_id, surface="caldav", turn_id=new_id(), token_name=caller.token_name)


async def _put(request: Request, caller: Caller, address: Address, database: Database) -> Response:
    if address.kind != "task" or address.name is None:
        raise NotAllowedError("Put a task into a list: /dav/lists/…/LIST/NAME.ics.", headers=_allow())
    body = await request.body()
    if len(body) > caller.most_bytes:
        raise TooLargeError(f"A task may have {caller.most_bytes} bytes; this has {len(body)}. Nothing was changed.")
    async with database.write() as session:
        task_list = await Reading(session=session, caller=caller, address=address).task_list()
        put = Put(session, _actor(caller), task_list, address.name)
        await put.run(body, request.headers)
    headers = {"ETag": put.etag} if put.etag else {}
    return Response(status_code=201 if put.is_new else 204, headers=headers)


async def _delete(request: Request, caller: Caller, address: Address, database: Database) -> Response:
    if address.kind not in {"task", "list"}:
        raise ForbiddenError("Only lists and tasks can be deleted.")
    async with database.write() as session:
        task_list = await Reading(session=session, caller=caller, address=address).task_list()
        if address.kind == "list":
            await delete_list(session, _actor(caller), task_list)
        else:
            await delete_task(session, _actor(caller), task_list, address.name or "", request.headers)
    return Response(status_code=204)


async def _move(request: Request, caller: Caller, address: Address, database: Database) -> Response:
    target = read_destination(request.headers.get("destination", ""))
    is_own = target and target.kind == "task" and target.user_id == caller.user_id
    if address.kind != "task" or not is_own or target is None:
        raise ForbiddenError("A task moves to an address in another of your lists; name it in Destination.")
    async with database.write() as session:
        source = await Reading(session=session, caller=caller, address=address).task_list()
        overwrite = request.headers.get("overwrite", "T").upper() != "F"
        places = (source, address.name or ""), (target.segment or "", target.name or "")
        is_new = await move_task(session, _actor(caller), *places, overwrite=overwrite)
    return Response(status_code=201 if is_new else 204)


async def _make(request: Request, caller: Caller, address: Address, database: Database) -> Response:
    """MKCALENDAR (RFC 4791, 5.3.1), and MKCOL as it is extended (RFC 5689)."""
    if address.kind != "list" or address.segment is None:
        raise ForbiddenError("A list is made in your home: /dav/lists/…/LIST/.")
    body = read_xml(await request.body())
    wanted = _set_properties(body)
    kind = wanted.pop(dav("resourcetype"), "")
    if request.method == "MKCOL" and "calendar" not in kind:
        raise ForbiddenError("Only calendars of tasks can be made here; use MKCALENDAR.")
    components = wanted.pop(COMPONENTS, "VTODO")
    if "VTODO" not in components.upper():
        raise RefusedCalendarError("supported-calendar-component", "This server keeps tasks (VTODO) alone.")
    name = _plain(body)
    wanted.pop(NAME, None)
    kept = {one: value for one, value in wanted.items() if one not in PROTECTED}
    async with database.write() as session:
        await make_list(session, caller.user_id, address.segment, _bounded(kept), name)
    return Response(status_code=201, headers={"Cache-Control": "no-cache"})


async def _proppatch(request: Request, caller: Caller, address: Address, database: Database) -> Response:
    body = read_xml(await request.body(), root=dav("propertyupdate"))
    if body is None:
        raise BadRequestError("The body must be a propertyupdate.")
    wanted, removed = _set_properties(body), _removed(body)
    named = [*wanted, *removed]
    fixed = {one for one in named if one in PROTECTED or address.kind != "list" or (one == NAME and one in removed)}
    if not fixed:
        async with database.write() as session:
            task_list = await Reading(session=session, caller=caller, address=address).task_list()
            is_project = task_list.project is not None
            name = _plain(body) if NAME in wanted and is_project else None
            changed = {**task_list.properties, **wanted}
            dropped = {*removed, NAME} if is_project else set(removed)
            kept = {one: value for one, value in changed.items() if one not in dropped}
            await change_list(session, _actor(caller), task_list, _bounded(kept), name)
    return multistatus([_patched(request.url.path, named, fixed)])


def _patched(path: str, named: list[str], fixed: set[str]) -> str:
    """All or nothing (RFC 4918, 9.2)."""
    if not fixed:
        return response(path, "".join(map(element, named)))
    stats = []
    for names, status in ((fixed, "403 Forbidden"), (set(named) - fixed, "424 Failed Dependency")):
        if names:
            inner = element(dav("prop"), "".join(map(element, sorted(names))))
            stats.append(element(dav("propstat"), inner + element(dav("status"), f"HTTP/1.1 {status}")))
    return element(dav("response"), element(dav("href"), path) + "".join(stats))


def _set_properties(body: Element | None) -> dict[str, str]:
    found = body.iterfind(f"{dav('set')}/{dav('prop')}/*") if body is not None else ()
    return {str(node.tag): inner_xml(node) or _names_within(node) for node in found}


def _names_within(node: Element) -> str:
    return "".join(str(child.get("name", "")) for child in node)


def _removed(body: Element) -> list[str]:
    return [str(node.tag) for node in body.iterfind(f"{dav('remove')}/{dav('prop')}/*")]


def _plain(body: Element | None) -> str:
    """The name that is set, as text."""
    node = body.find(f"{dav('set')}/{dav('prop')}/{NAME}") if body is not None else None
    return (node.text or "").strip() if node is not None else ""


def _bounded(kept: dict[str, str]) -> dict[str, str]:
    if len(kept) > MOST_PROPERTIES or sum(map(len, kept.values())) > MOST_PROPERTY_BYTES:
        detail = f"A list keeps {MOST_PROPERTIES} properties of {MOST_PROPERTY_BYTES} characters in all."
        raise RefusedCalendarError("cannot-modify-protected-property", detail, namespace=DAV)
    return kept


_METHODS: dict[str, Callable[[Request, Caller, Address, Database], Awaitable[Response]]] = {
    "GET": _get,
    "HEAD": _get,
    "PROPFIND": _propfind,
    "REPORT": _report,
    "PUT": _put,
    "DELETE": _delete,
    "MOVE": _move,
    "MKCALENDAR": _make,
    "MKCOL": _make,
    "PROPPATCH": _proppatch,
}
