"""The table of saved filters."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.models import Base, UtcDateTime, new_id, utc_now


class SavedFilter(Base):
    """What a user looks for again and again. ``words`` are kept as they were said and read anew: "today" moves on.

    ``key`` is the folded name. Filters stand in the order of ``position``, which has gaps where some were deleted.
    """

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("user_id", "key", name="uq_saved_filter_user_id_key"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(300))
    name: Mapped[str] = mapped_column(String(50))
    words: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
