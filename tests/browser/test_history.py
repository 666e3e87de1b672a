"""The page of history: what was done, undo of a turn, the list put back after a look at it, and redo by keys."""

import httpx
from playwright.sync_api import Page, expect

from tests.browser.people import eventually, sign_up
from tests.browser.servers import Site
from tests.browser.test_accessibility import themed, violations

__all__ = ["themed"]


def test_the_list_is_put_back_from_its_history(site: Site, themed: Page) -> None:
    person = sign_up(themed, site.address)
    for title in ("Bread", "Milk", "Soap"):
        person.add(title)
    person.say("rename milk to oat milk")
    expect(person.row("oat milk")).to_be_visible()
    themed.get_by_role("button", name="Account:").first.click()
    themed.get_by_role("menuitem", name="History").click()
    turns = themed.get_by_role("region", name="Today").get_by_role("listitem").filter(has=themed.locator("time"))
    expect(turns).to_have_count(4)
    expect(turns.first).to_contain_text("via chat")
    expect(turns.first).to_contain_text("rename milk to oat milk")
    assert violations(themed) == []
    turns.last.get_by_role("button", name="Put the list back to here").click()
    dialog = themed.get_by_role("dialog", name="Put the list back?")
    expect(dialog).to_contain_text("2 removed")
    assert violations(themed) == []
    dialog.get_by_role("button", name="Put it back").click()
    expect(turns.first).to_contain_text("list put back")
    eventually(person.titles, ["Bread"])
    turns.first.get_by_role("button", name="Undo this").click()
    expect(turns).to_have_count(6)
    eventually(lambda: sorted(person.titles()), ["Bread", "Soap", "oat milk"])


def test_what_another_program_does_shows_at_once(site: Site, themed: Page) -> None:
    person = sign_up(themed, site.address)
    themed.goto(f"{site.address}/history")
    expect(themed.get_by_text("Nothing has been changed yet.")).to_be_visible()
    assert violations(themed) == []
    person.api_elsewhere("POST", "/api/tasks", {"title": "From elsewhere"})
    expect(themed.get_by_text("From elsewhere")).to_be_visible()
    token = person.api_elsewhere("POST", "/api/tokens", {"name": "my robot", "scope": "write"})["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    httpx.post(f"{site.address}/api/tasks", json={"title": "By a robot"}, headers=bearer).raise_for_status()
    expect(themed.get_by_text("via API, token “my robot”")).to_be_visible()


def test_ctrl_y_redoes_what_ctrl_z_undid(site: Site, themed: Page) -> None:
    person = sign_up(themed, site.address)
    person.add("Bread")
    themed.get_by_role("heading").first.click()
    themed.evaluate("document.activeElement.blur()")
    themed.keyboard.press("Control+z")
    expect(person.row("Bread")).to_have_count(0)
    themed.keyboard.press("Control+y")
    expect(person.row("Bread")).to_be_visible()
    themed.keyboard.press("Control+z")
    expect(person.row("Bread")).to_have_count(0)
    themed.keyboard.press("Control+Shift+Z")
    expect(person.row("Bread")).to_be_visible()


def test_one_task_s_history_from_its_editor(site: Site, themed: Page) -> None:
    person = sign_up(themed, site.address)
    person.add("Bread")
    person.add("Milk")
    themed.get_by_role("button", name="Milk", exact=True).click()
    themed.get_by_role("link", name="History").click()
    expect(themed.get_by_role("heading", name="History of one task")).to_be_visible()
    expect(themed.get_by_text("Milk")).to_be_visible()
    expect(themed.get_by_text("Bread")).to_have_count(0)
    assert violations(themed) == []
