"""One row a user: their settings, and the counters that number and order what they do."""

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.models import Base


class Profile(Base):
    """Made at the user's first write. ``revision`` counts the journal's rows; ``next_number`` the tasks ever made.

    ``webhooks`` is how many the user has: a write asks for them only where there are some.

    A writer locks this row before it reads a task, so one user's writes happen one after another.
    """

    __tablename__ = "profile"

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    timezone: Mapped[str | None] = mapped_column(String(64))
    settings: Mapped[str] = mapped_column(Text, default="{}")
    revision: Mapped[int] = mapped_column(Integer, default=0)
    next_number: Mapped[int] = mapped_column(Integer, default=1)
    webhooks: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
