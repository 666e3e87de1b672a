"""A recurrence from completion, said in the chat and told back."""

from tests.assistant.chatting import Chat
from tests.support.people import Person


async def test_it_is_added_told_and_changed(person: Person, chat: Chat) -> None:
    added = await chat.say("water the plants every 3 days after completion")
    assert "every 3 days after completion" in added["response"]
    (task,) = await person.all()
    assert (task["title"], task["recurrence"], task["recurrence_from"]) == (
        "water the plants",
        "FREQ=DAILY;INTERVAL=3",
        "completion",
    )
    assert "every 3 days after completion" in (await chat.say("what is due this week?"))["response"]
    changed = await chat.say("make it every monday")
    assert "every Monday" in changed["response"]
    assert "completion" not in changed["response"]
    (task,) = await person.all()
    assert (task["recurrence"], task["recurrence_from"]) == ("FREQ=WEEKLY;BYDAY=MO", "due")
    again = await chat.say("make it 3 days after completion")
    assert "to repeat every 3 days after completion" in again["response"]
    await chat.say("undo")
    (task,) = await person.all()
    assert (task["recurrence"], task["recurrence_from"]) == ("FREQ=WEEKLY;BYDAY=MO", "due")
