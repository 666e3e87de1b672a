"""`./todo screenshots`: the pictures in `docs/screenshots`, taken of the real page with sample data."""

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.checks.needs import find_chromium, supply_chromium
from cli.environment import ROOT, TEST, make_ready
from cli.exits import CommandError, Exit
from cli.servers import ports, up
from cli.servers.folder import DataFolder
from cli.servers.starting import stop_all

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PICTURES = ROOT / "docs" / "screenshots"
FIRST_PORT = 3290
LAST_PORT = 3390
MORNING = 9
EASTMOST_OFFSET = 12
DESKTOP = {"viewport": {"width": 1440, "height": 900}, "device_scale_factor": 2}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 3, "is_mobile": True, "has_touch": True}
SAID = ("remind me to buy milk tomorrow at 5pm", "move the dentist to friday")
TYPED = "pay rent on the 1st of every month #home"


def command(
    *,
    out: Annotated[Path, typer.Option(help="Folder for the pictures.", show_default="docs/screenshots")] = PICTURES,
) -> None:
    """Take the pictures of login, list, settings, phone and dark theme, on servers and data of their own."""
    make_ready(TEST)
    if missing := supply_chromium():
        raise CommandError(missing, code=Exit.MISSING_TOOL)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="todo-screenshots-") as data, served(Path(data)) as address:
        take_all(address, out=out)
    for picture in sorted(out.glob("*.png")):
        print(picture)


@contextmanager
def served(data: Path) -> Iterator[str]:
    """The address of a page that runs on an empty data folder until the block ends."""
    folder = DataFolder(path=data.resolve())
    port, api_port = [port for port in range(FIRST_PORT, LAST_PORT) if ports.is_free(port)][:2]
    servers = up.start(folder=folder, port=port, api_port=api_port)
    try:
        yield servers[-1].address
    finally:
        stop_all(servers, folder=folder)


def take_all(address: str, *, out: Path) -> None:
    # Imported here: the package is there only once the command has made the environment ready.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-quic"])
        page = new_context(browser, DESKTOP).new_page()
        page.goto(address)
        page.get_by_role("heading", name="Todo Chatbot").wait_for()
        shoot(page, out / "login.png")
        sign_up(page)
        add_samples(page)
        talk(page)
        shoot(page, out / "list.png")
        settings = page.context.new_page()
        settings.goto(f"{address}/settings")
        make_token(settings)
        shoot(settings, out / "settings.png")
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        shoot(page, out / "dark.png")
        phone = new_context(browser, {**PHONE, "storage_state": page.context.storage_state()}).new_page()
        phone.goto(address)
        phone.get_by_role("listitem", name="Call mom").wait_for()
        shoot(phone, out / "phone.png")
        browser.close()


def new_context(browser: "Browser", options: dict[str, Any]) -> "BrowserContext":
    return browser.new_context(timezone_id=morning_zone(datetime.now(UTC)), reduced_motion="reduce", **options)


def morning_zone(now: datetime) -> str:
    """A zone in which it is morning, so that the sample's times are still to come. Its sign is POSIX's: west is +."""
    west = now.hour - MORNING
    west = west if west <= EASTMOST_OFFSET else west - 24
    return f"Etc/GMT{west:+d}"


def sign_up(page: "Page") -> None:
    page.get_by_role("button", name="Create an account").click()
    for label, text in (("Name", "Mara Lindqvist"), ("Email", "mara@example.com"), ("Password", "a long password")):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Create account").click()
    page.get_by_role("heading", name="Today", level=1).wait_for()


def samples(today: datetime) -> list[dict[str, object]]:
    """A list that someone might have, with every kind of field."""

    def due(days: int, time: str = "") -> str:
        return f"{today + timedelta(days=days):%Y-%m-%d}" + (f"T{time}" if time else "")

    return [
        {"title": "Send the quarterly report to Ana", "due": due(-1, "16:00"), "priority": "high", "project": "Work"},
        {"title": "Stand-up", "due": due(0, "09:45"), "recurrence": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"},
        {"title": "Call mom", "due": due(0, "17:00"), "tags": ["family"]},
        {"title": "Review Jonas’s draft", "due": due(0), "priority": "medium", "project": "Work", "notes": "Part two"},
        {"title": "Water the plants", "due": due(0), "recurrence": "FREQ=WEEKLY", "project": "Home"},
        {"title": "Dentist", "due": due(1, "09:30")},
        {"title": "Renew the passport", "due": due(6), "priority": "low", "tags": ["papers"]},
        {"title": "Book flights for the spring trip", "due": due(40), "tags": ["travel", "family"]},
        {"title": "Read “The 5th Wave”", "project": "Home"},
    ]


def add_samples(page: "Page") -> None:
    zone = morning_zone(datetime.now(UTC))
    today = datetime.fromisoformat(page.evaluate("new Date().toLocaleDateString('sv-SE')"))
    for task in samples(today):
        headers = {"Content-Type": "application/json"}
        body = json.dumps({**task, "timezone": zone})
        answer = page.request.post(f"{page.url}api/tasks", data=body, headers=headers)
        if not answer.ok:
            raise CommandError(f"The sample could not be made: {answer.text()}", code=Exit.FAILED)


def talk(page: "Page") -> None:
    """Say two things, and leave a third in the input with its marks."""
    box = page.get_by_label("Message to the assistant")
    for number, text in enumerate(SAID, start=1):
        box.fill(text)
        box.press("Enter")
        page.get_by_role("group", name="What changed").nth(number - 1).wait_for()
        page.get_by_role("button", name="Send", exact=True).wait_for()
    box.fill(TYPED)
    page.get_by_role("list", name="Read as").get_by_role("button", name=re.compile("home")).wait_for()


def make_token(page: "Page") -> None:
    page.get_by_label("Name").fill("My editor")
    page.get_by_role("button", name="Make a token").click()
    page.get_by_role("list", name="Your tokens").get_by_role("listitem").wait_for()


def shoot(page: "Page", path: Path) -> None:
    page.mouse.move(0, 0)
    page.evaluate("document.fonts.ready")
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    page.screenshot(path=path)
