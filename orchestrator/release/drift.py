"""Where the live objects differ from the release's manifest: the chart says A, the cluster has B."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML

from orchestrator.release import helm
from orchestrator.run import Run

_QUANTITY = re.compile(r"^(\d+(?:\.\d+)?)(m|k|M|G|Ki|Mi|Gi)?$")
_UNITS = {
    None: Decimal(1), "m": Decimal("0.001"), "k": Decimal(10**3), "M": Decimal(10**6), "G": Decimal(10**9),
    "Ki": Decimal(2**10), "Mi": Decimal(2**20), "Gi": Decimal(2**30),
}  # fmt: skip
_NAMED = ("name", "containerPort", "port", "mountPath", "key", "type")


def drift(run: Run) -> tuple[str, ...]:
    """Every field of the manifest that the live object does not have so, in words; also objects that are gone."""
    wanted = [one for one in YAML(typ="safe", pure=True).load_all(helm.manifest(run.door, run.target.cluster)) if one]
    body = json.dumps({"apiVersion": "v1", "kind": "List", "items": wanted})
    argv = run.target.cluster.kubectl("get", "--filename", "-", "--ignore-not-found", "--output", "json")
    answer = run.door.run(argv, limit=30, text=body).out
    told = json.loads(answer) if answer.strip() else {"items": []}
    live = {identity(one): one for one in told.get("items", [told])}
    return tuple(line for one in wanted for line in compare(one, live.get(identity(one))))


def identity(item: Mapping[str, Any]) -> str:
    """Kind/name."""
    return f"{item['kind']}/{item['metadata']['name']}"


def compare(wanted: Mapping[str, Any], live: Mapping[str, Any] | None) -> Iterator[str]:
    """Differences of one object; its status and what the cluster adds by itself are no difference."""
    name = identity(wanted)
    if live is None:
        yield f"{name} is gone"
        return
    for path, before, now in differences(wanted, live, ""):
        yield f"{name} {path}: the chart says {before}, the cluster has {now}"


def differences(wanted: Any, live: Any, path: str) -> Iterator[tuple[str, str, str]]:
    """Leaves of `wanted` that `live` lacks or has otherwise, as (path, wanted, live)."""
    if isinstance(wanted, Mapping) and isinstance(live, Mapping):
        for key, value in wanted.items():
            yield from differences(value, live.get(key), f"{path}.{key}" if path else str(key))
    elif isinstance(wanted, list) and isinstance(live, list):
        yield from _lists(wanted, live, path)
    elif not same(wanted, live):
        yield path, _shown(wanted), _shown(live)


def _lists(wanted: Sequence[Any], live: Sequence[Any], path: str) -> Iterator[tuple[str, str, str]]:
    if len(live) > len(wanted) and not path.endswith(("volumes", "volumeMounts", "tolerations", "finalizers")):
        yield path, f"{len(wanted)} entries", f"{len(live)}"
    for index, value in enumerate(wanted):
        yield from differences(value, _partner(value, live, index), f"{path}[{_label(value, index)}]")


def _partner(value: Any, live: Sequence[Any], index: int) -> Any:
    """The live entry with the same name, or the one at the same place."""
    if isinstance(value, Mapping):
        for key in _NAMED:
            if key in value:
                return next((one for one in live if isinstance(one, Mapping) and one.get(key) == value[key]), None)
    return live[index] if index < len(live) else None


def _label(value: Any, index: int) -> str:
    named = next((value[key] for key in _NAMED if key in value), index) if isinstance(value, Mapping) else index
    return str(named)


def same(wanted: Any, live: Any) -> bool:
    """Equal as the API server understands them: 1000m is 1, an absent empty thing is empty."""
    if wanted == live or (not wanted and wanted is not False and wanted != 0 and live is None):
        return True
    if wanted in (False, 0) and live is None:
        return True  # the server drops zero values
    amounts = [_amount(wanted), _amount(live)]
    return None not in amounts and amounts[0] == amounts[1]


def _amount(value: Any) -> Decimal | None:
    found = _QUANTITY.match(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None
    return Decimal(found.group(1)) * _UNITS[found.group(2)] if found else None


def _shown(value: Any) -> str:
    return json.dumps(value) if not isinstance(value, str) else value
