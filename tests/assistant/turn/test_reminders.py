"""What is said of reminders is done: receipts, undo, settings, and the way to be reached told once."""

from tests.assistant.chatting import Chat
from tests.support.people import Person

SET_UP = "[Set up reminders](/settings#reminders)"


async def test_the_way_to_be_reached_is_told_once(person: Person, chat: Chat) -> None:
    assert SET_UP not in (await chat.say("call mom tomorrow at 5pm"))["response"]  # a plain task
    assert SET_UP in (await chat.say("remind me an hour before the call with mom"))["response"]
    assert SET_UP not in (await chat.say("call dad in 3 days at 6pm, remind me a day before"))["response"]


async def test_the_way_to_be_reached_is_told_with_a_new_task_too(chat: Chat) -> None:
    assert SET_UP in (await chat.say("call dad in 3 days at 6pm, remind me a day before"))["response"]


async def test_reminders_are_set_told_and_undone(person: Person, chat: Chat) -> None:
    await chat.say("call mom in 3 days at 5pm")
    said = await chat.say("remind me 30 minutes before the call with mom")
    assert said["response"].startswith('I\'ll remind you of "call mom" at its time and 30 minutes before.')
    await chat.say("and a day before")
    (task,) = await person.all()
    assert task["reminders"] == [{"before": "PT0S"}, {"before": "PT30M"}, {"before": "P1D"}]
    await chat.say("undo")
    (task,) = await person.all()
    assert task["reminders"] == [{"before": "PT0S"}, {"before": "PT30M"}]
    said = await chat.say("don't remind me about mom")
    assert said["response"] == 'I won\'t remind you of "call mom".'
    (task,) = await person.all()
    assert task["reminders"] == []


async def test_a_task_comes_with_its_reminders(person: Person, chat: Chat) -> None:
    await chat.say("buy milk tomorrow at 5pm, remind me an hour before")
    (task,) = await person.all()
    assert (task["title"], task["reminders"]) == ("buy milk", [{"before": "PT1H"}])


async def test_what_comes_is_listed(person: Person, chat: Chat) -> None:
    await chat.say("call mom tomorrow at 5pm")
    assert "call mom" in (await chat.say("what will you remind me of tomorrow?"))["response"]
    assert (await chat.say("what will you remind me of today?"))["response"] == "I will remind you of nothing then."


async def test_habits_are_settings(person: Person, chat: Chat) -> None:
    await chat.say("stop reminding me after 10pm")
    await chat.say("send me a summary every morning at 7")
    await chat.say("always remind me 10 minutes before")
    settings = (await person.get("/api/reminders/settings")).json()
    assert (settings["quiet_from"], settings["quiet_to"], settings["digest_at"]) == ("22:00", "08:00", "07:00")
    assert [one["before"] for one in settings["default"]] == ["PT10M"]


async def test_nothing_came_that_could_be_put_off(person: Person, chat: Chat) -> None:
    assert "No reminder has come yet" in (await chat.say("snooze for 5 minutes"))["response"]
    assert await person.all() == []


async def test_what_was_spoken_of_is_put_off(person: Person, chat: Chat) -> None:
    await chat.say("call mom tomorrow at 5pm")
    await chat.say("snooze it for an hour")
    (task,) = await person.all()
    assert [one.get("snooze") for one in task["reminders"]] == [None, True]
