"""The trace that kubectl-ai writes (`--trace-path`), read: a stream of YAML documents, one an event.

What its model said stands in the bodies of `http.response`, as they came over the wire: a stream of server-sent
events or one JSON value, of OpenAI's or of Gemini's form. Only these two of its providers are recorded.
"""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

_RESPONSE = "action: http.response\n"
_BETWEEN = re.compile(r"^---$", re.MULTILINE)
_STATUS = re.compile(r"\d{3}\b")


@dataclass(frozen=True)
class Turn:
    """One answer of the model: its HTTP status, its text, whether it calls tools, whether its length was the end."""

    status: int
    text: str = ""
    calls: bool = False
    cut: bool = False


def turns(trace: str) -> list[Turn]:
    """The answers in their order. An event that ends within itself, since its program was ended, is left out."""
    events = (part.lstrip("\n") for part in _BETWEEN.split(trace))
    payloads = (_payload(event) for event in events if event.startswith(_RESPONSE))
    return [_turn(payload) for payload in payloads if payload is not None]


def _payload(event: str) -> dict[str, Any] | None:
    try:
        told = YAML(typ="safe", pure=True).load(io.StringIO(event))
    except (YAMLError, ValueError, RecursionError):
        return None
    payload = told.get("payload") if isinstance(told, dict) else None
    return payload if isinstance(payload, dict) else None


def _turn(payload: dict[str, Any]) -> Turn:
    status = _STATUS.match(str(payload.get("status", "")))
    said = [one for piece in _pieces(str(payload.get("body", ""))) for one in (*_openai(piece), *_gemini(piece))]
    return Turn(
        status=int(status.group()) if status else 0,
        text="".join(one.text for one in said),
        calls=any(one.calls for one in said),
        cut=any(one.cut for one in said),
    )


@dataclass(frozen=True)
class _Piece:
    text: str
    calls: bool
    cut: bool


def _pieces(body: str) -> Iterator[dict[str, Any]]:
    """The JSON objects of a body: its events where it is a stream, else itself or its items."""
    lines = [line.removeprefix("data:").strip() for line in body.splitlines() if line.startswith("data:")]
    for text in lines or [body]:
        try:
            told = json.loads(text)
        except (ValueError, RecursionError):
            continue  # the stream's end mark, or what the program could not read either
        yield from (one for one in (told if isinstance(told, list) else [told]) if isinstance(one, dict))


def _openai(piece: dict[str, Any]) -> Iterator[_Piece]:
    """Of the first choice, as the program takes no other."""
    for choice in _dicts(piece.get("choices"))[:1]:
        message = next(iter(_dicts([choice.get("delta"), choice.get("message")])), {})
        text = message.get("content")
        yield _Piece(
            text if isinstance(text, str) else "",
            bool(message.get("tool_calls")),
            choice.get("finish_reason") == "length",
        )


def _gemini(piece: dict[str, Any]) -> Iterator[_Piece]:
    for candidate in _dicts(piece.get("candidates"))[:1]:
        content = candidate.get("content")
        parts = _dicts(content.get("parts")) if isinstance(content, dict) else []
        spoken = [one["text"] for one in parts if isinstance(one.get("text"), str) and not one.get("thought")]
        calls = any("functionCall" in one for one in parts)
        yield _Piece("".join(spoken), calls, candidate.get("finishReason") == "MAX_TOKENS")


def _dicts(values: Any) -> list[dict[str, Any]]:
    return [one for one in values if isinstance(one, dict)] if isinstance(values, list) else []
