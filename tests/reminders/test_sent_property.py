"""Whatever is edited, in any zone and over changes of the clocks: what is sent is what a simple model says.

The model knows no schedule. It reads the tasks after each edit and holds, of each, the instants still to come.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.reminders.models import PAGE, ReminderDue
from backend.reminders.values import read_duration
from tests.reminders.conftest import Stage
from tests.support.people import Person, new_person

BEGIN = datetime(2026, 3, 27, 9, tzinfo=UTC)  # two days before Europe's clocks go forward
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
WALLS = st.builds(
    lambda hours, minutes: (datetime(2026, 3, 27, 6) + timedelta(hours=hours, minutes=minutes)).isoformat(
        "T", "minutes"
    ),
    st.integers(0, 96),
    st.sampled_from((0, 30)),
)
DUES = st.one_of(WALLS, WALLS, WALLS.map(lambda wall: wall[:10]), st.none())
REMINDERS = st.one_of(
    st.none(),
    st.lists(
        st.sampled_from(("PT0S", "PT30M", "PT5H", "P1D", "P1DT2H")).map(lambda before: {"before": before}),
        max_size=3,
        unique_by=lambda one: str(one["before"]),
    ),
)
FIELDS = st.fixed_dictionaries(
    {}, optional={"due": DUES, "timezone": st.sampled_from(ZONES), "reminders": REMINDERS, "title": st.just("other")}
)
ACTS = st.sampled_from(("create", "create", "change", "change", "complete", "reopen", "delete", "undo", "wait", "wait"))
STEPS = st.lists(st.tuples(ACTS, FIELDS, st.integers(0, 9), st.integers(1, 20)), min_size=2, max_size=10)
Sent = set[tuple[str, datetime]]


def _instants(task: dict[str, Any]) -> set[datetime]:
    """Each that the task would ever remind at, as it now is."""
    due = task["due"]
    if task["status"] == "done" or not due or "T" not in due:
        return set()
    found = set()
    for one in task["reminders"] if task["reminders"] is not None else [{"before": "PT0S"}]:
        days, minutes = read_duration(one["before"])
        wall = datetime.fromisoformat(due) - timedelta(days=days)
        found.add(wall.replace(tzinfo=ZoneInfo(task["timezone"])).astimezone(UTC) - timedelta(minutes=minutes))
    return found


class Model:
    """What waits and what was sent, by (task, instant)."""

    def __init__(self) -> None:
        self.waits: Sent = set()
        self.sent: Sent = set()

    def edited(self, tasks: Sequence[dict[str, Any]], now: datetime) -> None:
        """What a task now means and is to come waits; what came meanwhile waits on only if it is still meant."""
        meant = {(str(task["id"]), instant) for task in tasks for instant in _instants(task)}
        self.waits = {one for one in meant if one[1] > now or one in self.waits}

    def worked(self, now: datetime) -> None:
        came = {one for one in self.waits if one[1] <= now}
        self.waits -= came
        self.sent |= came


async def _edit(person: Person, act: str, fields: dict[str, Any], place: int) -> None:
    """One request; one that the list cannot do (409, 404, 422) changes nothing."""
    tasks = await person.all(sort="created")
    if act == "create":
        answer = await person.post("/api/tasks", json={"title": "task", **fields})
    elif act == "undo" or not tasks:
        answer = await person.post("/api/undo")
    else:
        path = f"/api/tasks/{tasks[place % len(tasks)]['id']}"
        if act == "change":
            answer = await person.patch(path, json=fields)
        elif act == "delete":
            answer = await person.delete(path)
        else:
            answer = await person.post(f"{path}/{act}")
    assert answer.is_success or answer.status_code in {409, 422}, answer.text


async def _sent(stage: Stage, person: Person) -> list[tuple[str, datetime]]:
    mine = (ReminderDue.user_id == person.id, ReminderDue.kind == "reminder", ReminderDue.channel == PAGE)
    rows = await stage.rows(*mine, ReminderDue.state == "sent")
    return [(str(row.task_id), row.due_at) for row in rows]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
async def test_what_is_sent_is_what_the_model_says(stage: Stage, steps: list[Any]) -> None:
    person, model = await new_person(stage.app), Model()
    stage.clock.now = BEGIN
    assert (await person.put("/api/reminders/settings", json={"digest_on": False})).is_success
    for act, fields, place, hours in [*steps, ("wait", {}, 0, 20)]:
        if act == "wait":
            stage.clock.move(hours=hours)
            await stage.work()
            model.worked(stage.clock.now)
        else:
            stage.clock.move(minutes=place)
            await _edit(person, act, fields, place)
            model.edited(await person.all(), stage.clock.now)
        sent = await _sent(stage, person)
        assert sorted(sent) == sorted(model.sent)
