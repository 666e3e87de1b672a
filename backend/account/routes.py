"""One's account as a whole, over HTTP."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from backend.account.export import export
from backend.auth.routes.exchange import SignedInDep
from backend.models import utc_now
from backend.openapi import problems, refuse_query
from backend.session import DatabaseDep

router = APIRouter(prefix="/api/account", tags=["me"], responses=problems(401, 422, 503))
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "A JSON file", "content": {"application/json": {"schema": {"type": "object"}}}}
}


@router.get("/export", response_class=StreamingResponse, responses=_FILE, dependencies=[refuse_query])
async def export_account(live: SignedInDep, database: DatabaseDep) -> StreamingResponse:
    """Everything of one's own as a JSON file: tasks, history, conversations, reminders, settings, sessions; no secrets.

    Asks for a session: a personal access token reads the list, not the account.
    """
    name = f"todo-{utc_now():%Y-%m-%d}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(export(database, live[1].id), media_type="application/json", headers=headers)
