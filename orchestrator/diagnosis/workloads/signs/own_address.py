"""Variables that name the pod's own address for something that runs elsewhere."""

import re
from collections.abc import Iterator

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.look import Container, containers, current, kubectl, ref_of, sign
from orchestrator.diagnosis.workloads.store import Store, namespace_of
from orchestrator.release.snapshot import Object, name_of

_HERE = re.compile(r"(?:localhost|127\.0\.0\.1):(?P<port>\d{2,5})")
_REFUSED = re.compile(
    r"(localhost|127\.0\.0\.1|\[?::1\]?):\d{2,5}[^\n]{0,60}refused|refused[^\n]{0,80}(localhost|127\.0\.0\.1)", re.I
)
_LINES = 40


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    for pod in current(store):
        listens = {port["containerPort"] for one in containers(pod) for port in one.spec.get("ports") or []}
        for one in containers(pod):
            lines = store.last_words(pod, one.name).splitlines()[-_LINES:]
            if refused := [line for line in lines if _REFUSED.search(line)]:
                yield from _named(store, pod, one, refused, listens=listens)


def _named(store: Store, pod: Object, one: Container, refused: list[str], *, listens: set[int]) -> Iterator[Sign]:
    for variable in one.spec.get("env") or []:
        found = _HERE.search(str(variable.get("value") or ""))
        if found and int(found["port"]) not in listens and any(f":{found['port']}" in line for line in refused):
            name, value = str(variable["name"]), str(variable["value"])
            service = _meant(store, pod, name, int(found["port"]))
            told = f"env {name} names the pod's own address {found.group()}, where nothing listens"
            command = f"set env {ref_of(store.workload_id(pod))} {name}="
            command += value.replace(found.group(), f"{service}:{found['port']}")
            fix = kubectl(namespace_of(pod), command) if service else ""
            yield sign(
                store, "ServiceAddress", pod, told, (f"env {name}", value), fix=fix, log=refused[-1], container=one.name
            )


def _meant(store: Store, pod: Object, variable: str, port: int) -> str:
    """The Service that a variable's name means, of those with the port."""
    plain = variable.lower().replace("_", "")
    near = [
        name_of(one)
        for one in store.of("Service", namespace_of(pod))
        if port in [each["port"] for each in one["spec"].get("ports") or []]
        and name_of(one).replace("-", "").removesuffix("service") in plain
    ]
    return near[0] if len(near) == 1 else ""
