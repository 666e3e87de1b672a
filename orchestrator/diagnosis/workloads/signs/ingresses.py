"""Ingresses: whether a request from outside leads anywhere, and safely."""

from collections.abc import Iterator, Mapping
from typing import Any

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.look import kubectl, ref, sign
from orchestrator.diagnosis.workloads.store import Store, namespace_of
from orchestrator.release.snapshot import Object, annotation, name_of

_OLD_CLASS = "kubernetes.io/ingress.class"
_DEFAULT = "ingressclass.kubernetes.io/is-default-class"


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    for ingress in store.of("Ingress"):
        yield from _ingress(store, ingress)


def _ingress(store: Store, ingress: Object) -> Iterator[Sign]:
    spec, space = ingress.get("spec", {}), namespace_of(ingress)
    name = spec.get("ingressClassName") or (ingress["metadata"].get("annotations") or {}).get(_OLD_CLASS)
    classes = [name_of(one) for one in store.of("IngressClass")]
    if name and store.knows("IngressClass") and name not in classes:
        message = f"there is no ingress class {name}" + (f"; there are {', '.join(classes)}" if classes else "")
        yield sign(store, "IngressClass", ingress, message, (f"{ref(ingress)} .spec.ingressClassName", str(name)))
    elif not name and _is_unserved(store, ingress):
        there = f"it names no ingress class, and none of {', '.join(classes)} is the default"
        place = f"{ref(ingress)} .spec.ingressClassName", "none"
        patch = f'patch {ref(ingress)} --type merge --patch \'{{"spec":{{"ingressClassName":"{classes[0]}"}}}}\''
        yield sign(store, "IngressClass", ingress, there, place, fix=kubectl(space, patch), certainty="likely")
    for backend in _backends(spec):
        service = store.get("Service", space, str(backend.get("name")))
        port = (backend.get("port") or {}).get("number") or (backend.get("port") or {}).get("name")
        place = f"{ref(ingress)} .spec.rules[].backend", f"{backend.get('name')}:{port}"
        if service is None and store.knows("Service"):
            yield sign(store, "IngressBackend", ingress, f"there is no Service {backend.get('name')}", place)
        elif service is not None and port and not _has_port(service, port):
            there = ", ".join(str(one["port"]) for one in service["spec"].get("ports") or [])
            yield sign(
                store,
                "IngressBackend",
                ingress,
                f"the Service {backend['name']} has no port {port}, only {there}",
                place,
            )
    for one in spec.get("tls") or []:
        secret = str(one.get("secretName") or "")
        if secret:
            yield from _secret(store, ingress, secret)


def _is_unserved(store: Store, ingress: Object) -> bool:
    """Whether no controller took an Ingress without a class: it has no address, and no class is the default."""
    served = (ingress.get("status", {}).get("loadBalancer") or {}).get("ingress")
    classes = store.of("IngressClass")
    return bool(classes) and not served and not any(annotation(one, _DEFAULT) == "true" for one in classes)


def _secret(store: Store, ingress: Object, name: str) -> Iterator[Sign]:
    """The certificate's Secret: whether it is there, and has the keys that controllers read."""
    place = f"{ref(ingress)} .spec.tls", name
    found = store.get("Secret", namespace_of(ingress), name)
    if any(one["spec"].get("secretName") == name for one in store.of("Certificate", namespace_of(ingress))):
        return  # its issuer makes it: a sign of its own
    if store.lacks("Secret", namespace_of(ingress), name):
        yield sign(store, "IngressSecret", ingress, f"there is no Secret {name}", place)
    elif found is not None and found.get("data") and (gone := {"tls.crt", "tls.key"} - set(found["data"])):
        message = f"the Secret {name} has no {' and no '.join(sorted(gone))}, only {', '.join(sorted(found['data']))}"
        fix = kubectl(namespace_of(ingress), f"create secret tls {name} --cert FILE --key FILE")
        yield sign(store, "IngressSecret", ingress, message, place, fix=fix)


def _has_port(service: Object, port: object) -> bool:
    return any(port in (one["port"], one.get("name")) for one in service["spec"].get("ports") or [])


def _backends(spec: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    found = [(spec.get("defaultBackend") or {}).get("service")]
    found += [
        (path.get("backend") or {}).get("service")
        for rule in spec.get("rules") or []
        for path in (rule.get("http") or {}).get("paths") or []
    ]
    yield from (one for one in found if one)
