"""Questions before a change and numbered choices, by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import Locator, expect

from cli.scripted_model.server import ScriptedModel
from cli.scripted_model.steps import calls, says
from tests.browser.people import Person, eventually
from tests.browser.test_accessibility import violations


def question(person: Person) -> Locator:
    return person.page.get_by_role("group", name="Waiting for your answer")


def three(person: Person) -> None:
    for title in ("tea", "ham", "jam"):
        person.api("POST", "/api/tasks", {"title": title})


def test_several_deletions_ask_and_a_click_does_exactly_that(person: Person) -> None:
    three(person)
    person.say("delete tasks 1 and 2")
    expect(question(person)).to_contain_text("delete 2 tasks")
    expect(question(person).get_by_role("listitem")).to_have_text(["tea", "ham"])
    expect(question(person)).to_contain_text("Open until")
    eventually(lambda: len(person.titles()), 3)
    question(person).get_by_role("button", name="Yes, do it").click()
    expect(person.page.get_by_role("group", name="What changed")).to_contain_text("tea")
    expect(question(person).get_by_role("button", name="Yes, do it")).to_be_disabled()
    expect(question(person)).to_contain_text("You said yes.")
    eventually(person.titles, ["jam"])


def test_no_by_keyboard_leaves_everything(person: Person) -> None:
    three(person)
    person.say("delete all my tasks")
    no = question(person).get_by_role("button", name="No, leave it")
    expect(no).to_be_enabled()
    no.press("Enter")
    expect(person.page.get_by_role("log")).to_contain_text("All right, nothing was changed.")
    expect(question(person)).to_contain_text("Declined. Nothing was changed.")
    person.page.reload()
    expect(question(person)).to_contain_text("Declined. Nothing was changed.")
    eventually(lambda: len(person.titles()), 3)


def test_a_question_survives_a_reload(person: Person) -> None:
    three(person)
    person.say("delete all my tasks")
    expect(question(person)).to_be_visible()
    person.page.reload()
    question(person).get_by_role("button", name="Yes, do it").click()
    expect(person.page.get_by_role("group", name="What changed")).to_contain_text("jam")
    eventually(person.titles, [])


def test_an_expired_question_says_so(person: Person) -> None:
    three(person)
    person.page.clock.install()
    person.say("delete all my tasks")
    expect(question(person)).to_be_visible()
    person.page.clock.fast_forward("16:00")
    expect(question(person)).to_contain_text("This question has expired.")
    expect(question(person).get_by_role("button", name="Yes, do it")).to_be_disabled()


def test_more_than_five_changes_show_before_and_after(person: Person) -> None:
    for number in range(6):
        body = {"title": f"errand {number}", "due": f"2031-01-0{number + 1}", "timezone": "Europe/Berlin"}
        person.api("POST", "/api/tasks", body)
    person.say("postpone all my tasks by 2 days")
    expect(question(person)).to_contain_text("change 6 tasks")
    expect(question(person).get_by_role("listitem").filter(has_text="errand 0")).to_contain_text(
        re.compile("errand 0.*1 Jan 2031.*3 Jan 2031")
    )
    assert violations(person.page) == []
    question(person).get_by_role("button", name="Yes, do it").click()
    expect(person.page.get_by_role("button", name="Undo these 6 changes")).to_be_visible()


def test_a_question_that_was_passed_over_says_so(person: Person) -> None:
    three(person)
    person.say("delete all my tasks")
    expect(question(person)).to_be_visible()
    person.say("add bread")
    expect(person.page.get_by_role("group", name="What changed")).to_contain_text("bread")
    expect(question(person)).to_contain_text("Not answered. Nothing was changed.")
    eventually(lambda: len(person.titles()), 4)


def test_nothing_is_not_struck_out(person: Person) -> None:
    three(person)
    person.say("move tea to tomorrow")
    card = person.page.get_by_role("group", name="What changed")
    expect(card).to_contain_text("No due")
    assert card.locator(".line-through").count() == 0


@pytest.mark.parametrize("by", ["click", "key", "words"])
def test_a_numbered_choice(person: Person, by: str) -> None:
    for title in ("call mom", "call mom about lunch"):
        person.api("POST", "/api/tasks", {"title": title})
    person.say("complete mom")
    choices = person.page.get_by_role("list", name="Choices").get_by_role("button")
    expect(choices).to_have_count(2)
    wanted = choices.filter(has_text="about lunch")
    expect(wanted).to_be_enabled()
    if by == "click":
        wanted.click()
    elif by == "key":
        wanted.press("Enter")
    else:
        person.say(str(wanted.inner_text()).split()[0])
    expect(person.page.get_by_role("group", name="What changed")).to_contain_text("call mom about lunch")
    expect(choices.first).to_be_disabled()
    eventually(person.titles, ["call mom"])


def test_a_model_must_ask_before_it_deletes(model_person: Person, model: ScriptedModel) -> None:
    three(model_person)
    model.plays(calls(("delete_task", {"match": "tea"}), ("delete_task", {"match": "ham"})), says("never asked"))
    model_person.say("delete tea and ham please")
    expect(question(model_person)).to_contain_text("delete 2 tasks")
    eventually(lambda: len(model_person.titles()), 3)
    question(model_person).get_by_role("button", name="Yes, do it").click()
    expect(model_person.page.get_by_role("button", name="Undo “tea”")).to_be_visible()
    eventually(model_person.titles, ["jam"])
