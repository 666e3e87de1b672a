"""PROPFIND and REPORT: what programs read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from backend.calendars.dav import properties
from backend.calendars.dav.address import (
    PREFIX,
    Address,
    home_path,
    list_path,
    principal_path,
    read_destination,
    task_path,
)
from backend.calendars.dav.changes import changes_since, point_now, token_of
from backend.calendars.dav.entries import Entry, Text, entries_of, text_named, texts_named, texts_of
from backend.calendars.dav.filters import Asked, check_filter, is_of_all_tasks, passes
from backend.calendars.dav.listings import Listings
from backend.calendars.dav.lists import TaskList, list_at, lists_of
from backend.calendars.dav.properties import TASK_NAMES, Caller, TaskWriter, chosen
from backend.calendars.dav.xml import caldav, dav, element, gone, multistatus, response
from backend.calendars.todo.errors import DAV, RefusedCalendarError
from backend.calendars.todo.lines import read_component
from backend.errors import BadRequestError, NotFoundError
from backend.pauses import with_pauses
from backend.profile.service import read_preferences

_STEP = 100
_TEXT_STEP = 5
Names = tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A request to read, of an address that is the caller's own. ``listings`` are those that the process keeps."""

    session: AsyncSession
    caller: Caller
    address: Address
    listings: Listings = field(default_factory=Listings)

    async def task_list(self) -> TaskList:
        """Raises NotFoundError where no list is at the address."""
        found = await list_at(self.session, self.caller.user_id, self.address.segment or "")
        if found is None:
            raise NotFoundError("There is no such list.")
        return found

    async def text(self) -> Text:
        """Raises NotFoundError where no task is at the address."""
        task_list = await self.task_list()
        found = await text_named(self.session, self.caller.user_id, task_list, self.address.name or "")
        if found is None:
            raise NotFoundError("There is no such task.")
        return found

    async def token(self) -> str:
        return await token_of(self.session, self.caller.user_id, await point_now(self.session, self.caller.user_id))


def names_of(body: Element | None) -> tuple[Names, bool]:
    """The properties that are asked for, None for all; and whether their names alone are."""
    if body is None or body.find(dav("allprop")) is not None:
        return None, False
    if body.find(dav("propname")) is not None:
        return None, True
    asked = body.find(dav("prop"))
    if asked is None:
        raise BadRequestError("The body must ask for prop, allprop or propname.")
    return tuple(dict.fromkeys(str(node.tag) for node in asked)), False


async def find_properties(reading: Reading, body: Element | None, *, deep: bool) -> Response:
    """PROPFIND: the resource's properties and, ``deep``, those of what is in it."""
    names, only_names = names_of(body)
    parts = await _OF_KIND[reading.address.kind](reading, names, deep)
    if only_names:
        parts = [_without_values(part) for part in parts]
    return multistatus(parts)


def _without_values(part: str) -> str:
    """A response whose properties are empty."""
    wrapped = f'<x xmlns:D="{DAV}" {_OTHERS}>{part}</x>'
    whole = fromstring(wrapped)
    named = whole.findall(f"{dav('response')}/{dav('propstat')}/{dav('prop')}/*")
    path = whole.findtext(f"{dav('response')}/{dav('href')}") or ""
    return response(path, "".join(element(str(node.tag)) for node in named))


_OTHERS = 'xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/" xmlns:A="http://apple.com/ns/ical/"'


async def _root(reading: Reading, names: Names, deep: bool) -> list[str]:
    parts = [response(f"{PREFIX}/", *chosen(properties.of_root(reading.caller), names))]
    return [*parts, *await _principal(reading, names, deep), *await _home(reading, names, False)] if deep else parts


async def _principal(reading: Reading, names: Names, _deep: bool) -> list[str]:
    path = principal_path(reading.caller.user_id)
    return [response(path, *chosen(properties.of_principal(reading.caller), names))]


async def _home(reading: Reading, names: Names, deep: bool) -> list[str]:
    user_id = reading.caller.user_id
    parts = [response(home_path(user_id), *chosen(properties.of_home(reading.caller), names))]
    if deep:
        token = await reading.token()
        for one in await lists_of(reading.session, user_id):
            parts.append(_list_part(reading, one, token, names))
    return parts


def _list_part(reading: Reading, task_list: TaskList, token: str, names: Names) -> str:
    there = properties.of_list(reading.caller, task_list, token)
    return response(list_path(reading.caller.user_id, task_list.segment), *chosen(there, names))


async def _list(reading: Reading, names: Names, deep: bool) -> list[str]:
    task_list = await reading.task_list()
    parts = [_list_part(reading, task_list, await reading.token(), names)]
    if not deep:
        return parts
    writer = TaskWriter(caller=reading.caller, names=names or TASK_NAMES)
    if writer.needs_text:
        async for text in texts_of(reading.session, reading.caller.user_id, task_list):
            parts.append(_task_part(reading, task_list, text.entry, writer, text.text))
        return parts
    return [*parts, await _listing(reading, task_list, writer)]


async def _listing(reading: Reading, task_list: TaskList, writer: TaskWriter) -> str:
    """All of the list's tasks without their texts; one that has not changed since is not read again."""
    key = (reading.caller.user_id, task_list.segment, writer.names)
    token = await reading.token()
    kept = reading.listings.find(key, token) if _is_of_all(writer) else None
    if kept is not None:
        return kept
    entries = await entries_of(reading.session, reading.caller.user_id, task_list)
    parts = [_task_part(reading, task_list, entry, writer) async for entry in with_pauses(entries, every=_STEP)]
    xml = "".join(parts)
    if _is_of_all(writer):
        reading.listings.keep(key, token, xml)
    return xml


