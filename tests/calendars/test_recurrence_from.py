"""What a recurrence counts from over CalDAV: in this program's line, in Tasks.org's rule, and where nothing is said."""

from tests.calendars.test_dav import Program
from tests.calendars.test_subtasks import program, put
from tests.support.people import Person

__all__ = ["program"]
DUE, RULE = "DUE;VALUE=DATE:20991204", "RRULE:FREQ=DAILY;INTERVAL=3"
START = "DTSTART;VALUE=DATE:20991204"
OWN = "X-TODO-RECURRENCE-FROM:COMPLETION"


async def counted(person: Person) -> tuple[object, object]:
    (task,) = await person.all()
    return task["recurrence"], task["recurrence_from"]


async def test_as_each_program_says_it(program: Program, person: Person) -> None:
    said = [
        ((RULE,), "due"),
        ((f"{RULE};FROM=COMPLETION",), "completion"),
        ((RULE,), "completion"),  # a program that drops what it does not know takes nothing away
        ((RULE, "X-TODO-RECURRENCE-FROM:DUE"), "due"),
        ((RULE, OWN), "completion"),
        (("RRULE:FREQ=WEEKLY", OWN), "completion"),
    ]
    for lines, expected in said:
        await put(program, "one", START, DUE, *lines)
        assert (await counted(person))[1] == expected, lines
    assert await counted(person) == ("FREQ=WEEKLY", "completion")
    await put(program, "one", DUE)
    assert await counted(person) == (None, None)


async def test_a_change_on_the_page_is_told_beside_the_rule(program: Program, person: Person) -> None:
    await put(program, "one", START, DUE, RULE)
    (task,) = await person.all()
    address = f"{program.home}inbox/one.ics"
    assert OWN not in (await program.get(address)).text
    await person.patch(f"/api/tasks/{task['id']}", json={"recurrence_from": "completion"})
    text = (await program.get(address)).text
    assert f"{RULE}\r\n" in text and f"{OWN}\r\n" in text
    await person.patch(f"/api/tasks/{task['id']}", json={"recurrence_from": "due"})
    assert "RECURRENCE-FROM" not in (await program.get(address)).text
