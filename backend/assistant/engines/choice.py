"""Which engine answers a turn. Pure."""

import json
from typing import Literal, get_args

Engine = Literal["builtin", "model"]
Setting = Literal["builtin", "model", "auto"]
KEY = "assistant"
SETTINGS: tuple[Setting, ...] = get_args(Setting)
NO_MODEL = "No model is set up here, so the built-in engine answered."


def check_setting(value: object) -> None:
    """Raises ValueError for what is no choice of an engine."""
    if value not in SETTINGS:
        raise ValueError(f"{KEY}: must be one of {', '.join(SETTINGS)}")


def read_setting(settings: str) -> Setting | None:
    """The user's choice from their settings, JSON; None without one."""
    value = json.loads(settings).get(KEY)
    return value if value in SETTINGS else None


def setting_of(settings: str, *, model: bool) -> Setting:
    """The user's choice or, without one, what holds: a model that is set up is used."""
    return read_setting(settings) or ("model" if model else "builtin")


def choose(setting: Setting | None, *, model: bool, sure: bool) -> Engine:
    """``model``: one is set up; ``sure``: the built-in engine read the words surely, as commands.

    Without a choice of the user's, a model that is set up is used.
    """
    if not model or setting == "builtin":
        return "builtin"
    return "builtin" if setting == "auto" and sure else "model"
