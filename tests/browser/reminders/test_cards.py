"""A reminder on the open page: told once in a browser, in the tab that is looked at, and answered there."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ZONE
from tests.browser.people import Person, eventually
from tests.browser.reminders.events import Stream, notice
from tests.browser.test_accessibility import violations

SHOWN = "navigator.serviceWorker.ready.then(async (all) => (await all.getNotifications()).map(({ tag }) => tag))"
TOLD = "navigator.serviceWorker.ready.then(async (all) => (await all.getNotifications()).map(({ title }) => title))"


def cards(page: Page) -> Locator:
    return page.get_by_role("list", name="Reminders that are due").get_by_role("listitem")


def task_of(person: Person, title: str) -> Any:
    task = person.api("POST", "/api/tasks", {"title": title})
    person.page.goto(f"{person.address}/?view=all")
    expect(person.row(title)).to_be_visible()
    return task


def test_a_card_a_notification_and_a_number_in_the_title(notified: Person, stream: Stream) -> None:
    page = notified.page
    task = task_of(notified, "Call Ana")
    one = notice("Call Ana", task=task["id"])
    stream.tell(one)
    expect(cards(page)).to_have_count(1)
    expect(page).to_have_title("(1) Todo Chatbot")
    page.wait_for_function(f"{SHOWN}.then((tags) => tags.includes('{one['id']}'))")
    assert violations(page) == []
    cards(page).get_by_role("button", name="Done: Call Ana").click()
    expect(cards(page)).to_have_count(0)
    expect(page.get_by_text("Completed “Call Ana”.", exact=True)).to_be_visible()
    expect(page).to_have_title("Todo Chatbot")
    page.wait_for_function(f"{SHOWN}.then((tags) => tags.length === 0)")
    eventually(lambda: notified.api("GET", f"/api/tasks/{task['id']}")["status"], "done")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(notified.row("Call Ana")).to_be_visible()


def test_ten_minutes_and_tomorrow(notified: Person, stream: Stream) -> None:
    page = notified.page
    task = task_of(notified, "Call Ana")
    for name, ahead in (("Remind again in 10 minutes", 600), ("Remind again tomorrow", 86_400)):
        stream.tell(notice("Call Ana", task=task["id"]))
        cards(page).get_by_role("button", name=name).click()
        expect(cards(page)).to_have_count(0)
        expect(page.get_by_text("You will be reminded of “Call Ana” again", exact=False).first).to_be_visible()
        (kept,) = [one for one in notified.api("GET", f"/api/tasks/{task['id']}")["reminders"] if one.get("snooze")]
        assert abs((datetime.fromisoformat(kept["at"]) - datetime.now()).total_seconds()) < ahead + 86_400
        page.get_by_role("button", name="Dismiss").first.click()


def test_an_answer_that_is_not_taken_brings_the_card_back(notified: Person, stream: Stream) -> None:
    page = notified.page
    stream.tell(notice("Ghost", task=str(uuid4())))
    page.route("**/api/tasks/*/snooze", lambda route: route.fulfill(status=409, json={"detail": "It is done already."}))
    task = task_of(notified, "Real")
    stream.tell(notice("Real", task=task["id"]))
    cards(page).get_by_role("button", name="Remind again in 10 minutes: Real").click()
    expect(page.get_by_text("It is done already.", exact=True)).to_be_visible()
    expect(cards(page)).to_have_count(1)


def test_two_at_the_same_time_are_two_and_a_repeat_is_none(notified: Person, stream: Stream) -> None:
    page = notified.page
    first, second = notice("First", kind="digest"), notice("Second", kind="summary")
    stream.tell(first, second)
    stream.tell(first)
    expect(cards(page)).to_have_count(2)
    expect(page).to_have_title("(2) Todo Chatbot")
    cards(page).first.get_by_role("button", name="Dismiss the reminder First").click()
    page.reload()
    expect(cards(page)).to_have_count(1)
    expect(cards(page)).to_contain_text("Second")
    page.wait_for_function(f"{TOLD}.then((titles) => titles.length === 1)")


def test_one_tab_shows_it_and_the_next_takes_it_over(notified: Person, stream: Stream) -> None:
    second = notified.second_tab()
    second.page.bring_to_front()
    stream.tell(notice("Only once", kind="digest"))
    expect(cards(second.page)).to_have_count(1)
    expect(cards(notified.page)).to_have_count(0)
    expect(notified.page).to_have_title("Todo Chatbot")
    second.page.close()
    expect(cards(notified.page)).to_have_count(1)
    cards(notified.page).get_by_role("button", name="Dismiss").click()
    expect(cards(notified.page)).to_have_count(0)


def test_what_was_done_elsewhere_needs_no_card(notified: Person, stream: Stream) -> None:
    task = task_of(notified, "Call Ana")
    stream.tell(notice("Call Ana", task=task["id"]))
    expect(cards(notified.page)).to_have_count(1)
    notified.api("POST", f"/api/tasks/{task['id']}/complete")
    notified.page.reload()
    expect(notified.page.get_by_role("heading", name="All tasks")).to_be_visible()
    expect(cards(notified.page)).to_have_count(0)


def test_titles_are_shown_as_text_and_nonsense_is_passed_over(notified: Person, stream: Stream) -> None:
    page = notified.page
    stream.tell({"id": "no notice"}, notice("<img src=x onerror=alert(1)>" + "w" * 300, kind="digest"))
    expect(cards(page)).to_have_count(1)
    expect(cards(page)).to_contain_text("<img src=x")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_reminder_is_told_beside_the_settings_too(notified: Person, stream: Stream) -> None:
    page = notified.page
    page.goto(f"{notified.address}/settings")
    stream.tell(notice("Stretch", kind="digest"))
    expect(cards(page)).to_have_count(1)
    expect(page).to_have_title("(1) Settings · Todo Chatbot")
    assert violations(page) == []


def test_permission_is_not_asked_for_at_first_sight(person: Person) -> None:
    page = person.page
    offer = page.get_by_role("region", name="Notifications")
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_visible()
    expect(offer).to_have_count(0)
    person.say("remind me to call Ana tomorrow at 5pm")
    expect(offer).to_be_visible()
    assert violations(page) == []
    offer.get_by_role("button", name="Not now").click()
    expect(offer).to_have_count(0)
    page.reload()
    person.say("remind me to call Bob tomorrow at 6pm")
    expect(page.get_by_role("group", name="What changed")).to_be_visible()
    expect(offer).to_have_count(0)


def test_a_reminder_comes_when_its_minute_does(notified: Person) -> None:
    soon = datetime.now(ZoneInfo(ZONE)) + timedelta(seconds=75)
    due = soon.strftime("%Y-%m-%dT%H:%M")
    notified.api("POST", "/api/tasks", {"title": "Stretch", "due": due, "timezone": ZONE})
    expect(cards(notified.page)).to_contain_text("Stretch", timeout=120_000)
    assert datetime.now(ZoneInfo(ZONE)).strftime("%Y-%m-%dT%H:%M") >= due
