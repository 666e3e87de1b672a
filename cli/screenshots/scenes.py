"""What a person does on the page, for a picture of it."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from cli.exits import CommandError, Exit

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SAID = ("remind me to buy milk tomorrow at 5pm", "move the dentist to friday")
TYPED = "pay rent on the 1st of every month #home"
SEVERAL = "add eggs to my shopping list, move the passport to friday and complete call mom"
SMALL_TALK = "i feel a bit tired of it all"
MODEL_TURNS = 12


def sign_up(page: "Page") -> None:
    page.get_by_role("button", name="Create an account").click()
    for label, text in (("Name", "Mara Lindqvist"), ("Email", "mara@example.com"), ("Password", "a long password")):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Create account").click()
    page.get_by_role("heading", name="Today", level=1).wait_for()


def say(page: "Page", text: str) -> None:
    """Say it, and wait for the whole answer."""
    box = page.get_by_label("Message to the assistant")
    box.fill(text)
    box.press("Enter")
    page.get_by_role("log").get_by_text(text).last.wait_for()
    page.get_by_role("button", name="Send", exact=True).wait_for()


def ask_for_access(page: "Page") -> None:
    """An editor that asks to use the list."""
    back = "http://127.0.0.1:33418/callback"
    app = {"client_name": "Your editor", "redirect_uris": [back], "token_endpoint_auth_method": "none"}
    home = page.url.partition("/settings")[0].rstrip("/")
    client = page.request.post(f"{home}/api/oauth/register", data=app).json()["client_id"]
    asked = {"client_id": client, "redirect_uri": back, "response_type": "code", "code_challenge_method": "S256"}
    page.goto(f"{home}/api/oauth/authorize?{urlencode({**asked, 'code_challenge': 'A' * 43})}")
    page.get_by_role("button", name="Allow", exact=True).wait_for()


def talk(page: "Page") -> None:
    """Say two things, and leave a third in the input with its marks."""
    for text in SAID:
        say(page, text)
    page.get_by_label("Message to the assistant").fill(TYPED)
    page.get_by_role("list", name="Read as").get_by_role("button", name=re.compile("home")).wait_for()


def undo_one_of_several(page: "Page") -> None:
    """Several things in one sentence, and one of them taken back."""
    page.get_by_role("button", name="New conversation").click()
    say(page, SEVERAL)
    page.get_by_role("button", name="Undo “Renew the passport”").click()
    page.get_by_text("Undone", exact=True).wait_for()


def be_asked(page: "Page") -> None:
    """Two questions: which one, and whether."""
    page.get_by_role("button", name="New conversation").click()
    say(page, "delete the report and the passport")
    page.get_by_role("button", name="No, leave it").click()
    page.get_by_text("nothing was changed").wait_for()
    say(page, "postpone all my tasks by 2 days")
    page.get_by_role("button", name="Yes, do it").last.wait_for()


def choose_engine(page: "Page") -> None:
    """Choose the built-in engine first, and use the model for some small talk. The page is at the list."""
    _send(page, "PATCH", "me", {"settings": {"assistant": "auto"}})
    for _ in range(MODEL_TURNS):
        _send(page, "POST", "chat", {"message": SMALL_TALK})


def _send(page: "Page", method: str, path: str, body: object) -> None:
    headers = {"Content-Type": "application/json"}
    answer = page.request.fetch(f"{page.url}api/{path}", method=method, data=json.dumps(body), headers=headers)
    if not answer.ok:
        raise CommandError(f"The sample could not be made: {answer.text()}", code=Exit.FAILED)


def make_token(page: "Page") -> None:
    page.get_by_label("Name").fill("My editor")
    page.get_by_role("button", name="Make a token").click()
    page.get_by_role("list", name="Your tokens").get_by_role("listitem").wait_for()


def shoot(page: "Page", path: Path, *, part: "Locator | None" = None) -> None:
    """A picture of the page as it is seen, or of a part of it."""
    page.mouse.move(0, 0)
    page.evaluate("document.fonts.ready")
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    (part or page).screenshot(path=path)
