"""The table of how projects and tags look."""

from sqlalchemy import Boolean, ForeignKey, Integer, String, false
from sqlalchemy.orm import Mapped, mapped_column

from backend.models import Base


class Label(Base):
    """What a user chose for a project or tag beyond its name; none where nothing differs from the usual.

    ``key`` is the folded name, by which tasks belong to it, and ``name`` the name as it was typed. ``position`` orders
    before the alphabet does.
    """

    __tablename__ = "label"

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    key: Mapped[str] = mapped_column(String(300), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    colour: Mapped[str | None] = mapped_column(String(8))
    position: Mapped[int | None] = mapped_column(Integer)
    archived: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
