"""What systemd says of a node's services: `systemctl status kubelet`, and the end of their journals."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

_STATUS = re.compile(
    r"^\W{0,3}(?P<unit>kubelet|containerd|docker|crio|cri-o|kube-proxy|etcd|chronyd?|systemd-timesyncd|ntpd?)"
    r"\.service[^\n]*\n(?:[^\n]*\n){0,6}?\s+Active: (?P<state>\w+)(?: \((?P<detail>[^)]*)\))?",
    re.MULTILINE,
)
_HOST = re.compile(r"^[A-Z][a-z]{2} +\d+ [\d:]{8} (?P<host>[\w.-]+) (?:kubelet|containerd|systemd)\[", re.MULTILINE)


def units_of(text: str, name: str) -> list[dict[str, Any]]:
    """An object of the kind SystemdUnit for each service that the text tells of."""
    return list(_units(text, name)) if ".service" in text else []


def _units(text: str, name: str) -> Iterator[dict[str, Any]]:
    host = _HOST.search(text)
    place = host["host"] if host else next(iter(PurePosixPath(name).parent.parts[-1:]), "")
    for found in _STATUS.finditer(text):
        status = {"activity": found["state"], "detail": found["detail"] or ""}
        metadata = {"name": found["unit"], "namespace": place}
        yield {
            "kind": "SystemdUnit",
            "metadata": metadata,
            "spec": {"node": place, "file": name},
            "status": status,
            "thin": True,
        }
