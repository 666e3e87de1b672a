"""A list is sorted and grouped as its reader likes, and stays so in this browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.people import Person, eventually, sign_up
from tests.browser.servers import Site
from tests.browser.test_accessibility import violations
from tests.browser.test_phone import PHONE, too_small

TASKS = (
    {"title": "Pears", "project": "shop", "priority": "low"},
    {"title": "apples", "project": "shop", "due": "2099-01-03"},
    {"title": "Report 10", "project": "work", "priority": "high", "due": "2099-01-02"},
    {"title": "Report 9"},
)
NO_STORAGE = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('denied', 'SecurityError'); },
})"""


def fill(person: Person, view: str = "all") -> None:
    for task in TASKS:
        person.api("POST", "/api/tasks", {**task, "timezone": "Europe/Berlin"})
    person.page.goto(f"{person.address}/?view={view}")
    expect(person.row("Pears")).to_be_visible()


def order(person: Person) -> list[str]:
    rows = person.page.get_by_role("main").get_by_role("listitem")
    return [row.get_attribute("aria-label") or "" for row in rows.all()]


def choose(person: Person, section: str, name: str) -> None:
    page = person.page
    page.get_by_role("button", name="Arrange the tasks").click()
    page.get_by_role("menu").get_by_role("group", name=section).get_by_role("menuitemradio", name=name).click()
    expect(page.get_by_role("menu")).to_have_count(0)


def headings(person: Person) -> list[str]:
    return [text.split("\n")[0] for text in person.page.get_by_role("heading", level=2).all_inner_texts()]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Title", ["apples", "Pears", "Report 9", "Report 10"]),
        ("Priority", ["Report 10", "Pears", "apples", "Report 9"]),
        ("Due date", ["Report 10", "apples", "Pears", "Report 9"]),
        ("Newest first", ["Report 9", "Report 10", "apples", "Pears"]),
    ],
)
def test_sorted(person: Person, name: str, wanted: list[str]) -> None:
    fill(person)
    choose(person, "Sort by", name)
    eventually(lambda: order(person), wanted)
    person.page.reload()
    eventually(lambda: order(person), wanted)


def test_grouped_and_as_at_first_again(person: Person) -> None:
    page = person.page
    fill(person)
    choose(person, "Group by", "Project")
    expect(page.get_by_role("region", name="work").get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_role("region", name="shop").get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_role("region", name="No project")).to_contain_text("Report 9")
    choose(person, "Group by", "Priority")
    expect(page.get_by_role("region", name="High priority")).to_contain_text("Report 10")
    choose(person, "Group by", "Date")
    expect(page.get_by_role("region", name="January 2099").get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_role("region", name="No date").get_by_role("listitem")).to_have_count(2)
    choose(person, "Sort by", "Title")
    button = page.get_by_role("button", name="Arrange the tasks")
    expect(button).to_have_accessible_description("By title, grouped by date")
    # Another view keeps its own arrangement.
    page.get_by_role("link", name="shop 2").click()
    expect(page.get_by_role("heading", name="shop", level=1)).to_be_visible()
    eventually(lambda: order(person), ["Pears", "apples"])
    page.get_by_role("link", name="All tasks").click()
    expect(page.get_by_role("region", name="No date")).to_be_visible()
    button.click()
    page.get_by_role("menuitem", name="As at first").click()
    eventually(lambda: order(person), ["Pears", "apples", "Report 10", "Report 9"])


def test_a_search_and_the_keys_follow_the_order(person: Person) -> None:
    page = person.page
    fill(person)
    page.goto(f"{person.address}/?search=report")
    expect(person.row("Report 9")).to_be_visible()
    choose(person, "Sort by", "Title")
    eventually(lambda: order(person), ["Report 9", "Report 10"])
    page.get_by_role("button", name="Arrange the tasks").focus()
    page.keyboard.press("j")
    expect(person.row("Report 9")).to_be_focused()
    page.keyboard.press("j")
    expect(person.row("Report 10")).to_be_focused()


def test_rows_change_places_in_their_own_order_alone(person: Person) -> None:
    page = person.page
    fill(person)
    choose(person, "Sort by", "Title")
    person.row("Pears").focus()
    page.keyboard.press("Alt+ArrowUp")
    person.row("Pears").get_by_role("button", name="More for Pears").click()
    expect(page.get_by_role("menuitem", name="Edit")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Move up")).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Arrange the tasks").click()
    expect(page.get_by_text("dragged up and down in your own order alone")).to_be_visible()
    page.keyboard.press("Escape")
    assert order(person) == ["apples", "Pears", "Report 9", "Report 10"]
    # Under a heading, rows change places among those that stand there.
    choose(person, "Sort by", "My own order")
    choose(person, "Group by", "Project")
    person.row("apples").focus()
    page.keyboard.press("Alt+ArrowUp")
    eventually(lambda: order(person)[:2], ["apples", "Pears"])
    page.keyboard.press("Alt+ArrowUp")
    page.reload()
    eventually(lambda: order(person), ["apples", "Pears", "Report 10", "Report 9"])


def test_each_user_of_a_browser_has_their_own(person: Person, site: Site) -> None:
    page = person.page
    fill(person)
    choose(person, "Sort by", "Title")
    page.get_by_role("button", name="Account: Mara Lindqvist").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_label("Email")).to_be_visible()
    other = sign_up(page, site.address)
    fill(other)
    eventually(lambda: order(other), ["Pears", "apples", "Report 10", "Report 9"])


def test_where_storage_is_denied_or_holds_something_else(person: Person) -> None:
    page = person.page
    fill(person)
    page.evaluate("""() => { for (const key of Object.keys(localStorage))
        if (key.startsWith('todo-arranged:')) localStorage.removeItem(key); }""")
    choose(person, "Sort by", "Title")
    key = page.evaluate("Object.keys(localStorage).find((key) => key.startsWith('todo-arranged:'))")
    for text in ("{", "null", "[1]", '{"all": {"sort": "mood", "group": "none"}}'):
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, text])
        page.reload()
        eventually(lambda: order(person), ["Pears", "apples", "Report 10", "Report 9"])
    page.add_init_script(NO_STORAGE)
    page.reload()
    expect(person.row("Pears")).to_be_visible()
    choose(person, "Sort by", "Title")
    eventually(lambda: order(person), ["apples", "Pears", "Report 9", "Report 10"])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone(site: Site, new_context: Callable[..., BrowserContext], theme: str) -> None:
    person = sign_up(new_context(**PHONE, color_scheme=theme).new_page(), site.address)
    page = person.page
    fill(person)
    choose(person, "Group by", "Project")
    expect(page.get_by_text("My own order, grouped by project")).to_be_visible()
    assert violations(page) == []
    assert too_small(page) == []
    page.get_by_role("button", name="Arrange the tasks").tap()
    expect(page.get_by_role("menu")).to_be_visible()
    assert violations(page) == []
