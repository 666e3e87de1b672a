"""Reminders of a task, set in its editor and seen on its row."""

import re
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.people import Person, eventually
from tests.browser.test_accessibility import violations

DUE = "2099-03-10T17:00"
ZONE = "Europe/Berlin"


def timed(person: Person, title: str = "Call Ana", **values: Any) -> Any:
    task = person.api("POST", "/api/tasks", {"title": title, "due": DUE, "timezone": ZONE, **values})
    person.page.goto(f"{person.address}/?view=all")
    expect(person.row(title)).to_be_visible()
    return task


def edit(person: Person, title: str = "Call Ana") -> Locator:
    person.page.get_by_role("button", name=title, exact=True).click()
    return person.page.get_by_role("form", name=f"Edit {title}")


def save(person: Person) -> None:
    person.page.get_by_role("button", name="Save", exact=True).click()
    expect(person.page.get_by_text("Saved.", exact=True)).to_be_visible()


def stored(person: Person, task: Any) -> Any:
    return person.api("GET", f"/api/tasks/{task['id']}")["reminders"]


def test_offsets_nag_and_urgency_are_kept_and_the_row_tells_the_next(person: Person) -> None:
    task = timed(person)
    form = edit(person)
    expect(form).to_contain_text("As in the settings: at the time.")
    form.get_by_label("Add a reminder").select_option(label="30 minutes before")
    form.get_by_label("Add a reminder").select_option(label="1 day before")
    form.get_by_label("30 minutes before: repeat").select_option(label="Every 10 minutes until done")
    form.get_by_label("1 day before: urgent").click()
    form.get_by_role("button", name="Remove the reminder At the time").click()
    assert violations(person.page) == []
    save(person)
    kept = stored(person, task)
    assert [one["before"] for one in kept] == ["PT30M", "P1D"]
    assert kept[0]["again"]["every"] == "PT10M"
    assert kept[1]["urgent"] is True
    expect(person.row("Call Ana")).to_contain_text("9 Mar 2099, 17:00")


def test_any_offset_can_be_typed(person: Person) -> None:
    task = timed(person, reminders=[])
    form = edit(person)
    form.get_by_label("Add a reminder").select_option(label="Some other time before…")
    form.get_by_label("How many").fill("0")
    form.get_by_label("How many").press("Enter")
    expect(form.get_by_role("alert")).to_contain_text("a whole number from 1")
    form.get_by_label("How many").fill("90")
    form.get_by_label("How many").press("Enter")
    expect(form.get_by_role("list", name="Reminders")).to_contain_text("1 hour 30 minutes before")
    form.get_by_label("Add a reminder").select_option(label="Some other time before…")
    form.get_by_label("How many").fill("2")
    form.get_by_label("Unit").select_option("weeks")
    form.get_by_role("button", name="Add", exact=True).click()
    save(person)
    eventually(lambda: [one["before"] for one in stored(person, task)], ["PT90M", "P14D"])


def test_a_moment_of_its_own_needs_no_date_of_the_task(person: Person) -> None:
    task = person.api("POST", "/api/tasks", {"title": "Someday"})
    person.page.goto(f"{person.address}/?view=all")
    form = edit(person, "Someday")
    expect(form).to_contain_text("None: there is no time to remind at.")
    expect(form.get_by_label("Add a reminder")).not_to_contain_text("before")
    form.get_by_label("Add a reminder").select_option(label="On a day and time…")
    form.get_by_label("Day of the reminder").fill("2020-01-01")
    form.get_by_label("Time of the reminder").fill("06:30")
    form.get_by_role("button", name="Add", exact=True).click()
    expect(form.get_by_role("alert")).to_contain_text("That has passed")
    form.get_by_label("Day of the reminder").fill("2099-12-01")
    form.get_by_role("button", name="Add", exact=True).click()
    save(person)
    (kept,) = stored(person, task)
    assert (kept["at"], kept["zone"]) == ("2099-12-01T06:30", ZONE)
    expect(person.row("Someday")).to_contain_text("1 Dec 2099, 06:30")


def test_none_and_back_to_the_settings(person: Person) -> None:
    task = timed(person)
    edit(person).get_by_role("button", name="No reminder").click()
    save(person)
    eventually(lambda: stored(person, task), [])
    expect(person.row("Call Ana")).to_contain_text("No reminder")
    edit(person).get_by_role("button", name="As in the settings").click()
    save(person)
    eventually(lambda: stored(person, task), None)
    expect(person.row("Call Ana")).to_contain_text("Reminds at its time")


def test_an_offset_stays_one_when_the_day_or_time_changes(person: Person) -> None:
    task = timed(person, reminders=[{"before": "PT30M"}])
    form = edit(person)
    form.get_by_label("Date", exact=True).fill("2099-05-01")
    save(person)
    eventually(lambda: [one["before"] for one in stored(person, task)], ["PT30M"])
    eventually(lambda: person.api("GET", f"/api/tasks/{task['id']}")["due"], "2099-05-01T17:00")
    expect(person.row("Call Ana")).to_contain_text("1 May 2099, 16:30")


def test_without_a_time_an_offset_says_what_it_needs_and_is_kept(person: Person) -> None:
    task = timed(person, reminders=[{"before": "PT30M"}])
    form = edit(person)
    form.get_by_role("button", name="No date").click()
    expect(form.get_by_role("list", name="Reminders")).to_contain_text("30 minutes before · needs a time")
    save(person)
    eventually(lambda: [one["before"] for one in stored(person, task)], ["PT30M"])


def test_what_was_set_and_not_saved_survives_a_reload(person: Person) -> None:
    timed(person)
    edit(person).get_by_label("Add a reminder").select_option(label="1 hour before")
    person.page.reload()
    person.page.get_by_role("button", name="Call Ana", exact=True).click()
    form = person.page.get_by_role("form", name="Edit Call Ana")
    expect(form.get_by_role("status")).to_contain_text("not saved yet")
    expect(form.get_by_role("list", name="Reminders")).to_contain_text("1 hour before")


def test_what_comes_next_is_listed_and_leads_to_the_task(person: Person) -> None:
    timed(person, reminders=[{"before": "P1D", "urgent": True}, {"before": "PT0M"}])
    person.page.get_by_role("link", name="Reminders").click()
    expect(person.page.get_by_role("heading", name="Reminders", level=1)).to_be_visible()
    rows = person.page.get_by_role("main").get_by_role("listitem")
    expect(rows).to_have_text([re.compile("17:00.*Call Ana.*urgent"), re.compile("17:00.*Call Ana")])
    assert violations(person.page) == []
    rows.first.get_by_role("link", name="Call Ana").click()
    expect(person.page.get_by_role("form", name="Edit Call Ana")).to_be_visible()


def test_an_address_of_a_task_that_is_gone_says_so(person: Person) -> None:
    person.page.goto(f"{person.address}/?task=0192aaaa-0000-7000-8000-000000000000")
    expect(person.page.get_by_text("That task is done or deleted.", exact=True)).to_be_visible()
