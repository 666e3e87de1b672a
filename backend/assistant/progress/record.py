"""What a turn planned and has done, as JSON: stored with each change, read where the turn is taken over. Pure.

``plan`` are the calls that the built-in engine read from the words, ``calls`` those that were committed. A call of the
plan that is not among them was not done.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.assistant.language.types import Choice
from backend.assistant.state import Call, Plan, PlannedCall
from backend.assistant.turn.exchange import choices_from_json, choices_to_json
from backend.journal.values import Change

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Record:
    """``done`` are the committed calls by their id; ``plan`` None where there was none, as with a hosted model."""

    plan: Plan | None = None
    done: Mapping[str, Call] | None = None


NO_RECORD = Record()


def write(plan: Plan | None, calls: Sequence[Call]) -> str:
    kept = {"plan": _plan_to_json(plan) if plan else None, "calls": [_call_to_json(call) for call in calls]}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def read(text: str | None, changes: Sequence[Change]) -> Record:
    """``changes`` are the journal's rows of the turn: a call's own are found among them by revision."""
    kept = json.loads(text) if text else {"plan": None, "calls": []}
    done = {item["id"]: _call_from_json(item, changes) for item in kept["calls"]}
    return Record(plan=_plan_from_json(kept["plan"]) if kept["plan"] else None, done=done)


def _plan_to_json(plan: Plan) -> Json:
    calls = [{**vars(call), "targets": None if call.targets is None else list(call.targets)} for call in plan.calls]
    return {"calls": calls, "choices": choices_to_json(plan.choices), "question": plan.question}


def _plan_from_json(value: Json) -> Plan:
    calls = tuple(PlannedCall(**{**item, "targets": _numbers(item["targets"])}) for item in value["calls"])
    choices: tuple[Choice, ...] = choices_from_json(value["choices"])
    return Plan(calls=calls, choices=choices, question=value["question"])


def _numbers(value: list[int] | None) -> tuple[int, ...] | None:
    return None if value is None else tuple(value)


def _call_to_json(call: Call) -> Json:
    revisions = [change.revision for change in call.changes]
    kept = {"id": call.id, "tool": call.tool, "arguments": call.arguments, "summary": call.summary, "step": call.step}
    return {**kept, "revisions": revisions, **({"of_settings": True} if call.of_settings else {})}


def _call_from_json(value: Json, changes: Sequence[Change]) -> Call:
    own = tuple(change for change in changes if change.revision in set(value["revisions"]))
    fields = {name: value[name] for name in ("id", "tool", "arguments", "summary", "step")}
    return Call(**fields, changes=own, of_settings=value.get("of_settings", False))
