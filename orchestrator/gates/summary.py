"""What an artefact holds, in the words of T010, T015 and T021: read from its text, not from its contract."""

import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML

from orchestrator.contracts import Contract
from orchestrator.gates.dockerfile.parsed import Dockerfile, parse
from orchestrator.gates.manifest.compare import at

_POD = "spec.template.spec.containers.0"


def summary(text: str, contract: Contract) -> str:
    """A line on the accepted artefact in `text`."""
    if contract.format == "dockerfile":
        return dockerfile(text)
    document = YAML(typ="safe", pure=True).load(text)
    return _KINDS[str(document["kind"])](document)


def dockerfile(text: str) -> str:
    """Stages, the last base, and whom it runs as."""
    parsed = parse(text)
    stages = f"{len(parsed.stages)}-stage build, {_base(parsed)}"
    user = parsed.stages[-1].last("USER")
    uid = user.value.strip().partition(":")[0] if user else ""
    if uid in {"", "0", "root"}:
        return f"{stages}, as root"
    return f"{stages}, non-root {_name(parsed, uid)} ({user.value.strip() if user else uid})"


def _base(parsed: Dockerfile) -> str:
    """The image that the last stage starts from, through stages that start from stages."""
    named = {stage.name: stage.base for stage in parsed.stages[:-1] if stage.name}
    base = parsed.stages[-1].base
    for _ in named:
        base = named.get(base, base)
    return base


def _name(parsed: Dockerfile, uid: str) -> str:
    """The name that the file gives to the user of that number: by useradd, adduser, or a line for /etc/passwd."""
    text = " ".join(line.value for line in parsed.instructions if line.word in {"RUN", "COPY"})
    made = re.search(rf"(?:useradd|adduser)\b[^&|;]*?\b{uid}\b[^&|;]*?\s([a-z_][\w-]*)\s*(?:&&|;|\||$)", text)
    listed = re.search(rf"\b([a-z_][\w-]*):x:{uid}:", text)
    found = made or listed
    return found.group(1) if found else "user"


def _deployment(document: Mapping[str, Any]) -> str:
    sources = at(document, f"{_POD}.envFrom") or []
    kinds = sorted(
        key.removesuffix("Ref").replace("Map", "map") for one in sources for key in one if key.endswith("Ref")
    )
    probes = [name for name in ("livenessProbe", "readinessProbe") if at(document, f"{_POD}.{name}")]
    told = "probes added" if len(probes) == 2 else f"{len(probes)} of 2 probes"
    return f"{at(document, 'spec.replicas')} replicas, envFrom {', '.join(kinds) or 'nothing'}, {told}"


def _service(document: Mapping[str, Any]) -> str:
    kind, port = at(document, "spec.type"), at(document, "spec.ports.0")
    return f"{kind} {port['nodePort']}" if "nodePort" in port else f"{kind} port {port['port']}"


def _config(document: Mapping[str, Any]) -> str:
    return f"{', '.join(document.get('data') or {})} set"


_KINDS = {"Deployment": _deployment, "Service": _service, "ConfigMap": _config}
