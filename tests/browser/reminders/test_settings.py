"""When and how one is reminded, set on the settings page."""

from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.people import Person, eventually
from tests.browser.test_accessibility import violations


def open_settings(person: Person) -> Locator:
    person.page.goto(f"{person.address}/settings")
    section = person.page.get_by_role("region", name="Reminders", exact=True)
    expect(section.get_by_role("group", name="Daily digest")).to_be_visible()
    return section


def saved(person: Person) -> Any:
    return person.api("GET", "/api/reminders/settings")


def test_each_choice_is_kept_as_it_is_made(person: Person) -> None:
    section = open_settings(person)
    assert violations(person.page) == []
    section.get_by_label("Add a reminder").select_option(label="10 minutes before")
    expect(person.page.get_by_text("Saved.", exact=True)).to_be_visible()
    eventually(lambda: [one["before"] for one in saved(person)["default"]][-1], "PT10M")
    section.get_by_role("button", name="Remove the reminder At the time").click()
    eventually(lambda: [one["before"] for one in saved(person)["default"]], ["PT10M"])
    section.get_by_label("Time of the digest").fill("06:45")
    section.get_by_label("Time of the digest").press("Enter")
    eventually(lambda: saved(person)["digest_at"], "06:45")
    section.get_by_label("Send it each day").click()
    eventually(lambda: saved(person)["digest_on"], False)
    section.get_by_label("Keep quiet hours").click()
    eventually(lambda: saved(person)["quiet_from"], "22:00")
    section.get_by_label("Quiet to").fill("08:15")
    section.get_by_label("Quiet to").press("Enter")
    eventually(lambda: (saved(person)["quiet_from"], saved(person)["quiet_to"]), ("22:00", "08:15"))
    section.get_by_label("Make a sound").click()
    eventually(lambda: saved(person)["sound"], False)
    person.page.reload()
    expect(section.get_by_label("Make a sound")).not_to_be_checked()
    expect(section.get_by_label("Quiet to")).to_have_value("08:15")


def test_a_choice_is_taken_back_by_its_toast(person: Person) -> None:
    section = open_settings(person)
    section.get_by_label("Make a sound").click()
    eventually(lambda: saved(person)["sound"], False)
    person.page.get_by_role("button", name="Undo", exact=True).click()
    expect(person.page.get_by_text("Undone: the reminder settings are as they were.", exact=True)).to_be_visible()
    expect(section.get_by_label("Make a sound")).to_be_checked()
    eventually(lambda: saved(person)["sound"], True)


def test_a_pause_and_its_end(person: Person) -> None:
    section = open_settings(person)
    section.get_by_label("Pause reminders").select_option(label="Until tomorrow, 08:00")
    eventually(lambda: (saved(person)["paused_until"] or "").endswith("T08:00"), True)
    expect(section).to_contain_text("Paused until Tomorrow, 08:00.")
    section.get_by_role("button", name="Resume now").click()
    eventually(lambda: saved(person)["paused_until"], None)
    expect(section.get_by_label("Pause reminders")).to_be_visible()


def test_what_is_refused_is_said_and_taken_back(person: Person) -> None:
    section = open_settings(person)
    section.get_by_label("Pause reminders").select_option(label="Until…")
    section.get_by_label("Paused until").fill("2020-01-01T10:00")
    section.get_by_role("button", name="Pause", exact=True).click()
    expect(person.page.get_by_text("Not saved.", exact=False).first).to_contain_text("has passed")
    expect(section.get_by_label("Pause reminders")).to_be_visible()
    eventually(lambda: person.api("GET", "/api/reminders/settings")["paused_until"], None)


def test_the_open_page_is_tried_and_switched(notified: Person) -> None:
    section = open_settings(notified)
    row = section.get_by_role("listitem", name="The open page")
    row.get_by_role("button", name="Send me one now").click()
    card = notified.page.get_by_role("list", name="Reminders that are due").get_by_role("listitem")
    expect(card).to_contain_text("This is how reminders reach you here")
    card.get_by_role("button", name="Dismiss").click()
    row.get_by_label("The open page: on").click()
    expect(row).to_contain_text("Switched off")
    eventually(lambda: notified.api("GET", "/api/channels")[0]["on"], False)


def test_an_address_that_is_none_is_refused_where_it_was_typed(person: Person) -> None:
    section = open_settings(person)
    form = section.get_by_role("form", name="Another service")
    form.get_by_role("button", name="Add it").click()
    expect(form.get_by_role("alert")).to_contain_text("Give the service’s address")
    form.get_by_label("Address").fill("nonsense")
    form.get_by_role("button", name="Add it").click()
    expect(form.get_by_role("alert")).not_to_contain_text("Give the service’s address")
    expect(form.get_by_role("alert")).not_to_be_empty()
    expect(form.get_by_label("Address")).to_have_value("nonsense")
    eventually(lambda: len(person.api("GET", "/api/channels")), 1)


def test_without_a_mail_server_nothing_offers_mail(person: Person) -> None:
    section = open_settings(person)
    expect(section.get_by_role("button", name="Send reminders to", exact=False)).to_have_count(0)
    person.page.get_by_role("button", name="Account:").click()
    person.page.get_by_role("menuitem", name="Sign out").click()
    expect(person.page.get_by_role("heading", name="Welcome back")).to_be_visible()
    expect(person.page.get_by_role("button", name="Forgot your password?")).to_have_count(0)


def test_a_channel_that_was_shut_off_says_why(person: Person) -> None:
    given = {
        "id": "1",
        "kind": "push",
        "label": "Chrome on Linux",
        "hint": "push.example.com",
        "on": True,
        "state": "off",
    }
    times = {"verified_at": None, "created_at": "2026-01-01T00:00:00Z", "last_sent_at": None}
    reason = "This browser has ended its subscription."
    person.page.route(
        "**/api/channels", lambda route: route.fulfill(json=[{**given, **times, "state": "off", "reason": reason}])
    )
    section = open_settings(person)
    row = section.get_by_role("listitem", name="Chrome on Linux")
    expect(row).to_contain_text(f"Shut off. {reason}")
    row.get_by_role("button", name="Remove").click()
    dialog = person.page.get_by_role("dialog", name="Remove “Chrome on Linux”?")
    assert violations(person.page) == []
    dialog.get_by_role("button", name="Keep it").click()
