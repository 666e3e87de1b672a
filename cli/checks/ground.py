"""The cluster that tests run on, where it is one that stands already: kind, Minikube, or any other kube context.

Images get in by `kind load` and in Minikube's own Docker engine; elsewhere by a registry, or the node has the engine.
"""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cli.exits import CommandError, Exit


@dataclass(frozen=True)
class Ground:
    """`target` are the options by which `./todo deploy` reaches it; `variables` tell the tests."""

    context: str
    target: tuple[str, ...]
    images: str
    engine: str = "here"  # where `docker run` runs: "here", or in a "node" that cannot reach this machine's loopback
    docker: Mapping[str, str] = field(default_factory=dict)
    skipped: Mapping[str, str] = field(default_factory=dict)

    def variables(self, address: str) -> dict[str, str]:
        """What tests/cluster/seen.py reads, over the caller's environment."""
        return {
            **os.environ,
            **self.docker,
            "TODO_CLUSTER_CONTEXT": self.context,
            "TODO_CLUSTER_TARGET": json.dumps(self.target),
            "TODO_CLUSTER_ADDRESS": address,
            "TODO_CLUSTER_ENGINE": "here" if is_here(address) else self.engine,
            "TODO_CLUSTER_NODE": "here" if is_here(address) else "elsewhere",
        }


def ground_of(context: str, registry: str | None) -> Ground:
    """How the context's cluster is reached. Raises CommandError if it is not there or does not answer."""
    _demand_programs()
    _demand_answer(context)
    skipped = {"verify": "its faults are put in through the Minikube profile 'minikube'"}
    if (name := context.removeprefix("kind-")) != context and name in _names("kind", "get", "clusters"):
        return Ground(context, ("--target", "kind", "--profile", name), f"kind load, into {name}", skipped=skipped)
    if context in _names("minikube", "profile", "list", "--output", "json"):
        target = ("--target", "minikube", "--profile", context)
        docker = _docker_of(context)
        skipped = {} if context == "minikube" else skipped
        return Ground(context, target, "built in Minikube's own engine", "node", docker, skipped)
    pushed = ("--registry", registry) if registry else ()
    images = f"pushed to {registry}" if registry else "the node shares this Docker engine (else name a --registry)"
    return Ground(context, ("--target", "context", "--context", context, *pushed), images, skipped=skipped)


def address_of(context: str) -> str:
    """A node's address, which node ports answer on; its external one first."""
    nodes = json.loads(_out("kubectl", "--context", context, "get", "nodes", "--output", "json"))["items"]
    known = {one["type"]: one["address"] for node in nodes for one in node["status"].get("addresses", [])}
    return str(known.get("ExternalIP") or known.get("InternalIP") or "127.0.0.1")


def is_here(address: str) -> bool:
    """Whether the address is one of this machine's: only then can it be bound."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True


def _demand_programs() -> None:
    missing = [name for name in ("kubectl", "helm", "docker") if shutil.which(name) is None]
    if missing:
        raise CommandError(f"{', '.join(missing)} not found: put it on the PATH.", code=Exit.NOT_DEPLOYABLE)


def _demand_answer(context: str) -> None:
    names = _out("kubectl", "config", "get-contexts", "--output", "name").split()
    if context not in names:
        known = ", ".join(names) or "none"
        raise CommandError(f"There is no kube context {context!r} (known: {known}).", code=Exit.USAGE)
    argv = ["kubectl", "--context", context, "get", "--raw", "/readyz", "--request-timeout=20s"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        why = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise CommandError(f"The cluster of context {context!r} does not answer: {why}", code=Exit.NOT_DEPLOYABLE)


def _names(program: str, *words: str) -> Sequence[str]:
    """The names that kind or minikube lists, as JSON or one a line; none where the program is not there."""
    if shutil.which(program) is None:
        return ()
    told = subprocess.run([program, *words], capture_output=True, text=True, check=False).stdout
    try:
        listed = json.loads(told)
    except ValueError:
        return told.split()
    valid = listed.get("valid") if isinstance(listed, dict) else None
    return [str(one.get("Name")) for one in valid or ()]


def _docker_of(profile: str) -> dict[str, str]:
    told = _out("minikube", "--profile", profile, "docker-env", "--shell", "none")
    pairs = (line.split("=", 1) for line in told.splitlines() if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip('"') for name, value in pairs}


def _out(*argv: str) -> str:
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CommandError(f"{' '.join(argv)} failed: {done.stderr.strip()}", code=Exit.FAILED)
    return done.stdout
