"""A real browser on the real page before the real backend."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from cli.checks.needs import find_chromium
from cli.servers import page as page_build
from tests.browser.people import Person, sign_up
from tests.browser.servers import Site, site_on

HERE = Path(__file__).parent
ZONE = "Europe/Berlin"
DESKTOP = {"width": 1440, "height": 900}
SWITCHES = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]

expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built page, in a copy that a build meanwhile does not touch."""
    built = page_build.make_ready(logs=tmp_path_factory.mktemp("logs"))
    copy = tmp_path_factory.mktemp("page") / "release"
    shutil.copytree(built, copy, symlinks=True)
    return copy


@pytest.fixture(scope="session")
def site(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One page and backend for all tests that leave them running."""
    yield from running(site_on(tmp_path_factory.mktemp("data"), release=release))


@pytest.fixture
def own_site(release: Path, tmp_path: Path) -> Iterator[Site]:
    """A page and backend that the test may stop."""
    yield from running(site_on(tmp_path, release=release))


def running(site: Site) -> Iterator[Site]:
    try:
        site.start()
        yield site
    finally:
        site.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser profiles; no motion, so that what a test sees does not depend on the moment."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def make(**options: object) -> BrowserContext:
        given = {"timezone_id": ZONE, "viewport": DESKTOP, "reduced_motion": "reduce", **options}
        context = browser.new_context(**given)  # type: ignore[arg-type]  # Playwright's options, by name
        context.on("weberror", lambda error: errors.append(str(error.error)))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert errors == [], "the page threw"


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context().new_page()


@pytest.fixture
def person(site: Site, page: Page) -> Person:
    return sign_up(page, site.address)
