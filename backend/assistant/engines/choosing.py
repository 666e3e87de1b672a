"""Which engine answers a turn. Pure."""

import json
from typing import Literal

Engine = Literal["builtin", "model"]
SETTING = "assistant"
NO_MODEL = "No model is set up here, so the built-in engine answered."


def read_setting(settings: str) -> str | None:
    """The user's choice from their settings, JSON: ``builtin``, ``model`` or ``auto``; None for anything else."""
    value = json.loads(settings).get(SETTING)
    return value if value in {"builtin", "model", "auto"} else None


def wants_model(settings: str) -> bool:
    """Whether the user's turns may go to a model at all."""
    return read_setting(settings) != "builtin"


def choose(setting: str | None, *, model: bool, sure: bool) -> Engine:
    """``model``: one is set up; ``sure``: the built-in engine read the words surely, as commands.

    Without a choice of the user's, a model that is set up is used.
    """
    if not model or setting == "builtin":
        return "builtin"
    return "builtin" if setting == "auto" and sure else "model"
