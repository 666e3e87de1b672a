"""Who calls whom: the Services, ports and schemes that pods' variables, arguments and ConfigMaps name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orchestrator.diagnosis.workloads.look import container_ports
from orchestrator.diagnosis.workloads.service_pods import chosen, templates
from orchestrator.diagnosis.workloads.store import Store, namespace_of
from orchestrator.release.snapshot import Object, name_of

_URL = re.compile(
    r"(?<![a-z0-9+])(?P<scheme>[a-z][a-z0-9+]{0,20})://(?:[^\s/@]*@)?(?P<host>[a-z0-9][a-z0-9.-]*)(?::(?P<port>\d{1,5}))?(?P<path>/[^\s\"',]*)?"
)
_PAIR = re.compile(r"(?<![\w./@:-])(?P<host>[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*):(?P<port>\d{2,5})(?![\w.])")
_HOST_NAME = re.compile(r"(_|^)(HOST|HOSTNAME|SERVER|ADDR|ADDRESS|ENDPOINT|SERVICE|SVC)$", re.IGNORECASE)
_PLAIN = re.compile(r"[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*")
_LOCAL = ("localhost", "0.0.0.0", "127.0.0.1")  # noqa: S104 - read, not bound
_PUBLIC = re.compile(r"\.(com|org|net|io|dev|de|eu|gov|edu|internal|cloud|app|co|ai)$")


@dataclass(frozen=True)
class Address:
    """An address that a workload is given: where it stands, whom it names. Port 0: none is named."""

    workload: str
    source: str
    text: str
    scheme: str
    host: str
    port: int
    path: str
    labels: Mapping[str, Any]

    @property
    def space(self) -> str:
        """The caller's namespace."""
        return self.workload.split("/")[0]

    def service(self) -> tuple[str, str]:
        """Namespace and name of the Service that the host would be."""
        parts = self.host.split(".")
        return (parts[1] if len(parts) > 1 else self.space), parts[0]


@dataclass(frozen=True)
class Call:
    """An address that leads to a Service: caller, Service, and the pods behind it."""

    workload: str
    space: str
    labels: Mapping[str, Any]
    service: str
    goal_space: str
    goal_labels: Mapping[str, Any]
    goal: str
    target: int
    target_name: str


def addresses(store: Store, *, files: bool = False) -> Sequence[Address]:
    """Every address in the variables and arguments of the workloads; with `files`, also in files of ConfigMaps.

    A file may name what is never called: such an address says who may call whom, and is no sign by itself.
    """
    return store.once(("addresses", files), lambda: list(_addresses(store, files=files)))


def _addresses(store: Store, *, files: bool) -> Iterator[Address]:
    for space in sorted({namespace_of(item) for item in store.objects if namespace_of(item)}):
        for workload, labels, spec in templates(store, space):
            for container in spec.get("containers") or []:
                for source, text in _texts(store, space, container):
                    yield from _read(workload, labels, source, text)
            for source, text in _mounted(store, space, spec) if files else ():
                yield from _read(workload, labels, source, text)


def _mounted(store: Store, space: str, spec: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for volume in spec.get("volumes") or []:
        sources = [volume, *((volume.get("projected") or {}).get("sources") or ())]
        for name in (str((one.get("configMap") or {}).get("name")) for one in sources if one.get("configMap")):
            for key, value in ((store.get("ConfigMap", space, name) or {}).get("data") or {}).items():
                yield f"configmap/{name} .data[{key}]", str(value)[:100_000]


def _texts(store: Store, space: str, container: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    values: dict[str, str] = {}
    for source in container.get("envFrom") or []:
        found = store.get("ConfigMap", space, str((source.get("configMapRef") or {}).get("name")))
        for key, value in ((found or {}).get("data") or {}).items():
            values[f"configmap/{source['configMapRef']['name']} .data[{key}]"] = str(value)
    own = {str(one["name"]): one for one in container.get("env") or [] if "name" in one}
    port_of = {name: str(one.get("value") or "") for name, one in own.items() if name.upper().endswith("PORT")}
    for name, one in own.items():
        reference = (one.get("valueFrom") or {}).get("configMapKeyRef")
        value = str(one.get("value") or "")
        if reference:
            found = store.get("ConfigMap", space, str(reference.get("name")))
            value = str(((found or {}).get("data") or {}).get(reference.get("key"), ""))
        values[f"env {name}"] = _with_port(name, value, port_of)
    yield from values.items()
    for word in (*(container.get("args") or ()), *(container.get("command") or ())):
        if isinstance(word, str) and len(word) < 500:
            yield "args", word


def _with_port(name: str, value: str, ports: Mapping[str, str]) -> str:
    """HOST and PORT apart are one address."""
    if not _HOST_NAME.search(name) or not _PLAIN.fullmatch(value):
        return value
    stem = _HOST_NAME.sub("", name)
    port = next((ports[one] for one in (f"{stem}_PORT", f"{name}_PORT", f"{stem}PORT") if one in ports), "")
    return f"{value}:{port}" if port.isdigit() else value


def _read(workload: str, labels: Mapping[str, Any], source: str, text: str) -> Iterator[Address]:
    found = list(_URL.finditer(text)) or list(_PAIR.finditer(text))
    for one in found:
        parts = one.groupdict()
        if parts["host"] not in _LOCAL and not re.fullmatch(r"[\d.]+", parts["host"]):
            yield Address(
                workload,
                source,
                text,
                parts.get("scheme") or "",
                parts["host"],
                int(parts.get("port") or 0),
                parts.get("path") or "",
                labels,
            )
    if (
        not found
        and source.startswith("env ")
        and _HOST_NAME.search(source)
        and _PLAIN.fullmatch(text)
        and text not in _LOCAL
    ):
        yield Address(workload, source, text, "", text, 0, "", labels)


def is_public(host: str) -> bool:
    """Whether a host is outside the cluster, or may be."""
    if host.endswith((".svc", ".svc.cluster.local", ".cluster.local")):
        return False
    return bool(_PUBLIC.search(host)) or host.count(".") > 1


def service_of(store: Store, address: Address) -> Object | None:
    """The Service that an address names, or None."""
    return store.get("Service", *address.service())


def calls(store: Store) -> Sequence[Call]:
    """The addresses that lead to pods."""
    return store.once("calls", lambda: list(_calls(store)))


def _calls(store: Store) -> Iterator[Call]:
    for one in addresses(store, files=True):
        service = service_of(store, one)
        if service is None or is_public(one.host):
            continue
        pods = chosen(store, service)
        ports = service["spec"].get("ports") or []
        port = next((port for port in ports if port["port"] == one.port), ports[0] if ports else None)
        if not pods or port is None:
            continue
        target, name = _target(pods[0], port)
        yield Call(
            one.workload,
            one.space,
            one.labels,
            name_of(service),
            namespace_of(service),
            pods[0]["metadata"].get("labels") or {},
            store.workload_id(pods[0]),
            target,
            name,
        )


def _target(pod: Object, port: Mapping[str, Any]) -> tuple[int, str]:
    goal = port.get("targetPort") or port["port"]
    ports = container_ports(pod)
    if isinstance(goal, str) and not goal.isdigit():
        return next((int(one["containerPort"]) for one in ports if one.get("name") == goal), 0), goal
    name = next((str(one.get("name") or "") for one in ports if one["containerPort"] == int(goal)), "")
    return int(goal), name
