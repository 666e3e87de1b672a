"""Saved filters on the page: said, read back, saved, counted, changed and deleted."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Person, eventually
from tests.browser.test_accessibility import violations


def filters(person: Person) -> list[str]:
    return [one["name"] for one in person.api("GET", "/api/filters")]


def save(page: Page, words: str, name: str) -> None:
    page.get_by_role("button", name="New filter").click()
    expect(page.get_by_label("Which tasks")).to_be_focused()
    page.keyboard.type(words)
    page.get_by_label("Name", exact=True).fill(name)


def test_words_are_read_back_and_saved_with_the_keyboard_alone(person: Person) -> None:
    page = person.page
    for title, project in (("Rent", None), ("Report", "work")):
        person.api("POST", "/api/tasks", {"title": title, "priority": "high", "project": project})
    person.api("POST", "/api/tasks", {"title": "Nap"})
    page.reload()
    save(page, "not today", "Focus")
    expect(page.get_by_text("I can’t read “not today” in this.")).to_be_visible()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    assert violations(page) == []
    page.get_by_label("Which tasks").fill("high priority not in work")
    expect(page.get_by_text("Shows: Open tasks of high priority not in work.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Focus", level=1)).to_be_visible()
    expect(page.get_by_text("Open tasks of high priority not in work.", exact=True)).to_be_visible()
    expect(person.row("Rent")).to_be_visible()
    expect(person.row("Report")).to_have_count(0)
    expect(page.get_by_role("link", name="Focus 1")).to_be_visible()
    assert violations(page) == []
    page.reload()
    expect(person.row("Rent")).to_be_visible()


def test_what_is_added_in_a_filter_appears_in_it(person: Person) -> None:
    page = person.page
    person.api(
        "POST", "/api/filters", {"name": "Focus", "words": "high priority this week in home #garden not in work"}
    )
    page.reload()
    page.get_by_role("link", name="Focus").click()
    page.get_by_label("New task").fill("Water the roses")
    page.keyboard.press("Enter")
    expect(person.row("Water the roses")).to_be_visible()
    expect(page.get_by_role("link", name="Focus 1")).to_be_visible()
    (task,) = person.api("GET", "/api/tasks")["items"]
    assert (task["priority"], task["project"], task["tags"]) == ("high", "home", ["garden"])
    assert task["due"]


def test_a_filter_is_renamed_moved_deleted_and_brought_back(person: Person) -> None:
    page = person.page
    for name in ("One", "Two"):
        person.api("POST", "/api/filters", {"name": name, "words": "overdue"})
    page.reload()
    page.get_by_role("link", name="Two").hover()
    page.get_by_role("button", name="More for the filter Two").click()
    page.get_by_role("menuitem", name="Move up").click()
    eventually(lambda: filters(person), ["Two", "One"])
    page.get_by_role("button", name="More for the filter One").click()
    page.get_by_role("menuitem", name="Rename or change").click()
    page.get_by_label("Name", exact=True).fill("two")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("You have a filter “Two” already")
    page.get_by_label("Name", exact=True).fill("Late")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Late", level=1)).to_be_visible()
    page.get_by_role("button", name="More for the filter Late").click()
    page.get_by_role("menuitem", name="Delete").click()
    eventually(lambda: filters(person), ["Two"])
    page.get_by_role("button", name="Undo").click()
    eventually(lambda: filters(person), ["Two", "Late"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_they_are_in_the_drawer(person: Person, scheme: str) -> None:
    page = person.page
    person.api("POST", "/api/filters", {"name": "Focus", "words": "high priority"})
    person.api("POST", "/api/tasks", {"title": "Rent", "priority": "high"})
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.reload()
    page.get_by_role("button", name="Lists").click()
    assert violations(page) == []
    page.get_by_role("link", name="Focus 1").click()
    expect(person.row("Rent")).to_be_visible()
    assert violations(page) == []
