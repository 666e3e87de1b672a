"""Requests made from the OpenAPI document alone, so that a route added later is driven without being named here."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")
SAMPLE = "a sample"
_FORMATS = {
    "uuid": "0190a000-0000-7000-8000-000000000000",
    "date": "2026-03-05",
    "date-time": "2026-03-05T17:00:00Z",
    "email": "sample@example.com",
}


@dataclass(frozen=True)
class Operation:
    """One method of one path, with its parameters' and its body's schemas resolved."""

    method: str
    path: str
    parameters: tuple[dict[str, Any], ...]
    body: dict[str, Any] | None

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"


@dataclass(frozen=True)
class Request:
    """What is sent: the method, the filled-in path and the three kinds of content."""

    method: str
    path: str
    query: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None

    @property
    def text(self) -> str:
        """Everything sent, to tell an echo from a leak."""
        return json.dumps([self.path, self.query, self.headers, self.body], ensure_ascii=False)


def operations(document: dict[str, Any]) -> list[Operation]:
    """Every operation of the document."""
    return [
        Operation(
            method=method,
            path=path,
            parameters=tuple(_resolved(item, document) for item in item_of.get("parameters", [])),
            body=_body(item_of, document),
        )
        for path, methods in document["paths"].items()
        for method, item_of in methods.items()
        if method in METHODS
    ]


def plain(operation: Operation, text: str = SAMPLE) -> Request:
    """A request with whatever is required, and no more; free texts are ``text``."""
    request = Request(method=operation.method, path=operation.path)
    for parameter in operation.parameters:
        if parameter.get("required"):
            request = _with_parameter(request, parameter, sample(parameter["schema"], text))
    return replace(request, body=sample(operation.body, text) if operation.body else None)


def places(operation: Operation) -> list[tuple[str, str]]:
    """Where a text can be put: ("path"|"query"|"header", name) or ("body", property), each by itself."""
    found = [(item["in"], item["name"]) for item in operation.parameters if _takes_text(item["schema"])]
    properties = (operation.body or {}).get("properties", {})
    return found + [("body", name) for name, schema in properties.items() if _takes_text(schema)]


def filled(operation: Operation, place: tuple[str, str], value: str) -> Request:
    """The plain request with ``value`` at one place."""
    kind, name = place
    request = plain(operation)
    if kind == "body":
        body = request.body if isinstance(request.body, dict) else {}
        return replace(request, body=body | {name: _fitting(operation.body, name, value)})
    if kind == "path":  # the plain request has a sample in its stead already
        path = operation.path
        for item in operation.parameters:
            if item["in"] == "path":
                chosen = value if item["name"] == name else sample(item["schema"], SAMPLE)
                path = path.replace(f"{{{item['name']}}}", str(chosen))
        return replace(request, path=path)
    return _with_parameter(request, {"in": kind, "name": name}, value)


def sample(schema: dict[str, Any], text: str) -> Any:
    """A value that the schema takes, its required properties alone."""
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    options = [option for option in _options(schema) if option.get("type") != "null"]
    if options[0] is not schema:
        return sample(options[0], text)
    return _typed(schema, text)


def _typed(schema: dict[str, Any], text: str) -> Any:
    match schema.get("type"):
        case "object":
            properties = schema.get("properties", {})
            return {name: sample(properties.get(name, {}), text) for name in schema.get("required", [])}
        case "array":
            return [sample(schema.get("items", {}), text)] if schema.get("minItems") else []
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
    return _FORMATS.get(schema.get("format", ""), text)


def _fitting(body: dict[str, Any] | None, name: str, value: str) -> Any:
    schema = (body or {})["properties"][name]
    is_list = any(option.get("type") == "array" for option in _options(schema))
    return [value] if is_list else value


def _takes_text(schema: dict[str, Any]) -> bool:
    for option in _options(schema):
        items = option.get("items", {}) if option.get("type") == "array" else option
        if items.get("type", "string") == "string" and not {"enum", "const"} & items.keys():
            return True
    return False


def _options(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from schema.get("anyOf") or schema.get("oneOf") or [schema]


def _with_parameter(request: Request, parameter: dict[str, Any], value: Any) -> Request:
    name = parameter["name"]
    match parameter["in"]:
        case "path":
            return replace(request, path=request.path.replace(f"{{{name}}}", str(value)))
        case "query":
            return replace(request, query=request.query | {name: value})
        case "header":
            return replace(request, headers=request.headers | {name: str(value)})
    return request  # a cookie: the session's own, which the prober's client sends


def _body(item: dict[str, Any], document: dict[str, Any]) -> dict[str, Any] | None:
    content = item.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return None
    resolved: dict[str, Any] = _resolved(content["application/json"]["schema"], document)
    options = [option for option in _options(resolved) if option.get("type") == "object"]
    return options[0] if options else resolved


def _resolved(value: Any, document: dict[str, Any], depth: int = 0) -> Any:
    """The value with its references followed, to a depth that ends recursive schemas."""
    if isinstance(value, list):
        return [_resolved(item, document, depth) for item in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        if depth > 8:
            return {}
        target: Any = document
        for part in value["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return _resolved(target, document, depth + 1)
    return {key: _resolved(item, document, depth) for key, item in value.items()}
