"""The backend with four holes, for the prober to find: what shows that it would find one."""

from typing import Annotated

from fastapi import APIRouter, Body
from sqlalchemy import delete, select

from backend.auth.dependencies import CurrentUserDep
from backend.auth.models import Session, User
from backend.errors import ForbiddenError, NotFoundError
from backend.main import create_app
from backend.session import ReadSessionDep, WriteSessionDep

router = APIRouter(prefix="/api/leak")


@router.get("/open")
async def open_to_all() -> dict[str, str]:
    """Asks nobody who they are."""
    return {}


@router.get("/users/{user_id}")
async def read(user_id: str, _user: CurrentUserDep, session: ReadSessionDep) -> dict[str, str]:
    """Shows anyone's address."""
    found = await session.get(User, user_id)
    if found is None:
        raise NotFoundError("There is no such user.")
    return {"email": found.email}


@router.post("/end")
async def write(
    token: Annotated[str, Body(embed=True)], _user: CurrentUserDep, session: WriteSessionDep
) -> dict[str, str]:
    """Ends anyone's session."""
    await session.execute(delete(Session).where(Session.token == token))
    return {}


@router.get("/exists")
async def exists(email: str, _user: CurrentUserDep, session: ReadSessionDep) -> dict[str, str]:
    """Refuses in one way what is there and in another what is not."""
    if await session.scalar(select(User.id).where(User.email == email)):
        raise ForbiddenError("That is not yours.")
    raise NotFoundError("There is nothing.")


app = create_app()
app.include_router(router)
