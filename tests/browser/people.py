"""What a person does on the page, in the words of the page."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
from playwright.sync_api import BrowserContext, Locator, Page, expect

PASSWORD = "correct horse battery"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone signed up, with the page open on their list."""

    page: Page
    email: str
    address: str

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def row(self, title: str) -> Locator:
        return self.page.get_by_role("listitem", name=title, exact=True)

    def add(self, title: str) -> None:
        """Add by the list's own line, and wait until the server has it."""
        line = self.page.get_by_label("New task")
        line.fill(title)
        line.press("Enter")
        expect(self.row(title).get_by_role("button", name=f"More for {title}")).to_be_attached()

    def api(self, method: str, path: str, body: object = None) -> Any:
        """What the API answers to this person's browser."""
        answer = self.page.request.fetch(self.address + path, method=method, data=body)
        assert answer.ok, answer.text()
        return answer.json() if answer.body() else None

    def api_elsewhere(self, method: str, path: str, body: object = None) -> Any:
        """What the API answers to this person's program, which does not share the browser's network."""
        cookies = {cookie["name"]: cookie["value"] for cookie in self.context.cookies()}
        answer = httpx.request(method, self.address + path, json=body, cookies=cookies)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def titles(self, **query: str) -> list[str]:
        items = self.api("GET", "/api/tasks?" + "&".join(f"{key}={value}" for key, value in query.items()))["items"]
        return [item["title"] for item in items]

    def say(self, text: str) -> None:
        """Say it to the assistant, once it has answered what was said before."""
        expect(self.page.get_by_role("button", name="Send", exact=True)).to_be_visible()
        box = self.page.get_by_label("Message to the assistant")
        box.fill(text)
        box.press("Enter")

    def second_tab(self) -> "Person":
        page = self.context.new_page()
        page.goto(self.address)
        expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
        return Person(page=page, email=self.email, address=self.address)


def sign_up(page: Page, address: str) -> Person:
    """A new person, by the form."""
    email = f"{uuid4().hex[:12]}@example.com"
    page.goto(address)
    page.get_by_role("button", name="Create an account").click()
    page.get_by_label("Name").fill("Mara Lindqvist")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    return Person(page=page, email=email, address=address)


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def eventually(read: Callable[[], object], right: object) -> None:
    """Ask until the answer is right: the page shows a change before the server has it."""
    end = time.monotonic() + 10
    while (found := read()) != right and time.monotonic() < end:
        time.sleep(0.05)
    assert found == right
