"""Addresses in variables that lead nowhere, and what running programs say of those they call."""

import json
from collections.abc import Iterator

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.addresses import Address, addresses, is_public, service_of
from orchestrator.diagnosis.workloads.log_causes import Cause, causes_in
from orchestrator.diagnosis.workloads.look import containers, current, kubectl, ref, ref_of, sign
from orchestrator.diagnosis.workloads.service_pods import chosen, own_workload, templates
from orchestrator.diagnosis.workloads.store import Store, namespace_of
from orchestrator.release.snapshot import Object, is_ready, name_of

_OF_ANOTHER = frozenset(
    {
        "DatabaseReadOnly",
        "DatabaseConnections",
        "DatabaseLogin",
        "DatabaseSchema",
        "DatabaseName",
        "DatabaseLocked",
        "DatabaseMemory",
        "DependencyRefused",
        "CertificateExpired",
        "ClockWrong",
        "HandlesExhausted",
        "RateLimited",
        "TlsMismatch",
        "MeshUnreachable",
        "CredentialsRefused",
        "RbacDenied",
        "DiskFull",
    }
)
_LINES = 30
_PASSING = frozenset({"DependencyRefused", "DatabaseName"})  # a dependency that restarts is refused, and then answers


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    told = set()
    if store.knows("Service"):
        for one in addresses(store):
            found = _address(store, one)
            if found and (found.code, found.subject, found.part) not in told:
                told.add((found.code, found.subject, found.part))
                yield found
    for pod in current(store):
        yield from _says(store, pod)


def _address(store: Store, one: Address) -> Sign | None:
    if is_public(one.host):
        return None
    service, caller = service_of(store, one), _item(store, one)
    if caller is None or not _is_of_the_cluster(store, one, service):
        return None
    place = one.source, one.text if "@" not in one.text else one.host
    if service is None:
        return _nowhere(store, one, caller, place)
    ports = {int(port["port"]) for port in service["spec"].get("ports") or []}
    port = one.port or {"http": 80, "https": 443}.get(one.scheme, 0)
    if port and ports and port not in ports and service["spec"].get("clusterIP") != "None":
        return _other_port(store, one, caller, service, place=place, ports=ports)
    if one.scheme == "https" and port and port not in (443, 8443, 6443) and not _speaks_tls(store, service, port):
        message = f"{one.source} is {one.scheme}://{one.host}:{port}, and the Service's port speaks plain HTTP"
        return sign(
            store,
            "ServiceAddress",
            caller,
            message,
            place,
            fix=_env_fix(one, f"http://{one.host}:{port}"),
            certainty="likely",
        )
    return None


def _item(store: Store, one: Address) -> Object | None:
    space, kind, name = one.workload.split("/", 2)
    return store.get(kind, space, name) or next(iter(store.pods_of(one.workload)), None)


def _is_of_the_cluster(store: Store, one: Address, service: Object | None) -> bool:
    """A host of one word or of the cluster's domain; a bare word counts only beside a port or in an address."""
    return service is not None or bool(
        one.scheme
        or one.port
        or one.host.endswith(".svc.cluster.local")
        or (one.source.startswith("env ") and one.source.upper().endswith(("HOST", "ADDR", "ADDRESS", "ENDPOINT")))
    )


def _nowhere(store: Store, one: Address, caller: Object, place: tuple[str, str]) -> Sign | None:
    space, name = one.service()
    if not store.of("Service", space) and not store.of("Service", one.space):
        return None
    if not _could_be_service(store, one, space):
        return None
    near = [name_of(item) for item in store.of("Service", one.space) if _alike(name, name_of(item))]
    elsewhere = [namespace_of(item) for item in store.of("Service") if name_of(item) == name]
    own = [workload for workload, _, _ in templates(store, one.space) if workload.split("/")[2] == name]
    if own:  # its pods are there, the Service is gone
        message = f"{ref_of(one.workload)} calls {name}, and there is no such Service"
        fix = kubectl(one.space, f"expose {ref_of(own[0])} --name {name} --port {one.port or 80}")
        return sign(store, "ServiceMissing", caller, message, place, subject=f"service/{name}", fix=fix, part=own[0])
    right = near[0] if near else f"{name}.{elsewhere[0]}" if elsewhere else ""
    told = f"; there is {right}" if right else ""
    return sign(
        store,
        "ServiceAddress",
        caller,
        f"{one.source} names the Service {name}, which does not exist{told}",
        place,
        fix=_env_fix(one, one.text.replace(one.host, right)) if right else "",
        certainty="certain" if right or one.host.endswith("local") else "likely",
    )


