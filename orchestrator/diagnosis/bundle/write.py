"""A Store as files: one list of each kind, as kubectl prints it, and the logs; a folder, or a tar archive."""

import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from orchestrator.diagnosis.workloads.store import Store
from orchestrator.errors import EnvironmentMissingError

NAME = "bundle.json"


def write(store: Store, unreadable: Mapping[str, str], goal: Path) -> int:
    """Write it, and give the number of files. Raises EnvironmentMissingError if the place is taken or not writable."""
    if goal.exists():
        raise EnvironmentMissingError(f"{goal} is there already; nothing was written.", remedy="Name another file.")
    files = dict(_files(store, unreadable))
    try:
        goal.parent.mkdir(parents=True, exist_ok=True)
        if goal.name.endswith((".tgz", ".tar.gz")):
            _archive(files, goal)
        else:
            for name, text in files.items():
                (goal / name).parent.mkdir(parents=True, exist_ok=True)
                (goal / name).write_text(text)
    except OSError as error:
        raise EnvironmentMissingError(
            f"{goal} cannot be written: {error.strerror}.", remedy="Name another place."
        ) from error
    return len(files)


def _archive(files: Mapping[str, str], goal: Path) -> None:
    with tarfile.open(goal, "x:gz") as archive:
        for name, text in files.items():
            data = text.encode()
            entry = tarfile.TarInfo(f"{goal.name.split('.')[0]}/{name}")
            entry.size, entry.mode = len(data), 0o600
            archive.addfile(entry, io.BytesIO(data))
    goal.chmod(0o600)


def _files(store: Store, unreadable: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    told: dict[str, Any] = {
        "todoBundle": 1,
        "taken": store.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "listed": sorted(store.listed),
        "unreadable": dict(unreadable),
    }
    yield NAME, json.dumps(told, indent=2) + "\n"
    for kind in sorted({str(item["kind"]) for item in store.objects}):
        items = {"apiVersion": "v1", "kind": "List", "items": list(store.of(kind))}
        yield f"objects/{kind.lower()}.json", json.dumps(items, indent=1) + "\n"
    for end, logs in (("", store.logs), (".previous", store.previous)):
        for (space, pod, container), text in logs.items():
            yield f"logs/{space}/{pod}/{container or 'all'}{end}.log", text
