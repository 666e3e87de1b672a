"""What the routes say of themselves in the OpenAPI document, beyond their types."""

from http import HTTPStatus
from typing import Any

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field

from backend.errors import MEDIA_TYPE, InvalidError


class FieldProblem(BaseModel):
    """What is wrong with one field of a request."""

    field: str
    message: str


class Problem(BaseModel):
    """An error answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = Field(description="What is wrong and what to do, in a sentence")
    errors: list[FieldProblem] | None = None


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error answers of a route, for its ``responses``."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


def operation_id(route: APIRoute) -> str:
    """The function's name: what a generated client calls the operation."""
    return route.name


def _refuse_query(request: Request) -> None:
    """Raises InvalidError where a query came to a route that takes none."""
    if request.query_params:
        name = next(iter(request.query_params)).encode(errors="replace").decode()
        message = "is not a parameter of this address"
        raise InvalidError(f"{name}: {message}", errors=[{"field": name, "message": message}])


refuse_query = Depends(_refuse_query)