def _could_be_service(store: Store, one: Address, space: str) -> bool:
    known = {namespace_of(item) for item in store.objects if namespace_of(item)}
    return "." not in one.host or space in known or one.host.endswith(".svc.cluster.local")


def _alike(one: str, other: str) -> bool:
    """The same name but for an ending, a dash or a letter or two."""
    plain, against = one.replace("-", ""), other.replace("-", "")
    if plain in against or against in plain:
        return True
    same = sum(a == b for a, b in zip(plain, against, strict=False))
    return abs(len(plain) - len(against)) <= 2 and same >= max(len(plain), len(against)) - 2


def _other_port(
    store: Store, one: Address, caller: Object, service: Object, *, place: tuple[str, str], ports: set[int]
) -> Sign:
    """Whose port is wrong: the caller's, unless everybody calls the port, or the pods listen there."""
    callers = [other for other in addresses(store) if service_of(store, other) is service and other.port]
    others = {other.port for other in callers if other.workload != one.workload}
    pods = chosen(store, service)
    listens = {
        port["containerPort"] for pod in pods for each in containers(pod) for port in each.spec.get("ports") or []
    }
    there = ", ".join(map(str, sorted(ports)))
    if len({other.workload for other in callers}) > 1 and others and one.port in others and not others & ports:
        message = f"its callers use port {one.port}, and it has {there}"
        patch = json.dumps([{"op": "replace", "path": "/spec/ports/0/port", "value": one.port}])
        fix = f"{kubectl(namespace_of(service), f'patch {ref(service)} --type json --patch')} '{patch}'"
        return sign(
            store,
            "ServicePort",
            service,
            message,
            place,
            fix=fix,
            subject=ref(service),
            part=own_workload(store, service),
        )
    message = f"{one.source} calls {name_of(service)} at port {one.port or 'none'}, and the Service has {there}"
    right = f"{one.host}:{min(ports)}"
    fixed = one.text.replace(f"{one.host}:{one.port}" if one.port else one.host, right)
    lone = one.port in listens and one.port not in others
    return sign(
        store,
        "ServiceAddress",
        caller,
        message,
        place,
        fix=_env_fix(one, fixed),
        certainty="likely" if lone else "certain",
        rival=f"the Service's port was changed: its pods listen on {one.port}" if lone else "",
    )


def _speaks_tls(store: Store, service: Object, port: int) -> bool:
    names = [
        str(one.get("name") or "") + str(one.get("appProtocol") or "")
        for one in service["spec"].get("ports") or []
        if one["port"] == port
    ]
    probes = [
        one.spec.get(kind) or {}
        for pod in chosen(store, service)
        for one in containers(pod)
        for kind in ("readinessProbe", "livenessProbe")
    ]
    secure = any((probe.get("httpGet") or {}).get("scheme") == "HTTPS" for probe in probes)
    return secure or any("https" in name or "tls" in name for name in names)


def _env_fix(one: Address, value: str) -> str:
    if "@" in value or not one.source.startswith("env "):
        return f"Change {one.source} so that it names {value.rsplit('@', 1)[-1]}"
    name = one.source.removeprefix("env ")
    shown = value if ":" in one.text or "/" in one.text else value.split(":", maxsplit=1)[0]
    return kubectl(one.space, f"set env {ref_of(one.workload)} {name}={shown}")


def _says(store: Store, pod: Object) -> Iterator[Sign]:
    """What a running program's log tells of its dependencies. A ready pod's old words are no sign of now."""
    for one in containers(pod):
        if one.running is None or one.is_init:
            continue
        log = store.log(pod, one.name)
        told = [line for line in log.splitlines() if line.strip()][-_LINES:]  # what was said before is not of now
        for cause in causes_in("\n".join(told), _OF_ANOTHER)[:1]:
            if _is_of_now(log, cause, sick=not is_ready(pod)):
                yield sign(
                    store,
                    cause.code,
                    pod,
                    f"{one.name}: {cause.message}",
                    (f"log of {one.name}", cause.line),
                    log=log,
                    certainty="likely",
                    container=one.name,
                    fix="",
                )


def _is_of_now(log: str, cause: Cause, *, sick: bool) -> bool:
    """Repeated, and among the last lines; what was overcome, or came of another's restart, is neither.

    A pod that is ready and was refused for a while goes on saying nothing: only where most of its last words tell of
    it is it of now.
    """
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    last = lines[-20:]
    telling = sum(bool(causes_in(line, frozenset({cause.code}))) for line in last)
    if sick:
        return any(line[:300] == cause.line for line in lines[-30:])
    if cause.code in _PASSING:
        return (
            telling >= 2 and telling >= len(last) / 3 and bool(causes_in("\n".join(last[-3:]), frozenset({cause.code})))
        )
    return telling >= 2
