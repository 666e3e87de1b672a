"""What the chat says of reminders is seen on its cards."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import Person


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("buy milk tomorrow at 5pm, remind me an hour before", "Reminds 1 hour before"),
        ("pay rent tomorrow, no reminder", "No reminders"),
        ("remind me every 10 minutes until I water the ferns", "every 10 minutes until done"),
    ],
)
def test_the_card_of_a_new_task_tells_its_reminders(person: Person, said: str, shown: str) -> None:
    person.say(said)
    expect(person.page.get_by_role("group", name="What changed")).to_contain_text(shown)


def test_the_card_of_a_changed_task_tells_them_before_and_after(person: Person) -> None:
    person.say("call mom tomorrow at 5pm")
    expect(person.page.get_by_role("group", name="What changed")).not_to_contain_text("eminders")
    person.say("remind me 30 minutes before the call with mom")
    card = person.page.get_by_role("group", name="What changed").last
    expect(card).to_contain_text("Usual reminders")
    expect(card).to_contain_text("Reminds at the time and 30 minutes before")
