"""A webhook from made to removed on the settings page, with a program of the test's own that is told."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect
from standardwebhooks import Webhook as Verifier

from tests.browser.conftest import running
from tests.browser.people import eventually, sign_up
from tests.browser.servers import Site, site_on
from tests.browser.test_accessibility import violations
from tests.browser.test_phone import PHONE
from tests.channels.receiver import Receiver, receiver


@pytest.fixture
def program() -> Iterator[Receiver]:
    with receiver() as held:
        yield held


@pytest.fixture
def open_site(release: Path, tmp_path: Path) -> Iterator[Site]:
    """A site that may send to this machine."""
    yield from running(site_on(tmp_path, release=release, TODO_REMINDER_HOSTS="127.0.0.1"))


def test_a_webhook_from_made_to_removed(
    open_site: Site, new_context: Callable[..., BrowserContext], program: Receiver
) -> None:
    person = sign_up(new_context().new_page(), open_site.address)
    person.page.goto(f"{person.address}/settings")
    section = person.page.get_by_role("region", name="Webhooks", exact=True)
    section.get_by_label("Webhook’s address").fill("https://10.0.0.1/hook")
    section.get_by_role("button", name="Add the webhook").click()
    expect(section.get_by_role("alert")).to_contain_text("private network")
    section.get_by_label("Webhook’s address").fill(f"{program.url}/hook")
    section.get_by_label("What you call it").fill("My program")
    section.get_by_label("Task reopened").uncheck()
    section.get_by_role("button", name="Add the webhook").click()
    secret = section.get_by_role("group", name="The webhook’s secret").get_by_role("code").inner_text()
    row = section.get_by_role("list", name="Your webhooks").get_by_role("listitem", name="My program")
    expect(row).to_contain_text("Task added, Task changed, Task done, Task deleted, Reminder due")
    row.get_by_role("button", name="Send a test to My program").click()
    eventually(lambda: len(program.requests), 1)
    assert Verifier(secret).verify(program.requests[0].body, program.requests[0].headers)["type"] == "webhook.test"
    row.get_by_role("button", name="Log of My program").click()
    expect(row.get_by_role("list")).to_contain_text("answered 201")
    program.status = 500
    person.api("POST", "/api/tasks", {"title": "sweep"})
    expect(row.get_by_role("list")).to_contain_text("answered 500")
    assert violations(person.page) == []
    person.page.reload()
    expect(section.get_by_text(secret)).to_have_count(0)
    expect(row).to_contain_text("Failing; it is tried again")
    row.get_by_role("button", name="Log of My program").click()
    program.status = 200
    row.get_by_role("button", name="Send again: task.created").click()
    expect(row.get_by_role("list")).to_contain_text("answered 200")
    row.get_by_role("button", name="Remove My program").click()
    person.page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(section.get_by_text("You have no webhooks yet.")).to_be_visible()


def test_the_section_fits_a_phone(
    open_site: Site, new_context: Callable[..., BrowserContext], program: Receiver
) -> None:
    person = sign_up(new_context(**PHONE).new_page(), open_site.address)
    new = {"url": f"{program.url}/hook", "events": ["task.created"], "label": "A program with quite a long name"}
    person.api("POST", "/api/webhooks", new)
    person.page.goto(f"{person.address}/settings")
    row = person.page.get_by_role("listitem", name="A program with quite a long name")
    row.get_by_role("button", name="Send a test to").click()
    row.get_by_role("button", name="Log of").click()
    expect(row.get_by_role("list")).to_contain_text("answered 201")
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert person.page.evaluate(wide) is False
