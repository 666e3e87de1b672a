"""One backend a module: the people of these tests are strangers to each other."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.people import Person
from tests.support.shared import app, database_url, settings
from tests.support.tokens import make_token

__all__ = ["app", "database_url", "settings"]
CLIENT = Path(__file__).parent / "client"


@pytest.fixture
async def token(person: Person) -> str:
    """A read-write token of the person's."""
    return (await make_token(person))["token"]


@pytest.fixture
async def read_token(person: Person) -> str:
    return (await make_token(person, scope="read"))["token"]


@pytest.fixture(scope="session")
def typescript() -> Path:
    """The folder of the TypeScript client, installed from its lock if it is not yet."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed: install Node 20 to run the official TypeScript client")
    if not (CLIENT / "node_modules" / "@modelcontextprotocol").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=CLIENT, check=True, timeout=300)
    return CLIENT
