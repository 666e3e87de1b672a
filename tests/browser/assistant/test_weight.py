"""The chat's engine is fetched when it is first needed, and what is said meanwhile waits for it."""

from playwright.sync_api import Page, Route, expect

from tests.browser.people import Person, eventually

SCRIPTS = "performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).map(({ name }) => name)"


def scripts(page: Page) -> list[str]:
    found: list[str] = page.evaluate(SCRIPTS)
    return found


def settled(page: Page) -> set[str]:
    """The scripts of the list, once nothing more comes."""
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label("Message to the assistant")).to_be_visible()
    page.wait_for_timeout(500)
    return set(scripts(page))


def test_it_comes_with_the_first_look_at_the_input(person: Person) -> None:
    page = person.page
    page.reload()
    before = settled(page)
    page.get_by_label("Message to the assistant").focus()
    eventually(lambda: len(set(scripts(page)) - before) > 0, right=True)
    person.say("add buy stamps today")
    expect(person.row("buy stamps")).to_be_visible()


def test_what_is_said_waits_for_it_and_comes_back_where_it_cannot_be_fetched(person: Person) -> None:
    page = person.page
    page.reload()
    settled(page)
    page.route("**/_next/static/**/*.js*", lambda route: route.abort())
    box = page.get_by_label("Message to the assistant")
    box.fill("add buy stamps today")
    box.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Not sent.")).to_be_visible()
    expect(box).to_have_value("add buy stamps today")
    page.unroute("**/_next/static/**/*.js*")
    held: list[Route] = []
    page.route("**/_next/static/**/*.js*", lambda route: held.append(route))  # noqa: PLW0108  # Playwright marks its handlers, which a built-in does not bear
    box.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("add buy stamps today")
    expect(page.get_by_role("status", name="The assistant is answering")).to_be_visible()
    eventually(lambda: len(held) > 0, right=True)
    for route in held:
        route.continue_()
    page.unroute("**/_next/static/**/*.js*")
    expect(person.row("buy stamps")).to_be_visible()
    assert len(person.titles()) == 1
