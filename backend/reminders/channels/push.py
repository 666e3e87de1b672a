"""Web Push: encrypted for one browser (RFC 8291), signed for its push service (RFC 8292), posted (RFC 8030)."""

import asyncio
import hashlib
import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from urllib.parse import urlsplit
from uuid import UUID

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from backend.destinations import push_key_from, read_push_key
from backend.keys import derived_key
from backend.reminders.channels.actions import action_tokens
from backend.reminders.channels.notice import Notice, RefusedError, UnavailableError
from backend.reminders.channels.post import Answer, post, retry_after
from backend.settings import Settings

MOST_BYTES = 3993  # of plaintext in a message of 4096 bytes: 86 of header, 16 of tag, 1 of delimiter (RFC 8291, 4)
_TOKEN_SECONDS = 12 * 3600  # RFC 8292 allows a day; a clock may be wrong
_TTL = {"reminder": timedelta(days=1), "test": timedelta(minutes=10)}
_KEY_CHANGED = (
    "This browser subscribed under another key of the server's, which was changed since. "
    "Switch notifications off and on again in this browser."
)
_OTHER_KEY_WORDS = ("mismatch", "do not correspond", "unauthorizedregistration", "senderid")


@dataclass(frozen=True)
class Subscription:
    """A browser's: where to post, its public key (65 bytes) and the secret it shares with us (16 bytes)."""

    endpoint: str
    p256dh: bytes
    auth: bytes

    def as_text(self) -> str:
        return json.dumps({"endpoint": self.endpoint, "p256dh": encode(self.p256dh), "auth": encode(self.auth)})


def read_subscription(endpoint: str, keys: Mapping[str, str]) -> Subscription:
    """The subscription as a browser gives it. Raises ValueError with what is wrong."""
    try:
        p256dh, auth = decode(keys["p256dh"]), decode(keys["auth"])
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), p256dh)
    except (KeyError, ValueError, Base64Error) as error:
        raise ValueError("keys.p256dh must be a point of P-256 and keys.auth 16 bytes, in base64url") from error
    if len(auth) != 16:
        raise ValueError("keys.auth must be 16 bytes, in base64url")
    return Subscription(endpoint, p256dh, auth)


def subscription_of(text: str) -> Subscription:
    """What `Subscription.as_text` wrote."""
    kept = json.loads(text)
    return Subscription(kept["endpoint"], decode(kept["p256dh"]), decode(kept["auth"]))


def private_key(settings: Settings) -> ec.EllipticCurvePrivateKey:
    """VAPID_PRIVATE_KEY, or the key that follows from BETTER_AUTH_SECRET: the same in every replica, at every start."""
    given = settings.vapid_private_key
    return _private_key(given.get_secret_value() if given else None, settings.secret)


def public_key(settings: Settings) -> str:
    """What a browser subscribes under (``applicationServerKey``): the point, uncompressed, in base64url."""
    point = private_key(settings).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return encode(point)


async def send_push(subscription: Subscription, notice: Notice, settings: Settings) -> None:
    """Post the notice to the browser's push service. Raises RefusedError or UnavailableError."""
    answer = await _post(subscription, notice, settings, most=MOST_BYTES)
    if answer.status == 413:  # a service may take less than the RFC's 4096 bytes: the title alone, then
        answer = await _post(subscription, notice, settings, most=0)
    _judge(answer)


def payload_of(notice: Notice, settings: Settings, *, most: int = MOST_BYTES) -> bytes:
    """The message in JSON, in ``most`` bytes: what is too long is cut from the body first, then from the title."""
    content = {
        "id": notice.id,
        "title": notice.title,
        "body": notice.body,
        "url": f"/?task={notice.task_id}" if notice.task_id else "/",
        "task_id": notice.task_id,
        "actions": [
            {"action": action, "title": title, "token": token}
            for action, title, token in action_tokens(notice, settings.secret)
        ],
    }
    for name, shortest in (("body", 0), ("title", 60)):
        over = len(_json(content)) - most
        if over > 0:
            text = str(content[name])
            content[name] = _cut(text, max(shortest, len(_json(text)) - over - 8))
    return _json(content)


async def _post(subscription: Subscription, notice: Notice, settings: Settings, *, most: int) -> Answer:
    headers = {
        "Authorization": _authorization(subscription.endpoint, settings),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(_TTL.get(notice.kind, timedelta(hours=12)).total_seconds())),
        "Topic": topic(notice.id),
        "Urgency": "high" if notice.urgent or notice.kind in {"reminder", "test"} else "normal",
    }
    body = await asyncio.to_thread(_encrypted, subscription, payload_of(notice, settings, most=most))
    return await post(subscription.endpoint, body, headers=headers, settings=settings)


def topic(notice_id: str) -> str:
    """At most 32 characters of base64url (RFC 8030, 5.4); the service keeps the last message of a topic alone."""
    try:
        return UUID(notice_id).hex
    except ValueError:
        return encode(hashlib.sha256(notice_id.encode()).digest())[:32]


def _judge(answer: Answer) -> None:
    if answer.status in {200, 201, 202, 204}:
        return
    if answer.status in {404, 410}:
        raise RefusedError("This browser has ended its subscription. Switch notifications on again in it.")
    if answer.status in {400, 401, 403} and any(word in answer.text.lower() for word in _OTHER_KEY_WORDS):
        raise RefusedError(_KEY_CHANGED)
    reason = f"The push service answered {answer.status}"
    if 300 <= answer.status < 400:
        reason += " (it redirects, which is not followed)"
    raise UnavailableError(f"{reason}.", after=retry_after(answer))


def _encrypted(subscription: Subscription, payload: bytes) -> bytes:
    encrypted: bytes = http_ece.encrypt(
        payload,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=subscription.p256dh,
        auth_secret=subscription.auth,
        version="aes128gcm",
    )
    return encrypted


def _authorization(endpoint: str, settings: Settings) -> str:
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + _TOKEN_SECONDS,
        "sub": settings.vapid_contact,
    }
    token = jwt.encode(claims, private_key(settings), algorithm="ES256")
    return f"vapid t={token}, k={public_key(settings)}"


@lru_cache(maxsize=16)
def _private_key(given: str | None, secret: str) -> ec.EllipticCurvePrivateKey:
    return read_push_key(given) if given else push_key_from(derived_key(secret, "web push", length=48))


def _cut(text: str, most: int) -> str:
    if len(_json(text)) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(_json(text[:middle] + "…")) <= most else (low, middle - 1)
    return text[:low] + "…" if low else ""


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def encode(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def decode(text: str) -> bytes:
    return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
