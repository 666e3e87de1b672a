"""How much script a first visit fetches, and how long it takes on a slow network."""

import time
from typing import TYPE_CHECKING, Any

from cli.bench.page.figures import LIST_KB, SIGN_IN_KB, Row, slow_row, weight_row

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, StorageState

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
SETTLED_MS = 1500  # what is fetched later is no part of the first load


def first_loads(browser: "Browser", address: str, state: "StorageState") -> list[Row]:
    """The sign-in page and the list of who is signed in, each by a browser that has never been there."""
    rows: list[Row] = []
    for name, most, given in (("Sign-in", SIGN_IN_KB, None), ("List", LIST_KB, state)):
        rows.append(weight_row(name, _script_sizes(browser.new_context(storage_state=given), address), most=most))
        rows.append(slow_row(name, _slow_seconds(browser.new_context(storage_state=given), address)))
    return rows


def _script_sizes(context: "BrowserContext", address: str) -> list[int]:
    """The bytes of each script as they came over the wire."""
    page, scripts, sizes = context.new_page(), set[str](), dict[str, int]()
    devtools = context.new_cdp_session(page)

    def on_response(event: dict[str, Any]) -> None:
        if event["type"] == "Script":
            scripts.add(event["requestId"])

    devtools.on("Network.responseReceived", on_response)
    devtools.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    devtools.send("Network.enable")
    page.goto(address)
    wait_until_usable(page)
    page.wait_for_timeout(SETTLED_MS)
    context.close()
    return [round(size) for request, size in sizes.items() if request in scripts]


def _slow_seconds(context: "BrowserContext", address: str) -> float:
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW)
    begun = time.monotonic()
    page.goto(address, wait_until="commit", timeout=120_000)
    wait_until_usable(page, milliseconds=120_000)
    page.wait_for_load_state("load")  # the scripts of the page: before them a field takes letters and does no more
    taken = time.monotonic() - begun
    context.close()
    return taken


def wait_until_usable(page: "Page", *, milliseconds: float = 30_000) -> None:
    """Where one types first: the address at the sign-in, a task in the list."""
    page.get_by_label("Email").or_(page.get_by_label("New task")).first.wait_for(timeout=milliseconds)
