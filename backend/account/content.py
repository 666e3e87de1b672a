"""What an export holds of each table. A table that belongs to a user and is not named here is in it too, whole."""

from dataclasses import dataclass

from sqlalchemy import Table

from backend.models import Base

# What lets somebody in, or finds somebody by what they have, whatever table it stands in.
SECRET = frozenset({"token", "password", "secret", "backupCodes", "digest", "fingerprint", "publicKey", "credentialID"})
_USER = {"user_id", "userId"}


@dataclass(frozen=True)
class Part:
    """How a table appears: under which name, without which columns, and in place of a row the document it keeps.

    ``order`` are the columns that it is in the order of: unique together; empty for those of its key.
    """

    name: str
    without: frozenset[str] = frozenset()
    document: str | None = None
    order: tuple[str, ...] = ()


# What is left out is said elsewhere in the same row, or is of use to the program alone.
_PARTS = {
    "task": Part("tasks", document="document"),
    "completion": Part("completions"),
    "journal": Part("history"),
    "conversation": Part("conversations"),
    "message": Part("messages", without=frozenset({"model_messages"}), order=("conversation_id", "position")),
    "reminder_settings": Part("reminder_settings", without=frozenset({"told"})),
    "reminder_due": Part("reminders", without=frozenset({"claimed_by", "place"})),
    # The address is sealed, and of Apprise's services it is a password; `hint` tells which it is.
    "channel": Part("channels", without=frozenset({"address"})),
    "letterbox": Part("letterbox"),
    "webhook": Part("webhooks", without=frozenset({"address", "earlier_secret"})),
    "webhook_delivery": Part("webhook_deliveries", without=frozenset({"claimed_by"})),
    "access_token": Part("access_tokens"),
    "oauth_grant": Part("connected_apps"),
    "session": Part("sessions"),
    "passkey": Part("passkeys", without=frozenset({"counter"})),
    "twoFactor": Part("two_factor", without=frozenset({"usedStep"})),
    "account": Part("ways_in", without=frozenset({"accessToken", "refreshToken", "idToken"})),
    "label": Part("labels"),
    "saved_filter": Part("saved_filters", without=frozenset({"key"}), order=("position", "id")),
    "spending": Part("model_use"),
    "profile": Part("profile"),
}
# Answers kept for a day for repeats, half-done turns, open questions and digests of mails: what came of them is
# elsewhere in the export.
_LEFT_OUT = {"letter_seen", "idempotency", "turn", "approval", "oauth_code"}


def tables() -> list[tuple[Part, Table]]:
    """The tables whose rows belong to a user, themselves or by the conversation that they are of, by name."""
    found = [table for table in Base.metadata.sorted_tables if table.name not in _LEFT_OUT and _is_owned(table)]
    return sorted(((part_of(table), table) for table in found), key=lambda item: item[0].name)


def part_of(table: Table) -> Part:
    return _PARTS.get(table.name, Part(table.name))


def owner_column(table: Table) -> str | None:
    """The column that holds the user's id; None where the row has none itself."""
    return next((column.name for column in table.columns if column.name in _USER), None)


def _is_owned(table: Table) -> bool:
    return owner_column(table) is not None or "conversation_id" in table.c
