"""Better Auth's protocol: one's own account and sessions."""

from fastapi import APIRouter
from sqlalchemy import delete, select, update

from backend.auth import service, sessions
from backend.auth.errors import AuthError
from backend.auth.models import Session, User
from backend.auth.routes.exchange import AuthRoute, ClientDep, ExchangeDep, SignedInDep
from backend.auth.routes.schemas import (
    ChangePasswordBody,
    Deleted,
    DeleteUserBody,
    PasswordChanged,
    RevokeSessionBody,
    SessionOut,
    Status,
    UpdateUserBody,
    UserOut,
)
from backend.models import utc_now
from backend.openapi import problems
from backend.session import DatabaseDep, ReadSessionDep, WriteSessionDep

router = APIRouter(route_class=AuthRoute)


@router.post("/update-user")
async def update_user(body: UpdateUserBody, live: SignedInDep, session: WriteSessionDep) -> Status:
    """Change one's name or picture."""
    if body.email:
        raise AuthError("EMAIL_CAN_NOT_BE_UPDATED")
    values = body.model_dump(include={"name", "image"} & body.model_fields_set)
    if not values or values.get("name", "") is None:
        raise AuthError("VALIDATION_ERROR", "No fields to update")
    await session.execute(update(User).where(User.id == live[1].id).values(**values, updated_at=utc_now()))
    return Status()


@router.post("/change-password", responses=problems(429))
async def change_password(
    body: ChangePasswordBody,
    exchange: ExchangeDep,
    live: SignedInDep,
    client: ClientDep,
    database: DatabaseDep,
) -> PasswordChanged:
    """Change the password; ``revokeOtherSessions`` ends every session and gives this browser a new one."""
    user = live[1]
    fresh = await service.change_password(
        database,
        client,
        user,
        current=body.current_password,
        new=body.new_password,
        revoke_others=bool(body.revoke_other_sessions),
    )
    if fresh:
        exchange.start(fresh.token, remember=True)
    return PasswordChanged(token=fresh.token if fresh else None, user=UserOut.model_validate(user))


@router.get("/list-sessions")
async def list_sessions(live: SignedInDep, session: ReadSessionDep) -> list[SessionOut]:
    """One's live sessions; 403 SESSION_NOT_FRESH when this one was begun more than a day ago."""
    if not sessions.is_fresh(live[0]):
        raise AuthError("SESSION_NOT_FRESH")
    query = select(Session).where(Session.user_id == live[1].id, Session.expires_at > utc_now())
    return [SessionOut.model_validate(row) for row in await session.scalars(query.order_by(Session.created_at))]


@router.post("/revoke-session")
async def revoke_session(
    body: RevokeSessionBody,
    exchange: ExchangeDep,
    live: SignedInDep,
    session: WriteSessionDep,
) -> Status:
    """End one of one's own sessions; the answer is the same for a token that is not one's own or not known."""
    await session.execute(delete(Session).where(Session.token == body.token, Session.user_id == live[1].id))
    if body.token == live[0].token:
        exchange.end()
    return Status()


@router.post("/revoke-sessions")
async def revoke_sessions(exchange: ExchangeDep, live: SignedInDep, session: WriteSessionDep) -> Status:
    """End all of one's sessions, this one too."""
    await session.execute(delete(Session).where(Session.user_id == live[1].id))
    exchange.end()
    return Status()


@router.post("/revoke-other-sessions")
async def revoke_other_sessions(live: SignedInDep, session: WriteSessionDep) -> Status:
    """End all of one's sessions but this one."""
    here, user = live
    await session.execute(delete(Session).where(Session.user_id == user.id, Session.token != here.token))
    return Status()


@router.post("/delete-user", responses=problems(429))
async def delete_user(
    body: DeleteUserBody,
    exchange: ExchangeDep,
    live: SignedInDep,
    client: ClientDep,
    database: DatabaseDep,
) -> Deleted:
    """Delete one's account and all that is in it: by password, or without one within a day of signing in."""
    exchange.check_callback(body.callback_url)
    if body.password:
        await service.confirm_password(database, client, live[1], body.password)
    elif not sessions.is_fresh(live[0]):
        raise AuthError("SESSION_EXPIRED")
    await service.delete_user(database, live[1])
    exchange.end()
    return Deleted()
