"""What comes, when, once; what holds it back; what becomes of what could not be sent."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from backend.budgets.claimants import claim
from backend.reminders.channels.notice import RefusedError, UnavailableError
from backend.reminders.models import ReminderDue
from backend.reminders.worker import Worker
from tests.reminders.conftest import Stage
from tests.support.people import Person

SETTINGS = "/api/reminders/settings"


async def _call(person: Person, hour: str = "10:00", **fields: object) -> dict[str, object]:
    return await person.add("Call mom", due=f"2026-03-10T{hour}", timezone="UTC", **fields)


async def _set(person: Person, **values: object) -> None:
    answer = await person.put(SETTINGS, json=values)
    assert answer.status_code == 200, answer.text


async def test_a_timed_task_reminds_at_its_time_once(stage: Stage, person: Person) -> None:
    await _call(person)
    stage.clock.move(hours=2, seconds=-1)
    await stage.work()
    assert stage.post.sent == []
    stage.clock.move(seconds=1)
    for _ in range(3):
        await stage.work()
    assert await stage.told(person) == ["Call mom"]
    (notice,) = stage.post.sent
    assert (notice.title, notice.body, notice.late, notice.kind) == ("Call mom", "Due today at 10:00", None, "reminder")


@pytest.mark.parametrize("end", ["complete", "delete", "move", "clear", "none"])
async def test_what_ends_a_task_ends_its_reminder_and_undo_brings_it_back(
    stage: Stage, person: Person, end: str
) -> None:
    path = f"/api/tasks/{(await _call(person))['id']}"
    if end == "complete":
        assert (await person.post(f"{path}/complete")).is_success
    elif end == "delete":
        assert (await person.delete(path)).is_success
    else:
        changes = {"move": {"due": "2026-03-11T10:00"}, "clear": {"due": None}, "none": {"reminders": []}}[end]
        assert (await person.patch(path, json=changes)).is_success
    coming = (await person.get("/api/reminders/upcoming")).json()["items"]
    assert [one["local"] for one in coming] == (["2026-03-11T10:00"] if end == "move" else [])
    assert (await person.post("/api/undo")).is_success
    coming = (await person.get("/api/reminders/upcoming")).json()["items"]
    assert [one["local"] for one in coming] == ["2026-03-10T10:00"]
    stage.clock.move(hours=2)
    await stage.work()
    assert await stage.told(person) == ["Call mom"]


async def test_a_recurring_task_reminds_of_each_occurrence(stage: Stage, person: Person) -> None:
    await _set(person, digest_on=False)
    task = await _call(person, recurrence="FREQ=DAILY")
    for day in range(3):
        stage.clock.move(hours=2 if day == 0 else 24)
        await stage.work()
        assert len(stage.post.sent) == day + 1
        await person.post(f"/api/tasks/{task['id']}/complete")


async def test_after_a_downtime_less_than_a_day_comes_at_once_and_says_when_it_was_due(
    stage: Stage, person: Person
) -> None:
    await _set(person, digest_on=False)
    await _call(person)
    stage.clock.move(hours=20)
    await stage.work()
    (notice,) = stage.post.sent
    assert (notice.late, notice.body) == (timedelta(hours=18), "Was due yesterday at 10:00")


async def test_what_is_more_than_a_day_late_is_one_summary(stage: Stage, person: Person) -> None:
    for hour in range(10, 15):
        await person.add(f"Task {hour}", due=f"2026-03-10T{hour}:00", timezone="UTC")
    await person.add("Fresh", due="2026-03-12T09:30", timezone="UTC")
    await _set(person, digest_on=False)
    stage.clock.move(days=2, hours=2)
    await stage.work()
    assert sorted(notice.title for notice in stage.post.sent) == ["5 reminders could not reach you in time", "Fresh"]
    summary = next(notice for notice in stage.post.sent if notice.kind == "summary")
    assert summary.body.splitlines()[0] == "- Task 10 (Tue 10 Mar at 10:00)"


async def test_quiet_hours_hold_back_all_but_the_urgent(stage: Stage, person: Person) -> None:
    await _set(person, quiet_from="22:00", quiet_to="07:00", digest_on=False)
    await _call(person, "23:00")
    await person.add("Wake", reminders=[{"at": "2026-03-10T23:30", "zone": "UTC", "urgent": True}])
    stage.clock.move(hours=16)
    await stage.work()
    assert await stage.told(person) == ["Wake"]
    stage.clock.move(hours=7)
    await stage.work()
    assert await stage.told(person) == ["Call mom", "Wake"]


async def test_a_pause_holds_all_back_until_its_end(stage: Stage, person: Person) -> None:
    await _set(person, paused_until="2026-03-10T18:00", digest_on=False)
    await _call(person, reminders=[{"before": "PT0S", "urgent": True}])
    stage.clock.move(hours=9, minutes=59)
    await stage.work()
    assert stage.post.sent == []
    stage.clock.move(minutes=1)
    await stage.work()
    assert len(stage.post.sent) == 1


async def test_a_nag_repeats_at_its_pace_to_its_end_and_ends_when_it_is_done(stage: Stage, person: Person) -> None:
    again = {"every": "PT10M", "times": 3}
    task = await _call(person, reminders=[{"before": "PT0S", "again": again}])
    await person.add("Pill", due="2026-03-10T10:00", timezone="UTC", reminders=[{"before": "PT0S", "again": again}])
    stage.clock.move(hours=2)
    for minute in range(60):
        await stage.work()
        if minute == 15:
            await person.post(f"/api/tasks/{task['id']}/complete")
        stage.clock.move(minutes=1)
    titles = [notice.title for notice in stage.post.sent]
    assert (titles.count("Call mom"), titles.count("Pill")) == (2, 4)
    assert len({notice.id for notice in stage.post.sent}) == 6


async def test_a_snooze_comes_once_and_takes_the_repetitions_over(stage: Stage, person: Person) -> None:
    again = {"every": "PT10M", "times": 5}
    task = await _call(person, reminders=[{"before": "PT0S", "again": again}])
    stage.clock.move(hours=2)
    await stage.work()
    snoozed = await person.post(f"/api/tasks/{task['id']}/snooze", json={"minutes": 60})
    assert snoozed.status_code == 200
    stage.clock.move(minutes=59)
    await stage.work()
    assert len(stage.post.sent) == 1
    stage.clock.move(minutes=1)
    await stage.work()
    stage.clock.move(minutes=10)
    await stage.work()
    assert len(stage.post.sent) == 3
    for _ in range(25):
        answer = await person.post(f"/api/tasks/{task['id']}/snooze", json={"minutes": 5})
        assert answer.status_code == 200
    assert len(answer.json()["reminders"]) == 2


async def test_the_digest_tells_of_today_and_what_is_overdue_and_nothing_of_nothing(
    stage: Stage, person: Person, stranger: Person
) -> None:
    await person.add("Today", due="2026-03-11", timezone="UTC")
    await person.add("Late", due="2026-03-09", timezone="UTC")
    await person.add("Later", due="2026-03-20", timezone="UTC")
    await stranger.add("Later", due="2026-03-20", timezone="UTC")
    stage.clock.move(days=1)
    await stage.work()
    (notice,) = stage.post.sent
    assert notice.title == "Your day: 1 due today, 1 overdue"
    assert notice.body == "Today\n- Today (today)\n\nOverdue\n- Late (Mon 9 Mar)"
    assert await stage.told(stranger) == []
    stage.clock.move(days=1)
    await stage.work()
    assert len(stage.post.sent) == 2


async def test_what_a_channel_does_not_take_is_tried_again_ever_more_seldom(stage: Stage, person: Person) -> None:
    await _call(person)
    stage.clock.move(hours=2)
    stage.post.raises = UnavailableError("greylisted", after=timedelta(minutes=5))
    await stage.work()
    (row,) = await stage.rows(ReminderDue.channel == "mail-1")
    assert (row.state, row.error, row.next_at) == ("waiting", "greylisted", stage.clock.now + timedelta(minutes=5))
    stage.post.raises = UnavailableError("stalled")
    pauses = []
    for _ in range(12):
        (row,) = await stage.rows(ReminderDue.channel == "mail-1")
        pauses.append(row.next_at - stage.clock.now)
        stage.clock.now = row.next_at
        await stage.work()
    assert pauses[1:] == sorted(pauses[1:]) and pauses[-1] == timedelta(hours=1)
    stage.post.raises = None
    stage.clock.move(hours=1)
    await stage.work()
    assert len([one for one in stage.post.sent if one.kind == "reminder"]) == 1
    assert stage.post.noted[-1] == "sent"


async def test_a_channel_that_refuses_is_shut_off_and_the_page_says_so(stage: Stage, person: Person) -> None:
    for hour in range(10, 13):
        await _call(person, f"{hour}:00")
    stage.clock.move(hours=2)
    stage.post.raises = RefusedError("The address is gone.")
    await stage.work()
    await stage.work()
    stage.clock.move(hours=1)
    await stage.work()
    assert stage.post.noted == ["off: The address is gone."]
    assert "Reminders no longer go to “Mail”" in await stage.told(person)
    assert [row.state for row in await stage.rows(ReminderDue.channel == "mail-1")] == ["failed"]


async def test_a_crash_between_sending_and_recording_sends_again_under_the_same_id(
    stage: Stage, person: Person
) -> None:
    await _call(person)
    stage.clock.move(hours=2)
    await stage.work()
    async with stage.app.state.database.write() as session:  # as the crash left it: claimed, and not recorded
        lost = {"state": "claimed", "claimed_by": "another", "next_at": stage.clock.now + timedelta(minutes=2)}
        await session.execute(update(ReminderDue).where(ReminderDue.channel == "mail-1").values(**lost))
    await stage.work()
    assert len(stage.post.sent) == 1
    stage.clock.move(minutes=2)
    await stage.work()
    assert len({notice.id for notice in stage.post.sent}) == 1 and len(stage.post.sent) == 2


async def test_two_workers_tell_each_moment_once(stage: Stage, person: Person) -> None:
    for number in range(60):
        await person.add(f"Task {number}", due="2026-03-10T10:00", timezone="UTC")
    stage.clock.move(hours=2)
    claim(None)
    other = Worker(stage.app.state.database, stage.post, clock=stage.clock)
    await asyncio.gather(*(worker.work() for worker in (stage.worker, other) * 4))
    await stage.worker.settle()
    await other.settle()
    assert len(await stage.told(person)) == 60
    assert len(stage.post.sent) == len({notice.id for notice in stage.post.sent}) == 60
