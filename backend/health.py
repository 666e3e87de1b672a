"""Probes: liveness without a database, readiness with it, and metrics as Prometheus text."""

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from backend.assistant.language.judge.model import loaded
from backend.damage import DamagedDatabaseError
from backend.errors import UnavailableError
from backend.openapi import problems
from backend.schema_probe import schema_fault
from backend.session import DatabaseDep, ReadSessionDep
from backend.write_probe import standing_fault

router = APIRouter(tags=["health"])


@router.get("/health")
async def health() -> dict[str, str]:
    """The process serves requests; the database is not asked."""
    return {"status": "ok"}


@router.get("/ready", responses=problems(503))
async def ready(database: DatabaseDep, session: ReadSessionDep) -> dict[str, str]:
    """The database answers, is not damaged, has its tables, and takes changes; else 503 with the reason.

    ``judge`` is there where the language engine serves without its trained judge, and says why: it then reads by its
    rules alone, which is worse and works.
    """
    if database.is_damaged:
        raise DamagedDatabaseError
    await session.execute(text("SELECT version_num FROM alembic_version"))
    if fault := await standing_fault(database) or await schema_fault(session):
        raise UnavailableError(fault.sentence, headers={"Retry-After": "2"}, code=fault.name)
    _, problem = loaded()
    return {"status": "ready"} | ({"judge": f"The rules alone serve: {problem}."} if problem else {})


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics() -> Response:
    """Prometheus' text format."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
