"""Any kube context that the person names: its nodes pull from a registry, or its node shares the local engine."""

from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.errors import EnvironmentMissingError
from orchestrator.process import Door
from orchestrator.targets.base import Cluster, node_address


@dataclass(frozen=True)
class Context:
    """`registry` (a prefix as in registry.example/team) None means that the node uses the local Docker engine."""

    context: str
    namespace: str
    registry: str | None = None
    name: str = "context"

    @property
    def pull_policy(self) -> str:
        """Content tags never change meaning: IfNotPresent is enough with a registry."""
        return "IfNotPresent" if self.registry else "Never"

    @property
    def cluster(self) -> Cluster:
        """The named context of the person's own kubeconfig."""
        return Cluster(self.context, self.namespace)

    def image(self, name: str, tag: str) -> str:
        """With the registry's prefix, if there is one."""
        return f"{self.registry.rstrip('/')}/{name}:{tag}" if self.registry else f"{name}:{tag}"

    def preview(self) -> tuple[str, ...]:
        """A look at the named context; nothing is started."""
        contexts = "kubectl config get-contexts --output name"
        return (contexts, " ".join(self.cluster.kubectl("get", "--raw", "/readyz")), "docker version")

    def prepare(self, door: Door, *, start: bool) -> Mapping[str, str]:
        """Check that the context exists and answers; nothing is ever started here."""
        del start
        names = door.run(["kubectl", "config", "get-contexts", "--output", "name"], limit=30).out.split()
        if self.context not in names:
            known = ", ".join(names) or "none"
            raise EnvironmentMissingError(
                f"there is no kube context '{self.context}' (known: {known}).", remedy="Name one with --context."
            )
        answer = door.run(self.cluster.kubectl("get", "--raw", "/readyz"), limit=30, check=False)
        if not answer.ok:
            raise EnvironmentMissingError(
                f"the cluster of context '{self.context}' does not answer: {answer.err.strip()}",
                remedy="Start it, or name another context.",
            )
        return {}

    def deliver(self, door: Door, references: tuple[str, ...]) -> None:
        """Push to the registry, if there is one."""
        if self.registry:
            for reference in references:
                door.run(["docker", "push", reference], limit=1200)

    def address(self, door: Door, service: str, port: int) -> str | None:
        """A node's address with the node port."""
        del service
        return node_address(self.cluster, door, port)
