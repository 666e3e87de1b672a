"""The settings page: a token made, used through the page's own address, and revoked."""

import os
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.people import Person, sign_up
from tests.browser.servers import Site
from tests.browser.test_accessibility import violations
from tests.browser.test_phone import PHONE

PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}


def open_settings(person: Person) -> Page:
    person.page.get_by_role("button", name="Account: Mara Lindqvist").click()
    person.page.get_by_role("menuitem", name="Settings").click()
    expect(person.page.get_by_role("heading", name="Settings", level=1)).to_be_visible()
    return person.page


def make_token(page: Page, name: str, *, scope: str = "Read and change") -> str:
    page.get_by_role("textbox", name="Name", exact=True).fill(name)
    page.get_by_label("May").select_option(scope)
    page.get_by_role("button", name="Make a token").click()
    return page.get_by_role("group", name="Your new token").get_by_role("code").inner_text()


def call(address: str, token: str, tool: str, **arguments: object) -> httpx.Response:
    """A tool called as a program does, at the address that the page shows."""
    body = {**PING, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    return httpx.post(f"{address}/mcp", json=body, headers=headers)


def test_a_token_from_made_to_revoked(person: Person) -> None:
    page = open_settings(person)
    expect(page.get_by_text("You have made no tokens yet.")).to_be_visible()
    page.get_by_role("button", name="Make a token").click()
    expect(page.get_by_text("Give it a name")).to_be_visible()
    token = make_token(page, "My editor")
    assert call(person.address, token, "add_task", title="From my editor").json()["result"]["structuredContent"]
    row = page.get_by_role("list", name="Your tokens").get_by_role("listitem")
    expect(row).to_contain_text(f"todo_…{token[-4:]}")
    page.reload()
    expect(row).to_contain_text("My editor")
    expect(row).to_contain_text("last used")
    expect(page.get_by_text(token)).to_have_count(0)
    page.get_by_role("button", name="Revoke My editor").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(row).to_have_count(0)
    refused = call(person.address, token, "list_tasks")
    assert (refused.status_code, refused.headers["www-authenticate"][:6]) == (401, "Bearer")
    page.get_by_role("link", name="Your list").click()
    page.get_by_role("link", name="All tasks").click()
    expect(person.row("From my editor")).to_be_visible()


def test_what_a_program_changes_shows_at_once(person: Person) -> None:
    token = make_token(open_settings(person), "A script")
    person.page.get_by_role("link", name="Your list").click()
    person.page.get_by_role("link", name="All tasks").click()
    call(person.address, token, "add_task", title="Made by a script")
    expect(person.row("Made by a script")).to_be_visible()


def test_a_token_that_only_reads(person: Person) -> None:
    token = make_token(open_settings(person), "A display", scope="Only read")
    assert call(person.address, token, "add_task", title="no").json()["result"]["isError"] is True
    assert call(person.address, token, "list_tasks").json()["result"]["structuredContent"]["tasks"] == []


def test_snippets_have_this_address_and_the_new_token(person: Person) -> None:
    page = open_settings(person)
    expect(page.get_by_role("region", name="For Desktop assistant")).to_contain_text("todo_YOUR_TOKEN")
    token = make_token(page, "Everything")
    for name in ("Desktop assistant", "VS Code", "Cursor", "Python", "TypeScript", "curl"):
        page.get_by_role("tab", name=name).click()
        block = page.get_by_role("region", name=f"For {name}")
        expect(block).to_contain_text(token)
        expect(block).to_contain_text(person.address)


def test_copying(person: Person) -> None:
    person.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_settings(person)
    token = make_token(page, "To copy")
    page.get_by_role("button", name="Copy the token").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == token


def test_settings_ask_who_is_there(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/settings")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.parametrize(
    "options", [{"color_scheme": "light"}, {"color_scheme": "dark"}, PHONE], ids=["light", "dark", "phone"]
)
def test_axe(site: Site, new_context: Callable[..., BrowserContext], options: dict[str, object]) -> None:
    person = sign_up(new_context(**options).new_page(), site.address)
    person.page.goto(f"{site.address}/settings")
    page = person.page
    assert violations(page) == []
    make_token(page, "My editor")
    make_token(page, "A display in the kitchen, with a long name", scope="Only read")
    expect(page.get_by_role("list", name="Your tokens").get_by_role("listitem")).to_have_count(2)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if pictures := os.environ.get("TODO_TEST_PICTURES"):
        page.screenshot(path=Path(pictures) / f"settings-{os.environ['PYTEST_CURRENT_TEST'].split('[')[1][:4]}.png")
    page.get_by_role("tab", name="curl").click()
    page.get_by_role("button", name="Revoke My editor").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []
