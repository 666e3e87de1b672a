"""What the release was given and what the tree's chart would give it: read before anything is changed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from orchestrator.artefacts.render import as_yaml
from orchestrator.contracts import values_schema
from orchestrator.errors import ReleaseFailedError
from orchestrator.gates.chart import values_findings
from orchestrator.gates.findings import demand
from orchestrator.options import CHART, RELEASE
from orchestrator.release import helm
from orchestrator.release.drift import compare, drift, identity
from orchestrator.release.sizes import sizes_files, sizes_path
from orchestrator.run import Run
from orchestrator.sizing.deciding.recommend import Setting
from orchestrator.sizing.model import NAMES, Name
from orchestrator.steps.chart import merged, read_values

VALUES = CHART / "values.yaml"


@dataclass(frozen=True)
class InForce:
    """The values that were given to helm over the chart's own and the measured sizes (`given`), and all together."""

    given: Mapping[str, Any]
    together: Mapping[str, Any]

    def setting(self, part: str) -> Setting:
        """What else than its use decides a part's sizes."""
        scaling = self.together.get("autoscaling") or {}
        scaled = part != "postgres" and bool(scaling.get("enabled"))
        percent = int(scaling.get("cpuPercent", 75)) if scaled else None
        return Setting(percent, {**self._given_elsewhere(part), **self._would_lose_data(part)})

    def _given_elsewhere(self, part: str) -> dict[Name, str]:
        resources = (self.given.get(part) or {}).get("resources") or {}
        return {name: "given by a values file of yours, which wins" for name in NAMES if _has(resources, name)}

    def _would_lose_data(self, part: str) -> dict[Name, str]:
        if part != "postgres" or (self.together.get("postgres") or {}).get("storage"):
            return {}
        return dict.fromkeys(NAMES, "kept: its data is in an emptyDir and would end with its pod")


def _has(resources: Mapping[str, Any], name: Name) -> bool:
    resource, kind = name.split("_")
    return (resources.get(f"{kind}s") or {}).get(resource) is not None


def in_force(run: Run) -> InForce:
    """Read both. Raises RejectedError if the chart's values.yaml does not fit its schema."""
    own = read_values(run.root / VALUES)
    demand(values_findings(own, values_schema(run.root)))
    measured = read_values(sizes_path(run.options)) if sizes_path(run.options).exists() else {}
    argv = run.target.cluster.helm("get", "values", RELEASE, "--output", "json")
    given = json.loads(run.door.run(argv, limit=60).out) or {}
    return InForce(_without(given, measured), merged(merged(own, measured), given))


def _without(given: Mapping[str, Any], ours: Mapping[str, Any]) -> dict[str, Any]:
    """`given` but for what it has of `ours`: helm keeps no file apart from another."""
    kept: dict[str, Any] = {}
    for key, value in given.items():
        mine = ours.get(key)
        if isinstance(value, Mapping) and isinstance(mine, Mapping):
            if rest := _without(value, mine):
                kept[key] = rest
        elif key not in ours or value != mine:
            kept[key] = value
    return kept


def given_file(run: Run, given: Mapping[str, Any]) -> Path:
    """What the release was given, as a values file under the root: an upgrade with it and the sizes is the same."""
    path = run.options.home / "values" / f"{run.options.place.replace('/', '-')}-kept.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_yaml(dict(given)), encoding="utf-8")
    return path.relative_to(run.root)


def demand_unchanged(run: Run, values: Path) -> None:
    """The live objects are the release's, and the release is of the chart in the tree: else an upgrade would do more.

    Raises ReleaseFailedError, naming the first difference.
    """
    found = [*drift(run), *_differences(run, values)]
    if found:
        more = f" (and {len(found) - 1} more)" if found[1:] else ""
        raise ReleaseFailedError(
            f"the release is not what the chart in this tree makes: {found[0]}{more}.",
            remedy="Deploy it first: ./todo deploy up",
        )


def _differences(run: Run, values: Path) -> Iterator[str]:
    argv = [
        *helm.upgrade_argv(run.target.cluster, (*sizes_files(run.options), values), wait=run.options.wait),
        "--dry-run=server",
    ]
    wanted = _objects(json.loads(run.door.run(argv, limit=60).out)["manifest"])
    now = _objects(helm.manifest(run.door, run.target.cluster))
    for name, item in wanted.items():
        yield from compare(item, now.get(name))


def _objects(manifest: str) -> dict[str, Mapping[str, Any]]:
    return {identity(one): one for one in YAML(typ="safe", pure=True).load_all(manifest) if one}
