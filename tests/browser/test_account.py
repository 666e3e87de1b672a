"""The account on the settings page: name, password, second factor, passkeys, sessions, export and deletion."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.people import PASSWORD, Person, sign_up
from tests.browser.servers import Site
from tests.browser.test_accessibility import violations
from tests.browser.test_phone import PHONE
from tests.browser.test_settings import open_settings

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def new_page_elsewhere(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context().new_page()


def _part(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


def _type_password(part: Locator, button: str) -> None:
    part.get_by_label("Your password").fill(PASSWORD)
    part.get_by_role("button", name=button).click()


def _turn_on(page: Page) -> tuple[str, list[str]]:
    """Two-factor sign-in, turned on; the app's key and the recovery codes."""
    part = _part(page, "Two-factor sign-in")
    part.get_by_role("button", name="Turn on").click()
    _type_password(part, "Continue")
    expect(part.get_by_role("img", name="QR code for your authenticator app")).to_be_visible()
    key = part.get_by_role("code").inner_text().replace(" ", "")
    part.get_by_label("Code").fill("12 34")
    part.get_by_role("button", name="Turn on").click()
    expect(part.get_by_role("alert").filter(has_text="This code is wrong")).to_be_visible()
    part.get_by_label("Code").fill(pyotp.TOTP(key).now())
    part.get_by_role("button", name="Turn on").click()
    codes = part.get_by_role("group", name="Recovery codes").get_by_role("listitem")
    expect(codes).to_have_count(10)
    return key, codes.all_inner_texts()


def _sign_in(page: Page, address: str, email: str) -> None:
    page.goto(address)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def _at_home(page: Page) -> None:
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()


def test_a_name_is_changed(person: Person) -> None:
    page = open_settings(person)
    name = page.get_by_label("What you are called")
    name.fill("  ")
    _part(page, "Name").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Enter a name.")).to_be_visible()
    name.fill("Mara L.")
    _part(page, "Name").get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Account: Mara L.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Account: Mara L.")).to_be_visible()


