"""axe-core finds no violation in any state, light or dark."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cli.servers.page import FRONTEND
from tests.browser.people import Person, sign_up
from tests.browser.servers import Site
from tests.browser.test_phone import PHONE

AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`));
}"""


@pytest.fixture(params=["light", "dark"])
def themed(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    yield new_context(color_scheme=request.param).new_page()


def violations(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(RUN)
    return found


def test_login_and_its_messages(site: Site, themed: Page) -> None:
    themed.goto(site.address)
    assert violations(themed) == []
    themed.get_by_role("button", name="Create an account").click()
    themed.get_by_role("button", name="Create account").click()
    expect(themed.get_by_text("Enter your name.")).to_be_visible()
    assert violations(themed) == []


def test_list_editor_and_menus(site: Site, themed: Page) -> None:
    person = sign_up(themed, site.address)
    assert violations(themed) == []
    fill(person)
    expect(person.row("Late and urgent")).to_be_visible()
    assert violations(themed) == []
    themed.get_by_role("button", name="Late and urgent", exact=True).click()
    themed.get_by_label("Repeat").select_option("custom")
    themed.get_by_role("combobox", name="Tags").fill("h")
    assert violations(themed) == []
    themed.keyboard.press("Escape")
    themed.get_by_label("Title").press("Escape")
    themed.get_by_role("button", name="More for Late and urgent").click()
    assert violations(themed) == []
    themed.keyboard.press("Escape")
    themed.keyboard.press("?")
    expect(themed.get_by_role("dialog")).to_be_visible()
    assert violations(themed) == []


def test_every_list(site: Site, themed: Page) -> None:
    person = sign_up(themed, site.address)
    fill(person)
    person.api("POST", f"/api/tasks/{person.api('GET', '/api/tasks')['items'][0]['id']}/complete")
    for name in ("Upcoming", "All tasks", "Done", "Search"):
        themed.get_by_role("link", name=name).click()
        expect(themed.get_by_role("heading", name=name, level=1)).to_be_visible()
        assert violations(themed) == [], name


def test_chat_with_marks_and_receipts(site: Site, themed: Page) -> None:
    person = sign_up(themed, site.address)
    person.say("add buy milk tomorrow at 5pm #shop p1")
    expect(themed.get_by_role("group", name="What changed")).to_be_visible()
    person.say("what is due this week?")
    themed.get_by_label("Message to the assistant").fill("call Ana on friday at 3pm")
    expect(themed.get_by_role("list", name="Read as").get_by_role("button")).not_to_have_count(0)
    assert violations(themed) == []


def test_phone(site: Site, new_context: Callable[..., BrowserContext]) -> None:
    person = sign_up(new_context(**PHONE).new_page(), site.address)
    fill(person)
    expect(person.row("Late and urgent")).to_be_visible()
    assert violations(person.page) == []
    person.page.get_by_role("button", name="Assistant", exact=True).click()
    assert violations(person.page) == []


def fill(person: Person) -> None:
    """A task with every field, one late, one without anything."""
    zone = {"timezone": "Europe/Berlin"}
    late = {"title": "Late and urgent", "due": "2020-01-02T09:00", "priority": "high", **zone}
    full = {"title": "Full", "due": "2099-01-02", "recurrence": "FREQ=WEEKLY", "notes": "n", "tags": ["home"], **zone}
    for task in (late, full, {"title": "Bare"}):
        person.api("POST", "/api/tasks", task)
