"""The list's own line reads as the chat does; pasted lines become tasks, many of them after a question."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.people import Person, eventually, sign_up
from tests.browser.servers import Site
from tests.browser.test_accessibility import violations
from tests.browser.test_reading import chips

PASTE = """([label, text]) => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  const input = document.querySelector(`[aria-label="${label}"]`);
  input.focus();
  const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
  if (input.dispatchEvent(event)) document.execCommand('insertText', false, text);
}"""


def line(page: Page) -> Locator:
    return page.get_by_label("New task")


def paste(page: Page, text: str) -> None:
    page.evaluate(PASTE, ["New task", text])


def test_what_is_typed_is_read_marked_and_saved(person: Person) -> None:
    page = person.page
    line(page).fill("water the plants tomorrow at 6pm #garden !high")
    expect(chips(person)).to_have_count(3)
    expect(page.locator("mark", has_text="#garden")).to_be_visible()
    assert violations(page) == []
    line(page).press("Enter")
    expect(page.get_by_text("Added “water the plants” for Tomorrow, 18:00.", exact=True)).to_be_visible()
    expect(line(page)).to_have_value("")
    page.get_by_role("link", name="Upcoming").click()
    expect(person.row("water the plants")).to_contain_text("Tomorrow, 18:00")
    (task,) = person.api("GET", "/api/tasks")["items"]
    assert (task["title"], task["tags"], task["priority"]) == ("water the plants", ["garden"], "high")


def test_typed_fast_it_is_read_all_the_same(person: Person) -> None:
    line(person.page).press_sequentially("pay rent every month p1", delay=0)
    line(person.page).press("Enter")
    expect(person.row("pay rent")).to_contain_text("Every month")
    expect(person.page.get_by_role("main").get_by_role("listitem")).to_have_count(1)


def test_a_mark_clicked_away_stays_in_the_title(person: Person) -> None:
    page = person.page
    line(page).fill("watch tomorrow never dies")
    page.locator("mark", has_text="tomorrow").click()
    expect(chips(person)).to_have_count(0)
    line(page).press("Enter")
    expect(person.row("watch tomorrow never dies")).to_be_visible()


def test_an_order_is_a_task_here(person: Person) -> None:
    person.add("delete old photos")
    person.add("undo")
    eventually(lambda: sorted(person.titles()), ["delete old photos", "undo"])


def test_a_few_pasted_lines_are_seen_and_added_with_one_undo(person: Person) -> None:
    page = person.page
    paste(page, "milk friday\r\n\r\n  eggs p1 #shop\nbread")
    expect(chips(person)).to_have_count(3)
    page.get_by_role("button", name="Add 3").click()
    expect(page.get_by_text("Added 3 tasks.", exact=True)).to_be_visible()
    expect(person.row("eggs")).to_contain_text("#shop")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(person.row("eggs")).to_have_count(0)
    eventually(person.titles, [])


def test_many_pasted_lines_ask_first_and_can_be_undone(person: Person) -> None:
    page = person.page
    paste(page, "\n".join(f"errand {number} #many" for number in range(1, 451)))
    dialog = page.get_by_role("dialog", name="Add 450 tasks?")
    expect(dialog).to_contain_text("and 445 more")
    assert violations(page) == []
    eventually(person.titles, [])
    dialog.get_by_role("button", name="Cancel").click()
    expect(line(page)).to_have_value("")
    paste(page, "\n".join(f"errand {number} #many" for number in range(1, 451)))
    dialog.get_by_role("button", name="Add 450").click()
    expect(page.get_by_text("Added 450 tasks.", exact=True)).to_be_visible(timeout=60_000)
    eventually(lambda: person.api("GET", "/api/tasks?count=true&tag=many")["total"], 450)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("Undone: the tasks that you pasted.", exact=True)).to_be_visible(timeout=60_000)
    eventually(person.titles, [])


def test_a_line_that_cannot_be_a_task_stops_the_rest_and_is_told(person: Person) -> None:
    page = person.page
    paste(page, "\n".join([*(f"line {number}" for number in range(150)), "x" * 501]))
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Add 151").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Stopped after 100")
    expect(dialog.get_by_role("alert")).to_contain_text("at most 500 characters")
    eventually(lambda: person.api("GET", "/api/tasks?count=true")["total"], 100)


def test_too_many_lines_are_refused(person: Person) -> None:
    paste(person.page, "x\n" * 10_001)
    dialog = person.page.get_by_role("dialog", name="Add 10,001 tasks?")
    expect(dialog).to_contain_text("Paste it in parts; nothing was added.")
    expect(dialog.get_by_role("button", name="Add 10,001")).to_be_disabled()


def test_upcoming_tells_every_date_and_the_free_days_of_the_week(
    site: Site, new_context: Callable[..., BrowserContext]
) -> None:
    person = sign_up(new_context().new_page(), site.address)
    page = person.page
    person.api("POST", "/api/tasks", {"title": "Far", "due": "2099-01-12T09:30", "timezone": "Europe/Berlin"})
    page.get_by_role("link", name="Upcoming").click()
    expect(person.row("Far")).to_contain_text("Mon 12 Jan 2099, 09:30")
    expect(page.get_by_role("heading", name=re.compile("^Tomorrow.*Free$"))).to_be_visible()
    expect(page.get_by_text("Free", exact=True)).to_have_count(7)
    assert violations(page) == []
