"""What the assistant did, call by call: each card undone alone, also seen from another tab and after a reload."""

import re

from playwright.sync_api import Locator, expect

from cli.scripted_model.server import ScriptedModel
from cli.scripted_model.steps import calls, says
from tests.browser.people import Person, eventually

SAID = "add buy milk and add buy ham and set dentist to high priority"


def receipt(person: Person) -> Locator:
    return person.page.get_by_role("group", name="What changed")


def undo_button(person: Person, title: str) -> Locator:
    return receipt(person).get_by_role("button", name=f"Undo “{title}”")


def test_each_card_has_its_own_undo(person: Person) -> None:
    person.api("POST", "/api/tasks", {"title": "dentist", "priority": "low"})
    person.say(SAID)
    expect(receipt(person)).to_contain_text(re.compile("dentist.*Changed.*Low.*High"))
    undo_button(person, "buy ham").click()
    expect(undo_button(person, "buy ham")).to_have_count(0)
    expect(receipt(person).get_by_text("Undone", exact=True)).to_have_count(1)
    eventually(lambda: sorted(person.titles()), ["buy milk", "dentist"])
    undo_button(person, "dentist").press("Enter")
    expect(receipt(person).get_by_text("Undone", exact=True)).to_have_count(2)
    eventually(lambda: {task["priority"] for task in person.api("GET", "/api/tasks")["items"]}, {None, "low"})
    person.page.get_by_role("button", name="Redo").click()
    expect(undo_button(person, "dentist")).to_be_visible()
    eventually(lambda: {task["priority"] for task in person.api("GET", "/api/tasks")["items"]}, {None, "high"})


def test_a_change_is_told_once(person: Person) -> None:
    person.say("add buy milk tomorrow")
    expect(undo_button(person, "buy milk")).to_be_visible()
    log = person.page.get_by_role("log")
    expect(log.get_by_text("buy milk", exact=True)).to_have_count(1)
    expect(log).not_to_contain_text("Added “buy milk”")
    person.say("what is due tomorrow?")
    expect(log).to_contain_text("1 open task for tomorrow")
    person.page.reload()
    expect(undo_button(person, "buy milk")).to_be_visible()
    expect(log).not_to_contain_text("Added “buy milk”")


def test_what_a_card_cannot_show_is_still_said(person: Person) -> None:
    body = {"title": "course", "due": "2020-01-06", "recurrence": "FREQ=WEEKLY;UNTIL=20200106", "timezone": "UTC"}
    person.api("POST", "/api/tasks", body)
    person.say("complete course")
    expect(person.page.get_by_role("log")).to_contain_text("the series has ended")


def test_all_at_once(person: Person) -> None:
    person.say("add buy milk and add buy ham")
    receipt(person).get_by_role("button", name="Undo all").click()
    expect(receipt(person)).to_contain_text("All undone")
    expect(receipt(person).get_by_role("button")).to_have_count(0)
    eventually(person.titles, [])


def test_an_undone_card_is_so_after_a_reload_and_in_the_other_tab(person: Person) -> None:
    person.say("add buy milk and add buy ham")
    expect(undo_button(person, "buy milk")).to_be_visible()
    other = person.second_tab()
    other.page.get_by_role("button", name="Earlier conversations").click()
    other.page.get_by_role("menuitem", name=re.compile("add buy milk")).click()
    expect(undo_button(other, "buy milk")).to_be_visible()
    undo_button(person, "buy milk").click()
    expect(undo_button(other, "buy milk")).to_have_count(0)
    expect(undo_button(other, "buy ham")).to_be_visible()
    person.page.reload()
    expect(undo_button(person, "buy ham")).to_be_visible()
    expect(undo_button(person, "buy milk")).to_have_count(0)
    expect(receipt(person).get_by_text("Undone", exact=True)).to_have_count(1)


def test_undo_by_words_marks_the_cards(person: Person) -> None:
    person.say("add buy milk")
    expect(undo_button(person, "buy milk")).to_be_visible()
    person.say("undo that")
    expect(receipt(person).first).to_contain_text("Undone")
    expect(receipt(person).last).to_contain_text("Removed again")


def test_what_stands_in_the_way_is_told(person: Person) -> None:
    person.say("add buy milk")
    expect(undo_button(person, "buy milk")).to_be_visible()
    (task,) = person.api("GET", "/api/tasks")["items"]
    person.api("PATCH", f"/api/tasks/{task['id']}", {"title": "buy oat milk"})
    undo_button(person, "buy milk").click()
    expect(person.page.get_by_text("was changed since").first).to_be_visible()
    expect(undo_button(person, "buy milk")).to_be_enabled()


def test_a_call_of_many_changes_is_one_card(person: Person) -> None:
    for title in ("one", "two", "three"):
        person.api("POST", "/api/tasks", {"title": title})
    person.say("complete all my tasks")
    expect(receipt(person)).to_contain_text("Completed 3 tasks")
    receipt(person).get_by_role("button", name="Undo these 3 changes").click()
    expect(receipt(person)).to_contain_text("Undone")
    eventually(lambda: sorted(person.titles()), ["one", "three", "two"])


def test_a_models_calls_are_cards_and_what_it_could_not_do_is_told(model_person: Person, model: ScriptedModel) -> None:
    steps = [("list_tasks", {}), ("add_task", {"title": "order the cake"}), ("complete_task", {"match": "zeppelin"})]
    model.plays(calls(*steps), says("The cake is on your list."))
    model_person.say("please order a cake for the party")
    log = model_person.page.get_by_role("log")
    expect(undo_button(model_person, "order the cake")).to_be_visible()
    expect(log).to_contain_text("Looked at your list · 0 tasks")
    expect(log).to_contain_text("No task is called “zeppelin”.")
