"""One backend a module: the people of these tests are strangers to each other."""

import pytest

from tests.support.people import Person
from tests.support.shared import app, database_url, settings
from tests.support.tokens import make_token

__all__ = ["app", "database_url", "settings"]


@pytest.fixture
async def token(person: Person) -> str:
    """A read-write token of the person's."""
    return (await make_token(person))["token"]


@pytest.fixture
async def read_token(person: Person) -> str:
    return (await make_token(person, scope="read"))["token"]
