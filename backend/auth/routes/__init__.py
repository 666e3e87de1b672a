"""Better Auth's protocol over HTTP."""

from fastapi import APIRouter

from backend.auth.routes import account, addresses, entry, factor, passkeys, recovery
from backend.auth.routes.exchange import AuthRoute
from backend.openapi import problems

router = APIRouter(prefix="/api/auth", tags=["auth"], route_class=AuthRoute, responses=problems(400, 403, 413, 503))
router.include_router(entry.router)
router.include_router(account.router, responses=problems(401))
router.include_router(recovery.router)
router.include_router(addresses.router)
router.include_router(factor.router, responses=problems(401, 429))
router.include_router(passkeys.router, responses=problems(401))
