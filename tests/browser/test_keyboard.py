"""Everything with the keyboard alone."""

from playwright.sync_api import Page, expect

from tests.browser.people import PASSWORD, Person, eventually
from tests.browser.servers import Site


def test_sign_up_with_the_keyboard_alone(site: Site, page: Page) -> None:
    page.goto(site.address)
    keys = page.keyboard
    expect(page.get_by_label("Email")).to_be_focused()
    for _ in range(4):  # the password, "Sign in", "Use a passkey"
        keys.press("Tab")
    expect(page.get_by_role("button", name="Create an account")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_label("Name")).to_be_focused()
    keys.type("Mara")
    keys.press("Tab")
    keys.type(f"keys-{site.page.port}@example.com")
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()


def test_add_move_edit_tick_delete_undo(person: Person) -> None:
    keys = person.page.keyboard
    keys.press("3")
    expect(person.page.get_by_role("heading", name="All tasks")).to_be_visible()
    keys.press("n")
    for title in ("Apples", "Bread", "Cheese"):
        keys.type(title)
        keys.press("Enter")
        expect(person.row(title).get_by_role("button", name=f"More for {title}")).to_be_attached()
    keys.press("Escape")
    keys.press("j")
    keys.press("j")
    expect(person.row("Bread")).to_be_focused()
    keys.press("Alt+ArrowUp")
    rows = person.page.get_by_role("main").get_by_role("listitem")
    expect(rows.first).to_have_accessible_name("Bread")
    expect(person.row("Bread")).to_be_focused()
    keys.press("e")
    expect(person.page.get_by_label("Title")).to_be_focused()
    keys.type(" and butter")
    keys.press("Enter")
    expect(person.row("Bread and butter")).to_be_focused()
    keys.press("x")
    expect(person.row("Bread and butter")).to_have_count(0)
    expect(person.row("Apples")).to_be_focused()
    keys.press("#")
    expect(person.row("Apples")).to_have_count(0)
    expect(person.row("Cheese")).to_be_focused()
    keys.press("z")
    expect(person.row("Apples")).to_be_visible()
    keys.press("z")
    expect(person.row("Bread and butter")).to_be_visible()
    eventually(lambda: sorted(person.titles()), ["Apples", "Bread and butter", "Cheese"])


def test_chat_search_and_help_by_key(person: Person) -> None:
    page = person.page
    person.add("Water the plants")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.get_by_label("Message to the assistant")).to_be_focused()
    page.keyboard.type("add call Ana")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="What changed")).to_contain_text("call Ana")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("plants")
    expect(person.row("Water the plants")).to_be_visible()
    expect(person.row("call Ana")).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_contain_text("Undo the latest change")
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


def test_escape_leaves_a_task_as_it_was(person: Person) -> None:
    person.add("Stay")
    person.page.keyboard.press("Escape")
    person.page.keyboard.press("j")
    person.page.keyboard.press("Enter")
    person.page.keyboard.type(" not")
    person.page.keyboard.press("Escape")
    expect(person.row("Stay")).to_be_focused()
    eventually(person.titles, ["Stay"])
