"""An address for mails from made to revoked on the settings page, and a mail that becomes a task."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import running
from tests.browser.people import Person, sign_up
from tests.browser.servers import Site, site_on
from tests.browser.test_accessibility import violations


@pytest.fixture
def mail_site(release: Path, tmp_path: Path) -> Iterator[Site]:
    """A site that takes mails."""
    yield from running(site_on(tmp_path, release=release, TODO_MAIL_IN="true"))


def test_an_address_from_made_to_revoked(mail_site: Site, new_context: Callable[..., BrowserContext]) -> None:
    person = sign_up(new_context().new_page(), mail_site.address)
    person.page.goto(f"{person.address}/settings")
    section = person.page.get_by_role("region", name="Mail", exact=True)
    section.get_by_label("Who may write").fill("no address")
    section.get_by_role("button", name="Make an address for mails").click()
    expect(section.get_by_role("alert")).to_contain_text("must be a mail address")
    section.get_by_label("Who may write").fill("ada@example.com, eve@example.com")
    section.get_by_role("button", name="Make an address for mails").click()
    address = section.get_by_role("group", name="Your address for mails").get_by_role("code").inner_text()
    expect(section.get_by_text(f"mail_…{address[-4:]}")).to_be_visible()
    assert violations(person.page) == []
    mail = b"From: Eve <eve@example.com>\r\nSubject: water the plants #home\r\n\r\nboth of them"
    taken = httpx.post(address, content=mail, headers={"content-type": "message/rfc822"})
    assert (taken.status_code, taken.json()["outcome"]) == (202, "added")
    person.page.reload()
    expect(section.get_by_label("Who may write")).to_have_value("ada@example.com, eve@example.com")
    expect(section.get_by_text("Last used just now")).to_be_visible()
    section.get_by_role("button", name="Revoke the address").click()
    expect(section.get_by_role("button", name="Make an address for mails")).to_be_visible()
    assert httpx.post(address, content=mail).status_code == 404
    assert person.titles() == ["water the plants"]


def test_nothing_is_offered_where_mails_are_off(person: Person) -> None:
    person.page.goto(f"{person.address}/settings")
    expect(person.page.get_by_role("region", name="Webhooks", exact=True)).to_be_visible()
    expect(person.page.get_by_role("region", name="Mail", exact=True)).to_have_count(0)
