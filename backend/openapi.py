"""What the routes say of themselves in the OpenAPI document, beyond their types."""

from collections.abc import Callable, Coroutine, Iterator
from http import HTTPStatus
from typing import Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field

from backend.errors import MEDIA_TYPE, InvalidError
from backend.examples import state_examples
from backend.forms import state_forms

UNBUDGETED = {"/health", "/metrics"}  # neither touches the database, and a probe must not wait


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


class LeanRoute(APIRoute):
    """A route whose function takes the request and gives the answer itself; FastAPI injects nothing."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler: Callable[[Request], Coroutine[Any, Any, Response]] = self.endpoint
        return handler


def taking(query: type[BaseModel], *, headers: dict[str, Any] | None = None) -> dict[str, Any]:
    """What a route that reads a signed-in user's request by itself says of it, for its ``openapi_extra``."""
    named = query.model_json_schema()["properties"]
    parameters = [{"name": name, "in": "query", "required": False, "schema": schema} for name, schema in named.items()]
    parameters += [{"name": name, "in": "header", "schema": schema} for name, schema in (headers or {}).items()]
    return {"parameters": parameters, "security": [{"HTTPBearer": []}, {"APIKeyCookie": []}]}


def describe_errors(app: FastAPI) -> None:
    """Let the document show what `backend.errors` answers, in place of FastAPI's own form of a 422."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        document = generate()
        schemas = document["components"]["schemas"]
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(schemas["Problem"].pop("$defs"))
        for path, operation in _operations(document):
            if path not in UNBUDGETED:
                operation["responses"].setdefault("429", problems(429)[429])
            if "413" in operation["responses"]:
                operation["responses"].setdefault("408", problems(408)[408])
            if "HTTPValidationError" in str(operation["responses"].get("422")):
                operation["responses"]["422"] = problems(422)[422]
        state_forms(document)
        state_examples(document)
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to extend the document


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((path, operation) for path, methods in document["paths"].items() for operation in methods.values())


async def _refuse_query(request: Request) -> None:
    """Raises InvalidError where a query came to a route that takes none."""
    if request.query_params:
        name = next(iter(request.query_params)).encode(errors="replace").decode()
        message = "is not a parameter of this address"
        raise InvalidError(f"{name}: {message}", errors=[{"field": name, "message": message}])


refuse_query = Depends(_refuse_query)
