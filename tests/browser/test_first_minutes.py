"""From signing up to undoing, by mouse."""

import re

import httpx
from playwright.sync_api import Page, expect

from tests.browser.people import Person, eventually, sign_in, sign_up
from tests.browser.servers import Site


def test_the_address_answers_with_the_login_page_before_any_script_runs(site: Site) -> None:
    answer = httpx.get(site.address)
    assert answer.status_code == 200
    assert "Todo Chatbot" in answer.text
    assert "Sign in" in answer.text
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy.split("style-src")[0]


def test_sign_up_say_it_see_it_undo_it(site: Site, page: Page) -> None:
    person = sign_up(page, site.address)
    expect(page.get_by_text("Nothing due today")).to_be_visible()
    person.say("remind me to buy milk tomorrow at 5pm")
    receipt = page.get_by_role("group", name="What changed")
    expect(receipt).to_contain_text(re.compile("buy milk", re.IGNORECASE))
    expect(receipt).to_contain_text("Tomorrow, 17:00")
    page.get_by_role("link", name="Upcoming").click()
    row = page.get_by_role("listitem", name=re.compile("^buy milk$", re.IGNORECASE))
    expect(row).to_contain_text("17:00")
    receipt.get_by_role("button", name="Undo").click()
    expect(receipt).to_contain_text("Undone")
    expect(row).to_have_count(0)
    eventually(lambda: person.titles(status="all"), [])


def test_the_conversation_is_there_after_a_reload(person: Person) -> None:
    page = person.page
    person.say("add water the plants")
    expect(page.get_by_role("group", name="What changed")).to_be_visible()
    page.reload()
    expect(page.get_by_role("log")).to_contain_text("add water the plants")
    expect(page.get_by_role("group", name="What changed")).to_contain_text("water the plants")
    page.get_by_role("button", name="New conversation").click()
    expect(page.get_by_role("log")).not_to_contain_text("add water the plants")
    page.get_by_role("button", name="Earlier conversations").click()
    page.get_by_role("menuitem", name=re.compile("add water the plants")).click()
    expect(page.get_by_role("log")).to_contain_text("add water the plants")


def test_every_field_is_edited_and_kept(person: Person) -> None:
    page = person.page
    person.add("Write report")
    page.get_by_role("button", name="Write report", exact=True).click()
    form = page.get_by_role("form", name="Edit Write report")
    form.get_by_label("Title").fill("Write the report")
    form.get_by_label("Notes").fill("Two pages.\nNo more.")
    form.get_by_label("Date").fill("2031-03-06")
    form.get_by_label("Time").fill("15:00")
    form.get_by_label("Repeat").select_option("FREQ=WEEKLY;BYDAY=TH")
    form.get_by_label("Count from").select_option("after completion")
    form.get_by_label("Priority").select_option("high")
    form.get_by_label("Project").fill("Work")
    form.get_by_label("Tags").fill("quarter")
    form.get_by_label("Tags").press("Enter")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    (task,) = person.api("GET", "/api/tasks")["items"]
    expected = {
        "title": "Write the report",
        "notes": "Two pages.\nNo more.",
        "due": "2031-03-06T15:00",
        "timezone": "Europe/Berlin",
        "recurrence": "FREQ=WEEKLY;BYDAY=TH",
        "recurrence_from": "completion",
        "priority": "high",
        "project": "Work",
        "tags": ["quarter"],
    }
    assert {name: task[name] for name in expected} == expected
    page.get_by_role("link", name="Work").click()
    expect(person.row("Write the report")).to_contain_text("6 Mar 2031, 15:00")


def test_tick_reopen_and_delete_by_mouse(person: Person) -> None:
    page = person.page
    person.add("Call Ana")
    page.get_by_role("checkbox", name="Complete: Call Ana").click()
    expect(person.row("Call Ana")).to_have_count(0)
    eventually(lambda: person.titles(status="done"), ["Call Ana"])
    page.get_by_role("link", name="Done").click()
    page.get_by_role("checkbox", name="Reopen: Call Ana").click()
    page.get_by_role("link", name="Today").click()
    expect(person.row("Call Ana")).to_be_visible()
    person.row("Call Ana").hover()
    page.get_by_role("button", name="More for Call Ana").click()
    page.get_by_role("menuitem", name="Delete").click()
    # The message before it offers another undo.
    expect(page.get_by_text("Deleted “Call Ana”.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(person.row("Call Ana")).to_be_visible()
    eventually(person.titles, ["Call Ana"])


def test_a_first_visitor_is_not_welcomed_back(site: Site, page: Page) -> None:
    page.goto(site.address)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_text("Welcome back")).to_have_count(0)


def test_dragging_a_task_changes_its_place_for_good(person: Person) -> None:
    page = person.page
    page.get_by_role("link", name="All tasks").click()
    for title in ("First", "Second", "Third"):
        person.add(title)
    start, goal = person.row("Third").bounding_box(), person.row("First").bounding_box()
    assert start
    assert goal
    page.mouse.move(start["x"] + 200, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(goal["x"] + 200, goal["y"] + goal["height"] / 2 - 4, steps=12)
    heard = page.locator("[id^=DndLiveRegion]")
    expect(heard).to_have_text("“Third” is over place 1 of 3.")
    page.mouse.up()
    expect(heard).to_have_text("“Third” is put down at place 1 of 3.")
    rows = page.get_by_role("main").get_by_role("listitem")
    expect(rows).to_have_count(3)
    expect(rows.first).to_have_accessible_name("Third")
    page.reload()
    expect(rows.first).to_have_accessible_name("Third")
    eventually(lambda: person.titles(sort="order"), ["Third", "First", "Second"])


def test_a_wrong_password_is_told_and_a_right_one_lets_in(person: Person) -> None:
    page = person.page
    person.add("Mine")
    page.get_by_role("button", name="Account: Mara Lindqvist").or_(
        page.get_by_role("button", name="Mara Lindqvist")
    ).click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert").filter(has_text="password")).to_be_visible()
    sign_in(page, person.email)
    page.get_by_role("link", name="All tasks").click()
    expect(person.row("Mine")).to_be_visible()
