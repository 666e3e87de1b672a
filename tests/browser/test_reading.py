"""While one types, what is read as more than words is marked, and a click makes it words again."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.people import Person


def chips(person: Person) -> Locator:
    return person.page.get_by_role("list", name="Read as").get_by_role("button")


def test_marks_say_what_they_mean(person: Person) -> None:
    box = person.page.get_by_label("Message to the assistant")
    box.fill("pay rent on the 1st of every month p1 #home")
    expect(chips(person)).not_to_have_count(0)
    expect(person.page.get_by_role("list", name="Read as")).to_contain_text("High priority")
    expect(person.page.get_by_role("list", name="Read as")).to_contain_text("home")
    expect(person.page.locator("mark", has_text="p1")).to_be_visible()
    box.fill("pay rent")
    expect(chips(person)).to_have_count(0)


def test_a_rejected_mark_stays_in_the_title(person: Person) -> None:
    page = person.page
    page.get_by_label("Message to the assistant").fill("add watch the game tomorrow")
    mark = page.locator("mark", has_text="tomorrow")
    expect(mark).to_be_visible()
    mark.click()
    expect(mark).to_have_count(0)
    expect(chips(person)).to_have_count(0)
    page.get_by_label("Message to the assistant").press("Enter")
    expect(page.get_by_role("group", name="What changed")).to_contain_text(re.compile("tomorrow"))
    (task,) = person.api("GET", "/api/tasks")["items"]
    assert "tomorrow" in task["title"]
    assert task["due"] is None


def test_a_mark_is_rejected_by_key_and_stays_so_while_typing_goes_on(person: Person) -> None:
    page = person.page
    box = page.get_by_label("Message to the assistant")
    box.fill("add 🎬 see the film on friday #fun")
    chip = chips(person).filter(has_text=re.compile("Fri"))
    expect(chip).to_be_visible()
    chip.focus()
    page.keyboard.press("Enter")
    expect(chip).to_have_count(0)
    expect(box).to_be_focused()
    box.press("Home")
    box.press_sequentially("please ")
    expect(page.locator("mark", has_text="#fun")).to_be_visible()
    expect(page.locator("mark", has_text="friday")).to_have_count(0)
    box.press("Enter")
    expect(page.get_by_role("group", name="What changed")).to_be_visible()
    (task,) = person.api("GET", "/api/tasks")["items"]
    assert "friday" in task["title"]
    assert task["due"] is None
    assert task["tags"] == ["fun"]
