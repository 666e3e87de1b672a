"""Chat as one answer: what is said is done, shown, and can be taken back."""

import pytest

from tests.assistant.chatting import Chat, titles
from tests.support.people import Person


async def test_said_seen_undone(person: Person, chat: Chat) -> None:
    said = await chat.say("remind me to buy milk tomorrow at 5pm")
    (task,) = await person.all()
    assert (task["title"], str(task["due"])[10:], task["timezone"]) == ("buy milk", "T17:00", "Europe/Berlin")
    assert said["tool_calls"][0]["tool"] == "add_task"
    assert said["tool_calls"][0]["arguments"]["title"] == "buy milk"
    assert said["response"].startswith('Added "buy milk" for tomorrow, ') and said["response"].endswith(", 17:00.")
    assert [(change["kind"], change["surface"], change["after"]["id"]) for change in said["changes"]] == [
        ("create", "chat", task["id"])
    ]
    undone = await person.post("/api/undo", json={"undo_token": said["undo_token"]})
    assert undone.status_code == 200
    assert await person.all() == []


async def test_the_zone_of_the_header_counts(person: Person) -> None:
    body = {"message": "remind me to call mom tomorrow at 9am"}
    await person.post("/api/chat", json=body, headers={"X-Timezone": "Asia/Tokyo"})
    (task,) = await person.all()
    assert task["timezone"] == "Asia/Tokyo"


async def test_complete_reopen_and_undo(person: Person, chat: Chat) -> None:
    await person.add("buy milk")
    assert (await chat.say("mark buy milk as done"))["response"] == 'Completed "buy milk".'
    assert await titles(person, status="done") == {"buy milk"}
    assert (await chat.say("reopen buy milk"))["response"] == 'Reopened "buy milk".'
    assert await titles(person, status="open") == {"buy milk"}
    await chat.say("undo")
    assert await titles(person, status="done") == {"buy milk"}


async def test_a_move_keeps_the_time_of_day(person: Person, chat: Chat) -> None:
    await person.add("dentist", due="2030-01-01T15:30", timezone="Europe/Berlin")
    said = await chat.say("move the dentist to tomorrow")
    (task,) = await person.all()
    assert str(task["due"]).endswith("T15:30") and task["due"] != "2030-01-01T15:30"
    assert said["response"].startswith('Moved "dentist" from Tue 1 Jan 2030, 15:30 to tomorrow, ')


async def test_moving_all_leaves_alone_what_has_no_date(person: Person, chat: Chat) -> None:
    for day in (1, 2):
        await person.add(f"errand {day}", due=f"2030-01-0{day}", timezone="Europe/Berlin")
    await person.add("some day")
    said = await chat.say("postpone all my tasks by 2 days")
    assert len(said["changes"]) == 2, said
    assert {task["due"] for task in await person.all()} == {"2030-01-03", "2030-01-04", None}


async def test_rename_and_delete(person: Person, chat: Chat) -> None:
    await person.add("call mom")
    assert (await chat.say("rename call mom to call dad"))["response"] == 'Renamed "call mom" to "call dad".'
    deleted = await chat.say("delete call dad")
    assert deleted["response"] == 'Deleted "call dad".' and await person.all() == []
    restored = await chat.say("undo")
    assert restored["response"] == 'Undone: "call dad" is back.'
    assert await titles(person) == {"call dad"}


async def test_a_list_is_numbered_as_the_user_knows_it(person: Person, chat: Chat) -> None:
    await person.add("first")
    await person.add("second", priority="high", tags=["home"])
    said = await chat.say("show my tasks")
    assert said["response"] == "2 open tasks:\n1. first\n2. second — high, #home"
    assert said["changes"] == [] and said["undo_token"] is None


async def test_two_things_in_one_sentence(person: Person, chat: Chat) -> None:
    await person.add("dentist")
    said = await chat.say("add buy milk and delete the dentist")
    assert await titles(person) == {"buy milk"}
    assert len(said["changes"]) == 2, said
    await person.post("/api/undo", json={"undo_token": said["undo_token"]})
    assert await titles(person) == {"dentist"}


async def test_several_that_fit_are_offered(person: Person, chat: Chat) -> None:
    for title in ("call mom", "call mom about lunch"):
        await person.add(title)
    await person.add("email mom the call notes")
    said = await chat.say("delete mom")
    assert [choice["number"] for choice in said["choices"]] == [1, 2, 3]
    assert said["changes"] == [] and len(await person.all()) == 3
    chosen = said["choices"][1]["label"]
    done = await chat.say("2")
    assert len(done["changes"]) == 1
    assert done["changes"][0]["before"]["title"] in chosen


