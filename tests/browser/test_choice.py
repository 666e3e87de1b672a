"""Several tasks are selected, and one thing is done to all of them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.people import Person, eventually, sign_up
from tests.browser.servers import Site
from tests.browser.test_accessibility import violations
from tests.browser.test_phone import PHONE, THUMB, TOO_SMALL

TITLES = [f"Task {place}" for place in range(1, 8)]


def listed(person: Person) -> None:
    for title in TITLES:
        person.api("POST", "/api/tasks", {"title": title})
    person.page.goto(f"{person.address}/?view=all")
    expect(person.row(TITLES[-1])).to_be_visible()


def click(person: Person, title: str, key: str) -> None:
    person.row(title).get_by_role("button", name=title, exact=True).click(modifiers=[key])  # type: ignore[list-item]


def bar(page: Page) -> Locator:
    return page.get_by_role("group", name="Selected tasks")


def test_with_the_mouse_a_range_and_single_ones_and_a_question_before_many(person: Person) -> None:
    page = person.page
    listed(person)
    click(person, "Task 2", "ControlOrMeta")
    click(person, "Task 5", "Shift")
    click(person, "Task 3", "ControlOrMeta")
    expect(bar(page).get_by_role("status")).to_have_text("3 selected")
    bar(page).get_by_role("button", name="Priority").click()
    page.get_by_role("menuitem", name="High").click()
    eventually(lambda: sorted(person.titles(priority="high")), ["Task 2", "Task 4", "Task 5"])
    expect(bar(page)).to_have_count(0)
    click(person, "Task 1", "ControlOrMeta")
    bar(page).get_by_role("button", name="Select all").click()
    expect(bar(page).get_by_role("status")).to_have_text("7 selected")
    page.keyboard.press("#")
    question = page.get_by_role("dialog", name="Delete 7 tasks?")
    expect(question.get_by_role("listitem")).to_have_count(7)
    assert violations(page) == []
    question.get_by_role("button", name="No, leave them").click()
    assert len(person.titles()) == 7
    bar(page).get_by_role("button", name="Delete").click()
    question.get_by_role("button", name="Yes, do it").click()
    eventually(person.titles, [])
    page.get_by_role("button", name="Undo").click()
    eventually(lambda: len(person.titles()), 7)
    expect(person.row("Task 7")).to_be_visible()


def test_with_the_keyboard_alone(person: Person) -> None:
    page, keys = person.page, person.page.keyboard
    listed(person)
    person.row("Task 2").focus()
    keys.press(" ")
    keys.press("Shift+ArrowDown")
    keys.press("Shift+ArrowDown")
    expect(bar(page).get_by_role("status")).to_have_text("3 selected")
    expect(person.row("Task 4")).to_have_accessible_description("Selected")
    keys.press("x")
    eventually(lambda: sorted(person.titles()), ["Task 1", "Task 5", "Task 6", "Task 7"])
    keys.press("z")
    eventually(lambda: len(person.titles()), 7)
    person.row("Task 6").focus()
    keys.press(" ")
    expect(bar(page)).to_be_visible()
    keys.press("Escape")
    expect(bar(page)).to_have_count(0)
    expect(person.row("Task 6")).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_with_a_finger_that_rests_on_a_row(site: Site, new_context: Callable[..., BrowserContext], theme: str) -> None:
    context = new_context(**PHONE, color_scheme=theme)
    person = sign_up(context.new_page(), site.address)
    page = person.page
    person.add("Milk")
    person.add("Eggs")
    box = person.row("Milk").bounding_box()
    assert box
    touch = {"x": box["x"] + 120, "y": box["y"] + 20}
    finger = context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [touch]})
    expect(bar(page).get_by_role("status")).to_have_text("1 selected")
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    person.row("Eggs").get_by_role("button", name="Eggs", exact=True).tap()
    expect(bar(page).get_by_role("status")).to_have_text("2 selected")
    assert page.evaluate(TOO_SMALL, THUMB) == []
    assert violations(page) == []
    bar(page).get_by_role("button", name="Tags").tap()
    page.get_by_role("combobox", name="Add a tag").fill("shop")
    page.get_by_role("button", name="Add", exact=True).tap()
    eventually(lambda: sorted(person.titles(tag="shop")), ["Eggs", "Milk"])
