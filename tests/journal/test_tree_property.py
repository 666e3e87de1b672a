"""Whatever is done, undone and redone, the tree is sound: and undone step by step it was never touched."""

import json
from typing import Any

from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from backend.errors import ProblemError
from backend.history.restore import Destination, restore
from backend.journal import service as journal
from backend.journal.values import Actor
from backend.models import new_id
from backend.session import Database
from backend.tasks import service
from backend.tasks.documents import to_document
from backend.tasks.models import Task
from backend.tasks.schemas import TaskCreate, TaskPatch
from backend.tasks.subtasks.tree import LEVELS
from tests.support.people import new_person

kinds = st.sampled_from(
    [
        "create",
        "move",
        "move",
        "out",
        "complete",
        "complete all",
        "reopen",
        "delete",
        "project",
        "undo",
        "redo",
        "restore",
    ]
)
steps = st.lists(st.tuples(kinds, st.integers(0, 9), st.integers(0, 9)), max_size=15)


async def tree(database: Database, user_id: str) -> dict[str, dict[str, Any]]:
    """All tasks as they are kept, each checked against its columns; the tree is sound."""
    async with database.read() as session:
        tasks = {task.id: task for task in await session.scalars(select(Task).where(Task.user_id == user_id))}
    for task in tasks.values():
        assert json.loads(task.document) == to_document(task)
        line = [task.id]
        while parent_id := tasks[line[-1]].parent_id:
            assert parent_id in tasks, "an orphan"
            assert parent_id not in line, "a circle"
            line.append(parent_id)
        assert len(line) <= LEVELS
        under = [one for one in tasks.values() if one.parent_id == task.id]
        done = sum(one.done for one in under)
        assert (task.subtasks_open, task.subtasks_done) == (len(under) - done, done)
    moving = {"version", "updated_at"}
    return {key: {n: v for n, v in json.loads(task.document).items() if n not in moving} for key, task in tasks.items()}


async def act(database: Database, user_id: str, step: tuple[str, int, int], ids: list[str]) -> str:
    """One step in a turn of its own; the turn. Raises ProblemError where it cannot be done."""
    kind, one, other = step
    actor = Actor(user_id=user_id, surface="api", turn_id=new_id())
    task_id, under = (ids[place % len(ids)] if ids else new_id() for place in (one, other))
    async with database.write() as session:
        if kind == "create":
            task = TaskCreate(title="t", parent_id=under if other % 3 else None, project="P" if one % 2 else None)
            if one % 4 == 0:
                task = task.model_copy(update={"due": "2031-03-05", "recurrence": "FREQ=DAILY"})
            ids.append((await service.create(session, actor, task)).id)
        elif kind in {"move", "out"}:
            await service.update(session, actor, task_id, TaskPatch(parent_id=under if kind == "move" else None))
        elif kind == "project":
            await service.update(session, actor, task_id, TaskPatch(project=f"P{other}"))
        elif kind in {"complete", "complete all"}:
            await service.complete(session, actor, task_id, subtasks="complete" if kind == "complete all" else "keep")
        elif kind == "undo":
            await journal.undo(session, actor)
        elif kind == "redo":
            await journal.redo(session, actor)
        elif kind == "restore":
            await restore(session, actor, Destination(revision=one + 1))
        else:
            await {"reopen": service.reopen, "delete": service.delete}[kind](session, actor, task_id)
    return actor.turn_id


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
async def test_the_tree_is_sound_and_comes_back(app: FastAPI, steps: list[tuple[str, int, int]]) -> None:
    database: Database = app.state.database
    person = await new_person(app)
    ids: list[str] = []
    for step in [("create", 1, 0), ("create", 2, 1), ("create", 3, 1), ("create", 5, 0)]:
        await act(database, person.id, step, ids)
    seen = []
    for step in steps:
        before = await tree(database, person.id)
        try:
            turn = await act(database, person.id, step, ids)
        except ProblemError:
            assert await tree(database, person.id) == before
            continue
        async with database.read() as session:
            if await journal.changes_of(session, person.id, turn):
                seen.append((turn, before))
        await tree(database, person.id)
    for turn, before in reversed(seen):
        async with database.write() as session:
            await journal.undo(session, Actor(user_id=person.id, surface="api", turn_id=new_id()), turn)
        assert await tree(database, person.id) == before
