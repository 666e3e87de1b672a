"""Better Auth's protocol over HTTP."""

from fastapi import APIRouter

from backend.auth.routes import account, entry
from backend.auth.routes.exchange import AuthRoute

router = APIRouter(prefix="/api/auth", tags=["auth"], route_class=AuthRoute)
router.include_router(entry.router)
router.include_router(account.router)
