"""The backend's wiring: settings, database, features."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache

import structlog
from fastapi import FastAPI
from sqlalchemy.exc import DBAPIError

from backend import health, migrations
from backend.account import routes as account
from backend.assistant import lines
from backend.assistant import routes as assistant
from backend.assistant.conversations import routes as conversations
from backend.assistant.engines import routes as engines
from backend.assistant.engines.hosted.setup import make_hosted
from backend.assistant.reader import reader
from backend.assistant.turn.detached import RunningTurns
from backend.auth import routes as auth
from backend.auth.origins import OriginGuard
from backend.budgets.claimants import Claimants
from backend.budgets.descriptors import LoopErrors, raise_limit
from backend.budgets.gate import Gate
from backend.calendars.dav import door as dav
from backend.calendars.feeds import routes as feeds
from backend.errors import install_error_handlers
from backend.exchange import routes as exchange
from backend.exchange.limits import MOST_BYTES, TOO_LARGE
from backend.faults import fault_of
from backend.filters import routes as filters
from backend.history import routes as history
from backend.journal import routes as journal
from backend.journal.events import poll
from backend.letterbox import routes as letterbox
from backend.letterbox.service import MOST_BYTES as MOST_MAIL_BYTES
from backend.letterbox.service import TOO_LARGE as TOO_LARGE_MAIL
from backend.mail.outbox import Outbox
from backend.mcp import transport as mcp
from backend.oauth import endpoints as oauth
from backend.oauth import routes as apps
from backend.openapi import describe_errors, operation_id
from backend.profile import routes as profile
from backend.reminders import routes as reminders
from backend.reminders.channels import routes as channels
from backend.reminders.outlets import Channels
from backend.reminders.worker import Worker
from backend.serving.body_limit import BodyLimit
from backend.serving.inside import Inside
from backend.serving.refusal import NEWER_SCHEMA, refuse_to_start, refuse_to_store
from backend.serving.request_log import Observed, configure_logging
from backend.serving.shutdown import when_stopping
from backend.serving.watchdog import watched
from backend.session import Database
from backend.settings import Settings, settings_or_exit
from backend.tasks import routes as tasks
from backend.tasks.bulk import routes as bulk
from backend.tasks.groups import routes as groups
from backend.tasks.listing.pages import Pages
from backend.tokens import routes as tokens
from backend.version import VERSION
from backend.webhooks import routes as webhooks
from backend.webhooks.deliveries import WebhookQueue

log = structlog.get_logger()
RETRY_SECONDS = 2.0
TURN_SECONDS = 10.0


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the app; settings come from the environment unless given."""
    settings = settings or settings_or_exit()
    configure_logging(settings.log_level)
    app = FastAPI(title="Todo Chatbot", version=VERSION, lifespan=_lifespan, generate_unique_id_function=operation_id)
    app.state.settings = settings
    app.state.hosted = make_hosted(settings)
    app.state.claimants = Claimants()
    app.add_middleware(Gate, settings=settings, claimants=app.state.claimants)
    app.add_middleware(OriginGuard, settings=settings)
    app.add_middleware(Inside, settings=settings)
    larger = dict.fromkeys(exchange.PATHS, (MOST_BYTES, TOO_LARGE))
    larger[letterbox.POST_PATH] = (MOST_MAIL_BYTES, TOO_LARGE_MAIL)
    app.add_middleware(BodyLimit, limit=settings.body_limit, larger=larger)
    app.add_middleware(Observed)
    install_error_handlers(app)
    for router in (  # matched in this order: the most frequent first
        tasks.router,
        assistant.router,
        health.router,
        auth.router,
        journal.router,
        history.router,
        profile.router,
        account.router,
        engines.router,
        conversations.router,
        tokens.router,
        apps.router,
        reminders.router,
        channels.router,
        feeds.router,
        webhooks.router,
        letterbox.router,
        lines.router,
        groups.router,
        filters.router,
        bulk.router,
        exchange.router,
    ):
        app.include_router(router)
    mcp.mount(app, settings)
    oauth.mount(app)
    dav.mount(app, settings)
    describe_errors(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Serve at once and migrate beside it: a database that comes up later than the app is waited for, not fatal."""
    raise_limit()
    asyncio.get_running_loop().set_exception_handler(LoopErrors())
    app.state.database = Database(app.state.settings)
    app.state.migrated, app.state.emptied = asyncio.Event(), asyncio.Event()
    app.state.pages = Pages()
    app.state.turns = RunningTurns()
    app.state.outbox = Outbox(app.state.settings)
    if not app.state.settings.is_postgres:
        await _migrate(app)
    _keep_out_of_collections()
    migration = asyncio.create_task(_keep_migrated(app))
    polling = asyncio.create_task(poll(app.state.database))
    beating = asyncio.create_task(app.state.turns.beat(app.state.database))
    warming = asyncio.create_task(reader.warm())
    reminding = asyncio.create_task(_remind(app))
    try:
        async with mcp.serving(app):
            with when_stopping(app.state.database.wakeups.close):
                async with watched(app.state.settings.todo_stall_seconds):
                    yield
    finally:
        await app.state.turns.finish(seconds=TURN_SECONDS)
        for task in (migration, polling, beating, warming, reminding):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await app.state.outbox.close()
        await reader.close()
        await app.state.database.dispose()


async def _remind(app: FastAPI) -> None:
    await app.state.migrated.wait()
    database, settings = app.state.database, app.state.settings
    await Worker(database, Channels(database, settings), queues=[WebhookQueue(settings)]).run()


@cache
def _keep_out_of_collections() -> None:
    """What the program itself is made of is not looked through again: that took 200 ms at a time. Once a process."""
    gc.collect()
    gc.freeze()


async def _keep_migrated(app: FastAPI) -> None:
    """Migrate at start, and anew when a request finds the tables gone, as after a Postgres whose data was ephemeral."""
    while True:
        if not app.state.migrated.is_set():
            await _migrate(app)
        await app.state.emptied.wait()
        app.state.migrated.clear()
        app.state.emptied.clear()


async def _migrate(app: FastAPI) -> None:
    """Migrate, again every two seconds while it fails: a database may come up, or be mended, later than the app."""
    while True:
        try:
            await migrations.upgrade(app.state.database)
        except Exception as error:
            if app.state.database.is_sqlite:
                if app.state.database.is_damaged:
                    return  # /health answers, and everything else says so
                if fault := fault_of(error):
                    refuse_to_store(fault)
                if isinstance(error, migrations.NewerSchemaError):
                    refuse_to_start(f"{error}.", code=NEWER_SCHEMA)
                raise
            reason = error.orig if isinstance(error, DBAPIError) else error
            log.warning("waiting for the database", error=f"{type(reason).__name__}: {reason}".splitlines()[0])
            await asyncio.sleep(RETRY_SECONDS)
        else:
            app.state.migrated.set()
            return


app = create_app()
