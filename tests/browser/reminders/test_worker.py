"""The service worker: what is pushed is shown, with the page closed too, and its buttons do what they say."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, Worker, expect

from tests.browser.people import Person, eventually, sign_up
from tests.browser.reminders.events import Stream, notice
from tests.browser.servers import Site

NOTES = """self.registration.getNotifications().then((all) =>
  all.map(({ tag, title, body, actions }) => ({ tag, title, body, actions: actions.map(({ action }) => action) })))"""
SHOWN = """() => {
  if (self.shown === undefined) {
    self.shown = 0;
    const show = self.registration.showNotification.bind(self.registration);
    self.registration.showNotification = (...given) => show(...given).then(() => { self.shown += 1; });
  }
  return self.shown;
}"""
CLICK = """async (action) => {
  const [notification] = await self.registration.getNotifications();
  const waited = [];
  const event = new NotificationEvent('notificationclick', { notification, action });
  event.waitUntil = (work) => waited.push(work);
  self.dispatchEvent(event);
  await Promise.all(waited);
}"""


def payload(**values: Any) -> dict[str, Any]:
    actions = [{"action": name, "title": name, "token": f"forged.{name}"} for name in ("done", "snooze10", "tomorrow")]
    given = {"id": "one", "title": "Call Ana", "body": "Now", "url": "/", "task_id": None, "actions": actions}
    return {**given, **values}


def worker_of(context: BrowserContext) -> Worker:
    return context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")


def push(page: Page, address: str, data: str) -> None:
    """Hand the browser a push message, as its push service would, until it is shown: a busy browser drops some.

    What comes twice folds by its tag.
    """
    devtools = page.context.new_cdp_session(page)
    found: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    worker = worker_of(page.context)
    before = worker.evaluate(SHOWN)
    for _ in range(5):
        page.wait_for_timeout(200)
        devtools.send(
            "ServiceWorker.deliverPushMessage", {"origin": address, "registrationId": found[-1], "data": data}
        )
        if _is_shown(page, worker, before):
            return
    raise AssertionError("the worker showed no push")


def _is_shown(page: Page, worker: Worker, before: int) -> bool:
    for _ in range(30):
        if worker.evaluate(SHOWN) > before:
            return True
        page.wait_for_timeout(100)
    return False


def shown(context: BrowserContext, count: int, *, body: str = "") -> list[dict[str, Any]]:
    """The notifications that are shown, once they are so many and the last has this text."""
    worker = worker_of(context)
    notes: list[dict[str, Any]] = []
    for _ in range(50):
        notes = worker.evaluate(NOTES)
        if len(notes) == count and notes[-1]["body"].startswith(body):
            return notes
        context.pages[0].wait_for_timeout(100)
    raise AssertionError(f"not {count} but {notes}")


def test_the_worker_is_served_for_the_whole_page(site: Site) -> None:
    answer = httpx.get(f"{site.address}/sw.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"
    assert "notificationclick" in answer.text


def test_a_push_is_shown_with_its_buttons_and_a_repeat_folds(notified: Person) -> None:
    push(notified.page, notified.address, json.dumps(payload()))
    push(notified.page, notified.address, json.dumps(payload(body="Again")))
    (note,) = shown(notified.context, 1, body="Again")
    assert (note["tag"], note["title"]) == ("one", "Call Ana")
    assert note["actions"] == ["done", "snooze10", "tomorrow"][: len(note["actions"])]
    assert note["actions"]


def test_the_open_page_and_a_push_of_one_reminder_are_one_notification(notified: Person, stream: Stream) -> None:
    one = notice("Call Ana", kind="digest")
    stream.tell(one)
    shown(notified.context, 1)
    push(notified.page, notified.address, json.dumps(payload(id=one["id"])))
    notified.page.wait_for_timeout(500)
    shown(notified.context, 1)


@pytest.mark.parametrize("data", ["", "no json", "[]", '{"title": 5}', '{"title": "x", "actions": "no"}'])
def test_a_message_that_cannot_be_read_is_shown_all_the_same(notified: Person, data: str) -> None:
    push(notified.page, notified.address, data)
    shown(notified.context, 1)


def test_a_button_that_fails_says_why_in_place_of_the_reminder(notified: Person) -> None:
    push(notified.page, notified.address, json.dumps(payload()))
    shown(notified.context, 1)
    worker_of(notified.context).evaluate(CLICK, "done")
    shown(notified.context, 1, body="Nothing was changed. This link does not work")


def test_the_buttons_of_the_open_pages_own_notification_act(notified: Person, stream: Stream) -> None:
    task = notified.api("POST", "/api/tasks", {"title": "Call Ana"})
    notified.page.reload()
    stream.tell(notice("Call Ana", task=task["id"]))
    shown(notified.context, 1)
    worker_of(notified.context).evaluate(CLICK, "snooze10")
    (kept,) = notified.api("GET", f"/api/tasks/{task['id']}")["reminders"]
    assert kept["snooze"] is True
    stream.tell(notice("Call Ana", task=task["id"]))
    shown(notified.context, 1)
    worker_of(notified.context).evaluate(CLICK, "done")
    eventually(lambda: notified.api("GET", f"/api/tasks/{task['id']}")["status"], "done")


@pytest.mark.parametrize("path", ["/", "/settings"])
def test_a_click_opens_the_task_in_the_page_that_is_open(notified: Person, path: str) -> None:
    page = notified.page
    task = notified.api("POST", "/api/tasks", {"title": "Call Ana"})
    page.goto(notified.address + path)
    # What the page has asked the server for itself: before that it hears no worker.
    asked = page.get_by_label("New task") if path == "/" else page.get_by_role("list", name="Sessions")
    expect(asked).to_be_visible()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    push(page, notified.address, json.dumps(payload(url=f"/?task={task['id']}", task_id=task["id"])))
    shown(notified.context, 1)
    worker_of(notified.context).evaluate(CLICK, "")
    expect(page.get_by_role("form", name="Edit Call Ana")).to_be_visible()
    assert len(notified.context.pages) == 1


def test_a_click_leads_to_no_other_site(notified: Person) -> None:
    push(notified.page, notified.address, json.dumps(payload(url="https://example.com/?task=1")))
    shown(notified.context, 1)
    worker_of(notified.context).evaluate(CLICK, "")
    notified.page.wait_for_timeout(500)
    assert notified.page.url.startswith(notified.address)


def test_a_browser_whose_push_service_is_out_of_reach_says_so(
    site: Site, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(permissions=["notifications"]).new_page()
    page.add_init_script(
        "PushManager.prototype.subscribe = () => Promise.reject(new DOMException('no service', 'AbortError'))"
    )
    sign_up(page, site.address)
    page.goto(f"{site.address}/settings")
    page.get_by_role("button", name="Notify this browser with the page closed").click()
    expect(page.get_by_text("This browser’s push service can’t be reached", exact=False).first).to_be_visible()
