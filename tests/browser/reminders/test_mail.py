"""A forgotten password and a confirmed address, by mails to a server of the test's own and their links."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Page, expect

from tests.browser.conftest import running
from tests.browser.people import PASSWORD, Person, sign_in, sign_up
from tests.browser.servers import Site, free_port, site_on
from tests.browser.test_accessibility import violations

NEW_PASSWORD = "another horse battery"


class Letters:
    """Takes every mail."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        message = message_from_bytes(envelope.content, policy=policy.default)
        body = message.get_body(("plain",))
        self.texts.append(body.get_content() if body else "")
        return "250 OK"

    def link(self, page: Page, part: str) -> str:
        """The newest link with this part, once its mail is here."""
        for _ in range(300):
            found = re.findall(rf"https?://\S*{part}\S*", "\n".join(self.texts))
            if found:
                return str(found[-1])
            page.wait_for_timeout(100)
        raise AssertionError(f"no mail with {part}: {self.texts}")


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def mailing(release: Path, tmp_path: Path, letters: Letters) -> Iterator[Site]:
    """A site that sends its mails to the test."""
    controller = Controller(letters, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        mail = {"SMTP_URL": f"smtp://127.0.0.1:{controller.port}", "SMTP_FROM": "Todo <todo@example.com>"}
        port = free_port()
        site = site_on(tmp_path, release=release, TODO_PAGE_URL=f"http://127.0.0.1:{port}", **mail)
        site.page.port = port
        yield from running(site)
    finally:
        controller.stop()


def test_a_forgotten_password_is_set_anew_by_the_mailed_link(mailing: Site, page: Page, letters: Letters) -> None:
    person = sign_up(page, mailing.address)
    sign_out(person)
    page.get_by_role("button", name="Forgot your password?").click()
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_text("Enter an email address")).to_be_visible()
    page.get_by_label("Email").fill(person.email)
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_role("status").filter(has_text=person.email)).to_be_visible()
    assert violations(page) == []
    link = letters.link(page, "reset-password")
    page.goto(link)
    expect(page.get_by_role("heading", name="Choose a new password")).to_be_visible()
    expect(page).not_to_have_url(re.compile("token"))
    assert violations(page) == []
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_text("Use at least 8 characters.")).to_be_visible()
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("heading", name="The password is set")).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", name="This link does not work")).to_be_visible()
    page.get_by_role("link", name="Sign in").click()
    sign_in(page, person.email)
    expect(page.get_by_role("alert").filter(has_text="nvalid")).to_be_visible()
    assert NEW_PASSWORD != PASSWORD
    page.get_by_label("Password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()


def sign_out(person: Person) -> None:
    person.page.get_by_role("button", name="Account").click()
    person.page.get_by_role("menuitem", name="Sign out").click()
    expect(person.page.get_by_role("heading", name="Welcome back")).to_be_visible()


WRONG = "This link does not work"


@pytest.mark.parametrize(
    ("query", "title"), [("", "Confirmed"), ("?error=TOKEN_EXPIRED", WRONG), ("?error=%3Cb%3E", WRONG)]
)
def test_what_came_of_confirming_an_address_is_said(site: Site, page: Page, query: str, title: str) -> None:
    page.goto(f"{site.address}/verify-email{query}")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    assert violations(page) == []
