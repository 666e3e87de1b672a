"""`./todo bench page` measures the real page."""

import pytest
from playwright.sync_api import Browser

from cli.bench.page import paints
from cli.bench.page.loads import first_loads
from tests.browser.people import Person


def test_weights_and_paints_are_measured(person: Person, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paints, "TIMES", 3)
    for place in range(5):
        person.api("POST", "/api/tasks", {"title": f"Task {place}"})
    sign_in, _, listed, _ = first_loads(browser, person.address, person.context.storage_state())
    assert 20 < sign_in.value < listed.value < 2000
    rows = list(paints.paint_rows(person.context.new_page(), person.address, throttle=1))
    assert [row.name for row in rows] == ["Tick", "Add", "Type a letter", "Change the view"]
    assert all(row.value >= paints.SHORTEST_MS for row in rows)
    assert len(person.titles(status="done")) == 3
    assert len(person.titles(status="all")) == 8
