"""The pages that were last shown, kept in memory while they are true."""

from collections import OrderedDict
from collections.abc import KeysView
from datetime import datetime

from sqlalchemy import bindparam, select

from backend.profile.models import Profile
from backend.session import Reader
from backend.tasks.query import list_documents
from backend.tasks.schemas import TaskQuery

KEPT_PAGES = 512
LARGEST_PAGE = 100_000  # characters
_REVISION = select(Profile.__table__.c.revision).where(Profile.__table__.c.user_id == bindparam("user_id"))


class Pages:
    """Each page with the revision of its user's journal at which it was read.

    Every change of a task moves the revision on in the same transaction, on whichever replica, so a page whose revision
    is the newest is as the database would give it. What is asked of the clock or the settings is always asked anew.
    """

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, TaskQuery], tuple[int, str]] = OrderedDict()

    async def read(
        self, reader: Reader, user_id: str, query: TaskQuery, now: datetime, *, revision: int | None = None
    ) -> str:
        """`list_documents`, from memory where that is as good; ``revision`` where the reader told it before."""
        if revision is None:
            rows = await reader.rows(_REVISION, {"user_id": user_id})
            revision = rows[0][0] if rows else 0
        key = (user_id, query)
        kept = self._pages.get(key)
        if kept and kept[0] == revision:
            self._pages.move_to_end(key)
            return kept[1]
        page = await list_documents(reader, user_id, query, now)
        if _lasts(query) and len(page) <= LARGEST_PAGE:
            self._keep(key, revision, page)
        return page

    def kept(self) -> KeysView[tuple[str, TaskQuery]]:
        """Whose pages are in memory, and what was asked for."""
        return self._pages.keys()

    def _keep(self, key: tuple[str, TaskQuery], revision: int, page: str) -> None:
        self._pages[key] = revision, page
        self._pages.move_to_end(key)
        if len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)


def _lasts(query: TaskQuery) -> bool:
    return not query.overdue and query.completed_from is None and query.completed_to is None
