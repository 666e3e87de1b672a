"""Minikube: its own Docker engine builds, so that the node has the images at once (`imagePullPolicy: Never`)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.errors import CommandFailedError, EnvironmentMissingError
from orchestrator.process import Door
from orchestrator.targets.base import Cluster

_ADDRESS_LIMIT = 10.0  # seconds
_PARTS = ("Host", "Kubelet", "APIServer")


@dataclass(frozen=True)
class Minikube:
    """The profile's context is the only one used; `minikube start --keep-context` leaves the current one alone."""

    profile: str
    namespace: str
    name: str = "minikube"
    pull_policy: str = "Never"

    @property
    def cluster(self) -> Cluster:
        """Minikube names the context after the profile."""
        return Cluster(self.profile, self.namespace)

    def image(self, name: str, tag: str) -> str:
        """As built: the engine is the node's."""
        return f"{name}:{tag}"

    def minikube(self, *arguments: str) -> list[str]:
        """The argv of a minikube call for the profile."""
        return ["minikube", "--profile", self.profile, *arguments]

    def preview(self) -> tuple[str, ...]:
        """T004 and T005."""
        calls = (("start", "--keep-context"), ("status", "--output", "json"), ("docker-env", "--shell", "none"))
        return (*(" ".join(self.minikube(*call)) for call in calls), "docker ps --format {{.Names}}")

    def prepare(self, door: Door, *, start: bool) -> Mapping[str, str]:
        """Start the cluster unless it runs, check all three parts, and read its Docker engine's environment."""
        stopped = self.stopped_parts(door)
        if stopped and start:
            door.run(self.minikube("start", "--keep-context"), limit=600)
            stopped = self.stopped_parts(door)
        if stopped:
            raise EnvironmentMissingError(
                f"minikube is not running: {', '.join(stopped)}.", remedy=f"Start it: minikube start -p {self.profile}"
            )
        return parse_environment(door.run(self.minikube("docker-env", "--shell", "none"), limit=30).out)

    def stopped_parts(self, door: Door) -> list[str]:
        """Which of host, kubelet and apiserver do not run (`minikube status` exits with a bad code then)."""
        answer = door.run(self.minikube("status", "--output", "json"), limit=60, check=False)
        return parse_status(answer.out)

    def deliver(self, door: Door, references: tuple[str, ...]) -> None:
        """Nothing to do: the images were built in the node's engine. They are looked up there all the same."""
        for reference in references:
            try:
                door.run(["docker", "image", "inspect", "--format", "{{.Id}}", reference], limit=30)
            except CommandFailedError as error:
                raise EnvironmentMissingError(
                    f"{reference} is not in minikube's Docker engine.", remedy="Run the deployment again with --force."
                ) from error

    def address(self, door: Door, service: str, port: int) -> str | None:
        """What `minikube service --url` says; None where it holds a tunnel open instead of ending (Docker driver)."""
        del port
        argv = self.minikube("service", service, "--url", "--namespace", self.namespace)
        try:
            answer = door.run(argv, limit=_ADDRESS_LIMIT, check=False)
        except CommandFailedError:
            return None
        urls = [line.strip() for line in answer.out.splitlines() if line.startswith("http")]
        return urls[0] if answer.ok and urls else None


def parse_status(text: str) -> list[str]:
    """The parts of `minikube status -o json` that are not Running; all of them if it says nothing readable."""
    try:
        told = json.loads(text)
        told = told[0] if isinstance(told, list) else told
    except (ValueError, IndexError):
        return list(_PARTS)
    return [f"{part} is {told.get(part) or 'absent'}" for part in _PARTS if told.get(part) != "Running"]


def parse_environment(text: str) -> dict[str, str]:
    """NAME=VALUE lines of `minikube docker-env --shell none`."""
    pairs = (line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip('"') for name, value in pairs}
