"""Projects and tags as a whole: renamed and merged from the sidebar."""

from playwright.sync_api import expect

from tests.browser.people import Person, eventually


def projects(person: Person) -> list[str]:
    return [group["name"] for group in person.api("GET", "/api/projects")]


def test_a_project_is_merged_after_it_is_told_and_one_undo_parts_it(person: Person) -> None:
    page = person.page
    for title, project in (("Report", "work"), ("Slides", "Work"), ("Call", "office")):
        person.api("POST", "/api/tasks", {"title": title, "project": project})
    page.reload()
    page.get_by_role("link", name="work 2").click()
    expect(person.row("Slides")).to_be_visible()
    page.get_by_role("button", name="More for the project work").click()
    page.get_by_role("menuitem", name="Rename").click()
    expect(page.get_by_label("New name")).to_be_focused()
    page.keyboard.type("OFFICE")
    expect(page.get_by_text("You have “office” already, with 1 task. Your 2 tasks")).to_be_visible()
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_role("heading", name="office", level=1)).to_be_visible()
    expect(person.row("Report")).to_be_visible()
    expect(page.get_by_role("link", name="office 3")).to_be_visible()
    eventually(lambda: projects(person), ["office"])
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="work 2")).to_be_visible()
    eventually(lambda: sorted(projects(person)), ["office", "work"])


def test_a_tag_is_renamed_with_the_keyboard_alone(person: Person) -> None:
    page = person.page
    person.api("POST", "/api/tasks", {"title": "Milk", "tags": ["errand"]})
    page.reload()
    page.get_by_role("link", name="errand 1").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_label("New name")).to_be_focused()
    page.keyboard.type("#shop")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="shop 1")).to_be_visible()
    eventually(lambda: [group["name"] for group in person.api("GET", "/api/tags")], ["shop"])


def test_an_archived_project_leaves_the_lists_and_is_found(person: Person) -> None:
    page = person.page
    person.api("POST", "/api/tasks", {"title": "Sell the boat", "project": "harbour"})
    person.api("POST", "/api/tasks", {"title": "Milk", "project": "shopping"})
    page.goto(f"{person.address}/?view=all")
    expect(person.row("Sell the boat")).to_be_visible()
    page.get_by_role("link", name="harbour 1").hover()
    page.get_by_role("button", name="More for the project harbour").click()
    page.get_by_role("menuitemcheckbox", name="Colour: teal").click()
    eventually(lambda: [label["colour"] for label in person.api("GET", "/api/labels")], ["teal"])
    page.get_by_role("button", name="More for the project harbour").click()
    page.get_by_role("menuitem", name="Archive").click()
    expect(person.row("Sell the boat")).to_have_count(0)
    expect(person.row("Milk")).to_be_visible()
    page.get_by_role("link", name="Search").click()
    page.keyboard.type("boat")
    expect(person.row("Sell the boat")).to_be_visible()
    page.get_by_text("Archived (1)").click()
    page.get_by_role("link", name="harbour 1").click()
    page.get_by_role("button", name="Bring it back").click()
    page.get_by_role("link", name="All tasks").click()
    expect(person.row("Sell the boat")).to_be_visible()
    page.keyboard.press("z")
    expect(person.row("Sell the boat")).to_have_count(0)
