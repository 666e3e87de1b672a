"""Which engine answers the user, and how much of the hosted model's day is used."""

from datetime import UTC, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from backend.assistant.engines.choice import Setting, setting_of
from backend.assistant.engines.hosted.allowance import spent_today
from backend.assistant.engines.hosted.setup import Hosted
from backend.auth.dependencies import CurrentUserDep
from backend.journal.values import instant
from backend.models import utc_now
from backend.openapi import problems, refuse_query
from backend.profile.service import read_preferences
from backend.session import ReadSessionDep

router = APIRouter(prefix="/api", tags=["assistant"], responses=problems(401, 422, 503))
MILLION = 1_000_000


class Allowance(BaseModel):
    """What a user has used of something today, and may use."""

    used: float
    limit: float


class Day(BaseModel):
    """A user's UTC day with the hosted model."""

    turns: Allowance
    tokens: Allowance
    cost: Allowance = Field(description="US dollars, by public prices; nothing for a model without a known price")
    ends_at: str


class AssistantOut(BaseModel):
    """``setting`` is the user's choice (`PATCH /api/me`) or, without one, what holds; ``model`` the hosted one's name.

    Without a hosted model the built-in engine answers, whatever is chosen.
    """

    setting: Setting
    model: str | None
    today: Day | None


async def get_hosted(request: Request) -> Hosted | None:
    hosted: Hosted | None = request.app.state.hosted
    return hosted


HostedDep = Annotated[Hosted | None, Depends(get_hosted)]


@router.get("/assistant", dependencies=[refuse_query])
async def read_assistant(user: CurrentUserDep, session: ReadSessionDep, hosted: HostedDep) -> AssistantOut:
    """Which engine answers, and what is left of today's limits."""
    preferences = await read_preferences(session, user.id)
    setting = setting_of(preferences.settings, model=hosted is not None)
    if hosted is None:
        return AssistantOut(setting=setting, model=None, today=None)
    spent, daily = await spent_today(session, user.id), hosted.daily
    today = Day(
        turns=Allowance(used=spent.turns, limit=daily.turns),
        tokens=Allowance(used=spent.tokens, limit=daily.tokens),
        cost=Allowance(used=spent.cost / MILLION, limit=daily.cost / MILLION),
        ends_at=instant(_next_midnight()),
    )
    return AssistantOut(setting=setting, model=hosted.model.model_name, today=today)


def _next_midnight() -> datetime:
    return datetime.combine(utc_now().date() + timedelta(days=1), time(), UTC)
