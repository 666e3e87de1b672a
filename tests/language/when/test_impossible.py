"""Times and dates that cannot be are asked about: they never become a title, nor does a move become a new task."""

from datetime import datetime

import pytest

from backend.assistant.language import Action, Interpretation, Request, TaskView, Turn, interpret

NOW = datetime(2026, 3, 4, 9, 30)
LUNCH = TaskView(number=1, title="lunch", due="2026-03-05T12:00")


def read(text: str, *tasks: TaskView, turns: tuple[Turn, ...] = ()) -> Interpretation:
    return interpret(Request(text=text, now=NOW, timezone="America/New_York", tasks=tasks, turns=turns))


@pytest.mark.parametrize(
    "said",
    [
        "at 25:00",
        "at 12:75",
        "at 7:60",
        "by 29:30",
        "until 24:30",
        "tomorrow at 25:00",
        "tomorrow 25:00",
        "every day at 25:00",
        "at 13pm",
        "13pm",
        "at 15 am",
        "at 25pm",
        "at 7:75pm",
        "at 26 o'clock",
        "on feb 30",
        "feb 30",
        "on 30 february",
        "on the 31st of april",
        "on april 31",
        "on march 32",
        "march 32",
        "on march 45th",
        "on the 32nd of march",
        "on the 32nd",
        "by the 45th",
        "every month on the 32nd",
        "on 2026-02-30",
        "on 2026-13-01",
        "on 31/04",
        "on 13/13",
        "on 13/13/2026",
        "by 32/01/2026",
    ],
)
def test_adding_asks_when(said: str) -> None:
    found = read(f"call mom {said}")
    assert found.actions == ()
    assert "“call mom”" in found.reply


@pytest.mark.parametrize(
    "said",
    [
        "move lunch to 25:00",
        "move lunch to tomorrow at 25:00",
        "push lunch to 7:60",
        "move lunch to the 32nd",
        "move lunch to month 13",
        "reschedule lunch for 25:00",
        "reschedule lunch to 13/13",
        "postpone lunch until 12:75",
        "change lunch to 25:00",
        "change lunch to feb 30",
        "update lunch to 13pm",
        "move lunch to 25",
        "reschedule lunch to 31.",
        "set lunch to 25:00",
        "change the due date of lunch to feb 30",
        "set the deadline of lunch to the 32nd",
        "add a due date of feb 30 to lunch",
        "lunch is now on the 32nd",
        "lunch is due feb 30",
    ],
)
@pytest.mark.parametrize("tasks", [(), (LUNCH,)], ids=["unknown list", "known list"])
def test_moving_asks_when(said: str, tasks: tuple[TaskView, ...]) -> None:
    found = read(said, *tasks)
    assert found.actions == ()
    assert "To when should I move “lunch”?" in found.reply


def test_a_correction_asks_when() -> None:
    added = Turn(text="lunch", actions=(Action(tool="add_task", arguments={"title": "lunch"}),), changed=(1,))
    found = read("make it 25:00", LUNCH, turns=(added,))
    assert found.actions == ()
    assert found.reply == "The clock has no 25:00. To when should I move “lunch”?"


@pytest.mark.parametrize(
    "said", ["what's due on feb 30", "what do I have at 25:00", "delete everything due feb 30", "anything on the 32nd?"]
)
def test_questions_of_no_day_are_answered_so(said: str) -> None:
    found = read(said)
    assert found.actions == ()
    assert "When do you mean?" in found.reply


@pytest.mark.parametrize(
    "title",
    [
        "beat them 25:10",
        "read chapter 12:75",
        "read psalm 91:4",
        "read psalm 119:105",
        "read act 3 scene 25:00",
        "mix a 30:70 ratio",
        'watch "At 25:00"',
        "watch the clip 75:30",
        "run a 25:10 5k",
        "go to the 42nd floor",
        "meet on the 42nd floor",
        "meet at 42nd street",
        "plan dad's 50th",
        "buy a gift for the 50th anniversary",
        "buy 13/16 wrench",
        "walk march 40 miles",
        "move box to room 25:10",
    ],
)
def test_what_is_no_time_stays_in_the_title(title: str) -> None:
    assert [(action.tool, action.arguments) for action in read(title).actions] == [("add_task", {"title": title})]


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("call mom at 14:30 pm", "2026-03-04T14:30"),
        ("call mom at 24:00", "2026-03-05T00:00"),
        ("call mom at 12:59", "2026-03-04T12:59"),
        ("call mom on 31/03", "2026-03-31"),
        ("call mom on feb 29", "2028-02-29"),
    ],
)
def test_what_can_be_is_read(said: str, due: str) -> None:
    (action,) = read(said).actions
    assert action.arguments == {"title": "call mom", "due": due}
