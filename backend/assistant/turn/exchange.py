"""A turn as later turns need it, to and from JSON: what was said, done, shown, changed and offered."""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.assistant.language.types import Action, Choice, Turn

Json = dict[str, Any]


def exchange_to_json(turn: Turn) -> Json:
    return {
        "text": turn.text,
        "actions": [_action_to_json(action) for action in turn.actions],
        "shown": list(turn.shown),
        "changed": list(turn.changed),
        "choices": choices_to_json(turn.choices),
    }


def exchange_from_json(value: Mapping[str, Any]) -> Turn:
    return Turn(
        text=value["text"],
        actions=_actions(value["actions"]),
        shown=tuple(value["shown"]),
        changed=tuple(value["changed"]),
        choices=choices_from_json(value["choices"]),
    )


def choices_to_json(choices: Sequence[Choice]) -> list[Json]:
    return [
        {"label": choice.label, "actions": [_action_to_json(item) for item in choice.actions]} for choice in choices
    ]


def choices_from_json(items: list[Json]) -> tuple[Choice, ...]:
    return tuple(Choice(label=item["label"], actions=_actions(item["actions"])) for item in items)


def _action_to_json(action: Action) -> Json:
    targets = None if action.targets is None else list(action.targets)
    return {"tool": action.tool, "arguments": action.arguments, "targets": targets}


def _actions(items: list[Json]) -> tuple[Action, ...]:
    return tuple(
        Action(
            tool=item["tool"],
            arguments=item["arguments"],
            targets=None if item["targets"] is None else tuple(item["targets"]),
        )
        for item in items
    )