def test_a_new_password_signs_out_elsewhere(person: Person, new_page_elsewhere: Page) -> None:
    _sign_in(new_page_elsewhere, person.address, person.email)
    _at_home(new_page_elsewhere)
    page = open_settings(person)
    part = _part(page, "Password")
    part.get_by_role("button", name="Change password").click()
    part.get_by_label("Your password now").fill("not the password")
    part.get_by_label("New password").fill(f"{PASSWORD} staple")
    part.get_by_role("button", name="Change password").click()
    expect(part.get_by_role("alert").filter(has_text="Invalid password")).to_be_visible()
    part.get_by_label("Your password now").fill(PASSWORD)
    part.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("The password is changed.", exact=True)).to_be_visible()
    new_page_elsewhere.reload()
    expect(new_page_elsewhere.get_by_label("Password")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()


def test_a_session_is_ended_from_another(person: Person, new_page_elsewhere: Page) -> None:
    _sign_in(new_page_elsewhere, person.address, person.email)
    _at_home(new_page_elsewhere)
    page = open_settings(person)
    rows = page.get_by_role("list", name="Sessions").get_by_role("listitem")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("this browser")
    rows.nth(1).get_by_role("button", name="Sign out Chrome on Linux").click()
    expect(rows).to_have_count(1)
    new_page_elsewhere.reload()
    expect(new_page_elsewhere.get_by_label("Password")).to_be_visible()


def test_two_factor_from_on_to_off(person: Person, new_page_elsewhere: Page) -> None:
    page = open_settings(person)
    key, codes = _turn_on(page)
    other = new_page_elsewhere
    _sign_in(other, person.address, person.email)
    expect(other.get_by_role("heading", name="One more step")).to_be_visible()
    assert violations(other) == []
    other.get_by_label("Code of your app, or a recovery code").fill(codes[0].upper())
    other.get_by_label("Don’t ask again in this browser for 30 days").check()
    other.get_by_role("button", name="Sign in", exact=True).click()
    _at_home(other)
    other.context.clear_cookies(name="better-auth.session_token")
    _sign_in(other, person.address, person.email)
    _at_home(other)
    assert key
    part = _part(page, "Two-factor sign-in")
    part.get_by_role("button", name="I have kept them").click()
    part.get_by_role("button", name="Turn off").click()
    _type_password(part, "Turn off")
    expect(part.get_by_text("Off. With it")).to_be_visible()


def test_a_passkey_from_made_to_removed(new_context: Callable[..., BrowserContext], site: Site) -> None:
    context = new_context()
    page = context.new_page()
    cdp = context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    address = site.address.replace("127.0.0.1", "localhost")  # a passkey belongs to a host name
    person = sign_up(page, address)
    open_settings(person)
    part = _part(page, "Passkeys")
    part.get_by_role("button", name="Add a passkey").click()
    row = part.get_by_role("list", name="Passkeys").get_by_role("listitem")
    expect(row).to_contain_text("Chrome on Linux")
    part.get_by_role("button", name="Add a passkey").click()
    expect(part.get_by_role("alert")).to_contain_text("has a passkey for your account already")
    row.get_by_role("button", name="Rename Chrome on Linux").click()
    row.get_by_label("Passkey’s name").fill("My laptop")
    row.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("My laptop")
    context.clear_cookies()
    page.goto(address)
    page.get_by_role("button", name="Use a passkey").click()
    _at_home(page)
    open_settings(person)
    part.get_by_role("button", name="Remove My laptop").click()
    expect(row).to_have_count(0)
    context.clear_cookies()
    page.goto(address)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert").filter(has_text="not known here")).to_be_visible()


def test_at_an_address_in_numbers_a_passkey_says_why_not(person: Person) -> None:
    part = _part(open_settings(person), "Passkeys")
    part.get_by_role("button", name="Add a passkey").click()
    expect(part.get_by_role("alert")).to_contain_text("http://localhost")


def test_everything_is_exported(person: Person, tmp_path: Path) -> None:
    person.add("water the plants")
    page = open_settings(person)
    with page.expect_download() as download:
        page.get_by_role("link", name="Export everything").click()
    file = tmp_path / "export.json"
    download.value.save_as(file)
    assert download.value.suggested_filename.startswith("todo-2")
    assert [task["title"] for task in json.loads(file.read_text())["tasks"]] == ["water the plants"]


def test_an_account_is_deleted_after_its_password(person: Person) -> None:
    page = open_settings(person)
    part = _part(page, "Your data")
    part.get_by_role("button", name="Delete account").click()
    expect(part.get_by_text("This deletes your tasks")).to_be_visible()
    part.get_by_label("Your password").fill("not the password")
    part.get_by_role("button", name="Delete my account").click()
    expect(part.get_by_role("alert")).to_contain_text("Invalid password")
    _type_password(part, "Delete my account")
    expect(page.get_by_label("Email")).to_be_visible()
    _sign_in(page, person.address, person.email)
    expect(page.get_by_text("Invalid email or password")).to_be_visible()


def test_the_person_comes_first(person: Person) -> None:
    page = open_settings(person)
    expect(_part(page, "Two-factor sign-in")).to_be_visible()
    headings = page.get_by_role("heading", level=2).all_inner_texts()
    assert headings == [
        "You",
        "Reminders",
        "Assistant",
        "Import and export",
        "Connected apps",
        "Connections",
        "Connect a program",
        "Webhooks",
        "Calendars",
    ]


@pytest.mark.parametrize(("scheme", "phone"), [("light", False), ("dark", False), ("light", True)])
def test_nobody_is_kept_out(person: Person, scheme: str, phone: bool) -> None:
    if phone:
        person.page.set_viewport_size(PHONE["viewport"])
    person.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its words
    person.page.goto(f"{person.address}/settings")
    page = person.page
    _turn_on(page)
    for part, button in (("Password", "Change password"), ("Your data", "Delete account")):
        _part(page, part).get_by_role("button", name=button).click()
    if folder := os.environ.get("TODO_TEST_PICTURES"):
        tall = {"width": page.viewport_size["width"], "height": 2600}  # type: ignore[index]  # it was set
        page.set_viewport_size(tall)  # type: ignore[arg-type]  # the two sizes, by name
        page.screenshot(path=f"{folder}/account-{scheme}{'-phone' if phone else ''}.png")
    assert violations(page) == []
