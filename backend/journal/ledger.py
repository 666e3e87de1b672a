"""Writing the journal: a `Ledger` holds the user's other writers back until its transaction ends."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from backend.journal.models import JournalRow
from backend.journal.values import Actor, Document, Kind
from backend.models import utc_now
from backend.profile.models import Profile
from backend.profile.service import lock_profile
from backend.reminders.plans import Plan
from backend.session import after_commit, before_commit
from backend.tasks.subtasks.counts import Counts
from backend.webhooks.announcements import Announcements


@dataclass(frozen=True)
class Ledger:
    """A user's journal, open for writing in this transaction."""

    session: AsyncSession
    actor: Actor
    profile: Profile
    plan: Plan
    counts: Counts
    announcements: Announcements | None

    def next_number(self) -> int:
        """The number of the user's next task; never given twice."""
        number = self.profile.next_number
        self.profile.next_number += 1
        return number

    def record(
        self,
        kind: Kind,
        *,
        before: Document | None,
        after: Document | None,
        takes_back: JournalRow | None = None,
        occurrences: Mapping[str, int] | None = None,
        restored_to: datetime | None = None,
    ) -> JournalRow:
        """Add the row of one changed task; at least one of its documents is given."""
        self.profile.revision += 1
        row = JournalRow(
            user_id=self.actor.user_id,
            revision=self.profile.revision,
            turn_id=self.actor.turn_id,
            surface=self.actor.surface,
            kind=kind,
            task_id=(after or before or {})["id"],
            before=_text(before),
            after=_text(after),
            at=utc_now(),
            undoes=takes_back.turn_id if takes_back else None,
            reverts=takes_back.revision if takes_back else None,
            redoes=bool(takes_back and takes_back.undoes and not takes_back.redoes),
            occurrences=json.dumps(occurrences) if occurrences else None,
            restored_to=restored_to,
            token_name=self.actor.token_name,
        )
        self.session.add(row)
        self.plan.note(before, after)
        self.counts.note(before, after, comes_back=before is None and bool(takes_back or restored_to))
        if self.announcements:
            self.announcements.note(row, before, after)
        self.session.info.setdefault("recorded", []).append(row)
        return row


async def open_ledger(session: AsyncSession, actor: Actor) -> Ledger:
    """Lock the user's journal for this transaction; who waits for its events is woken once it is committed."""
    profile = await lock_profile(session, actor.user_id)
    plan, counts = _plan_of(session, actor, profile), _counts_of(session, actor)
    ledger = Ledger(session, actor, profile, plan, counts, _announcements_of(session, profile))
    after_commit(session, partial(session.info["wakeups"].wake, actor.user_id))
    return ledger


def _plan_of(session: AsyncSession, actor: Actor, profile: Profile) -> Plan:
    """The one of this transaction: what its changes make due is written with them."""
    plan: Plan | None = session.info.get("plan")
    if plan is None:
        plan = session.info["plan"] = Plan(actor.user_id, profile.timezone or actor.timezone)
        before_commit(session, partial(_settle, session, plan))
    return plan


def _counts_of(session: AsyncSession, actor: Actor) -> Counts:
    """The ones of this transaction: what its changes leave uncounted is counted before it is committed."""
    counts: Counts | None = session.info.get("counts")
    if counts is None:
        counts = session.info["counts"] = Counts(actor.user_id)
        before_commit(session, partial(counts.settle, session))
    return counts


def _announcements_of(session: AsyncSession, profile: Profile) -> Announcements | None:
    """The ones of this transaction; none for a user without webhooks, whose changes then cost nothing more."""
    if not profile.webhooks:
        return None
    announcements: Announcements | None = session.info.get("announcements")
    if announcements is None:
        announcements = session.info["announcements"] = Announcements(profile.user_id)
        before_commit(session, partial(announcements.settle, session))
    return announcements


async def _settle(session: AsyncSession, plan: Plan) -> None:
    earliest = await plan.settle(session)
    if earliest:
        after_commit(session, partial(session.info["wakeups"].alarm.ring, earliest))


def _text(document: Document | None) -> str | None:
    return None if document is None else json.dumps(document, ensure_ascii=False, separators=(",", ":"))
