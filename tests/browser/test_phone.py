"""A phone: the list above, the chat below, everything large enough for a thumb."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.people import Person, sign_up
from tests.browser.servers import Site

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
THUMB = 44
TOO_SMALL = """(thumb) => [...document.querySelectorAll('button, a, input, select, textarea')]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.offsetWidth > 1)
  // A row's title is a button as high as its row, by a layer over it.
  .filter((element) => !(element.closest('li[id^=task-]') && element.textContent))
  .filter((element) => element.offsetHeight < thumb)
  .map((element) => `${element.tagName} ${element.ariaLabel ?? element.textContent} ${element.offsetHeight}`)"""


@pytest.fixture
def phone(site: Site, new_context: Callable[..., BrowserContext]) -> Person:
    return sign_up(new_context(**PHONE).new_page(), site.address)


def test_the_list_stands_above_the_chat_and_nothing_is_cut_off(phone: Person) -> None:
    phone.add("A task with a long title that does not fit on one line of a phone")
    box = phone.page.get_by_label("Message to the assistant").bounding_box()
    line = phone.page.get_by_label("New task").bounding_box()
    assert box
    assert line
    assert line["y"] + line["height"] < box["y"]
    assert box["y"] + box["height"] <= PHONE["viewport"]["height"]  # type: ignore[index]
    assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_say_it_see_it_and_fold_the_chat_away(phone: Person) -> None:
    page = phone.page
    phone.say("add buy stamps today")
    receipt = page.get_by_role("group", name="What changed")
    expect(receipt).to_be_visible()
    expect(phone.row("buy stamps")).to_be_visible()
    page.get_by_role("button", name="Assistant", exact=True).click()
    expect(receipt).to_be_hidden()
    expect(page.get_by_label("Message to the assistant")).to_be_visible()
    page.get_by_role("checkbox", name="Complete: buy stamps").tap()
    expect(phone.row("buy stamps")).to_have_count(0)


def test_the_other_lists_are_in_the_menu(phone: Person) -> None:
    page = phone.page
    phone.add("Somewhere")
    page.get_by_role("button", name="Lists").tap()
    page.get_by_role("link", name="All tasks").tap()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", name="All tasks", level=1)).to_be_visible()
    expect(phone.row("Somewhere")).to_be_visible()


def test_the_editors_save_stands_above_the_chat(phone: Person) -> None:
    page = phone.page
    phone.add("Edit me")
    page.get_by_role("button", name="Edit me", exact=True).tap()
    save = page.get_by_role("button", name="Save")
    expect(page.get_by_label("Message to the assistant")).to_be_visible()
    dock = page.get_by_label("Message to the assistant").bounding_box()
    box = save.bounding_box()
    assert box and dock
    assert box["y"] + box["height"] <= dock["y"]
    assert (
        page.evaluate("([x, y]) => document.elementFromPoint(x, y)?.textContent", [box["x"] + 9, box["y"] + 9])
        == "Save"
    )
    save.tap()
    expect(page.get_by_label("Priority")).to_have_count(0)


def test_controls_are_large_enough_for_a_thumb(phone: Person) -> None:
    page = phone.page
    phone.add("Edit me")
    assert too_small(page) == []
    page.get_by_role("button", name="Edit me", exact=True).tap()
    expect(page.get_by_label("Priority")).to_be_visible()
    assert too_small(page) == []


def too_small(page: Page) -> list[str]:
    """Visible controls less than 44 pixels high, the size that a thumb hits (WCAG 2.5.5)."""
    found: list[str] = page.evaluate(TOO_SMALL, THUMB)
    return found
