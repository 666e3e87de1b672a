"""`./todo bench page`: the page's weight and speed beside their aims."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.bench.page.document import page as page_of
from cli.bench.page.document import picture
from cli.bench.page.figures import Row, table
from cli.checks.needs import find_chromium, supply_chromium
from cli.environment import ROOT, TEST, make_ready
from cli.exits import CommandError, Exit
from cli.progress import row

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

DOCS = ROOT / "docs"
_FEW, _MANY = "few", "many"
LISTED = 50
SWITCHES = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]


def command(
    *,
    count: Annotated[int, typer.Option("--tasks", min=1, max=100_000, help="Tasks in the list.")] = 10_000,
    write: Annotated[bool, typer.Option("--write", help="Write docs/page.md and docs/page.svg.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure in Chromium how much script a first visit fetches, how long it takes on a slow network, and how soon the
    page paints what is done in a long list, with the processor as it is and four times slower.

    Exit code 1 if an aim was not met. The servers run on data that is thrown away after.
    """
    make_ready(TEST)
    if missing := supply_chromium():
        raise CommandError(missing, code=Exit.MISSING_TOOL)
    rows = _measure(count)
    if write:
        (DOCS / "page.md").write_text(page_of(rows, count=count), encoding="utf-8")
        (DOCS / "page.svg").write_text(picture(rows), encoding="utf-8")
    print(json.dumps([asdict(one) for one in rows], indent=2) if as_json else table(rows))
    if not all(one.met for one in rows):
        raise typer.Exit(int(Exit.FAILED))


def _measure(count: int) -> Sequence[Row]:
    # Imported here: the packages are there only once the environment is ready.
    from cli.bench.page.loads import first_loads  # noqa: PLC0415
    from cli.bench.page.paints import paint_rows  # noqa: PLC0415
    from cli.bench.seed import add_tasks, sign_up  # noqa: PLC0415
    from cli.servers.temporary import served  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="todo-bench-") as folder, served(Path(folder)) as address:
        for name, tasks in ((_FEW, LISTED), (_MANY, count)):
            account = sign_up(address, name=name)
            with row(f"Writing {tasks:,} tasks"):
                add_tasks(account, count=tasks, data=Path(folder))
        with _chromium() as browser:
            with row("Loading the page"):
                rows = first_loads(browser, address, _signed_in(browser, address, _FEW).storage_state())
            context = _signed_in(browser, address, _MANY)
            for throttle in (1, 4):
                with row(f"Using a list of {count:,} tasks" + (f", {throttle} times slower" if throttle > 1 else "")):
                    rows += paint_rows(context.new_page(), address, throttle=throttle)
    return rows


@contextmanager
def _chromium() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=SWITCHES)
        try:
            yield browser
        finally:
            browser.close()


def _signed_in(browser: "Browser", address: str, name: str) -> "BrowserContext":
    from cli.bench.seed import PASSWORD  # noqa: PLC0415  (it imports the backend)

    context = browser.new_context(viewport={"width": 1440, "height": 900})
    who = {"email": f"{name}@example.com", "password": PASSWORD}
    answer = context.request.post(f"{address}/api/auth/sign-in/email", data=who, headers={"Origin": address})
    if not answer.ok:
        raise CommandError(f"Sign-in answered {answer.status}: {answer.text()[:200]}", code=Exit.FAILED)
    return context
