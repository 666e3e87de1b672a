"""A list of more rows than a screen holds: it grows as one scrolls, by wheel and by key, and Done does too."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import Person

COUNT = 130


def fill(person: Person, *, done: bool) -> None:
    lines = [{"text": f"Task {place:03}"} for place in range(COUNT)]
    person.api("POST", "/api/tasks/lines", {"lines": lines})
    if done:
        asked = person.api("POST", "/api/chat", {"message": "complete all tasks"})
        person.api("POST", "/api/chat", {"message": "yes", "conversation_id": asked["conversation_id"]})


@pytest.mark.parametrize("view", ["all", "done"])
def test_it_grows_as_one_scrolls(person: Person, view: str) -> None:
    fill(person, done=view == "done")
    page = person.page
    page.goto(f"{person.address}/?view={view}")
    rows = page.get_by_role("main").get_by_role("listitem")
    expect(rows.first).to_be_visible()
    assert rows.count() < COUNT
    for _ in range(40):
        page.locator("#list").evaluate("(list) => list.scrollTo(0, list.scrollHeight)")
        page.wait_for_timeout(50)
    expect(rows).to_have_count(COUNT)
    expect(page.get_by_role("button", name="Show", exact=False)).to_have_count(0)


def test_the_keys_reach_the_last_row(person: Person) -> None:
    fill(person, done=False)
    page = person.page
    page.goto(f"{person.address}/?view=all")
    rows = page.get_by_role("main").get_by_role("listitem")
    rows.first.focus()
    last = page.get_by_role("listitem", name=f"Task {COUNT - 1:03}", exact=True)
    for _ in range(5 * COUNT):  # more than the rows: a press that comes before the next ones are drawn goes nowhere
        page.keyboard.press("j")
        if last.count() and last.evaluate("(row) => row === document.activeElement"):
            break
    expect(rows).to_have_count(COUNT)
    expect(rows.last).to_be_focused()
