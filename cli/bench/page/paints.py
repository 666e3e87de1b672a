"""How long after an input the page paints, by the browser's own event timing."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from cli.bench.page.figures import Row, paint_row
from cli.bench.page.loads import wait_until_usable

if TYPE_CHECKING:
    from playwright.sync_api import Page

TIMES = 20
SHORTEST_MS = 16.0  # Event Timing tells of no shorter one
PAUSE_MS = 120
_OBSERVE = """window.paints = new Map();
new PerformanceObserver((list) => {
  for (const { interactionId, duration } of list.getEntries())
    if (interactionId) window.paints.set(interactionId, Math.max(duration, window.paints.get(interactionId) ?? 0));
}).observe({ type: 'event', durationThreshold: 16, buffered: false });"""


def paint_rows(page: "Page", address: str, *, throttle: int) -> Iterator[Row]:
    """Each thing that a person does often, so many times, with a processor that is ``throttle`` times slower."""
    page.goto(f"{address}/?view=all")
    wait_until_usable(page)
    page.get_by_role("main").get_by_role("listitem").first.wait_for()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": throttle})
    page.evaluate(_OBSERVE)
    for name, act in _ACTS.items():
        yield paint_row(name, _measured(page, act), throttle=throttle)


def _measured(page: "Page", act: Callable[["Page", int], None]) -> list[float]:
    found: list[float] = []
    for place in range(TIMES):
        page.evaluate("window.paints.clear()")
        act(page, place)
        page.wait_for_timeout(PAUSE_MS)
        times: list[float] = page.evaluate("[...window.paints.values()]")
        found.append(max(times, default=SHORTEST_MS))
    return found


def _tick(page: "Page", _: int) -> None:
    page.get_by_role("main").get_by_role("checkbox", checked=False).first.click()


def _add(page: "Page", place: int) -> None:
    line = page.get_by_label("New task")
    line.fill(f"measured {place}")
    line.press("Enter")


def _type(page: "Page", place: int) -> None:
    page.get_by_label("New task").press("abcde fghij"[place % 11])


def _change_view(page: "Page", place: int) -> None:
    name = ("Today", "Upcoming", "All tasks")[place % 3]
    page.get_by_role("navigation", name="Lists").get_by_role("link", name=name).click()


_ACTS = {"Tick": _tick, "Add": _add, "Type a letter": _type, "Change the view": _change_view}
