"""A checklist inside a task, on the page: unfolded, added to, ticked, moved, pasted, and asked about."""

from playwright.sync_api import Locator, expect

from tests.browser.people import Person, eventually
from tests.browser.test_accessibility import violations
from tests.browser.test_quick_add import PASTE, paste


def checklist(person: Person, *titles: str) -> str:
    """A task with these subtasks, on the list of all; its id."""
    parent = person.api("POST", "/api/tasks", {"title": "Groceries"})["id"]
    for title in titles:
        person.api("POST", "/api/tasks", {"title": title, "parent_id": parent})
    person.page.goto(f"{person.address}/?view=all")
    expect(person.row("Groceries")).to_be_visible()
    if titles:
        expect(progress(person, f"0 of {len(titles)}")).to_be_visible()
    return str(parent)


def progress(person: Person, said: str) -> Locator:
    return person.page.get_by_role("button", name=f"Subtasks of Groceries: {said} done")


def under(person: Person, parent: str) -> list[str]:
    return person.titles(parent_id=parent, status="all", sort="order")


def test_the_row_tells_how_far_it_is_and_unfolds(person: Person) -> None:
    checklist(person, "Milk", "Eggs")
    expect(person.row("Milk")).to_have_count(0)
    expect(progress(person, "0 of 2")).to_have_attribute("aria-expanded", "false")
    progress(person, "0 of 2").click()
    person.page.get_by_role("checkbox", name="Complete: Milk").click()
    expect(progress(person, "1 of 2")).to_have_attribute("aria-expanded", "true")
    expect(person.page.get_by_role("checkbox", name="Reopen: Milk")).to_be_checked()
    assert violations(person.page) == []
    person.page.keyboard.press("z")
    expect(progress(person, "0 of 2")).to_be_visible()


def test_enter_adds_one_after_the_other_and_pasted_lines_come_at_once(person: Person) -> None:
    parent = checklist(person, "Milk")
    progress(person, "0 of 1").click()
    line = person.page.get_by_label("New subtask of Groceries")
    for title in ("Eggs", "Bread tomorrow"):
        line.fill(title)
        line.press("Enter")
    expect(progress(person, "0 of 3")).to_be_visible()
    expect(line).to_be_focused()
    person.page.evaluate(PASTE, ["New subtask of Groceries", "- Flour\n- Oil"])
    eventually(lambda: under(person, parent), ["Milk", "Eggs", "Bread", "Flour", "Oil"])


def test_a_block_is_pasted_with_its_levels(person: Person) -> None:
    paste(person.page, "Party\n  Invite\n    Anna\n  Cake\nRent")
    person.page.get_by_role("button", name="Add 5").click()
    eventually(lambda: len(person.titles(status="all")), 5)
    tasks = {task["title"]: task for task in person.api("GET", "/api/tasks")["items"]}
    above = {title: task["parent_id"] for title, task in tasks.items()}
    ids = {title: task["id"] for title, task in tasks.items()}
    assert above == {
        "Party": None, "Invite": ids["Party"], "Anna": ids["Invite"], "Cake": ids["Party"], "Rent": None,
    }  # fmt: skip


def test_ticking_the_parent_asks_what_becomes_of_the_open_ones(person: Person) -> None:
    checklist(person, "Milk", "Eggs")
    tick = person.page.get_by_role("checkbox", name="Complete: Groceries")
    tick.click()
    dialog = person.page.get_by_role("dialog", name="Complete “Groceries”?")
    expect(dialog).to_contain_text("2 of its subtasks are still open")
    assert violations(person.page) == []
    dialog.get_by_role("button", name="Cancel").click()
    assert len(person.titles(status="open")) == 3
    tick.click()
    dialog.get_by_role("button", name="Only this task").click()
    expect(person.page.get_by_text("2 tasks within it are still open.").first).to_be_visible()
    expect(person.row("Milk")).to_contain_text("Groceries")
    person.page.keyboard.press("z")
    expect(person.row("Groceries")).to_be_visible()
    tick.click()
    dialog.get_by_role("button", name="Complete all").click()
    eventually(lambda: person.titles(status="open"), [])


def test_the_keyboard_unfolds_nests_and_moves(person: Person) -> None:
    parent = checklist(person, "Milk", "Eggs")
    person.add("Call mom")
    person.row("Groceries").focus()
    person.page.keyboard.press("ArrowRight")
    expect(person.row("Eggs")).to_be_visible()
    person.row("Eggs").focus()
    person.page.keyboard.press("Alt+ArrowUp")
    eventually(lambda: under(person, parent), ["Eggs", "Milk"])
    person.row("Call mom").focus()
    person.page.keyboard.press("Alt+ArrowRight")
    eventually(lambda: under(person, parent), ["Eggs", "Milk", "Call mom"])
    expect(person.row("Call mom")).to_be_focused()
    person.page.keyboard.press("Alt+ArrowLeft")
    eventually(lambda: under(person, parent), ["Eggs", "Milk"])
    person.row("Groceries").focus()
    person.page.keyboard.press("ArrowLeft")
    expect(person.row("Milk")).to_have_count(0)


def test_the_editor_holds_the_checklist(person: Person) -> None:
    parent = checklist(person, "Milk")
    person.row("Groceries").get_by_role("button", name="Groceries", exact=True).click()
    editor = person.page.get_by_role("form", name="Edit Groceries")
    editor.get_by_label("New subtask of Groceries").fill("Eggs")
    editor.get_by_label("New subtask of Groceries").press("Enter")
    editor.get_by_role("checkbox", name="Complete: Milk").click()
    expect(editor.get_by_text("1 of 2")).to_be_visible()
    editor.get_by_role("button", name="Delete the subtask Eggs").click()
    eventually(lambda: under(person, parent), ["Milk"])
    expect(editor).to_be_visible()
    assert violations(person.page) == []


def test_by_its_day_a_subtask_stands_by_itself_with_its_parents_name(person: Person) -> None:
    parent = checklist(person)
    today = person.page.evaluate("new Date().toLocaleDateString('en-CA')")
    person.api("POST", "/api/tasks", {"title": "Milk", "parent_id": parent, "due": today})
    person.page.keyboard.press("1")
    expect(person.row("Milk")).to_contain_text("Part of Groceries")
