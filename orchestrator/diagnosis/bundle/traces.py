"""Spans of traces: Jaeger's answers, OpenTelemetry's JSON, and Zipkin's."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from orchestrator.diagnosis.workloads.store import Span

_FAILED = ("error", "otel.status_code", "status.code")


def spans_of(text: str) -> list[Span]:
    """Every span that the text holds; none for a text of another kind."""
    head = text.lstrip()[:4000]
    if head[:1] not in ("{", "[") or not any(word in head for word in ('"traceID"', '"traceId"', '"resourceSpans"')):
        return []
    found = [span for document in _values(text) for span in _of(document)]
    return [span for span in found if span.service]


def _values(text: str) -> Iterator[Any]:
    try:
        yield json.loads(text)
    except json.JSONDecodeError:
        for line in text.splitlines():
            try:
                yield json.loads(line)
            except json.JSONDecodeError:
                continue  # a line of another kind, or the last one, cut


def _of(document: Any) -> Iterator[Span]:
    if isinstance(document, list):
        for one in document:
            yield from _zipkin(one) if isinstance(one, dict) and "localEndpoint" in one else _of(one)
    elif isinstance(document, dict):
        for trace in _maps(document.get("data")) if isinstance(document.get("data"), list) else [document]:
            yield from _jaeger(trace)
        for resource in _maps(document.get("resourceSpans") or document.get("batches")):
            yield from _otel(resource)


def _map(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _maps(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


def _jaeger(trace: Mapping[str, Any]) -> Iterator[Span]:
    """https://www.jaegertracing.io/docs/latest/apis/: durations in microseconds."""
    processes = _map(trace.get("processes"))
    for one in _maps(trace.get("spans")):
        process = _map(processes.get(str(one.get("processID"))) or one.get("process"))
        parents = [
            str(ref.get("spanID")) for ref in _maps(one.get("references")) if ref.get("refType") != "FOLLOWS_FROM"
        ]
        tags = {str(tag.get("key")): tag.get("value") for tag in _maps(one.get("tags"))}
        yield Span(
            str(one.get("traceID")),
            str(one.get("spanID")),
            parents[0] if parents else str(one.get("parentSpanID") or ""),
            str(process.get("serviceName") or ""),
            str(one.get("operationName") or ""),
            _number(one.get("duration")) / 1e6,
            _is_failed(tags),
            str(tags.get("otel.status_description") or tags.get("error.message") or ""),
        )


def _is_failed(tags: Mapping[str, Any]) -> bool:
    if any(str(tags.get(key)).lower() in ("true", "error", "2", "status_code_error") for key in _FAILED):
        return True
    http, rpc = _number(tags.get("http.status_code")), _number(tags.get("rpc.grpc.status_code"))
    return http >= 500 or rpc in (4, 13, 14)  # DEADLINE_EXCEEDED, INTERNAL, UNAVAILABLE


def _otel(resource: Mapping[str, Any]) -> Iterator[Span]:
    """https://opentelemetry.io/docs/specs/otlp/: times in nanoseconds."""
    service = _attributes(_map(resource.get("resource")).get("attributes")).get("service.name", "")
    for scope in _maps(resource.get("scopeSpans") or resource.get("instrumentationLibrarySpans")):
        for one in _maps(scope.get("spans")):
            status, tags = _map(one.get("status")), _attributes(one.get("attributes"))
            lasted = _number(one.get("endTimeUnixNano")) - _number(one.get("startTimeUnixNano"))
            yield Span(
                str(one.get("traceId")),
                str(one.get("spanId")),
                str(one.get("parentSpanId") or ""),
                str(service),
                str(one.get("name") or ""),
                lasted / 1e9,
                str(status.get("code")) in ("2", "STATUS_CODE_ERROR") or _is_failed(tags),
                str(status.get("message") or ""),
            )


def _attributes(value: Any) -> dict[str, Any]:
    return {str(one.get("key")): next(iter(_map(one.get("value")).values()), "") for one in _maps(value)}


def _zipkin(one: Mapping[str, Any]) -> Iterator[Span]:
    """https://zipkin.io/zipkin-api/: durations in microseconds."""
    yield Span(
        str(one.get("traceId")),
        str(one.get("id")),
        str(one.get("parentId") or ""),
        str(_map(one.get("localEndpoint")).get("serviceName") or ""),
        str(one.get("name") or ""),
        _number(one.get("duration")) / 1e6,
        "error" in _map(one.get("tags")),
        str(_map(one.get("tags")).get("error") or ""),
    )
