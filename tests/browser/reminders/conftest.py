"""Someone whose browser may notify."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.people import Person, sign_up
from tests.browser.reminders.events import Stream
from tests.browser.servers import Site

# Chromium loses a message that is pushed to a worker that is not active yet.
ACTIVE = """navigator.serviceWorker.ready.then(({ active }) =>
  active.state === 'activated' && navigator.serviceWorker.controller !== null)"""


@pytest.fixture
def notified(site: Site, new_context: Callable[..., BrowserContext]) -> Person:
    """The browser was allowed to notify, and its worker is active and serves the page."""
    person = sign_up(new_context(permissions=["notifications"]).new_page(), site.address)
    person.page.wait_for_function(ACTIVE)
    return person


@pytest.fixture
def stream(notified: Person) -> Stream:
    return Stream(notified.context)
