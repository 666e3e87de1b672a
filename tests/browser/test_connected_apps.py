"""A program signs in by OAuth: the SDK's client, the real page, and somebody who allows it or does not."""

from collections.abc import Callable
from typing import Any

import pytest
from mcp import Client
from playwright.sync_api import expect

from tests.browser.oauth_program import SECONDS, Program
from tests.browser.people import PASSWORD, Person, eventually, sign_in
from tests.browser.servers import Site
from tests.browser.test_accessibility import violations


async def add_and_list(client: Client) -> list[str]:
    """What tools there are; a task is added by one of them."""
    tools = [tool.name for tool in (await client.list_tools()).tools]
    if "add_task" in tools:
        added = await client.call_tool("add_task", {"title": "From the editor"})
        assert added.structured_content is not None
        assert added.structured_content["status"] == "created"
    return tools


def test_a_program_signs_in_and_uses_the_list(person: Person) -> None:
    program = Program(person.address, "Demo Editor")
    done = program.start(add_and_list)
    page = person.context.new_page()
    page.goto(program.page.result(SECONDS))
    expect(page.get_by_role("heading", name="Connect “Demo Editor”?")).to_be_visible()
    expect(page.get_by_text(person.email)).to_be_visible()
    expect(page.get_by_text("nobody has checked it")).to_be_visible()
    expect(page.get_by_role("radio", name="Read and change")).to_be_checked()
    assert violations(page) == []
    page.get_by_role("button", name="Allow", exact=True).click()
    assert "add_task" in done.result(SECONDS)
    expect(page.get_by_text("You can close this page.")).to_be_visible()
    eventually(person.titles, ["From the editor"])
    page.goto(f"{person.address}/settings")
    apps = page.get_by_role("list", name="Connected apps")
    expect(apps.get_by_role("listitem")).to_contain_text("Demo Editor")
    expect(apps.get_by_role("listitem")).to_contain_text("last used")
    page.get_by_role("button", name="End the access of Demo Editor").click()
    page.get_by_role("button", name="End access").click()
    expect(page.get_by_text("No apps are connected.")).to_be_visible()


def test_who_is_not_signed_in_does_so_first_and_comes_back(person: Person, new_context: Callable[..., Any]) -> None:
    program = Program(person.address, "Demo Editor")
    done = program.start(add_and_list)
    page = new_context().new_page()
    page.goto(program.page.result(SECONDS))
    sign_in(page, person.email)
    expect(page.get_by_role("heading", name="Connect “Demo Editor”?")).to_be_visible()
    page.get_by_text("Only read").click()
    page.get_by_role("button", name="Allow", exact=True).click()
    assert "add_task" not in done.result(SECONDS)
    assert program.kept.tokens is not None
    assert program.kept.tokens.scope == "read"


def test_a_no_reaches_the_program(person: Person) -> None:
    program = Program(person.address, "Demo Editor")
    done = program.start(add_and_list)
    page = person.context.new_page()
    page.goto(program.page.result(SECONDS))
    page.get_by_role("button", name="Don’t allow").click()
    error = done.exception(SECONDS)
    assert "access_denied" in repr(error) + "".join(map(repr, getattr(error, "exceptions", ())))
    assert program.kept.tokens is None


def test_a_request_that_is_none_is_told(person: Person) -> None:
    page = person.context.new_page()
    for address, told in (
        ("/connect?request=nonsense", "This app cannot be connected"),
        ("/connect", "Nothing is asked"),
    ):
        page.goto(person.address + address)
        expect(page.get_by_role("heading", name=told)).to_be_visible()


def test_no_other_page_can_frame_the_question(site: Site, person: Person) -> None:
    headers = person.page.request.get(f"{site.address}/connect?request=x").headers
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/oauth-protected-resource/mcp", "/oauth-protected-resource", "/oauth-authorization-server"]
)
def test_the_page_tells_apps_where_to_go_at_its_own_address(site: Site, person: Person, path: str) -> None:
    said = person.api("GET", f"/.well-known{path}")
    assert site.address in (said.get("issuer"), *said.get("authorization_servers", ()))


def test_an_address_that_is_not_registered_shows_a_page(person: Person) -> None:
    page = person.context.new_page()
    page.goto(
        f"{person.address}/api/oauth/authorize?client_id=unknown&response_type=code&redirect_uri=https://evil.example"
    )
    expect(page.get_by_role("heading", name="This app cannot be connected")).to_be_visible()
    assert page.url.startswith(person.address)
    assert PASSWORD not in page.content()
