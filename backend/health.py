"""Probes: liveness without a database, readiness with it, and metrics as Prometheus text."""

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from backend.errors import UnavailableError
from backend.session import ReadSessionDep

router = APIRouter(tags=["health"])


@router.get("/health")
async def health() -> dict[str, str]:
    """The process serves requests; the database is not asked."""
    return {"status": "ok"}


@router.get("/ready")
async def ready(request: Request, session: ReadSessionDep) -> dict[str, str]:
    """The database answers and its schema is current; 503 otherwise."""
    if not request.app.state.migrated.is_set():
        raise UnavailableError("The database is not migrated yet.", headers={"Retry-After": "2"})
    await session.execute(text("SELECT 1"))
    return {"status": "ready"}


@router.get("/metrics")
async def metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
