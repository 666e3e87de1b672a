"""Whatever task may be made may be completed, moved, reopened, undone and listed, or is refused with a reason."""

from datetime import date, timedelta
from zoneinfo import available_timezones

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from backend.errors import InvalidError
from backend.journal.values import Actor
from backend.models import new_id
from backend.session import Database
from backend.tasks import service
from tests.assistant.chatting import Chat
from tests.mcp.calling import calling
from tests.support.people import Person, new_person
from tests.support.tokens import make_token

FIRST, LAST = date(1970, 1, 1), date(2999, 12, 31)
ENDINGS = [
    ("2999-12-31", "FREQ=DAILY"),
    ("2990-01-01", "FREQ=YEARLY;INTERVAL=500"),
    ("1970-01-01", "FREQ=DAILY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=29"),
    ("2999-12-31T23:59", "FREQ=MINUTELY"),
    ("2999-12-31T23:00", "FREQ=HOURLY;INTERVAL=1000"),
    ("2999-12-25", "FREQ=WEEKLY;INTERVAL=1000;BYDAY=WE"),
    ("2999-12-31", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("2996-02-29", "FREQ=YEARLY;COUNT=9000"),
    ("2000-01-01", "FREQ=YEARLY;INTERVAL=1000"),
    ("2999-01-01", "FREQ=YEARLY;BYYEARDAY=366"),
]

days = st.one_of(
    st.dates(FIRST, LAST), st.sampled_from([FIRST, LAST, FIRST + timedelta(days=1), LAST - timedelta(days=1)])
)
clocks = st.one_of(st.none(), st.times().map(lambda time: f"T{time:%H:%M}"), st.sampled_from(["T00:00", "T23:59"]))
dues = st.builds(lambda day, clock: day.isoformat() + (clock or ""), days, clocks)


def _numbers(low: int, high: int) -> st.SearchStrategy[str]:
    each = st.integers(low, high).filter(bool)
    return st.lists(each, min_size=1, max_size=3).map(lambda items: ",".join(map(str, items)))


weekdays = st.lists(
    st.builds(
        lambda place, day: f"{place or ''}{day}",
        st.one_of(st.just(0), st.integers(-53, 53)),
        st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]),
    ),
    min_size=1,
    max_size=3,
).map(",".join)
untils = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(lambda day: f"{day.year:04}{day:%m%d}")
parts = st.fixed_dictionaries(
    {"FREQ": st.sampled_from(["MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"])},
    optional={
        "INTERVAL": st.one_of(st.integers(1, 1000), st.just(1000)).map(str),
        "COUNT": st.one_of(st.integers(1, 10_000), st.just(2)).map(str),
        "UNTIL": st.one_of(untils, untils.map(lambda day: f"{day}T235959Z"), untils.map(lambda day: f"{day}T000000")),
        "BYMONTH": _numbers(1, 12),
        "BYMONTHDAY": _numbers(-31, 31),
        "BYYEARDAY": _numbers(-366, 366),
        "BYDAY": weekdays,
        "BYSETPOS": _numbers(-366, 366),
        "BYHOUR": _numbers(0, 23),
        "BYMINUTE": _numbers(0, 59),
        "WKST": st.sampled_from(["MO", "SU"]),
    },
)
rules = parts.map(lambda chosen: ";".join(f"{name}={value}" for name, value in chosen.items()))
durations = st.one_of(
    st.builds(lambda sign, days: f"{sign}P{days}D", st.sampled_from(["", "-"]), st.integers(0, 999_999)),
    st.sampled_from(["P9999Y", "-P9999Y9999M99999W999999DT999999H9999999M99999999S", "PT99999999S", "-PT1M", "P1M"]),
)
zones = st.one_of(
    st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})),
    st.sampled_from(["Pacific/Kiritimati", "Etc/GMT+12", "America/Scoresbysund", "UTC"]),
)


def _answered(answer: httpx.Response, *expected: int) -> httpx.Response:
    assert answer.status_code in expected, answer.text
    if answer.status_code == 422:
        assert answer.json()["detail"], answer.text
    return answer


async def _through_everything(database: Database, person: Person, task: dict[str, object], duration: str) -> None:
    path = f"/api/tasks/{task['id']}"
    for act in ("complete", "complete", "reopen", "complete"):
        done = _answered(await person.post(f"{path}/{act}"), 200)
        assert done.json()["status"] == "done" or act == "reopen" or done.json()["due"]
    for move in (duration, "P1D", "-P1D"):
        await _moved(database, person, task, move)
    for _ in range(3):
        _answered(await person.post("/api/undo", json={}), 200)
    _answered(await person.get(path), 200)
    listed = _answered(await person.get("/api/tasks", params={"status": "all", "overdue": "false"}), 200)
    assert listed.json()["items"]
    _answered(await person.delete(path), 204)
    _answered(await person.post("/api/undo", json={}), 200)
    _answered(await person.delete(path), 204)


async def _moved(database: Database, person: Person, task: dict[str, object], duration: str) -> None:
    """By a duration, as the chat and MCP do: moved, or refused with a reason."""
    try:
        async with database.write() as session:
            actor = Actor(user_id=person.id, surface="mcp", turn_id=new_id())
            await service.shift(session, actor, str(task["id"]), duration)
    except InvalidError as error:
        assert error.detail


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(due=st.one_of(st.none(), dues), rule=st.one_of(st.none(), rules), zone=zones, duration=durations)
@example(due="2999-12-31", rule="FREQ=DAILY", zone="Etc/GMT+12", duration="P1D")
@example(due="1970-01-01", rule="FREQ=DAILY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=29", zone="UTC", duration="-P1D")
@example(due="1970-01-01T00:00", rule=None, zone="Pacific/Kiritimati", duration="-PT1M")
async def test_any(app: FastAPI, due: str | None, rule: str | None, zone: str, duration: str) -> None:
    async with await new_person(app) as person:
        body = {"title": "t", "due": due, "recurrence": rule, "timezone": zone}
        made = _answered(await person.post("/api/tasks", json=body), 201, 422)
        if made.status_code == 201:
            await _through_everything(app.state.database, person, made.json(), duration)


@pytest.mark.parametrize(("due", "rule"), ENDINGS)
async def test_a_series_without_a_next_time_ends_and_says_so(app: FastAPI, person: Person, due: str, rule: str) -> None:
    chat = Chat(person)
    await person.add("rare", due=due, recurrence=rule)
    said = await chat.say("complete rare")
    assert said["response"] == 'Completed "rare". That was the last time: the series has ended.'
    (task,) = await person.all()
    assert task["status"] == "done" and task["recurrence"] == rule
    assert (await person.post("/api/undo", json={})).status_code == 200
    async with calling(app, (await make_token(person))["token"]) as client:
        told = await client.do("complete_task", task_id=task["number"])
    assert told["series"] == "ended" and told["status"] == "completed"
    assert (await person.post("/api/undo", json={})).status_code == 200
    plain = (await person.post(f"/api/tasks/{task['id']}/complete")).json()
    assert plain["series"] == "ended" and plain["status"] == "done"
    assert "series" not in (await person.post(f"/api/tasks/{task['id']}/complete")).json()  # it did nothing more


async def test_of_several_the_ended_ones_are_named(person: Person) -> None:
    chat = Chat(person)
    await person.add("rare", due="2999-12-31", recurrence="FREQ=DAILY")
    await person.add("plain")
    said = await chat.say("complete all my tasks")
    assert 'the last time for "rare": the series has ended' in said["response"]
