"""Reminders that lean on the list and on what was said before: what can be counted back from, and what cannot."""

from datetime import datetime

import pytest

from backend.assistant.language import Request, interpret
from backend.assistant.language.types import Action, Arguments, Interpretation, TaskView, Turn

NOW = datetime(2026, 3, 9, 10, 0)
TASKS = (
    TaskView(1, "call with mom", "2026-03-10T17:00"),
    TaskView(2, "Pay rent", "2026-03-12"),
    TaskView(3, "dentist", "2026-03-11T15:00"),
    TaskView(4, "buy milk"),
    TaskView(5, "team meeting", "2026-03-09T14:00", "high", (), None, False, "FREQ=WEEKLY"),
)
ADDED = Turn(
    text="add dentist wednesday at 3pm",
    actions=(Action(tool="add_task", arguments={"title": "dentist", "due": "2026-03-11T15:00"}),),
    changed=(3,),
)


def read(text: str, *, after: Turn | None = None) -> Interpretation:
    turns = (after,) if after else ()
    return interpret(Request(text=text, now=NOW, timezone="Europe/Berlin", tasks=TASKS, turns=turns))


@pytest.mark.parametrize(
    ("text", "reminder"),
    [
        ("and a day before", {"before": "P1D"}),
        ("remind me 10 minutes before it", {"before": "PT10M"}),
        ("also remind me an hour and a half before", {"before": "PT1H30M"}),
        ("remind me the evening before too", {"at": "2026-03-10T19:00"}),
        ("remind me the morning of", {"at": "2026-03-11T09:00"}),
    ],
)
def test_a_span_alone_is_of_what_was_just_spoken_of(text: str, reminder: Arguments) -> None:
    (action,) = read(text, after=ADDED).actions
    assert (action.tool, action.targets) == ("set_reminders", (3,))
    assert action.arguments["reminders"] == [reminder]


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("snooze it for an hour", {"minutes": 60}),
        ("remind me again at 6", {"until": "2026-03-09T18:00"}),
        ("not now, remind me again tomorrow at 9", {"until": "2026-03-10T09:00"}),
        ("remind me later", {"minutes": 60}),
        ("snooze", {"minutes": 10}),
    ],
)
def test_what_was_just_spoken_of_is_put_off(text: str, arguments: Arguments) -> None:
    (action,) = read(text, after=ADDED).actions
    assert (action.tool, action.targets) == ("snooze_task", (3,))
    assert {name: value for name, value in action.arguments.items() if name != "match"} == arguments


def test_without_a_task_the_one_that_was_told_last_is_put_off() -> None:
    (action,) = read("snooze for 5 minutes").actions
    assert (action.tool, action.arguments, action.targets) == ("snooze_task", {"minutes": 5}, None)


@pytest.mark.parametrize("text", ["don't remind me", "no reminder for that one", "stop reminding me about it"])
def test_none_of_what_was_just_spoken_of(text: str) -> None:
    (action,) = read(text, after=ADDED).actions
    assert (action.targets, action.arguments["reminders"], action.arguments["mode"]) == ((3,), [], "replace")


def test_days_before_a_date_without_a_time_are_mornings() -> None:
    (action,) = read("remind me a day before rent").actions
    assert action.arguments["reminders"] == [{"at": "2026-03-11T09:00"}]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("remind me an hour before rent", "no time of day"),
        ("remind me a day before buying milk", "no date"),
        ("remind me a week before the dentist", "has passed"),
        ("remind me before the dentist", "How long before?"),
        ("turn off notifications", "Until when?"),
    ],
)
def test_what_cannot_be_is_asked_about(text: str, why: str) -> None:
    meaning = read(text)
    assert meaning.actions == ()
    assert why in meaning.reply


def test_of_several_spans_those_that_have_passed_are_left_out_and_named() -> None:
    meaning = read("remind me a week and an hour before the dentist")
    assert meaning.actions[0].arguments["reminders"] == [{"before": "PT1H"}]
    assert "Left out: Wed 4 Mar, 15:00 has passed." in meaning.reply


def test_a_recurring_task_has_later_times_to_count_back_from() -> None:
    (action,) = read("remind me a day before the team meeting").actions
    assert action.arguments["reminders"] == [{"before": "P1D"}]


def test_two_tasks_that_fit_are_asked_about() -> None:
    tasks = (TaskView(1, "dentist check", "2026-03-10T17:00"), TaskView(2, "dentist bill", "2026-03-11T17:00"))
    request = Request(text="remind me an hour before the dentist", now=NOW, timezone="UTC", tasks=tasks)
    assert not interpret(request).sure


@pytest.mark.parametrize("text", ["tell me again", "could you tell me again please", "please ask me again"])
def test_an_answer_asked_for_again_puts_nothing_off(text: str) -> None:
    assert read(text, after=ADDED).actions == ()


def test_a_summary_of_something_else_is_no_digest() -> None:
    assert read("tell me a summary of the forecast for the next ten days").actions == ()


def test_a_task_that_is_not_there_is_asked_for_its_time() -> None:
    meaning = read("remind me an hour before the party")
    assert not meaning.sure
    assert "I found no task called “party”. When is it?" in meaning.reply


@pytest.mark.parametrize(
    "text", ["nag me about the rent until it's done", "remind me every 5 minutes until I pay rent"]
)
def test_until_done_is_of_a_task_on_the_list(text: str) -> None:
    (action,) = read(text).actions
    assert (action.tool, action.targets) == ("set_reminders", (2,))
    assert [tuple(reminder["again"]) for reminder in action.arguments["reminders"]] == [("every",)]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("don't remind me today", "2026-03-10T00:00"),
        ("no reminders today please", "2026-03-10T00:00"),
        ("no more notifications for the rest of the day", "2026-03-10T00:00"),
        ("mute all alerts this morning", "2026-03-09T12:00"),
        ("don't notify me this week", "2026-03-16T00:00"),
        ("dont remind me until monday", "2026-03-16T00:00"),
        ("turn off reminders for a week", "2026-03-16T10:00"),
    ],
)
def test_reminders_are_held_back_until_the_stretch_is_over(text: str, end: str) -> None:
    (action,) = read(text).actions
    assert (action.tool, action.arguments) == ("change_reminder_settings", {"values": {"paused_until": end}})


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("don't remind me tomorrow", "2026-03-11T00:00"),
        ("don't remind me on saturday", "2026-03-15T00:00"),
        ("stop reminding me this weekend", "2026-03-16T00:00"),
        ("turn off notifications for the weekend", "2026-03-16T00:00"),
        ("don't notify me tonight", "2026-03-10T08:00"),
    ],
)
def test_a_stretch_that_is_still_ahead_is_asked_about(text: str, end: str) -> None:
    reading = read(text)
    assert not reading.actions and "begins at once" in (reading.reply or "")
    ((action,),) = (choice.actions for choice in reading.choices)
    assert (action.tool, action.arguments) == ("change_reminder_settings", {"values": {"paused_until": end}})


@pytest.mark.parametrize(
    ("text", "task"), [("don't remind me of the dentist tomorrow", 3), ("stop reminding me about rent", 2)]
)
def test_one_task_is_silenced_by_its_name(text: str, task: int) -> None:
    (action,) = read(text).actions
    assert (action.tool, action.targets, action.arguments["reminders"]) == ("set_reminders", (task,), [])
