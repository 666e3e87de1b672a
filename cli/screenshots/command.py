"""`./todo screenshots`: the pictures in `docs/screenshots`, taken of the real page with sample data."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.checks.needs import find_chromium, supply_chromium
from cli.environment import ROOT, TEST, make_ready
from cli.exits import CommandError, Exit
from cli.screenshots import scenes
from cli.screenshots.samples import add_samples, morning_zone
from cli.servers.temporary import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

PICTURES = ROOT / "docs" / "screenshots"
WIDE: "ViewportSize" = {"width": 1440, "height": 900}
DESKTOP = {"viewport": WIDE, "device_scale_factor": 2}
TALL: "ViewportSize" = {"width": 1440, "height": 1500}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 3, "is_mobile": True, "has_touch": True}
MODEL_NAME = "gpt-5-mini"


def command(
    *,
    out: Annotated[Path, typer.Option(help="Folder for the pictures.", show_default="docs/screenshots")] = PICTURES,
) -> None:
    """Take the pictures of login, list, chat, settings, phone and dark theme, on servers and data of their own."""
    make_ready(TEST)
    if missing := supply_chromium():
        raise CommandError(missing, code=Exit.MISSING_TOOL)
    out.mkdir(parents=True, exist_ok=True)
    # Imported here, as is Playwright: the packages are there only once the environment is ready.
    from cli.scripted_model.server import threaded_model  # noqa: PLC0415
    from cli.scripted_model.steps import says  # noqa: PLC0415

    with (
        threaded_model() as model,
        tempfile.TemporaryDirectory(prefix="todo-screenshots-") as data,
        served(Path(data), OPENAI_API_KEY="", OPENAI_BASE_URL=model.address, TODO_MODEL=MODEL_NAME) as address,
    ):
        model.plays(says("You are welcome."))
        take_all(address, out=out)
    for picture in sorted(out.glob("*.png")):
        print(picture)


def take_all(address: str, *, out: Path) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-quic"])
        page = new_context(browser, DESKTOP).new_page()
        page.goto(address)
        page.get_by_role("heading", name="Todo Chatbot").wait_for()
        scenes.shoot(page, out / "login.png")
        scenes.sign_up(page)
        add_samples(page)
        scenes.choose_engine(page)
        take_list(page, browser, out=out)
        take_chat(page, out=out)
        take_settings(page, address, out=out)
        browser.close()


def take_settings(page: "Page", address: str, *, out: Path) -> None:
    """The settings with a token just made, and the page by which an app asks for access."""
    page.set_viewport_size(TALL)
    page.goto(f"{address}/settings")
    scenes.make_token(page)
    scenes.shoot(page, out / "settings.png")
    page.set_viewport_size(WIDE)
    scenes.ask_for_access(page)
    scenes.shoot(page, out / "connect.png")


def take_list(page: "Page", browser: "Browser", *, out: Path) -> None:
    """The list beside the chat: in the light, in the dark, on a phone."""
    scenes.talk(page)
    scenes.shoot(page, out / "list.png")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    scenes.shoot(page, out / "dark.png")
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    phone = new_context(browser, {**PHONE, "storage_state": page.context.storage_state()}).new_page()
    phone.goto(page.url)
    phone.get_by_role("listitem", name="Call mom").wait_for()
    scenes.shoot(phone, out / "phone.png")


def take_chat(page: "Page", *, out: Path) -> None:
    """The chat alone: what was done, call by call, and a question before it."""
    chat = page.get_by_role("complementary", name="Assistant")
    scenes.undo_one_of_several(page)
    scenes.shoot(page, out / "cards.png", part=chat)
    scenes.be_asked(page)
    scenes.shoot(page, out / "approval.png", part=chat)


def new_context(browser: "Browser", options: dict[str, Any]) -> "BrowserContext":
    return browser.new_context(timezone_id=morning_zone(datetime.now(UTC)), reduced_motion="reduce", **options)
