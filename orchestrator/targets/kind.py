"""kind: images are built in the host's Docker engine and loaded into the node; the kubeconfig is the tool's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from orchestrator.process import Door
from orchestrator.targets.base import Cluster, node_address


@dataclass(frozen=True)
class Kind:
    """A kind cluster called `profile`, made if it is not there, with its kubeconfig under the tool's home."""

    profile: str
    namespace: str
    home: Path
    name: str = "kind"
    pull_policy: str = "Never"

    @property
    def kubeconfig(self) -> Path:
        """The file that kind writes for this cluster; the person's own is never touched."""
        return self.home / f"kind-{self.profile}.kubeconfig"

    @property
    def cluster(self) -> Cluster:
        """kind names the context kind-NAME."""
        return Cluster(f"kind-{self.profile}", self.namespace, str(self.kubeconfig))

    def image(self, name: str, tag: str) -> str:
        """`kind load` keeps the reference."""
        return f"{name}:{tag}"

    def create_argv(self) -> list[str]:
        """Makes the cluster and waits for its node."""
        return [
            "kind", "create", "cluster", "--name", self.profile, "--kubeconfig", str(self.kubeconfig), "--wait", "120s",
        ]  # fmt: skip

    def export_argv(self) -> list[str]:
        """Writes the kubeconfig of a cluster that stands."""
        return ["kind", "export", "kubeconfig", "--name", self.profile, "--kubeconfig", str(self.kubeconfig)]

    def preview(self) -> tuple[str, ...]:
        """T004's and T005's intent for kind."""
        return ("kind get clusters", " ".join(self.create_argv()), " ".join(self.cluster.kubectl("get", "nodes")))

    def prepare(self, door: Door, *, start: bool) -> Mapping[str, str]:
        """Make the cluster unless it stands; docker commands keep the host's engine."""
        self.home.mkdir(parents=True, exist_ok=True)
        names = door.run(["kind", "get", "clusters"], limit=60).out.split()
        if self.profile in names:
            door.run(self.export_argv(), limit=60)
        elif start:
            door.run(self.create_argv(), limit=600)
        self.kubeconfig.chmod(0o600)
        door.run(self.cluster.kubectl("get", "--raw", "/readyz"), limit=30)
        return {}

    def deliver(self, door: Door, references: tuple[str, ...]) -> None:
        """Load the images into the node."""
        door.run(["kind", "load", "docker-image", *references, "--name", self.profile], limit=600)

    def address(self, door: Door, service: str, port: int) -> str | None:
        """The node container's address with the node port; None where the host cannot reach it."""
        del service
        return node_address(self.cluster, door, port)
