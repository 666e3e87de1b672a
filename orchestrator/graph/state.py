"""What finished steps left, kept so that the next run can skip them. Losing it costs time, never correctness."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from orchestrator.audit import digest

_VERSION = 1


@dataclass(frozen=True)
class Memory:
    """One finished step: the inputs that it was done for, its sentence and its outputs."""

    inputs: Mapping[str, str]
    summary: str
    outputs: Mapping[str, str]

    @property
    def key(self) -> str:
        """The digest that stands for all inputs."""
        return digest(json.dumps(dict(self.inputs), sort_keys=True))


@dataclass
class State:
    """The memories of one place (target, context, namespace), in a file shared by all places."""

    path: Path
    place: str
    warning: str = ""
    _steps: dict[str, Memory] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @classmethod
    def load(cls, path: Path, place: str) -> "State":
        """Read `path`; a file that is torn or of another version is set aside and told in `warning`."""
        state = cls.read_only(path, place)
        if state.warning:
            aside = path.with_suffix(".broken")
            path.replace(aside)
            state.warning += f"; it was set aside as {aside.name}"
        return state

    @classmethod
    def read_only(cls, path: Path, place: str) -> "State":
        """Read `path`, changing nothing; a file that cannot be read counts as empty and is told in `warning`."""
        state = cls(path, place)
        try:
            steps = _read(path).get(place, {})
            state._steps = {name: Memory(**memory) for name, memory in steps.items()}
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            state.warning = f"{path.name} could not be read ({error})"
        return state

    def recall(self, step: str) -> Memory | None:
        """What is remembered of `step`."""
        with self._lock:
            return self._steps.get(step)

    def keep(self, step: str, memory: Memory) -> None:
        """Remember `step` as done, durably."""
        with self._lock:
            self._steps[step] = memory
            self._write()

    def forget(self, *steps: str) -> None:
        """Forget these steps, or all of this place if none are named."""
        with self._lock:
            for step in steps or tuple(self._steps):
                self._steps.pop(step, None)
            self._write()

    def _write(self) -> None:
        try:
            places = _read(self.path)
        except (ValueError, KeyError):
            places = {}
        places[self.place] = {name: _as_dict(memory) for name, memory in self._steps.items()}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_suffix(".draft")
        with draft.open("w") as file:
            json.dump({"version": _VERSION, "places": places}, file, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)


def _as_dict(memory: Memory) -> dict[str, Any]:
    return {"inputs": dict(memory.inputs), "summary": memory.summary, "outputs": dict(memory.outputs)}


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    told = json.loads(path.read_text())
    if not isinstance(told, dict) or told.get("version") != _VERSION:
        raise ValueError("another version's")
    places = told["places"]
    if not isinstance(places, dict):
        raise ValueError("no places in it")
    return places
