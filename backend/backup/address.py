"""Which database is backed up: the one that the app's settings name, without the secret that only serving needs."""

from pathlib import Path

from pydantic import ValidationError, model_validator
from sqlalchemy.engine import URL

from backend.backup.errors import UnreachableError
from backend.settings import Settings


class _Place(Settings):
    """The settings without the demand for BETTER_AUTH_SECRET: no backup holds it."""

    @model_validator(mode="after")
    def _secret_present(self) -> "_Place":
        return self


def database_at(data: Path | None = None) -> tuple[URL, Path]:
    """The database's address and the folder of everything kept; ``data`` is that folder if given, else TODO_DATA.

    Raises UnreachableError: the settings cannot be used.
    """
    try:
        settings = _Place(data=data) if data else _Place()
    except ValidationError as error:
        sentences = [str(item["msg"]).removeprefix("Value error, ") for item in error.errors()]
        raise UnreachableError("The settings cannot be used. " + " ".join(sentences)) from error
    return settings.sqlalchemy_url.set(drivername=_driver(settings)), settings.data


def _driver(settings: Settings) -> str:
    return "postgresql+psycopg" if settings.is_postgres else "sqlite"
