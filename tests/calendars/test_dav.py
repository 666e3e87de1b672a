"""CalDAV: what calendar programs read and write is the list, at once and with its journal."""

from base64 import b64encode
from collections.abc import AsyncIterator
from xml.etree.ElementTree import Element

import httpx
import icalendar
import pytest
from defusedxml.ElementTree import fromstring
from fastapi import FastAPI

from tests.support.people import PAGE, Person
from tests.support.tokens import make_token

D, C = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
NAMESPACES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:A="http://apple.com/ns/ical/"'
TODO = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//A program//EN\r
BEGIN:VTODO\r
UID:one\r
DTSTAMP:20261101T000000Z\r
SUMMARY:call\\, soon\r
DUE;TZID=Europe/Berlin:20991204T090000\r
PRIORITY:1\r
CATEGORIES:home,Phone\r
X-OF-MINE;A="b;c":kept\r
 folded\r
BEGIN:VALARM\r
ACTION:DISPLAY\r
TRIGGER;RELATED=END:-PT30M\r
X-ALARM:1\r
END:VALARM\r
END:VTODO\r
END:VCALENDAR\r
"""


class Program(httpx.AsyncClient):
    """A calendar program that shows a token by Basic, over https."""

    def __init__(self, app: FastAPI, person: Person, token: str, *, name: str | None = None, url: str = PAGE) -> None:
        pair = f"{name or f'{person.id}@example.com'}:{token}"
        headers = {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}
        super().__init__(transport=httpx.ASGITransport(app=app), base_url=url, headers=headers)
        self.home = f"/dav/lists/{person.id}/"

    async def ask(self, method: str, path: str, body: str = "", **headers: str) -> Element:
        """The multistatus of an answer."""
        answer = await self.request(method, path, content=body, headers=headers)
        assert answer.status_code == 207, answer.text
        return fromstring(answer.text)

    async def put(self, path: str, body: str, **headers: str) -> httpx.Response:  # type: ignore[override]
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.request("PUT", self.home + path, content=body.encode(), headers=named)

    async def texts(self, path: str) -> dict[str, str]:
        """The calendars of a list by their addresses."""
        body = f"<C:calendar-query {NAMESPACES}><D:prop><C:calendar-data/></D:prop>{ALL}</C:calendar-query>"
        return {href(one): one.findtext(f".//{C}calendar-data") or "" for one in await self.ask("REPORT", path, body)}


ALL = '<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VTODO"/></C:comp-filter></C:filter>'


def href(response: Element) -> str:
    return response.findtext(f"{D}href") or ""


@pytest.fixture
async def program(app: FastAPI, person: Person) -> AsyncIterator[Program]:
    token = (await make_token(person))["token"]
    async with Program(app, person, token, url=PAGE.replace("http:", "https:")) as program:
        yield program


async def token_of(program: Program, segment: str = "inbox") -> str:
    found = await program.ask("PROPFIND", f"{program.home}{segment}/", _prop("<D:sync-token/>"), Depth="0")
    return found.findtext(f".//{D}sync-token") or ""


def _prop(names: str) -> str:
    return f"<D:propfind {NAMESPACES}><D:prop>{names}</D:prop></D:propfind>"


async def since(program: Program, token: str, segment: str = "inbox", limit: str = "") -> Element:
    body = f"<D:sync-collection {NAMESPACES}><D:sync-token>{token}</D:sync-token>{limit}"
    body += "<D:prop><D:getetag/></D:prop></D:sync-collection>"
    return await program.ask("REPORT", f"{program.home}{segment}/", body)


async def test_a_program_finds_the_lists_from_the_host_alone(program: Program, person: Person) -> None:
    await person.add("in a project", project="Garden")
    moved = await program.request("PROPFIND", "/.well-known/caldav")
    assert (moved.status_code, moved.headers["location"]) == (301, "/dav/")
    at_the_host = await program.request("PROPFIND", "/")
    assert (at_the_host.status_code, at_the_host.headers["location"]) == (301, "/dav/")
    assert (await program.request("DELETE", "/")).status_code in {404, 405}
    root = await program.ask("PROPFIND", "/dav/", _prop("<D:current-user-principal/>"), Depth="0")
    principal = root.findtext(f".//{D}current-user-principal/{D}href") or ""
    found = await program.ask("PROPFIND", principal, _prop("<C:calendar-home-set/>"), Depth="0")
    home = found.findtext(f".//{C}calendar-home-set/{D}href") or ""
    lists = await program.ask("PROPFIND", home, _prop("<D:displayname/><D:resourcetype/>"), Depth="1")
    calendars = [one for one in lists if one.find(f".//{C}calendar") is not None]
    assert [one.findtext(f".//{D}displayname") for one in calendars] == ["Inbox", "Garden"]


async def test_what_is_put_is_a_task_and_comes_back_byte_for_byte(program: Program, person: Person) -> None:
    answer = await program.put("inbox/one.ics", TODO, If_None_Match="*")
    assert answer.status_code == 201, answer.text
    [task] = await person.all()
    assert (task["title"], task["due"], task["timezone"]) == ("call, soon", "2099-12-04T09:00", "Europe/Berlin")
    assert (task["priority"], task["tags"]) == ("high", ["home", "Phone"])
    assert task["reminders"] == [{"before": "PT30M"}]
    got = await program.get(f"{program.home}inbox/one.ics")
    assert (got.text, got.headers["etag"]) == (TODO, answer.headers["etag"])
    [made] = (await person.get("/api/history")).json()["items"]
    assert made["surface"] == "caldav" and made["token_name"]


async def test_a_change_on_the_page_keeps_what_it_does_not_know(program: Program, person: Person) -> None:
    await program.put("inbox/one.ics", TODO)
    [task] = await person.all()
    await person.patch(f"/api/tasks/{task['id']}", json={"title": "write", "due": "2099-12-05T09:00"})
    got = await program.get(f"{program.home}inbox/one.ics")
    todo = icalendar.Calendar.from_ical(got.text).walk("VTODO")[0]
    assert (todo["SUMMARY"], todo["DUE"].dt.isoformat()) == ("write", "2099-12-05T09:00:00+01:00")
    assert 'X-OF-MINE;A="b;c":kept\r\n folded\r\n' in got.text
    assert "X-ALARM:1\r\n" in got.text
    assert "Europe/Berlin" in [str(zone["TZID"]) for zone in icalendar.Calendar.from_ical(got.text).walk("VTIMEZONE")]


async def test_ticking_off_and_undo_hold(program: Program, person: Person) -> None:
    await program.put("inbox/one.ics", TODO)
    done = TODO.replace("SUMMARY", "STATUS:COMPLETED\r\nSUMMARY")
    assert (await program.put("inbox/one.ics", done)).status_code == 204
    assert [task["status"] for task in await person.all()] == ["done"]
    assert (await person.post("/api/undo", json={})).status_code == 200
    assert [task["status"] for task in await person.all()] == ["open"]
    assert "STATUS:NEEDS-ACTION" in (await program.get(f"{program.home}inbox/one.ics")).text


async def test_a_recurring_task_ticked_off_moves_on(program: Program, person: Person) -> None:
    weekly = TODO.replace("PRIORITY:1", "RRULE:FREQ=WEEKLY")
    await program.put("inbox/one.ics", weekly)
    answer = await program.put("inbox/one.ics", weekly.replace("SUMMARY", "STATUS:COMPLETED\r\nSUMMARY"))
    assert "etag" not in answer.headers  # what is read now is another text
    [task] = await person.all()
    assert (task["status"], task["due"]) == ("open", "2099-12-11T09:00")
    todo = icalendar.Calendar.from_ical((await program.get(f"{program.home}inbox/one.ics")).text).walk("VTODO")[0]
    assert (todo["STATUS"], todo["DUE"].dt.day) == ("NEEDS-ACTION", 11)


async def test_a_stale_tag_changes_nothing(program: Program, person: Person) -> None:
    etag = (await program.put("inbox/one.ics", TODO)).headers["etag"]
    [task] = await person.all()
    await person.patch(f"/api/tasks/{task['id']}", json={"title": "newer"})
    for answer in (
        await program.put("inbox/one.ics", TODO, If_Match=etag),
        await program.put("inbox/one.ics", TODO, If_None_Match="*"),
        await program.delete(f"{program.home}inbox/one.ics", headers={"If-Match": etag}),
    ):
        assert answer.status_code == 412, answer.text
        assert "Nothing was changed" in answer.json()["detail"]
    assert [task["title"] for task in await person.all()] == ["newer"]


async def test_a_program_hears_what_changed_and_what_is_gone(program: Program, person: Person) -> None:
    first, second = await person.add("first"), await person.add("second")
    token = await token_of(program)
    assert list((await since(program, token)).iter(f"{D}response")) == []
    await person.patch(f"/api/tasks/{first['id']}", json={"title": "changed"})
    await person.patch(f"/api/tasks/{second['id']}", json={"project": "Away"})
    await program.put("inbox/one.ics", TODO)
    told = await since(program, token)
    status = {href(one).rpartition("/")[2]: one.findtext(f"{D}status") for one in told.iter(f"{D}response")}
    gone = "HTTP/1.1 404 Not Found"
    assert status == {f"{first['id']}.ics": None, f"{second['id']}.ics": gone, "one.ics": None}
    newer = told.findtext(f"{D}sync-token") or ""
    assert newer == await token_of(program)


async def test_changes_come_in_parts_where_a_limit_is_set(program: Program, person: Person) -> None:
    token, seen = await token_of(program), set[str]()
    tasks = [await person.add(f"task {number}") for number in range(5)]
    for _ in range(3):
        told = await since(program, token, limit="<D:limit><D:nresults>2</D:nresults></D:limit>")
        seen |= {href(one).rpartition("/")[2] for one in told if one.find(f".//{D}getetag") is not None}
        token = told.findtext(f"{D}sync-token") or ""
    assert seen == {f"{task['id']}.ics" for task in tasks}
    assert token == await token_of(program)


@pytest.mark.parametrize("token", ["urn:todo:sync:0-0-000000000000", "urn:todo:sync:999-0-0123456789ab", "x", "\u00e9"])
async def test_a_strange_token_asks_for_a_new_start(program: Program, token: str) -> None:
    body = f"<D:sync-collection {NAMESPACES}><D:sync-token>{token}</D:sync-token><D:prop/></D:sync-collection>"
    answer = await program.request("REPORT", f"{program.home}inbox/", content=body.encode())
    assert (answer.status_code, "valid-sync-token" in answer.text) == (403, True)


async def test_what_no_page_shows_is_told_too(program: Program, person: Person) -> None:
    await program.put("inbox/one.ics", TODO)
    token = await token_of(program)
    await program.put("inbox/one.ics", TODO.replace(":kept", ":other"))
    [told] = [href(one) for one in (await since(program, token)).iter(f"{D}response")]
    assert told.endswith("/one.ics")


async def test_a_uid_in_another_list_is_the_task_moved(program: Program, person: Person) -> None:
    await program.put("inbox/one.ics", TODO)
    [before] = await person.all()
    assert (await program.request("MKCALENDAR", f"{program.home}Work/")).status_code == 201
    assert (await program.put("Work/one.ics", TODO)).status_code == 201
    [after] = await person.all()
    assert (after["id"], after["project"]) == (before["id"], "Work")
    assert (await program.delete(f"{program.home}inbox/one.ics")).status_code == 204
    assert len(await person.all()) == 1


async def test_move(program: Program, person: Person) -> None:
    task = await person.add("made on the page")
    await person.add("there", project="Work")
    lists = await program.ask("PROPFIND", program.home, _prop("<D:displayname/>"), Depth="1")
    work = next(href(one) for one in lists if one.findtext(f".//{D}displayname") == "Work")
    target = {"Destination": f"https://page.example{work}moved.ics"}
    moved = await program.request("MOVE", f"{program.home}inbox/{task['id']}.ics", headers=target)
    assert moved.status_code == 201, moved.text
    assert (await person.get(f"/api/tasks/{task['id']}")).json()["project"] == "Work"
    assert (await program.get(f"{work}moved.ics")).status_code == 200


async def test_lists_are_made_named_coloured_and_deleted(program: Program, person: Person) -> None:
    prop = "<D:displayname>Trip</D:displayname><A:calendar-color>#ff0000</A:calendar-color>"
    body = f"<C:mkcalendar {NAMESPACES}><D:set><D:prop>{prop}</D:prop></D:set></C:mkcalendar>"
    assert (await program.request("MKCALENDAR", f"{program.home}abc/", content=body)).status_code == 201
    assert (await program.request("MKCALENDAR", f"{program.home}abc/", content=body)).status_code == 403
    await program.put("abc/one.ics", TODO)
    assert [task["project"] for task in await person.all()] == ["Trip"]
    patch = f"<D:propertyupdate {NAMESPACES}><D:set><D:prop><D:displayname>Tour</D:displayname></D:prop></D:set>"
    await program.ask("PROPPATCH", f"{program.home}abc/", f"{patch}</D:propertyupdate>")
    assert [task["project"] for task in await person.all()] == ["Tour"]
    found = await program.ask("PROPFIND", f"{program.home}abc/", _prop("<D:displayname/><A:calendar-color/>"))
    assert found.findtext(".//{http://apple.com/ns/ical/}calendar-color") == "#ff0000"
    assert (await program.delete(f"{program.home}abc/")).status_code == 204
    assert await person.all() == []
    await person.post("/api/undo", json={})
    assert [task["project"] for task in await person.all()] == ["Tour"]


@pytest.mark.parametrize(
    ("body", "precondition"),
    [
        (TODO.replace("VTODO", "VEVENT"), "supported-calendar-component"),
        (TODO.replace("UID:one\r\n", ""), "valid-calendar-object-resource"),
        ("hello", "valid-calendar-data"),
        (TODO[:-30], "valid-calendar-data"),
        (TODO.replace("PRIORITY:1", "RRULE:FREQ=SECONDLY;COUNT=99999999"), "valid-calendar-data"),
        (TODO.replace("PRIORITY:1", f"RRULE:FREQ=YEARLY;BYDAY={',MO' * 300}"), "valid-calendar-data"),
        (TODO.replace("PRIORITY:1", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "valid-calendar-object-resource"),
        (TODO.replace("20991204T090000", "18991204T090000"), "min-date-time"),
        (TODO.replace("20991204T090000", "yesterday"), "valid-calendar-data"),
    ],
)
async def test_what_no_task_can_be_is_refused(program: Program, person: Person, body: str, precondition: str) -> None:
    answer = await program.put("inbox/one.ics", body)
    assert (answer.status_code, f"<C:{precondition}/>" in answer.text) == (403, True), answer.text
    assert await person.all() == []


async def test_a_uid_is_used_once_in_a_list(program: Program, person: Person) -> None:
    await program.put("inbox/one.ics", TODO)
    answer = await program.put("inbox/two.ics", TODO)
    assert (answer.status_code, "<C:no-uid-conflict/>" in answer.text) == (403, True)
    assert len(await person.all()) == 1


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa">]><D:propfind xmlns:D="DAV:"><D:prop>&a;</D:prop></D:propfind>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><D:propfind xmlns:D="DAV:">&a;</D:propfind>',
        "<D:propfind",
        "<a>" * 5000 + "</a>" * 5000,
    ],
)
async def test_xml_that_is_not_read_is_refused(program: Program, body: str) -> None:
    assert (await program.request("PROPFIND", "/dav/", content=body)).status_code == 400


async def test_zones_of_its_own_are_told_on_known_clocks(program: Program, person: Person) -> None:
    await person.patch("/api/me", json={"timezone": "America/New_York"})
    own = "BEGIN:VTIMEZONE\r\nTZID:Bureau\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0300\r\n"
    own += "TZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VTODO"
    for zone, due in (("Bureau", "2099-12-04T01:00"), ("W. Europe Standard Time", "2099-12-04T09:00")):
        body = TODO.replace("BEGIN:VTODO", own).replace("Europe/Berlin", zone).replace("UID:one", f"UID:{zone}")
        assert (await program.put(f"inbox/{zone}.ics", body)).status_code == 201
        assert [task["due"] for task in await person.all() if task["due"] == due] == [due]


async def test_a_zone_that_changes_by_the_second_is_refused(program: Program) -> None:
    bomb = "BEGIN:VTIMEZONE\r\nTZID:Bureau\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nRRULE:FREQ=SECONDLY\r\n"
    bomb += "TZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VTODO"
    body = TODO.replace("BEGIN:VTODO", bomb).replace("Europe/Berlin", "Bureau")
    assert (await program.put("inbox/one.ics", body)).status_code == 403


async def test_a_text_over_the_limit_is_refused(program: Program) -> None:
    answer = await program.put("inbox/one.ics", TODO.replace("PRIORITY", f"X-LONG:{'a' * 300_000}\r\nPRIORITY"))
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ('<C:prop-filter name="SUMMARY"><C:text-match>CALL</C:text-match></C:prop-filter>', True),
        ('<C:prop-filter name="SUMMARY"><C:text-match negate-condition="yes">x</C:text-match></C:prop-filter>', True),
        ('<C:prop-filter name="COMPLETED"><C:is-not-defined/></C:prop-filter>', True),
        ('<C:prop-filter name="PRIORITY"><C:is-not-defined/></C:prop-filter>', False),
        ('<C:time-range start="20991204T000000Z" end="20991205T000000Z"/>', True),
        ('<C:time-range start="20991205T000000Z" end="20991206T000000Z"/>', False),
        ('<C:comp-filter name="VALARM"/>', True),
    ],
)
async def test_a_query_finds_what_it_asks_for(program: Program, condition: str, found: bool) -> None:
    await program.put("inbox/one.ics", TODO)
    asked = ALL.replace('<C:comp-filter name="VTODO"/>', f'<C:comp-filter name="VTODO">{condition}</C:comp-filter>')
    body = f"<C:calendar-query {NAMESPACES}><D:prop><D:getetag/></D:prop>{asked}</C:calendar-query>"
    assert bool(list(await program.ask("REPORT", f"{program.home}inbox/", body))) is found


async def test_only_its_user_comes_in(app: FastAPI, person: Person, stranger: Person, program: Program) -> None:
    task = await person.add("secret")
    token = (await make_token(stranger))["token"]
    async with Program(app, stranger, token, url="https://page.example") as other:
        for path in (f"{program.home}inbox/{task['id']}.ics", f"{other.home}inbox/{task['id']}.ics", program.home):
            assert (await other.request("PROPFIND", path)).status_code == 404
    wrong = [("nobody@example.com", token), (None, "todo_wrong"), (None, "")]
    for name, secret in wrong:
        async with Program(app, stranger, secret, name=name, url="https://page.example") as nobody:
            answer = await nobody.request("PROPFIND", "/dav/")
            assert (answer.status_code, answer.headers["www-authenticate"][:5]) == (401, "Basic")


async def test_a_token_that_only_reads_changes_nothing(app: FastAPI, person: Person) -> None:
    token = (await make_token(person, scope="read"))["token"]
    async with Program(app, person, token, url="https://page.example") as reader:
        assert (await reader.request("PROPFIND", reader.home)).status_code == 207
        assert (await reader.put("inbox/one.ics", TODO)).status_code == 403
        assert (await reader.request("MKCALENDAR", f"{reader.home}new/")).status_code == 403


async def test_plain_http_from_elsewhere_is_refused(app: FastAPI, person: Person) -> None:
    token = (await make_token(person))["token"]
    async with Program(app, person, token) as plain:
        away = await plain.request("PROPFIND", plain.home, headers={"X-Forwarded-For": "203.0.113.7"})
        assert (away.status_code, "https" in away.json()["detail"]) == (403, True)
        assert (await plain.request("PROPFIND", plain.home)).status_code == 207


async def test_methods_that_are_not_there_say_which_are(program: Program) -> None:
    answer = await program.request("LOCK", f"{program.home}inbox/")
    assert answer.status_code == 405
    assert "PROPFIND" in answer.headers["allow"]
    options = await program.request("OPTIONS", "/dav/")
    assert "calendar-access" in options.headers["dav"]
