"""The backend gone, a refused change, a session that ended: said plainly, and nothing that was typed is lost."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.people import Person, eventually, sign_in, sign_up
from tests.browser.servers import Site

GONE = "can’t be reached"
DRAFT = "call the bank about the loan"


def test_backend_gone_and_back(own_site: Site, page: Page) -> None:
    person = sign_up(page, own_site.address)
    person.add("Still here")
    message = page.get_by_label("Message to the assistant")
    message.fill("half a thought")
    own_site.backend.stop()
    banner = page.get_by_role("alert").filter(has_text=GONE)
    expect(banner).to_be_visible()
    expect(person.row("Still here")).to_be_visible()

    line = page.get_by_label("New task")
    line.fill("Typed while it was gone")
    line.press("Enter")
    expect(page.get_by_text("Not added.", exact=False).first).to_be_visible()
    expect(line).to_have_value("Typed while it was gone")
    expect(person.row("Typed while it was gone")).to_have_count(0)

    message.fill(DRAFT)
    message.press("Enter")
    refused = page.get_by_role("alert").filter(has_text="Not sent.")
    expect(refused).to_have_text(
        "Not sent. The todo service can’t be reached right now. Nothing was changed; try again in a moment."
    )
    expect(message).to_have_value(DRAFT)

    page.route("**/api/events*", lambda route: route.abort())  # the page tries by itself too, and may be the first
    own_site.backend.start()
    page.unroute("**/api/events*")
    page.get_by_role("button", name="Try now").click()
    expect(banner).to_have_count(0)
    expect(refused).to_have_count(0)
    line.press("Enter")
    expect(person.row("Typed while it was gone")).to_be_visible()
    message.press("Enter")
    expect(page.get_by_role("group", name="What changed")).to_contain_text("call the bank")
    eventually(lambda: person.api("GET", "/api/tasks?count=true")["total"], 3)


def test_a_page_opened_while_the_backend_is_gone_finds_it_later(own_site: Site, page: Page) -> None:
    person = sign_up(page, own_site.address)
    person.add("Waiting")
    own_site.backend.stop()
    page.reload()
    # Said at once: nobody looks at a page without words for longer than a moment.
    expect(page.get_by_role("heading", name="Your list can’t be reached")).to_be_visible(timeout=4_000)
    own_site.backend.start()
    expect(person.row("Waiting")).to_be_visible()


def test_a_refused_change_is_taken_back_and_told(person: Person) -> None:
    person.add("Hold on")

    def refuse(route: Route) -> None:
        problem = '{"type": "about:blank", "title": "Conflict", "status": 409, "detail": "That is not possible now."}'
        route.fulfill(status=409, body=problem, content_type="application/problem+json")

    person.page.route("**/api/tasks/*/complete", refuse)
    person.page.get_by_role("checkbox", name="Complete: Hold on").click()
    expect(person.page.get_by_text("was not completed. That is not possible now.").first).to_be_visible()
    expect(person.page.get_by_role("checkbox", name="Complete: Hold on")).not_to_be_checked()


def test_an_edit_that_was_overtaken_is_kept_and_can_be_saved_again(person: Person) -> None:
    page = person.page
    person.add("Contested")
    page.get_by_role("button", name="Contested", exact=True).click()
    page.get_by_label("Notes").fill("my notes")
    (task,) = person.api("GET", "/api/tasks")["items"]
    person.api("PATCH", f"/api/tasks/{task['id']}", {"notes": "their notes", "priority": "low"})
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("changed elsewhere").first).to_be_visible()
    expect(person.row("Contested")).to_contain_text("their notes")
    page.get_by_role("button", name="Edit again").click()
    expect(page.get_by_label("Notes")).to_have_value("my notes")
    expect(page.get_by_label("Priority")).to_have_value("low")
    page.get_by_role("button", name="Save").click()
    expect(person.row("Contested")).to_contain_text("my notes")
    (task,) = person.api("GET", "/api/tasks")["items"]
    assert (task["notes"], task["priority"]) == ("my notes", "low")


def test_edits_of_different_fields_both_stay(person: Person) -> None:
    page = person.page
    other = person.second_tab()
    person.add("Shared")
    page.get_by_role("button", name="Shared", exact=True).click()
    page.get_by_label("Notes").fill("my notes")
    (task,) = person.api("GET", "/api/tasks")["items"]
    person.api("PATCH", f"/api/tasks/{task['id']}", {"priority": "low"})
    expect(other.row("Shared")).to_contain_text("low")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    (task,) = person.api("GET", "/api/tasks")["items"]
    assert (task["notes"], task["priority"]) == ("my notes", "low")


def test_a_session_that_ended_leads_to_login_and_back_to_the_draft(person: Person) -> None:
    page = person.page
    person.add("Mine")
    cookies = person.context.cookies()
    person.context.clear_cookies()
    person.say(DRAFT)
    expect(page.get_by_text("Your session has ended")).to_be_visible()
    sign_in(page, person.email)
    expect(person.row("Mine")).to_be_visible()
    expect(page.get_by_label("Message to the assistant")).to_have_value(DRAFT)
    assert cookies != person.context.cookies()


def test_a_reload_keeps_what_was_typed(person: Person) -> None:
    page = person.page
    page.get_by_label("Message to the assistant").fill(DRAFT)
    page.get_by_label("New task").fill("half a title")
    page.reload()
    expect(page.get_by_label("Message to the assistant")).to_have_value(DRAFT)
    expect(page.get_by_label("New task")).to_have_value("half a title")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            {"status": 422, "json": {"title": "Unprocessable", "detail": "Say it shorter, please."}},
            "Say it shorter, please.",
        ),
        ({"status": 500, "body": "<html>oops</html>", "content_type": "text/html"}, "The server answered 500."),
        (
            {"status": 504, "body": "<html>gateway</html>", "content_type": "text/html"},
            "The todo service can’t be reached right now.",
        ),
    ],
)
def test_the_chat_tells_a_refusal_in_words(person: Person, answer: dict[str, Any], said: str) -> None:
    person.page.route("**/api/chat/stream", lambda route: route.fulfill(**answer))
    person.say(DRAFT)
    expect(person.page.get_by_role("alert").filter(has_text="Not sent.")).to_have_text(f"Not sent. {said}")


def test_an_answer_that_breaks_off_is_told_in_words(own_site: Site, page: Page) -> None:
    person = sign_up(page, own_site.address)
    page.route("**/api/chat/stream", lambda route: route.abort("connectionreset"))
    person.say(DRAFT)
    expect(page.get_by_role("alert").filter(has_text="Not sent.")).to_have_text(
        "Not sent. The todo service can’t be reached right now."
    )


def test_what_is_not_sent_behind_an_answer_is_no_answer_that_broke_off(person: Person) -> None:
    page = person.page
    person.say("add milk")
    expect(page.get_by_role("log").get_by_text("Added", exact=True)).to_be_visible()
    page.route("**/api/chat/stream", lambda route: route.abort("connectionreset"))
    person.say(DRAFT)
    assistant = page.get_by_role("complementary", name="Assistant")
    expect(assistant.get_by_role("alert")).to_have_text("Not sent. The todo service can’t be reached right now.")
    expect(page.get_by_label("Message to the assistant")).to_have_value(DRAFT)


def test_while_nothing_answers_the_waiting_page_says_so(person: Person) -> None:
    page = person.page
    held: list[Route] = []
    hung = True

    def answer(route: Route) -> None:
        if hung:
            held.append(route)
        else:
            route.continue_()

    page.route("**/api/auth/get-session", answer)
    page.reload()
    expect(page.get_by_text("Waiting for the todo service…")).to_be_visible()
    hung = False
    for route in held:
        route.continue_()
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
