"""The search of the page: what is typed wrong finds its like, open and done, and the page says so."""

from playwright.sync_api import expect

from tests.browser.people import Person


def test_a_mistyped_word_finds_open_and_done_tasks(person: Person) -> None:
    person.api("POST", "/api/tasks", {"title": "Buy apples"})
    done = person.api("POST", "/api/tasks", {"title": "Peel apples"})
    person.api("POST", f"/api/tasks/{done['id']}/complete")
    person.api("POST", "/api/tasks", {"title": "Water the plants"})
    page = person.page
    page.goto(f"{person.address}/?search=appels")
    expect(page.get_by_text("No task holds “appels”. These hold “apples”.")).to_be_visible()
    expect(page.get_by_text("Buy apples")).to_be_visible()
    expect(page.get_by_text("Peel apples")).to_be_visible()
    expect(page.get_by_text("Water the plants")).to_have_count(0)
    page.get_by_role("searchbox", name="Search tasks").fill("bananas")
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
