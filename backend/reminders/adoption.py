"""Users whose tasks were made before there were reminders: their tasks are planned once, when the worker starts."""

from sqlalchemy import func, select

from backend.profile.service import lock_profile
from backend.reminders.models import ReminderSettings
from backend.reminders.plans import make_settings, plan_all
from backend.session import Database
from backend.tasks.models import Task

_AT_ONCE = 50


async def adopt(database: Database) -> None:
    """Plan the open tasks of each such user, a transaction each. What has passed is not reminded of."""
    while True:
        async with database.read() as session:
            known = select(ReminderSettings.user_id)
            statement = select(Task.user_id, func.max(Task.timezone)).where(Task.done.is_(False), Task.due.is_not(None))
            statement = statement.where(Task.user_id.not_in(known)).group_by(Task.user_id).limit(_AT_ONCE)
            users = (await session.execute(statement)).all()
        if not users:
            return
        for user_id, zone in users:
            async with database.write() as session:
                await lock_profile(session, user_id)
                if await session.get(ReminderSettings, user_id) is None:  # of two replicas, the first does it
                    await plan_all(session, await make_settings(session, user_id, zone))
