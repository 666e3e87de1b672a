"""What a notice offers to do: the same signed links in a mail and behind a push message's buttons."""

from backend.models import utc_now
from backend.reminders.channels.links import LIFETIME, UNSUBSCRIBE_LIFETIME, Action, Link, write_link
from backend.reminders.channels.notice import Notice

TITLES: tuple[tuple[Action, str], ...] = (("done", "Done"), ("snooze10", "10 minutes"), ("tomorrow", "Tomorrow"))


def action_tokens(notice: Notice, secret: str) -> list[tuple[Action, str, str]]:
    """Each action with its title and its token; none for a notice that is about no one task."""
    if notice.task_id is None or notice.kind != "reminder":
        return []
    return [(action, title, _token(action, notice, notice.task_id, secret)) for action, title in TITLES]


def unsubscribe_token(notice: Notice, channel_id: str, secret: str) -> str:
    """The token that switches the channel off."""
    return _token("unsubscribe", notice, channel_id, secret)


def _token(action: Action, notice: Notice, subject: str, secret: str) -> str:
    lifetime = UNSUBSCRIBE_LIFETIME if action == "unsubscribe" else LIFETIME
    link = Link(
        action=action,
        user_id=str(notice.user_id),
        subject=str(subject),
        notice_id=notice.id,
        told_at=notice.due_at,
        expires_at=utc_now() + lifetime,
    )
    return write_link(link, secret)
