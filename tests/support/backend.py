"""The backend in this process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI

from backend.main import create_app
from backend.settings import Settings

SECRET = "a secret of the tests, long enough to be one"
VARIABLES = (
    *("DATABASE_URL", "BETTER_AUTH_SECRET", "BETTER_AUTH_URL", "TRUSTED_ORIGINS", "TODO_DATA"),
    *("OPENAI_API_KEY", "OPENAI_BASE_URL", "TODO_MODEL"),  # no test may reach a hosted model
)


def settings_for(data: Path, database_url: str, **values: object) -> Settings:
    """Settings from these values alone: no environment and no `.env` of the machine reaches them."""
    given = {"TODO_DATA": data, "database_url": database_url, "better_auth_secret": SECRET, "log_level": "WARNING"}
    given |= {"todo_stall_seconds": 0}  # a test that stops in a debugger is not to end
    return Settings.model_validate({**given, **values})


@asynccontextmanager
async def running_app(settings: Settings) -> AsyncIterator[FastAPI]:
    """The app within its lifespan, its database migrated."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        await app.state.migrated.wait()
        yield app
