"""What pods refer to and is not there: Secrets, ConfigMaps, their keys, volumes."""

import re
from collections.abc import Iterator

from orchestrator.diagnosis.facts import Evidence, Facts, Keys, Sign, named, part_of
from orchestrator.options import BACKEND_SECRET, POSTGRES_SECRET
from orchestrator.release.secrets import KEYS, POSTGRES_KEY
from orchestrator.release.snapshot import Object

_NEEDED = {BACKEND_SECRET: KEYS, POSTGRES_SECRET: (POSTGRES_KEY,)}
_MISSING = re.compile(r'(secret|configmap) "([^"]+)" not found', re.IGNORECASE)
_KEY = re.compile(r"couldn't find key (\S+) in (Secret|ConfigMap) (?:[^/\s]+/)?(\S+)", re.IGNORECASE)
_MOUNT = ("FailedMount", "FailedAttachVolume", "FailedMapVolume")
_CODES = {"secret": "SecretMissing", "configmap": "ConfigMapMissing"}


def signs(facts: Facts) -> Iterator[Sign]:
    """Every sign of this kind."""
    for pod in facts.pods:
        part = part_of(pod)
        for kind, name, key in references(pod):
            yield from _absent(kind, name, key, part, facts)
        yield from _refused(pod, part, facts)
        yield from _volumes(pod, part, facts)
    yield from _needed(facts)


def references(pod: Object) -> Iterator[tuple[str, str, str]]:
    """(secret|configmap, name, key or "") of everything that the pod cannot start without."""
    spec = pod["spec"]
    for container in [*(spec.get("initContainers") or []), *spec["containers"]]:
        for source in container.get("envFrom") or []:
            yield from _named(source, "secretRef", "configMapRef", "name")
        for variable in container.get("env") or []:
            yield from _named(variable.get("valueFrom") or {}, "secretKeyRef", "configMapKeyRef", "name")
    for volume in spec.get("volumes") or []:
        yield from _named(volume, "secret", "configMap", "secretName")


def _named(source: Object, secret: str, config_map: str, name: str) -> Iterator[tuple[str, str, str]]:
    for field, kind in ((secret, "secret"), (config_map, "configmap")):
        found = source.get(field)
        if found and not found.get("optional"):
            yield kind, str(found.get(name) or found["name"]), str(found.get("key", ""))


def _absent(kind: str, name: str, key: str, part: str, facts: Facts) -> Iterator[Sign]:
    known: Keys = facts.secrets if kind == "secret" else facts.config_maps
    keys = known.get(name, frozenset([key]))
    if keys is None:
        yield _missing(kind, name, part, f"{kind}/{name}", "absent")
    elif key and key not in keys:
        yield _without(kind, name, key, part, Evidence(f"{kind}/{name} .data", ", ".join(sorted(keys)) or "no keys"))


def _needed(facts: Facts) -> Iterator[Sign]:
    """envFrom takes what there is: keys that the app cannot do without are looked for by name."""
    for name, wanted in _NEEDED.items():
        keys = facts.secrets.get(name)
        part = "postgres" if name == POSTGRES_SECRET else "backend"
        for key in wanted if keys is not None else ():
            if keys is not None and key not in keys:
                shown = ", ".join(sorted(keys)) or "no keys"
                yield _without("secret", name, key, part, Evidence(f"secret/{name} .data", shown))


def _refused(pod: Object, part: str, facts: Facts) -> Iterator[Sign]:
    status = pod.get("status", {})
    for one in (*(status.get("initContainerStatuses") or ()), *(status.get("containerStatuses") or ())):
        waiting = (one.get("state") or {}).get("waiting") or {}
        if waiting.get("reason") != "CreateContainerConfigError":
            continue
        message = str(waiting.get("message") or "")
        if _is_over(message, facts):
            continue
        path = f"{named(pod)} .status.containerStatuses[{one['name']}].state.waiting.message"
        yield _from_words(message, part, path) or Sign(
            "ConfigError", part, f"container {one['name']} of {part}", message, (Evidence(path, message),)
        )


def _volumes(pod: Object, part: str, facts: Facts) -> Iterator[Sign]:
    """Mounting is done before any container starts, so a container that started makes these events old."""
    statuses = pod.get("status", {}).get("containerStatuses") or []
    inits = pod.get("status", {}).get("initContainerStatuses") or []
    if any("running" in (one.get("state") or {}) or one.get("lastState") for one in (*statuses, *inits)):
        return
    for event in facts.snapshot.events_of(pod):
        message = str(event.get("message") or "")
        path = f"event {event['reason']} of {named(pod)}"
        if event["reason"] in _MOUNT and not _is_over(message, facts):
            sure = int(event.get("count") or 1) > 1
            mount = Sign("MountFailed", part, f"pods of {part}", message, (Evidence(path, message),), sure=sure)
            yield _from_words(message, part, path) or mount
        elif event["reason"] == "FailedCreatePodSandBox" and int(event.get("count") or 1) > 1:
            yield Sign("SandboxFailed", part, f"pods of {part}", message, (Evidence(path, message),), sure=False)


def _is_over(message: str, facts: Facts) -> bool:
    """Whether what the kubelet missed is there by now: its words stand until it tries again."""
    found = _MISSING.search(message)
    if not found:
        return False
    known = facts.secrets if found.group(1).lower() == "secret" else facts.config_maps
    return known.get(found.group(2)) is not None


def _from_words(message: str, part: str, path: str) -> Sign | None:
    if found := _MISSING.search(message):
        return _missing(found.group(1).lower(), found.group(2), part, path, message)
    if found := _KEY.search(message):
        return _without(found.group(2).lower(), found.group(3), found.group(1), part, Evidence(path, message))
    return None


def _missing(kind: str, name: str, part: str, path: str, value: str) -> Sign:
    message = f"the {kind} does not exist; no new pod of {part} can start"
    return Sign(_CODES[kind], part, f"{kind}/{name}", message, (Evidence(path, value),))


def _without(kind: str, name: str, key: str, part: str, evidence: Evidence) -> Sign:
    return Sign("KeyMissing", part, f"{kind}/{name}", f"it has no key {key}", (evidence,))
