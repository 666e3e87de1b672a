"""The facts of a Deployment: copies, image, probes, resources, what it may do and where it may write."""

from collections.abc import Iterator, Mapping
from typing import Any

from orchestrator.contracts import DeploymentFacts, Probe
from orchestrator.gates.manifest.compare import Told, at, differs

POD = "spec.template.spec"
CONTAINER = f"{POD}.containers.0"


def judge(document: Mapping[str, Any], facts: DeploymentFacts) -> Iterator[Told]:
    """Everything that T016 and T018 state, and the hardening of the contract."""
    yield from differs("replicas", document, "spec.replicas", facts.replicas)
    for path in ("spec.selector.matchLabels", "spec.template.metadata.labels"):
        for name, value in facts.labels.items():
            yield from differs("labels", document, f"{path}.{name}", value)
    yield from differs("one-container", document, f"{POD}.containers.#", 1)
    yield from _container(document, facts)
    yield from _probe("liveness-probe", document, "livenessProbe", facts.liveness_probe)
    yield from _probe("readiness-probe", document, "readinessProbe", facts.readiness_probe)
    yield from _security(document, facts)
    yield from _volumes(document, facts)


def _container(document: Mapping[str, Any], facts: DeploymentFacts) -> Iterator[Told]:
    yield from differs("image", document, f"{CONTAINER}.image", facts.image)
    yield from differs("pull-policy", document, f"{CONTAINER}.imagePullPolicy", facts.image_pull_policy)
    yield from differs("one-port", document, f"{CONTAINER}.ports.#", 1)
    yield from differs("container-port", document, f"{CONTAINER}.ports.0.containerPort", facts.container_port)
    yield from differs("protocol", document, f"{CONTAINER}.ports.0.protocol", "TCP")
    wanted = [{source: {"name": name}} for source, name in facts.env_from.items()]
    yield from differs("env-from", document, f"{CONTAINER}.envFrom", wanted)
    for kind in ("requests", "limits"):
        yield from differs("resources", document, f"{CONTAINER}.resources.{kind}", dict(facts.resources[kind]))
    command = list(facts.drain["command"])
    yield from differs("drain", document, f"{CONTAINER}.lifecycle.preStop.exec.command", command)
    yield from differs("grace", document, f"{POD}.terminationGracePeriodSeconds", facts.drain["grace_seconds"])


def _probe(rule: str, document: Mapping[str, Any], name: str, probe: Probe) -> Iterator[Told]:
    path = f"{CONTAINER}.{name}"
    yield from differs(rule, document, f"{path}.httpGet.path", probe.path)
    port = at(document, f"{path}.httpGet.port")
    named = port is not None and port == at(document, f"{CONTAINER}.ports.0.name")
    if not (named and at(document, f"{CONTAINER}.ports.0.containerPort") == probe.port):
        yield from differs(rule, document, f"{path}.httpGet.port", probe.port)
    yield from differs(rule, document, f"{path}.initialDelaySeconds", probe.initial_delay_seconds)
    yield from differs(rule, document, f"{path}.periodSeconds", probe.period_seconds)


def _security(document: Mapping[str, Any], facts: DeploymentFacts) -> Iterator[Told]:
    yield from differs("service-account-token", document, f"{POD}.automountServiceAccountToken", False)
    pod = f"{POD}.securityContext"
    yield from differs("non-root", document, f"{pod}.runAsNonRoot", True)
    yield from differs("run-as", document, f"{pod}.runAsUser", facts.run_as["user"])
    yield from differs("run-as", document, f"{pod}.runAsGroup", facts.run_as["group"])
    yield from differs("seccomp", document, f"{pod}.seccompProfile", {"type": "RuntimeDefault"})
    container = f"{CONTAINER}.securityContext"
    yield from differs("escalation", document, f"{container}.allowPrivilegeEscalation", False)
    yield from differs("read-only-root", document, f"{container}.readOnlyRootFilesystem", True)
    yield from differs("capabilities", document, f"{container}.capabilities", {"drop": ["ALL"]})


def _volumes(document: Mapping[str, Any], facts: DeploymentFacts) -> Iterator[Told]:
    volumes = [item for item in at(document, f"{POD}.volumes") or [] if isinstance(item, Mapping)]
    empty = {volume.get("name") for volume in volumes if "emptyDir" in volume}
    mounts = [item for item in at(document, f"{CONTAINER}.volumeMounts") or [] if isinstance(item, Mapping)]
    got = sorted(str(mount.get("mountPath")) for mount in mounts if mount.get("name") in empty)
    if got != sorted(facts.writable) or len(mounts) != len(got) or len(volumes) != len(got):
        wanted = ", ".join(facts.writable)
        yield "writable", f"It mounts {', '.join(got) or 'nothing'}.", f"Mount one emptyDir each at {wanted}."
