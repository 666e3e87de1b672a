"""Tasks are dragged onto projects, tags and days, several at once, and among each other in their own order."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import ZONE
from tests.browser.people import Person, eventually, sign_up
from tests.browser.servers import Site
from tests.browser.test_arrange import choose, order
from tests.browser.test_choice import bar, click
from tests.browser.test_phone import PHONE


def fill(person: Person, *titles: str, view: str = "all") -> None:
    person.api("POST", "/api/tasks", {"title": "Slides", "project": "work", "tags": ["desk"]})
    for title in titles:
        person.api("POST", "/api/tasks", {"title": title, "due": day(1), "timezone": ZONE})
    person.page.goto(f"{person.address}/?view={view}")
    expect(person.row(titles[0])).to_be_visible()


def day(ahead: int) -> str:
    return f"{datetime.now(ZoneInfo(ZONE)).date() + timedelta(days=ahead)}"


def grab(page: Page, row: Locator, place: Locator) -> None:
    """Hold a row over a place, without letting it go."""
    start, end = row.bounding_box(), place.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 120, start["y"] + 15)
    page.mouse.down()
    page.mouse.move(start["x"] + 110, start["y"] + 20, steps=4)
    page.mouse.move(end["x"] + 40, end["y"] + end["height"] / 2, steps=8)
    for nudge in (41, 40):  # a busy browser draws later than a mouse moves: a person sees the place light up first
        page.evaluate("() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")
        page.mouse.move(end["x"] + nudge, end["y"] + end["height"] / 2)
    page.evaluate("() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")


def drag(page: Page, row: Locator, place: Locator) -> None:
    grab(page, row, place)
    page.mouse.up()


def field(person: Person, title: str, name: str) -> object:
    (task,) = [one for one in person.api("GET", "/api/tasks?status=all")["items"] if one["title"] == title]
    return task[name]


def test_onto_a_project_a_tag_and_today(person: Person) -> None:
    page = person.page
    fill(person, "Milk")
    drag(page, person.row("Milk"), page.get_by_role("link", name="work 1"))
    expect(page.get_by_role("link", name="work 2")).to_be_visible()
    assert field(person, "Milk", "project") == "work"
    drag(page, person.row("Milk"), page.get_by_role("link", name="desk 1"))
    expect(page.get_by_role("link", name="desk 2")).to_be_visible()
    assert field(person, "Milk", "tags") == ["desk"]
    drag(page, person.row("Milk"), page.get_by_role("link", name="Today"))
    eventually(lambda: field(person, "Milk", "due"), day(0))
    expect(page.get_by_role("link", name="Today 1")).to_be_visible()
    # Let go over nothing, or with Escape: nothing is changed.
    drag(page, person.row("Milk"), page.get_by_role("link", name="Done"))
    grab(page, person.row("Milk"), page.get_by_role("link", name="work 2"))
    page.keyboard.press("Escape")
    page.mouse.up()
    drag(page, person.row("Milk"), page.get_by_role("link", name="work 2"))
    expect(page.get_by_text("It is there already.", exact=True)).to_be_visible()
    page.keyboard.press("z")
    eventually(lambda: field(person, "Milk", "due"), day(1))
    page.keyboard.press("z")
    eventually(lambda: field(person, "Milk", "tags"), [])


def test_all_that_is_selected_goes_along_and_one_undo_brings_it_back(person: Person) -> None:
    page = person.page
    titles = [f"Task {place}" for place in range(1, 8)]
    fill(person, *titles)
    click(person, "Task 2", "ControlOrMeta")
    click(person, "Task 4", "ControlOrMeta")
    grab(page, person.row("Task 4"), page.get_by_role("link", name="work 1"))
    expect(page.get_by_text("2 tasks", exact=True)).to_be_visible()
    page.mouse.up()
    expect(page.get_by_role("link", name="work 3")).to_be_visible()
    expect(bar(page)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="work 1")).to_be_visible()
    # More than the chat would change without a question.
    click(person, "Task 1", "ControlOrMeta")
    click(person, "Task 7", "Shift")
    drag(page, person.row("Task 3"), page.get_by_role("link", name="work 1"))
    question = page.get_by_role("dialog", name="Change 7 tasks?")
    expect(question).to_contain_text("Each of them: project “work”.")
    question.get_by_role("button", name="No, leave them").click()
    expect(bar(page)).to_be_visible()
    drag(page, person.row("Task 3"), page.get_by_role("link", name="work 1"))
    question.get_by_role("button", name="Yes, do it").click()
    expect(page.get_by_role("link", name="work 8")).to_be_visible()


def test_one_that_is_not_selected_goes_alone(person: Person) -> None:
    page = person.page
    fill(person, "Milk", "Eggs")
    click(person, "Eggs", "ControlOrMeta")
    drag(page, person.row("Milk"), page.get_by_role("link", name="work 1"))
    expect(page.get_by_role("link", name="work 2")).to_be_visible()
    assert field(person, "Eggs", "project") is None


def test_under_another_day_of_upcoming(person: Person) -> None:
    page = person.page
    fill(person, "Milk", "Eggs", view="upcoming")
    later = page.get_by_role("main").get_by_role("region").nth(2)
    expect(later).to_contain_text("Free")
    drag(page, person.row("Milk"), later)
    expect(later).to_contain_text("Milk")
    eventually(lambda: field(person, "Milk", "due"), day(3))
    # A time of day stays.
    person.api("PATCH", f"/api/tasks/{field(person, 'Eggs', 'id')}", {"due": f"{day(1)}T17:00", "timezone": ZONE})
    expect(person.row("Eggs")).to_contain_text("17:00")
    drag(page, person.row("Eggs"), later)
    eventually(lambda: field(person, "Eggs", "due"), f"{day(3)}T17:00")


def test_among_each_other_in_their_own_order_alone(person: Person) -> None:
    page = person.page
    fill(person, "apples", "Bread", "Cheese")
    drag(page, person.row("Cheese"), person.row("apples"))
    eventually(lambda: order(person), ["Slides", "Cheese", "apples", "Bread"])
    page.reload()
    eventually(lambda: order(person), ["Slides", "Cheese", "apples", "Bread"])
    choose(person, "Sort by", "Title")
    eventually(lambda: order(person), ["apples", "Bread", "Cheese", "Slides"])
    drag(page, person.row("Cheese"), person.row("apples"))
    eventually(lambda: order(person), ["apples", "Bread", "Cheese", "Slides"])
    choose(person, "Group by", "Project")
    drag(page, person.row("Bread"), page.get_by_role("region", name="work", exact=True))
    expect(page.get_by_role("region", name="work", exact=True).get_by_role("listitem")).to_have_count(2)
    choose(person, "Sort by", "My own order")
    eventually(lambda: order(person), ["Slides", "Bread", "Cheese", "apples"])
    drag(page, person.row("Bread"), person.row("Slides"))
    eventually(lambda: order(person), ["Bread", "Slides", "Cheese", "apples"])


def test_with_the_keyboard_by_the_selection(person: Person) -> None:
    page, keys = person.page, person.page.keyboard
    fill(person, "Milk", "Eggs")
    person.row("Milk").focus()
    keys.press(" ")
    keys.press("Shift+ArrowDown")
    expect(bar(page)).to_be_visible()
    keys.press("b")
    expect(bar(page).get_by_role("button", name="Select all")).to_be_focused()
    for _ in range(3):  # Complete, Date, Project
        keys.press("Tab")
    expect(bar(page).get_by_role("button", name="Project")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("menuitem", name="work")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("link", name="work 3")).to_be_visible()


def test_with_a_finger_under_another_heading(site: Site, new_context: Callable[..., BrowserContext]) -> None:
    context = new_context(**PHONE)
    person = sign_up(context.new_page(), site.address)
    page = person.page
    fill(person, "Milk", view="upcoming")
    later = page.get_by_role("main").get_by_role("region").nth(1)
    start, end = person.row("Milk").bounding_box(), later.bounding_box()
    assert start
    assert end
    finger = context.new_cdp_session(page)

    def touch(kind: str, x: float, y: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", start["x"] + 120, start["y"] + 20)
    page.wait_for_timeout(350)  # longer than a tap, shorter than what selects
    for step in range(1, 9):
        touch("touchMove", start["x"] + 120, start["y"] + 20 + (end["y"] + 10 - start["y"] - 20) * step / 8)
        page.wait_for_timeout(30)
    touch("touchEnd", 0, 0)
    eventually(lambda: field(person, "Milk", "due"), day(2))
