"""Many tasks at once over HTTP."""

from fastapi import APIRouter, Response

from backend.journal.write import WriteDep
from backend.openapi import problems, refuse_query
from backend.tasks.bulk.acts import do_to_many
from backend.tasks.bulk.schemas import BulkIn, BulkOut

router = APIRouter(prefix="/api", tags=["tasks"], responses=problems(400, 401, 403, 404, 413, 422, 503))


@router.post("/tasks/bulk", response_model=BulkOut, dependencies=[refuse_query])
async def change_many(body: BulkIn, write: WriteDep) -> Response:
    """Do one thing to up to 1,000 tasks, to all of them or to none; one undo takes it back.

    The server does not ask first: whoever calls has told the person what would change.
    """

    async def act() -> Response:
        tasks = await do_to_many(write.session, write.actor, body)
        changed = len(write.session.info.get("recorded", ()))
        documents = ",".join(task.document for task in tasks)
        answer = f'{{"items":[{documents}],"changed":{changed}}}'
        return Response(answer, headers=write.undo_header, media_type="application/json")

    return await write.once(act)