def _is_of_all(writer: TaskWriter) -> bool:
    """Whether what is told follows from the tasks alone, and not from who asks."""
    return set(writer.names) <= set(TASK_NAMES)


async def _task(reading: Reading, names: Names, _deep: bool) -> list[str]:
    text, task_list = await reading.text(), await reading.task_list()
    writer = TaskWriter(caller=reading.caller, names=names or TASK_NAMES)
    return [_task_part(reading, task_list, text.entry, writer, text.text)]


_OF_KIND: dict[str, Any] = {
    "root": _root,
    "principal": _principal,
    "home": _home,
    "list": _list,
    "task": _task,
}


def _task_part(
    reading: Reading, task_list: TaskList, entry: Entry, writer: TaskWriter, content: str | None = None
) -> str:
    path = task_path(reading.caller.user_id, task_list.segment, entry.name)
    return response(path, *writer.write(entry, content))


async def report(reading: Reading, body: Element | None) -> Response:
    """REPORT. Raises RefusedCalendarError for one that is not supported."""
    act = _REPORTS.get(body.tag) if body is not None else None
    if act is None or body is None or reading.address.kind != "list":
        detail = "Reports are calendar-query, calendar-multiget and sync-collection, on a list."
        raise RefusedCalendarError("supported-report", detail, namespace=DAV)
    answer: Response = await act(reading, body)
    return answer


async def _query(reading: Reading, body: Element) -> Response:
    task_list, writer = await reading.task_list(), _writer(reading, body)
    outer = check_filter(body)
    if is_of_all_tasks(body) and not writer.needs_text:
        return multistatus([await _listing(reading, task_list, writer)])
    zone = (await read_preferences(reading.session, reading.caller.user_id)).timezone or "UTC"
    plain = is_of_all_tasks(body)
    parts = []
    async for text in texts_of(reading.session, reading.caller.user_id, task_list):
        asked = None if plain else Asked(calendar=read_component(text.text), document=text.document, zone=zone)
        if asked is None or passes(asked, outer):
            parts.append(_task_part(reading, task_list, text.entry, writer, text.text))
    return multistatus(parts)


async def _multiget(reading: Reading, body: Element) -> Response:
    task_list, writer = await reading.task_list(), _writer(reading, body)
    paths = [(node.text or "").strip() for node in body.findall(dav("href"))]
    addresses = {path: read_destination(path) for path in paths}
    names = [one.name for one in addresses.values() if one and one.name and _is_in(one, reading)]
    found = await texts_named(reading.session, reading.caller.user_id, task_list, names)
    parts = []
    async for path, address in with_pauses(addresses.items(), every=_TEXT_STEP):
        text = found.get(address.name or "") if address and _is_in(address, reading) else None
        parts.append(response(path, *writer.write(text.entry, text.text)) if text else gone(path))
    return multistatus(parts)


def _is_in(address: Address, reading: Reading) -> bool:
    return (address.kind, address.user_id, address.segment) == (
        "task",
        reading.caller.user_id,
        reading.address.segment,
    )


async def _sync(reading: Reading, body: Element) -> Response:
    task_list, writer = await reading.task_list(), _writer(reading, body)
    given, limit = (body.findtext(dav("sync-token")) or "").strip(), _limit(body)
    user_id = reading.caller.user_id
    left: Sequence[str] = ()
    if given:
        changes = await changes_since(reading.session, user_id, task_list, given, limit=limit)
        entries, left, token = changes.changed, changes.gone, changes.token
        is_cut = changes.is_cut
    else:
        token, is_cut = await reading.token(), False
        entries = await entries_of(reading.session, user_id, task_list)
        if limit is not None and len(entries) > limit:
            detail = f"The list has {len(entries)} tasks, more than were asked for; ask without a limit."
            raise RefusedCalendarError("number-of-matches-within-limits", detail, namespace=DAV)
    texts: dict[str, Text] = {}
    if writer.needs_text:
        texts = await texts_named(reading.session, user_id, task_list, [one.name for one in entries])
    parts = []
    async for entry in with_pauses(entries, every=_STEP):
        content = texts[entry.name].text if entry.name in texts else None
        parts.append(_task_part(reading, task_list, entry, writer, content))
    parts += [gone(task_path(user_id, task_list.segment, name)) for name in left]
    if is_cut:
        path = list_path(user_id, task_list.segment)
        status = element(dav("status"), "HTTP/1.1 507 Insufficient Storage")
        parts.append(f"<D:response><D:href>{path}</D:href>{status}</D:response>")
    return multistatus(parts, more=element(dav("sync-token"), token))


def _limit(body: Element) -> int | None:
    given = body.findtext(f"{dav('limit')}/{dav('nresults')}")
    if given is None:
        return None
    if not given.strip().isdecimal() or not int(given.strip()[:9]) > 0:
        raise BadRequestError("nresults must be a whole number from 1.")
    return int(given.strip()[:9])


def _writer(reading: Reading, body: Element) -> TaskWriter:
    names, _ = names_of(body) if body.find(dav("prop")) is not None else (None, False)
    return TaskWriter(caller=reading.caller, names=names or TASK_NAMES)


_REPORTS: dict[str, Any] = {
    caldav("calendar-query"): _query,
    caldav("calendar-multiget"): _multiget,
    dav("sync-collection"): _sync,
}
