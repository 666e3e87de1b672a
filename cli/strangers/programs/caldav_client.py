"""python-caldav as a client: lists, tasks, completion, searches, synchronisation. Runs where it is installed."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import caldav
from caldav.elements.dav import DisplayName

SUMMARY = "Buy “milk”; eggs, bread \\ ünï ☕"


def check(name: str, act: Callable[[], object]) -> Any:
    """Do it, and print whether it went; what it gave, or None."""
    try:
        found = act()
    except Exception as error:  # whatever a library raises is what this is to tell
        print(json.dumps({"name": name, "passed": False, "detail": f"{type(error).__name__}: {error}"}))
        return None
    print(json.dumps({"name": name, "passed": found is not False, "detail": ""}))
    return found


def main() -> None:
    client = caldav.DAVClient(
        url=os.environ["TODO_URL"], username=os.environ["TODO_EMAIL"], password=os.environ["TODO_TOKEN"]
    )
    principal = check("finds the principal", client.principal)
    check("lists the calendars", lambda: len(principal.calendars()) >= 1)
    made = check(
        "makes a calendar", lambda: principal.make_calendar(name="Garden", supported_calendar_component_set=["VTODO"])
    )
    check("says that it holds tasks", lambda: "VTODO" in made.get_supported_components())
    todo = check(
        "adds a task",
        lambda: made.save_todo(
            summary=SUMMARY, due=datetime(2027, 3, 5, 17, tzinfo=UTC), priority=1, categories=["home", "a,b"]
        ),
    )
    check("reads it back as it was", lambda: made.todos()[0].icalendar_component["summary"] == SUMMARY)
    check("finds it by its UID", lambda: made.object_by_uid(todo.id).id == todo.id)
    check("finds it by words", lambda: len(made.search(todo=True, summary="milk")) == 1)
    check("finds it by a category", lambda: len(made.search(todo=True, category="home")) == 1)
    check(
        "finds it by its due time",
        lambda: (
            len(made.search(todo=True, start=datetime(2027, 3, 1, tzinfo=UTC), end=datetime(2027, 4, 1, tzinfo=UTC)))
            == 1
        ),
    )
    check(
        "finds nothing where nothing is",
        lambda: (
            len(made.search(todo=True, start=datetime(2027, 5, 1, tzinfo=UTC), end=datetime(2027, 6, 1, tzinfo=UTC)))
            == 0
        ),
    )
    state = check("begins to synchronise", lambda: made.objects_by_sync_token(load_objects=True))
    check(
        "sees no change at once after", lambda: len(list(made.objects_by_sync_token(sync_token=state.sync_token))) == 0
    )
    second = check("adds a child of it", lambda: made.save_todo(summary="dig", parent=[todo.id]))
    check("reads the child's parent", lambda: todo.id in str(second.icalendar_component.get("related-to")))
    # The library writes the relation into both.
    check("sees the two alone", lambda: len(list(made.objects_by_sync_token(sync_token=state.sync_token))) == 2)
    check("is refused with what it read before", lambda: _is_refused(todo))
    check("reads it anew", todo.load)
    check("completes a task", todo.complete)
    check("hides what is done", lambda: [one.id for one in made.todos()] == [second.id])
    check("shows it where it is asked for", lambda: len(made.todos(include_completed=True)) == 2)
    check("opens it again", todo.uncomplete)
    check("moves on what recurs", lambda: _recurs(made))
    check("deletes a task", second.delete)
    check("gets 404 for it then", lambda: _is_gone(second))
    check("renames the calendar", lambda: made.set_properties([DisplayName("Yard")]))
    check("reads the new name", lambda: "Yard" in [one.get_display_name() for one in principal.calendars()])
    check("deletes the calendar", made.delete)
    check("lists it no more", lambda: "Yard" not in [one.get_display_name() for one in principal.calendars()])


def _recurs(calendar: Any) -> bool:
    todo = calendar.save_todo(
        summary="water",
        dtstart=datetime(2027, 3, 5, 9, tzinfo=UTC),
        due=datetime(2027, 3, 5, 10, tzinfo=UTC),
        rrule={"FREQ": "DAILY"},
    )
    todo.complete(handle_rrule=True)
    return any("water" in str(one.icalendar_component["summary"]) for one in calendar.todos())


def _is_refused(todo: Any) -> bool:
    try:
        todo.complete()
    except caldav.lib.error.DAVError:
        return True
    return False


def _is_gone(todo: Any) -> bool:
    try:
        todo.load()
    except caldav.lib.error.NotFoundError:
        return True
    return False


main()
