"""The backend's settings: one validated object, read from the environment (and `.env`) once at start."""

import os
import secrets
from contextlib import suppress
from email.utils import parseaddr
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated, Literal
from urllib.parse import urlsplit

import psycopg
from fastapi import Depends, Request
from psycopg.conninfo import make_conninfo
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from backend import destinations, private

MINIMUM_SECRET_LENGTH = 32
_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What an operator can set. Names are those of the environment, in lower case; an empty value counts as unset."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True, populate_by_name=True
    )

    data: Path = Field(default=_ROOT / ".todo", validation_alias="TODO_DATA", description="Folder of everything kept")
    database_url: SecretStr | None = Field(
        default=None, description="Postgres or SQLite; default: SQLite in the folder"
    )
    better_auth_secret: SecretStr | None = Field(default=None, description="Signs the session cookie; 32 characters up")
    better_auth_url: str | None = Field(
        default=None, description="The page's public address; https makes cookies Secure"
    )
    trusted_origins: str = Field(default="", description="More origins that may send cookies, separated by commas")
    metrics_token: SecretStr | None = Field(default=None, description="Bearer token that /metrics then asks for")
    openai_api_key: SecretStr | None = Field(default=None, description="Key of an OpenAI-compatible model")
    openai_base_url: str | None = Field(default=None, description="Address of an OpenAI-compatible model")
    todo_model: str | None = Field(default=None, description="Name of the model")
    todo_model_seconds: float = Field(default=20, gt=0, le=600, description="Longest silence of the model, in seconds")
    todo_turn_bytes: int = Field(default=4_000_000, ge=10_000, description="Bytes of model answers a turn takes")
    todo_turn_tokens: int = Field(default=100_000, ge=1_000, description="Model tokens a turn may use")
    todo_turn_calls: int = Field(default=20, ge=1, le=200, description="Tool calls that a model may make in a turn")
    todo_turn_seconds: float = Field(default=120, gt=0, le=3600, description="Longest a turn has a model at work")
    todo_turns_a_day: int = Field(default=300, ge=0, description="Model turns a user has a day")
    todo_tokens_a_day: int = Field(default=1_000_000, ge=0, description="Model tokens a user has a day")
    todo_cost_a_day: float = Field(default=2.0, ge=0, description="What the model may cost a user a day, in US dollars")
    sqlite_synchronous: Literal["FULL", "NORMAL"] = Field(
        default="FULL", description="FULL: a change is on the disk when it is answered; NORMAL: a power cut may cost it"
    )
    database_pool_size: int = Field(default=10, ge=1, le=100, description="Postgres connections a process keeps")
    todo_requests_running: int = Field(default=4, ge=1, le=100, description="A user's requests that run at once")
    todo_requests_waiting: int = Field(default=60, ge=0, description="A user's requests that wait behind those")
    todo_writes_waiting: int = Field(default=48, ge=0, description="A user's changes that wait for their turn")
    todo_turns_running: int = Field(default=4, ge=1, le=100, description="A user's chat turns that run at once")
    todo_turns_waiting: int = Field(default=60, ge=0, description="A user's chat turns that wait behind those")
    todo_streams: int = Field(default=20, ge=1, description="A user's event streams; a newer one ends the oldest")
    todo_streams_a_process: int = Field(default=1000, ge=1, description="Event streams of all users of a process")
    todo_search_seconds: float = Field(default=2.0, gt=0, le=60, description="Longest search, in seconds")
    todo_statement_seconds: float = Field(default=10.0, gt=0, le=600, description="Longest statement, in seconds")
    todo_lock_seconds: float = Field(default=5.0, gt=0, le=600, description="Longest wait for a lock, in seconds")
    todo_idle_seconds: float = Field(default=30.0, gt=0, le=600, description="Longest idle transaction, in seconds")
    body_limit: int = Field(default=256 * 1024, ge=1024, description="Largest request body, in bytes")
    todo_mail_in: bool = Field(
        default=False, description="Users may have an address that a mail provider's webhook posts mails to, as tasks"
    )
    todo_dav_plain_http: bool = Field(
        default=False, description="Take tokens of calendar programs (CalDAV) over plain http from elsewhere too"
    )
    todo_stall_seconds: float = Field(
        default=10, ge=0, le=3600, description="Seconds until a process whose event loop stands still ends; 0: never"
    )
    todo_page_url: str | None = Field(
        default=None, description="The page's address in mails where BETTER_AUTH_URL is not set"
    )
    smtp_url: SecretStr | None = Field(
        default=None, description="Mail server: smtp://, smtp+starttls:// or smtps://USER:PASSWORD@HOST:PORT"
    )
    smtp_username: str | None = Field(default=None, description="The mail server's user, instead of SMTP_URL's")
    smtp_password: SecretStr | None = Field(default=None, description="That user's password, as it is")
    smtp_from: str | None = Field(default=None, description="Who mails come from: Todo <todo@example.com>")
    smtp_seconds: float = Field(default=20, gt=0, le=300, description="Longest that sending a mail may take")
    vapid_private_key: SecretStr | None = Field(
        default=None, description="Key of Web Push, in base64url; default: one that follows from BETTER_AUTH_SECRET"
    )
    vapid_subject: str | None = Field(
        default=None, description="Whom a push service can ask: mailto:you@example.com or an https address"
    )
    todo_reminder_services: str = Field(
        default="discord,gotify,json,matrix,mattermost,ntfy,pushover,rocketchat,slack,telegram",
        description="Apprise's services that users may name, separated by commas; none: no such channels",
    )
    todo_reminder_hosts: str = Field(
        default="", description="Hosts and networks of the inside that channels may reach, separated by commas"
    )
    todo_reminder_only_hosts: str = Field(
        default="", description="If set, channels may reach no other hosts than these"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="What is logged")

    @field_validator("database_url")
    @classmethod
    def _supported_database(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            _check_address(value.get_secret_value())
        return value

    @field_validator("todo_reminder_hosts", "todo_reminder_only_hosts")
    @classmethod
    def _list_of_hosts(cls, value: str) -> str:
        destinations.read_hosts(value)
        return value

    @field_validator("vapid_private_key")
    @classmethod
    def _push_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            destinations.read_push_key(value.get_secret_value())
        return value

    @field_validator("vapid_subject")
    @classmethod
    def _contact(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("mailto:", "https://")):
            raise ValueError("VAPID_SUBJECT must start with mailto: or https://")
        return value

    @model_validator(mode="after")
    def _mail_server(self) -> "Settings":
        """Raises ValueError for an address that no mail can go to, or a sender that none can come from."""
        _ = self.smtp, self.sender
        return self

    @model_validator(mode="after")
    def _secret_present(self) -> "Settings":
        """A shared database needs a shared secret; a local one makes and keeps its own (`secret`)."""
        if self.better_auth_secret is None and self.is_postgres:
            raise ValueError(
                "BETTER_AUTH_SECRET is not set, and replicas over Postgres must share one: "
                "set it to the output of `openssl rand -base64 32`"
            )
        if self.better_auth_secret and len(self.better_auth_secret.get_secret_value()) < MINIMUM_SECRET_LENGTH:
            raise ValueError(f"BETTER_AUTH_SECRET needs {MINIMUM_SECRET_LENGTH} characters or more")
        return self

    @property
    def smtp(self) -> destinations.SmtpServer | None:
        """The mail server; None where the administrator named none."""
        if self.smtp_url is None:
            return None
        password = self.smtp_password.get_secret_value() if self.smtp_password else None
        url = self.smtp_url.get_secret_value()
        return destinations.read_smtp_url(url, username=self.smtp_username, password=password)

    @property
    def sender(self) -> tuple[str, str]:
        """The name and the address that mails come from; without SMTP_FROM, ``todo`` at the page's host."""
        if self.smtp_from is None:
            host = urlsplit(self.page_url).hostname or "localhost"
            return "Todo", f"todo@{host if host.strip('0123456789.') else 'localhost'}"
        name, address = parseaddr(self.smtp_from)
        local, at, domain = address.rpartition("@")
        if not (local and at and domain) or not address.isascii() or any(sign in self.smtp_from for sign in "\r\n"):
            raise ValueError("SMTP_FROM is no address: Todo <todo@example.com>")
        return name, address

    @property
    def page_url(self) -> str:
        """The page's address, without a slash at its end: links in mails begin with it."""
        return (self.better_auth_url or self.todo_page_url or "http://127.0.0.1:3000").rstrip("/")

    @property
    def vapid_contact(self) -> str:
        """Whom a push service can ask about our messages (RFC 8292, 2.1)."""
        if self.vapid_subject:
            return self.vapid_subject
        if self.page_url.startswith("https://"):
            return self.page_url
        address = self.sender[1]  # Apple's service refuses an address without a domain
        return f"mailto:{address if '.' in address.rpartition('@')[2] else 'todo@example.com'}"

    @property
    def sqlalchemy_url(self) -> URL:
        """The database's address with its async driver; libpq's query parameters (`sslmode`) are kept."""
        if self.database_url is None:
            return URL.create("sqlite+inline", database=str(self.data / "todo.db"))
        url = make_url(self.database_url.get_secret_value())
        driver = "sqlite+inline" if url.get_backend_name() == "sqlite" else "postgresql+psycopg"
        return url.set(drivername=driver)

    @property
    def sqlite_file(self) -> Path | None:
        """SQLite's file; None for Postgres, and for an address that names no plain file."""
        database = self.sqlalchemy_url.database
        plain = database and not database.startswith(("file:", ":memory:"))
        return Path(database) if database and plain and not self.is_postgres else None

    @property
    def is_postgres(self) -> bool:
        return self.sqlalchemy_url.get_backend_name() != "sqlite"

    @cached_property
    def secret(self) -> str:
        """The cookie-signing secret: the one that was set or, for local use, one made once and kept in the folder."""
        if self.better_auth_secret:
            return self.better_auth_secret.get_secret_value()
        return _kept_secret(self.data / "auth-secret")


def _check_address(address: str) -> None:
    """Raises ValueError, without the address and its password, for what neither SQLite nor libpq could connect to."""
    if not address.startswith(("postgres://", "postgresql", "sqlite:///")):
        raise ValueError("DATABASE_URL must start with postgres://, postgresql:// or sqlite:///")
    try:
        url = make_url(address)
        if url.get_backend_name() != "sqlite":
            make_conninfo(**{name: value for name, value in url.query.items() if isinstance(value, str)})
    except (ArgumentError, ValueError) as error:
        raise ValueError("DATABASE_URL is not an address: postgresql://user:password@host:5432/name") from error
    except psycopg.ProgrammingError as error:
        raise ValueError(f"DATABASE_URL has a parameter that Postgres does not know: {error}") from error


def settings_or_exit() -> Settings:
    """The environment's settings; one sentence on standard error and exit code 1 where they cannot be used."""
    try:
        settings = Settings()
        private.open_folder(settings.data)
        if settings.sqlite_file:
            private.prepare_database(settings.sqlite_file)
    except ValidationError as error:
        sentences = [str(item["msg"]).removeprefix("Value error, ") for item in error.errors()]
        places = [".".join(map(str, item["loc"])).upper() for item in error.errors()]
        lines = [f"{place}: {line}" if place else line for place, line in zip(places, sentences, strict=True)]
        raise SystemExit("The settings cannot be used. " + " ".join(lines)) from None
    except private.ForeignFileError as error:
        raise SystemExit(f"{error}, or set TODO_DATA to another folder.") from None
    except OSError as error:
        raise SystemExit(f"The data folder cannot be used: {error}. Set TODO_DATA to one that can.") from None
    return settings


def _kept_secret(path: Path) -> str:
    """Read the secret at ``path``, or make it there, readable by its owner alone; whole or not at all."""
    private.open_folder(path.parent)
    with NamedTemporaryFile("w", dir=path.parent, prefix=".secret-") as file:  # made with mode 600
        file.write(secrets.token_urlsafe(MINIMUM_SECRET_LENGTH))
        file.flush()
        with suppress(FileExistsError):
            os.link(file.name, path)
    return path.read_text().strip()


async def get_settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


SettingsDep = Annotated[Settings, Depends(get_settings)]
