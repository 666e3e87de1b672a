"""Whatever was done, undone step by step it was never done; redone, it is as it was."""

import json
from contextlib import suppress
from typing import Any

from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.errors import ConflictError, ProblemError
from backend.history.restore import Destination, restore
from backend.journal import service as journal
from backend.journal.values import Actor
from backend.models import new_id, utc_now
from backend.profile.models import Profile
from backend.session import Database
from backend.tasks import service
from backend.tasks.query import list_documents
from backend.tasks.schemas import TaskCreate, TaskPatch, TaskQuery
from tests.journal.test_undo import state
from tests.support.people import new_person

FIELDS: dict[str, Any] = {
    "title": st.sampled_from(["a", "b", "ß"]),
    "notes": st.sampled_from([None, "n"]),
    "due": st.sampled_from([None, "2026-03-05", "2026-03-29T02:30", "2031-01-31"]),
    "timezone": st.sampled_from(["Europe/Berlin", "Asia/Tokyo"]),
    "recurrence": st.sampled_from([None, "FREQ=DAILY", "FREQ=WEEKLY;COUNT=2", "FREQ=MONTHLY;UNTIL=20320101"]),
    "priority": st.sampled_from([None, "high"]),
    "tags": st.sampled_from([[], ["x", "y"]]),
    "project": st.sampled_from([None, "P"]),
    "order": st.sampled_from([0.5, 7.0]),
}
EVERYTHING = TaskQuery(status="all", sort="created", limit=200)
kinds = st.sampled_from(["create", "update", "complete", "reopen", "delete", "shift", "undo"])
steps = st.lists(st.tuples(kinds, st.fixed_dictionaries({}, optional=FIELDS), st.integers(0, 5)), max_size=12)


async def listed(database: Database, user_id: str) -> list[dict[str, Any]]:
    async with database.reading() as reader:
        page = json.loads(await list_documents(reader, user_id, EVERYTHING, utc_now()))
    return [state(task) for task in page["items"]]


async def act(database: Database, user_id: str, kind: str, fields: dict[str, Any], place: int) -> str:
    """Do one step in a turn of its own; the turn. Raises ProblemError where the step cannot be done."""
    actor = Actor(user_id=user_id, surface="api", turn_id=new_id())
    async with database.write() as session:
        if kind == "undo":
            await journal.undo(session, actor)
        elif kind == "create":
            await service.create(session, actor, TaskCreate(**{"title": "t", **fields}))
        else:
            page = await service.list_tasks(session, user_id, EVERYTHING, utc_now())
            ids = [task.id for task in page.items] or [new_id()]
            await _change(session, actor, kind, ids[place % len(ids)], fields)
    return actor.turn_id


async def _change(session: Any, actor: Actor, kind: str, task_id: str, fields: dict[str, Any]) -> None:
    if kind == "update":
        await service.update(session, actor, task_id, TaskPatch(**fields))
    elif kind == "shift":
        await service.shift(session, actor, task_id, "P1D")
    else:
        await {"complete": service.complete, "reopen": service.reopen, "delete": service.delete}[kind](
            session, actor, task_id
        )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
async def test_undone_step_by_step_the_list_is_as_it_began(app: FastAPI, steps: list[Any]) -> None:
    database: Database = app.state.database
    person = await new_person(app)
    await act(database, person.id, "create", {"title": "first"}, 0)
    await act(database, person.id, "create", {"due": "2026-03-05", "recurrence": "FREQ=DAILY"}, 0)
    started, seen = await listed(database, person.id), []
    for kind, fields, place in steps:
        before = await listed(database, person.id)
        try:
            turn = await act(database, person.id, kind, fields, place)
        except ProblemError:
            assert await listed(database, person.id) == before
            continue
        async with database.read() as session:
            if await journal.changes_of(session, person.id, turn):
                seen.append((turn, before, await listed(database, person.id)))
    redo = []
    for turn, before, after in reversed(seen):
        assert await listed(database, person.id) == after
        async with database.write() as session:
            result = await journal.undo(session, Actor(user_id=person.id, surface="api", turn_id=new_id()), turn)
        redo.append((result.undo_token, after))
        assert await listed(database, person.id) == before
    assert await listed(database, person.id) == started
    for token, after in reversed(redo):
        async with database.write() as session:
            await journal.undo(session, Actor(user_id=person.id, surface="api", turn_id=new_id()), token)
        assert await listed(database, person.id) == after


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps, back=st.integers(1, 8))
async def test_as_many_redos_as_undos_give_the_same_list(app: FastAPI, steps: list[Any], back: int) -> None:
    database: Database = app.state.database
    person = await new_person(app)
    await _run(database, person.id, steps)
    lists = [await listed(database, person.id)]
    for _ in range(back):
        try:
            await act(database, person.id, "undo", {}, 0)
        except ProblemError:
            break
        lists.append(await listed(database, person.id))
    while len(lists) > 1:
        assert await listed(database, person.id) == lists.pop()
        async with database.write() as session:
            await journal.redo(session, Actor(user_id=person.id, surface="api", turn_id=new_id()))
    assert await listed(database, person.id) == lists[0]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps, place=st.integers(0, 20))
async def test_put_back_the_list_is_what_it_was(app: FastAPI, steps: list[Any], place: int) -> None:
    """At any revision; and undone, what it was before."""
    database: Database = app.state.database
    person = await new_person(app)
    await act(database, person.id, "create", {"due": "2026-03-05", "recurrence": "FREQ=DAILY"}, 0)
    seen = await _run(database, person.id, steps)
    revision, then = seen[place % len(seen)] if seen else (1, await listed(database, person.id))
    now = await listed(database, person.id)
    actor = Actor(user_id=person.id, surface="api", turn_id=new_id())
    try:
        async with database.write() as session:
            await restore(session, actor, Destination(revision=revision))
    except ConflictError:
        assert now == then
        return
    assert await listed(database, person.id) == then
    async with database.write() as session:
        await journal.undo(session, Actor(user_id=person.id, surface="api", turn_id=new_id()))
    assert await listed(database, person.id) == now


async def _run(database: Database, user_id: str, steps: list[Any]) -> list[tuple[int, list[dict[str, Any]]]]:
    """Do what can be done of the steps; after each, the newest revision and the list."""
    seen = []
    for kind, fields, place in steps:
        with suppress(ProblemError):
            await act(database, user_id, kind, fields, place)
            async with database.read() as session:
                profile = await session.get(Profile, user_id)
            seen.append((profile.revision if profile else 0, await listed(database, user_id)))
    return seen