@pytest.mark.parametrize("said", ["complete mom", "set mom to high priority"])
async def test_several_that_fit_are_never_all_changed(person: Person, chat: Chat, said: str) -> None:
    for title in ("call mom", "call mom about lunch"):
        await person.add(title)
    answer = await chat.say(said)
    assert answer["changes"] == [] and answer["approval"] is None
    assert [choice["number"] for choice in answer["choices"]] == [1, 2]
    assert len((await chat.say("1"))["changes"]) == 1


async def test_what_is_sure_is_done_and_the_rest_is_asked(person: Person, chat: Chat) -> None:
    for title in ("call mom", "call mom about lunch"):
        await person.add(title)
    answer = await chat.say("add buy milk and complete mom")
    assert [change["after"]["title"] for change in answer["changes"]] == ["buy milk"]
    assert answer["response"].startswith('Added "buy milk".\n') and "Which one?" in answer["response"]
    assert len(answer["choices"]) == 2
    done = await chat.say("2")
    assert [change["kind"] for change in done["changes"]] == ["complete"]


async def test_a_name_that_fits_nothing_changes_nothing(person: Person, chat: Chat) -> None:
    await person.add("buy milk")
    said = await chat.say("delete the zeppelin")
    assert said["changes"] == [] and await titles(person) == {"buy milk"}
    assert "zeppelin" in said["response"]


async def test_what_is_not_understood_is_said_so(person: Person, chat: Chat) -> None:
    said = await chat.say("qwer asdf zxcv?!")
    assert (said["tool_calls"], said["changes"]) == ([], [])
    assert "understand" in said["response"] and await person.all() == []


async def test_a_refused_change_is_not_called_done(person: Person, chat: Chat) -> None:
    said = await chat.say("undo")
    assert said["response"] == "Not done: There is nothing to undo."
    assert said["changes"] == [] and said["undo_token"] is None


async def test_follow_ups_mean_the_last_task(person: Person, chat: Chat) -> None:
    await chat.say("add call the bank tomorrow at 10am")
    await chat.say("make it 4pm")
    (task,) = await person.all()
    assert str(task["due"]).endswith("T16:00")


async def test_a_completed_recurring_task_says_when_next(person: Person, chat: Chat) -> None:
    await person.add("water plants", due="2030-01-01", recurrence="FREQ=DAILY", timezone="Europe/Berlin")
    said = await chat.say("complete water plants")
    assert said["response"] == 'Completed "water plants". Next: Wed 2 Jan 2030.'


async def test_one_of_ten_thousand_is_found_by_its_name(person: Person, chat: Chat) -> None:
    await person.add("feed the xylophone")
    for number in range(450):
        await person.add(f"errand {number}")
    assert (await chat.say("complete feed the xylophone"))["response"] == 'Completed "feed the xylophone".'


@pytest.mark.parametrize("message", ["", "   ", "x" * 10_001])
async def test_a_message_has_1_to_10000_characters(person: Person, message: str) -> None:
    assert (await person.post("/api/chat", json={"message": message})).status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        {"message": "hi", "timezone": "Mars/Base"},
        {"message": "hi", "colour": "red"},
        {"message": 3},
        {"message": "hi", "conversation_id": "../etc"},
    ],
)
async def test_bad_bodies_are_refused(person: Person, body: dict[str, object]) -> None:
    answer = await person.post("/api/chat", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_signed_out_people_are_refused(person: Person) -> None:
    answer = await person.post("/api/chat", json={"message": "hi"}, headers={"Authorization": ""})
    assert answer.status_code == 401


async def test_another_users_conversation_is_not_found(person: Person, stranger: Person, chat: Chat) -> None:
    await chat.say("add buy milk")
    body = {"message": "add spy", "conversation_id": chat.id}
    assert (await stranger.post("/api/chat", json=body)).status_code == 404
    assert (await person.post("/api/chat", json={"message": "x", "conversation_id": "unknown"})).status_code == 404
    assert await stranger.all() == []


async def test_a_repeated_request_is_done_once(person: Person) -> None:
    body, key = {"message": "add buy milk"}, {"Idempotency-Key": "one"}
    first = await person.post("/api/chat", json=body, headers=key)
    again = await person.post("/api/chat", json=body, headers=key)
    assert first.status_code == 200 and again.json() == first.json()
    assert len(await person.all()) == 1
    other = await person.post("/api/chat", json={"message": "add tea"}, headers=key)
    assert other.status_code == 422


async def test_plain_ranges_are_left_in_the_title(person: Person, chat: Chat) -> None:
    await chat.say("add read 1984 tomorrow", plain=[[14, 22]])
    assert await titles(person) == {"read 1984 tomorrow"}
