"""Apps whose id is the address of a document about them (draft-ietf-oauth-client-id-metadata-document)."""

import json
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from mcp.server.auth.provider import RegistrationError
from mcp.shared.auth import OAuthClientInformationFull
from pydantic import ValidationError

from backend.errors import BadRequestError
from backend.models import utc_now
from backend.oauth import clients, redirects
from backend.oauth.models import CLIENT_ID_LENGTH, OAuthClient
from backend.reminders.channels.notice import RefusedError, UnavailableError
from backend.reminders.channels.post import fetch
from backend.session import Database
from backend.settings import Settings

LARGEST = 16_384
FRESH = timedelta(hours=1)


def names_document(client_id: str) -> bool:
    """Whether the id is an address that a document can be read at: with a path, and no other one in disguise."""
    if not client_id.startswith(("https://", "http://")) or len(client_id) > CLIENT_ID_LENGTH:
        return False
    try:
        path = urlsplit(client_id).path
    except ValueError:
        return False
    return path not in {"", "/"} and "#" not in client_id and not redirects.has_dots(client_id)


def is_fresh(row: OAuthClient) -> bool:
    return row.read_at > utc_now() - FRESH


async def read_document(database: Database, settings: Settings, client_id: str) -> None:
    """Read the document and keep what it says. Raises BadRequestError, which says why it will not do."""
    try:
        answer = await fetch(client_id, headers={"Accept": "application/json"}, settings=settings, most=LARGEST + 1)
    except (RefusedError, UnavailableError) as error:
        raise BadRequestError(f"The app’s document cannot be read. {error}") from error
    if answer.status != HTTPStatus.OK:
        raise BadRequestError(f"The app’s document cannot be read: its host answered {answer.status}.")
    if len(answer.text.encode()) > LARGEST:
        raise BadRequestError(f"The app’s document is larger than {LARGEST} bytes.")
    record, as_sent = _checked(client_id, answer.text)
    async with database.write() as session:
        await clients.keep(session, record, None, as_sent)


def _checked(client_id: str, text: str) -> tuple[OAuthClientInformationFull, list[str]]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadRequestError("The app’s document is no JSON.") from error
    if not isinstance(said, dict) or said.get("client_id") != client_id:
        raise BadRequestError("The app’s document is about another client_id than the one that was sent.")
    if said.get("token_endpoint_auth_method", "none") != "none" or "client_secret" in said:
        raise BadRequestError("The app’s document asks for a secret; this server takes such apps without one alone.")
    as_sent = _texts(said.get("redirect_uris"))
    try:
        record = OAuthClientInformationFull.model_validate({**said, "token_endpoint_auth_method": "none"})
        clients.check(record, as_sent)
    except ValidationError as error:
        first = error.errors()[0]
        told = f"{'.'.join(map(str, first['loc']))} {first['msg']}".strip()
        raise BadRequestError(f"The app’s document is not as it must be: {told}.") from error
    except RegistrationError as error:
        raise BadRequestError(f"The app’s document will not do. {error.error_description}") from error
    return record, as_sent


def _texts(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
