"""A reminder that was asked for and can never come is told of, over HTTP and in the chat, and the rest is done."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.assistant.chatting import Chat
from tests.support.people import Person

ZONE = "Europe/Berlin"


def _soon(**ahead: float) -> str:
    """A local time so far from now, to the minute."""
    return (datetime.now(ZoneInfo(ZONE)) + timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M")


async def test_a_new_task_tells_which_reminder_comes_too_late(person: Person) -> None:
    reminders = [{"before": "PT10M"}, {"before": "P2D"}]
    made = await person.add("call", due=_soon(hours=5), timezone=ZONE, reminders=reminders)
    assert made["will_not_come"] == [{"before": "P2D"}]
    assert made["reminders"] == reminders


async def test_nothing_is_told_where_all_will_come(person: Person) -> None:
    made = await person.add("call", due=_soon(days=5), timezone=ZONE, reminders=[{"before": "P1D"}])
    assert "will_not_come" not in made
    assert "will_not_come" not in await person.add("overdue", due="2020-01-01T10:00", timezone=ZONE)


async def test_a_task_without_a_time_of_day_tells_it(person: Person) -> None:
    made = await person.add("rent", due=_soon(days=9)[:10], reminders=[{"before": "PT1H"}])
    assert made["will_not_come"] == [{"before": "PT1H"}]


async def test_moving_a_task_tells_it_and_undo_brings_the_reminder_back(person: Person) -> None:
    made = await person.add("call", due=_soon(days=5), timezone=ZONE, reminders=[{"before": "P1D"}])
    path = f"/api/tasks/{made['id']}"
    assert (await person.patch(path, json={"due": _soon(hours=2)})).json()["will_not_come"] == [{"before": "P1D"}]
    assert "will_not_come" not in (await person.patch(path, json={"title": "call mom"})).json()
    assert "will_not_come" not in (await person.get(path)).json()
    for _ in range(2):
        await person.post("/api/undo")
    assert len((await person.get("/api/reminders/upcoming")).json()["items"]) == 1


async def test_what_came_already_is_not_called_missed(person: Person) -> None:
    made = await person.add("call", due=_soon(minutes=30), timezone=ZONE, reminders=[{"before": "PT1H"}])
    changed = await person.patch(
        f"/api/tasks/{made['id']}", json={"reminders": [{"before": "PT1H"}, {"before": "PT5M"}]}
    )
    assert "will_not_come" not in changed.json()


async def test_the_chat_says_it_in_words(person: Person) -> None:
    chat = Chat(person, timezone=ZONE)
    await person.add("call mom", due=_soon(days=6), timezone=ZONE, reminders=[{"before": "P2D"}, {"before": "P3D"}])
    said = (await chat.say("move the call with mom to tomorrow"))["response"]
    assert said.endswith("The reminders 2 days before and 3 days before will not come: their times have passed.")
    (task,) = await person.all()
    assert task["reminders"] == [{"before": "P2D"}, {"before": "P3D"}]
