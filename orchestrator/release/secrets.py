"""The Secrets of a release: values from the environment and `.env`, made or chosen where missing.

Values go to the cluster over standard input and live nowhere else: on no command line, in no file, log or error.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestrator.errors import EnvironmentMissingError
from orchestrator.options import BACKEND_SECRET, MADE_BY, POSTGRES_SECRET
from orchestrator.process import Door
from orchestrator.release import env_file
from orchestrator.targets.base import Cluster

KEYS = ("DATABASE_URL", "OPENAI_API_KEY", "BETTER_AUTH_SECRET")
KEPT = ("VAPID_PRIVATE_KEY",)
POSTGRES_KEY = "POSTGRES_PASSWORD"
_SHORTEST_AUTH_SECRET = 32


@dataclass(frozen=True)
class Wanted:
    """What the two Secrets shall hold, and whether a Postgres is to run in the release. `notes` hold no value."""

    backend: Mapping[str, str]
    postgres: Mapping[str, str] | None
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Wanted(bundled_postgres={self.postgres is not None}, notes={self.notes})"


@dataclass(frozen=True)
class Existing:
    """A Secret that stands in the cluster; `made` tells whether this tool made it."""

    values: Mapping[str, str]
    made: bool

    def __repr__(self) -> str:
        return f"Existing(keys={sorted(self.values)}, made={self.made})"


def given(file: Path | None, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The settings that the person gave for the release: `.env` first, the environment over it.

    Raises EnvironmentMissingError for a file that cannot be read, and for a key and an address of two places.
    """
    return env_file.merged(env_file.read(file), environment, env_file.settings())


def want(told: Mapping[str, str], backend: Existing | None, postgres: Existing | None) -> Wanted:
    """Decide all values. Pure but for fresh random ones. Raises EnvironmentMissingError for what cannot be used."""
    if backend and not backend.made:
        return _foreign(told, backend)
    notes: list[str] = []
    before = backend.values if backend else {}
    auth = told.get("BETTER_AUTH_SECRET") or before.get("BETTER_AUTH_SECRET")
    if not auth:
        auth = secrets.token_urlsafe(48)
        notes.append("BETTER_AUTH_SECRET made")
    elif len(auth) < _SHORTEST_AUTH_SECRET:
        raise EnvironmentMissingError(
            f"BETTER_AUTH_SECRET is shorter than {_SHORTEST_AUTH_SECRET} characters.",
            remedy="Give a longer one, or none.",
        )
    url, bundled = _database(told, postgres, notes)
    if not told.get("OPENAI_API_KEY"):
        notes.append("the built-in assistant, for want of an OPENAI_API_KEY")
    told = _kept(told, before)
    if told.get("SMTP_URL") and not (told.get("BETTER_AUTH_URL") or told.get("TODO_PAGE_URL")):
        notes.append(
            "no BETTER_AUTH_URL: unless the chart's mail.pageUrl or an ingress says it, links in mails lead nowhere"
        )
    more = sorted(name for name in told if name not in KEYS)
    if more:
        notes.append(f"with {', '.join(more)}")
    values = {"DATABASE_URL": url, "OPENAI_API_KEY": told.get("OPENAI_API_KEY", ""), "BETTER_AUTH_SECRET": auth}
    values |= {name: told[name] for name in more}
    return Wanted(values, bundled, tuple(notes))


def _kept(told: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """With the key of Web Push that the release has, where none is given: browsers have subscribed under it."""
    return {name: before[name] for name in KEPT if before.get(name)} | dict(told)


def _database(
    told: Mapping[str, str], postgres: Existing | None, notes: list[str]
) -> tuple[str, Mapping[str, str] | None]:
    url = told.get("DATABASE_URL")
    if url and url.startswith("sqlite"):
        raise EnvironmentMissingError(
            "DATABASE_URL is an SQLite file, which two backend pods cannot share.",
            remedy="Give a Postgres URL, or none for the bundled Postgres.",
        )
    if url:
        return url, None
    notes.append("the bundled Postgres, for want of a DATABASE_URL")
    password = (postgres.values.get(POSTGRES_KEY) if postgres else None) or secrets.token_hex(24)
    return f"postgresql+psycopg://todo:{password}@todo-postgres:5432/todo", {POSTGRES_KEY: password}


def _foreign(told: Mapping[str, str], backend: Existing) -> Wanted:
    """A Secret that someone else made is used as it is, or refused; it is never written to."""
    needed = ["DATABASE_URL", "BETTER_AUTH_SECRET", *sorted(told.keys() - set(KEYS))]
    missing = [key for key in needed if not backend.values.get(key)]
    differing = [key for key, value in told.items() if key in backend.values and backend.values[key] != value]
    if missing or differing:
        what = f"lacks {', '.join(missing)}" if missing else f"holds other values for {', '.join(differing)}"
        raise EnvironmentMissingError(
            f"the Secret {BACKEND_SECRET} stands, was not made by this tool, and {what}.",
            remedy=f"Mend it or delete it (kubectl delete secret {BACKEND_SECRET}), then run again.",
        )
    return Wanted(backend.values, None, (f"{BACKEND_SECRET} was there and is used as it is",))


def read(door: Door, cluster: Cluster, name: str) -> Existing | None:
    """The Secret `name` as it stands, its values learned by the redactor; None if there is none."""
    argv = cluster.kubectl("get", "secret", name, "--ignore-not-found", "--output", "json")
    answer = door.run(argv, limit=30)
    if not answer.out.strip():
        return None
    told = json.loads(answer.out)
    values = {key: base64.b64decode(value).decode() for key, value in (told.get("data") or {}).items()}
    made = MADE_BY.items() <= (told["metadata"].get("labels") or {}).items()
    door.redactor.learn(*(env_file.secret_values(values) if made else values.values()))
    return Existing(values, made=made)


def apply_argv(cluster: Cluster) -> list[str]:
    """Reads the manifest from standard input; server-side, so that no annotation repeats the values."""
    return cluster.kubectl(
        "apply", "--server-side", "--force-conflicts", "--field-manager", "todo-deploy", "--filename", "-"
    )


def manifest(name: str, values: Mapping[str, str]) -> dict[str, Any]:
    """The Secret as an object, with the label that says who made it."""
    data = {key: base64.b64encode(value.encode()).decode() for key, value in values.items()}
    meta = {"name": name, "labels": dict(MADE_BY)}
    return {"apiVersion": "v1", "kind": "Secret", "metadata": meta, "type": "Opaque", "data": data}


def apply(door: Door, cluster: Cluster, name: str, values: Mapping[str, str]) -> None:
    """Write the Secret."""
    door.redactor.learn(*env_file.secret_values(values))
    door.run(apply_argv(cluster), limit=30, text=json.dumps(manifest(name, values)))


def checksum(wanted: Wanted) -> str:
    """Changes when a value does and tells nothing of it: keyed with the auth secret."""
    body = json.dumps([dict(wanted.backend), dict(wanted.postgres or {})], sort_keys=True)
    return hmac.new(wanted.backend["BETTER_AUTH_SECRET"].encode(), body.encode(), hashlib.sha256).hexdigest()[:32]


__all__ = ["BACKEND_SECRET", "POSTGRES_SECRET", "Existing", "Wanted", "apply", "checksum", "given", "read", "want"]
