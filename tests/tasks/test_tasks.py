"""A task's life over HTTP, on both databases."""

from tests.support.people import Person


async def test_a_new_task_has_every_field(person: Person) -> None:
    task = await person.add("  buy\t milk ", due="2026-03-05T17:00", timezone="Europe/Berlin", tags=["#Work", "WORK"])
    assert task["title"] == "buy milk"
    assert (task["number"], task["version"], task["status"], task["order"]) == (1, 1, "open", 1.0)
    assert (task["due"], task["timezone"], task["due_at"]) == (
        "2026-03-05T17:00",
        "Europe/Berlin",
        "2026-03-05T16:00:00Z",
    )
    assert task["tags"] == ["Work"]
    assert [task["notes"], task["recurrence"], task["priority"], task["project"], task["completed_at"]] == [None] * 5
