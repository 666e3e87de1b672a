"""Typed domain errors and their one translation to `application/problem+json` (RFC 9457)."""

from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.routing import Match

from backend.budgets.overruns import overrun_of
from backend.faults import RETRY_SECONDS, fault_of

log = structlog.get_logger()
MEDIA_TYPE = "application/problem+json"
UNDEFINED_TABLE = "42P01"  # Postgres' SQLSTATE
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
TOLD_ERRORS = 20  # of a request with thousands, telling all would hold up everybody else
EMPTIED = "The database was emptied under the app; its tables are being made again. Try again in a moment."


class ProblemError(Exception):
    """An error that a person can mend: ``detail`` says what to do, in a sentence. Subclasses fix the status."""

    status = HTTPStatus.BAD_REQUEST

    def __init__(self, detail: str, *, headers: dict[str, str] | None = None, **extra: object) -> None:
        super().__init__(detail)
        self.detail = detail
        self.headers = headers or {}
        self.extra = extra


class BadRequestError(ProblemError):
    status = HTTPStatus.BAD_REQUEST


class NotSignedInError(ProblemError):
    status = HTTPStatus.UNAUTHORIZED


class ForbiddenError(ProblemError):
    status = HTTPStatus.FORBIDDEN


class NotFoundError(ProblemError):
    status = HTTPStatus.NOT_FOUND


class ConflictError(ProblemError):
    status = HTTPStatus.CONFLICT


class StaleVersionError(ProblemError):
    status = HTTPStatus.PRECONDITION_FAILED


class TooLargeError(ProblemError):
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class InvalidError(ProblemError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TooManyRequestsError(ProblemError):
    status = HTTPStatus.TOO_MANY_REQUESTS


class UnavailableError(ProblemError):
    status = HTTPStatus.SERVICE_UNAVAILABLE


def problem(status: int, detail: str, *, headers: dict[str, str] | None = None, **extra: object) -> JSONResponse:
    """The one form of every error answer."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **extra}
    return JSONResponse(body, status_code=status, headers=headers, media_type=MEDIA_TYPE)


async def _on_problem(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ProblemError)  # noqa: S101  (registered for it alone)
    return problem(error.status, error.detail, headers=error.headers, **error.extra)


async def _on_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101
    headers = dict(error.headers) if error.headers else None
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers = (headers or {}) | {"Allow": ", ".join(_allowed(request))}
    return problem(error.status_code, str(error.detail), headers=headers)


def _allowed(request: Request) -> list[str]:
    """Every method that the path is served for: the framework names those of one route alone (RFC 9110, 15.5.6)."""
    scopes = {method: {**request.scope, "method": method} for method in _METHODS}
    routes = request.app.router.routes
    return [
        method for method, scope in scopes.items() if any(route.matches(scope)[0] is Match.FULL for route in routes)
    ]


async def _on_invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    if broken := [item for item in error.errors() if item["type"] == "json_invalid"]:
        place = f" at character {broken[0]['loc'][-1]}" if isinstance(broken[0]["loc"][-1], int) else ""
        return problem(HTTPStatus.BAD_REQUEST, f"The body is not JSON{place}. Nothing was changed.")
    found = error.errors()
    errors = [_field_error(item) for item in found[:TOLD_ERRORS]]
    more = [f"and {len(found) - TOLD_ERRORS} more"] if len(found) > TOLD_ERRORS else []
    detail = "; ".join([*(f"{told['field']}: {told['message']}" for told in errors), *more])
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=errors)


def _field_error(item: dict[str, Any]) -> dict[str, str]:
    place = [str(part) for part in item["loc"] if part not in {"body", "query", "path", "header"}]
    field = ".".join(place).encode(errors="replace").decode()  # a key may hold half a character
    return {"field": field or "body", "message": str(item["msg"]).removeprefix("Value error, ")}


async def _on_database(request: Request, error: Exception) -> JSONResponse:
    gone = isinstance(error, (OperationalError, InterfaceError, PoolTimeout)) or (
        isinstance(error, DBAPIError) and error.connection_invalidated
    )
    if getattr(getattr(error, "orig", None), "sqlstate", None) == UNDEFINED_TABLE:
        log.error("the database has lost its tables: they are made again", path=request.url.path)
        request.app.state.emptied.set()
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, EMPTIED, headers={"Retry-After": "2"})
    if fault := fault_of(error):
        log.error("a change could not be stored", path=request.url.path, fault=fault.name)
        headers = {"Retry-After": str(RETRY_SECONDS)}
        return problem(HTTPStatus.INSUFFICIENT_STORAGE, fault.detail, headers=headers, code=fault.name)
    if overrun := overrun_of(error):
        log.warning("ended by the database", path=request.url.path, reason=overrun.reason)
        return problem(overrun.status, overrun.detail, headers={"Retry-After": str(overrun.seconds)})
    if not gone:
        raise error
    log.warning("database unavailable", path=request.url.path, error=type(error).__name__)
    detail = "The database cannot be reached; nothing was changed. Try again in a moment."
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, headers={"Retry-After": "2"})


async def _on_unexpected(_request: Request, _error: Exception) -> JSONResponse:
    """Starlette raises the error again afterwards; `backend.serving.request_log` has logged it by then."""
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here; nothing was changed.")


def install_error_handlers(app: FastAPI) -> None:
    app.add_exception_handler(ProblemError, _on_problem)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(DBAPIError, _on_database)
    app.add_exception_handler(PoolTimeout, _on_database)
    app.add_exception_handler(Exception, _on_unexpected)
