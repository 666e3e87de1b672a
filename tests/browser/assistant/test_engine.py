"""The choice of an engine on the settings page, with a model on the server and without one."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cli.scripted_model.server import ScriptedModel
from cli.scripted_model.steps import says
from tests.browser.people import Person, sign_up
from tests.browser.servers import Site
from tests.browser.test_accessibility import violations
from tests.browser.test_phone import PHONE

LOOKS = pytest.mark.parametrize(
    "options", [{"color_scheme": "light"}, {"color_scheme": "dark"}, PHONE], ids=["light", "dark", "phone"]
)


def settings_of(person: Person) -> Page:
    person.page.goto(f"{person.address}/settings")
    expect(person.page.get_by_role("group", name="Who answers")).to_be_visible()
    return person.page


def test_without_a_model_it_says_how_to_set_one_up(person: Person) -> None:
    page = settings_of(person)
    expect(page.get_by_role("radio", name="Built-in", exact=True)).to_be_checked()
    for name in ("Built-in first", "Language model"):
        expect(page.get_by_role("radio", name=name)).to_be_disabled()
    expect(page.get_by_text("No language model is set up on this server.")).to_be_visible()
    for variable in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "TODO_MODEL"):
        expect(page.get_by_role("region", name="For a model")).to_contain_text(variable)


def test_a_choice_made_with_a_model_is_shown_when_it_is_gone(person: Person) -> None:
    person.api("PATCH", "/api/me", {"settings": {"assistant": "model"}})
    page = settings_of(person)
    expect(page.get_by_role("radio", name="Language model", exact=True)).to_be_checked()
    expect(page.get_by_text("There is none here, so the built-in engine answers.")).to_be_visible()


def test_the_choice_is_kept_and_holds(model_person: Person, model: ScriptedModel) -> None:
    model.plays(says("Good morning from the model."))
    page = settings_of(model_person)
    expect(page.get_by_role("radio", name="Language model", exact=True)).to_be_checked()
    page.get_by_role("radio", name="Language model", exact=True).press("ArrowUp")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("radio", name="Built-in first", exact=True)).to_be_checked()
    page.get_by_role("link", name="Your list").click()
    model_person.say("add buy milk")
    expect(page.get_by_role("group", name="What changed")).to_contain_text("buy milk")
    assert model.requests == []
    model_person.say("qwer asdf zxcv?!")
    expect(page.get_by_role("log")).to_contain_text("Good morning from the model.")


def test_what_is_used_of_the_day_is_shown(model_person: Person, model: ScriptedModel) -> None:
    model.plays(says("Good morning."))
    model_person.say("good morning, what a day")
    expect(model_person.page.get_by_role("log")).to_contain_text("Good morning.")
    page = settings_of(model_person)
    expect(page.get_by_text("goes to scripted").first).to_be_visible()
    expect(page.get_by_text("1 of 300")).to_be_visible()
    expect(page.get_by_text("110 of 1,000,000")).to_be_visible()
    expect(page.get_by_text("$0.00 of $2.00")).to_be_visible()


def test_a_choice_that_cannot_be_kept_is_taken_back(model_person: Person) -> None:
    page = settings_of(model_person)
    page.route("**/api/me", lambda route: route.abort())
    page.get_by_role("radio", name="Built-in", exact=True).click()
    expect(page.get_by_text("Not saved.").first).to_be_visible()
    expect(page.get_by_role("radio", name="Language model", exact=True)).to_be_checked()


@LOOKS
def test_axe(site: Site, new_context: Callable[..., BrowserContext], options: dict[str, object]) -> None:
    page = settings_of(sign_up(new_context(**options).new_page(), site.address))
    assert violations(page) == []


@LOOKS
def test_axe_with_a_model(
    model_site: Site, new_context: Callable[..., BrowserContext], options: dict[str, object]
) -> None:
    page = settings_of(sign_up(new_context(**options).new_page(), model_site.address))
    expect(page.get_by_text("The model today")).to_be_visible()
    assert violations(page) == []
