"""Done: what was ticked off, and what was done of tasks that repeat, in the order in which it was done."""

from playwright.sync_api import expect

from tests.browser.people import Person
from tests.browser.test_accessibility import violations


def test_an_occurrence_of_a_repeating_task_is_there_and_leads_to_the_task(person: Person) -> None:
    person.api("POST", "/api/tasks", {"title": "Water the plants", "due": "2026-03-04", "recurrence": "FREQ=DAILY"})
    first = person.api("POST", "/api/tasks", {"title": "Buy milk"})
    person.api("POST", f"/api/tasks/{first['id']}/complete")
    page = person.page
    page.goto(person.address)
    person.row("Water the plants").get_by_role("checkbox").click()
    page.get_by_role("link", name="Done").click()
    rows = page.get_by_role("main").get_by_role("listitem")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Water the plants")
    expect(rows.first).to_contain_text("Every day")
    expect(rows.first.get_by_role("checkbox")).to_have_count(0)
    assert violations(page) == []
    rows.first.get_by_role("button", name="Water the plants").click()
    expect(page.get_by_role("form", name="Edit Water the plants")).to_be_visible()


def test_what_the_chat_completes_or_takes_back_is_seen_at_once(person: Person) -> None:
    person.api("POST", "/api/tasks", {"title": "Water the plants", "due": "2026-03-04", "recurrence": "FREQ=DAILY"})
    page = person.page
    page.goto(f"{person.address}/?view=done")
    expect(page.get_by_role("heading", name="Nothing done yet")).to_be_visible()
    person.say("done with water the plants")
    expect(page.get_by_role("main").get_by_role("listitem", name="Water the plants")).to_be_visible()
    person.say("undo")
    expect(page.get_by_role("heading", name="Nothing done yet")).to_be_visible()
