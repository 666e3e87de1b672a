"""The interface of a target, and the argv of kubectl and helm: always with an explicit context."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from orchestrator.process import Door


@dataclass(frozen=True)
class Cluster:
    """A kube context that was named or made by this tool; `kubeconfig` None is the person's own file (only read)."""

    context: str
    namespace: str
    kubeconfig: str | None = None

    def kubectl(self, *arguments: str) -> list[str]:
        """The argv of a kubectl call in the namespace."""
        return ["kubectl", *self._kubeconfig(), "--context", self.context, "--namespace", self.namespace, *arguments]

    def helm(self, *arguments: str) -> list[str]:
        """The argv of a helm call in the namespace."""
        return ["helm", *arguments, *self._kubeconfig(), "--kube-context", self.context, "--namespace", self.namespace]

    def _kubeconfig(self) -> list[str]:
        return ["--kubeconfig", self.kubeconfig] if self.kubeconfig else []


class Target(Protocol):
    """A place for releases."""

    @property
    def name(self) -> str: ...

    @property
    def cluster(self) -> Cluster: ...

    @property
    def pull_policy(self) -> str:
        """The imagePullPolicy that fits how images reach the node."""
        ...

    def image(self, name: str, tag: str) -> str:
        """The reference under which the node knows the image."""
        ...

    def preview(self) -> tuple[str, ...]:
        """The commands of `prepare`, for a plan."""
        ...

    def prepare(self, door: Door, *, start: bool) -> Mapping[str, str]:
        """Make the target usable, starting it if allowed, and return the environment for docker commands.

        Raises EnvironmentMissingError, saying what is missing and how to get it.
        """
        ...

    def deliver(self, door: Door, references: tuple[str, ...]) -> None:
        """Bring built images to where the node takes them from."""
        ...

    def address(self, door: Door, service: str, port: int) -> str | None:
        """A URL that leads to the NodePort service, by the target's own way; None if there is none."""
        ...


def node_address(cluster: Cluster, door: Door, port: int) -> str | None:
    """http://ADDRESS:PORT of the first node, its external address first; None if no node tells one."""
    nodes = json.loads(door.run(cluster.kubectl("get", "nodes", "--output", "json"), limit=30).out)["items"]
    addresses = [address for node in nodes for address in node["status"].get("addresses", [])]
    for kind in ("ExternalIP", "InternalIP"):
        for address in addresses:
            if address["type"] == kind:
                return f"http://{address['address']}:{port}"
    return None
