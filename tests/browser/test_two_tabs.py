"""A second tab follows, and catches up after it was cut off."""

from playwright.sync_api import expect

from tests.browser.people import Person


def test_a_second_tab_follows_at_once(person: Person) -> None:
    other = person.second_tab()
    person.add("Seen in both")
    expect(other.row("Seen in both")).to_be_visible()
    other.page.get_by_role("checkbox", name="Complete: Seen in both").click()
    expect(person.row("Seen in both")).to_have_count(0)


def test_what_the_chat_does_shows_in_the_other_tab(person: Person) -> None:
    other = person.second_tab()
    person.say("add sweep the yard today")
    expect(other.row("sweep the yard")).to_be_visible()


def test_filters_and_looks_show_at_once(person: Person) -> None:
    person.add("Report")
    (task,) = person.api("GET", "/api/tasks")["items"]
    person.api("PATCH", f"/api/tasks/{task['id']}", {"tags": ["desk"]})
    other = person.second_tab().page
    made = person.api_elsewhere("POST", "/api/filters", {"name": "Focus", "words": "today"})
    expect(other.get_by_role("link", name="Focus 1")).to_be_visible()
    person.api_elsewhere("PATCH", f"/api/filters/{made['id']}", {"name": "Now"})
    expect(other.get_by_role("link", name="Now 1")).to_be_visible()
    person.api_elsewhere("PATCH", "/api/tags", {"name": "desk", "colour": "teal"})
    tag = other.get_by_role("link", name="desk 1").locator("svg")
    expect(tag).to_contain_class("text-tone-teal!")
    person.api_elsewhere("DELETE", f"/api/filters/{made['id']}")
    expect(other.get_by_role("link", name="Now")).to_have_count(0)


def test_a_tab_that_was_offline_catches_up(person: Person) -> None:
    cut = person.second_tab()
    person.add("Before")
    expect(cut.row("Before")).to_be_visible()
    cut.context.set_offline(True)
    banner = cut.page.get_by_role("alert").filter(has_text="can’t be reached")
    expect(banner).to_be_visible()
    # The two tabs share their network, so the changes meanwhile come from elsewhere.
    (before,) = person.api_elsewhere("GET", "/api/tasks")["items"]
    person.api_elsewhere("DELETE", f"/api/tasks/{before['id']}")
    person.api_elsewhere("POST", "/api/tasks", {"title": "After", "due": before["due"], "timezone": "Europe/Berlin"})
    expect(cut.row("Before")).to_be_visible()
    cut.context.set_offline(False)
    expect(cut.row("After")).to_be_visible()
    expect(cut.row("Before")).to_have_count(0)
    expect(banner).to_have_count(0)
