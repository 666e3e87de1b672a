"""A page whose backend has a hosted model, which follows the test's script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from cli.scripted_model.server import ScriptedModel, threaded_model
from tests.browser.conftest import running
from tests.browser.people import Person, sign_up
from tests.browser.servers import Site, site_on


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedModel]:
    with threaded_model() as model:
        yield model


@pytest.fixture(scope="module")
def model_site(release: Path, model: ScriptedModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    variables = {"OPENAI_API_KEY": "sk-test", "OPENAI_BASE_URL": model.address, "TODO_MODEL": "scripted"}
    yield from running(site_on(tmp_path_factory.mktemp("data"), release=release, **variables))


@pytest.fixture
def model_person(model_site: Site, page: Page) -> Person:
    return sign_up(page, model_site.address)
