"""Every state that the diagnosis knows: how far up the chain of causes it stands, and what it explains.

A release comes up in a fixed order: a pod is allowed, placed, given its configuration, its image, started, probed,
rolled out, reached, used. What breaks early makes everything later fail as well, so `Stage` is the causal order.
`docs/diagnosis.md` is written from this table.
"""

from orchestrator.diagnosis.stages import Rule, Stage
from orchestrator.diagnosis.workloads.rules import WORKLOAD_RULES

_STATUS = "Pod .status.containerStatuses[]"
_WAITING = f"{_STATUS}.state.waiting.reason"
_USE = (Stage.SERVING, Stage.RELEASED)
_PLACE = (Stage.PLACED, Stage.ROLLED_OUT, Stage.WIRED, Stage.REACHED, *_USE)
_MAKE = "./todo deploy --force"
_LIST = (
    Rule("CannotRead", Stage.APART, "HTTP 403 of the API server", "The user may not read what the diagnosis needs.",
         "Grant `get`, `list` on the named resource, or diagnose as a user that has it."),
    Rule("NodeNotReady", Stage.CLUSTER, "Node .status.conditions[Ready]", "A node of the release does not answer.",
         "kubectl describe node NODE", explains=tuple(Stage)[1:16]),
    Rule("NodePressure", Stage.CLUSTER, "Node .status.conditions[*Pressure], taints",
         "A node runs out of memory, disk or process ids.", "Free the node, or lower the release's requests.",
         explains=_PLACE),
    Rule("DnsDown", Stage.CLUSTER, "Endpoints kube-system/kube-dns .subsets", "The cluster's DNS has no ready pod.",
         "kubectl --namespace kube-system rollout restart deployment coredns", explains=(Stage.REACHED, *_USE)),
    Rule("QuotaExceeded", Stage.CREATED, "ReplicaSet .status.conditions[ReplicaFailure]; StatefulSet events",
         "A quota of the namespace allows no more pods.", "Raise the quota, or lower requests and replicas."),
    Rule("ServiceAccountMissing", Stage.CREATED, "ReplicaSet .status.conditions[ReplicaFailure]; StatefulSet events",
         "The pods' service account does not exist.", "kubectl create serviceaccount NAME"),
    Rule("AdmissionRefused", Stage.CREATED, "ReplicaSet .status.conditions[ReplicaFailure]; StatefulSet events",
         "An admission rule (LimitRange, webhook, pod security) refuses the pods.",
         "Change what the message names, or the rule."),
    Rule("PodCreationFailed", Stage.CREATED, "ReplicaSet .status.conditions[ReplicaFailure]; StatefulSet events",
         "The cluster cannot make the pods.", "Change what the message names."),
    Rule("ScaledToZero", Stage.CREATED, "Deployment/StatefulSet .spec.replicas", "Somebody asked for no pods at all.",
         "kubectl scale KIND NAME --replicas N"),
    Rule("ClaimUnbound", Stage.STORAGE, "PersistentVolumeClaim .status.phase", "A claim has no volume.",
         "Make a PersistentVolume or a storage class, or deploy with --storage ephemeral."),
    Rule("Evicted", Stage.PLACED, "Pod .status.reason", "The node threw the pod out.",
         "Free the node, or raise the container's requests to what it uses.", "warning"),
    Rule("Unschedulable", Stage.PLACED, "Pod .status.conditions[PodScheduled]",
         "No node takes the pod; the scheduler says why.", "Ask for less in the values, or free or add a node."),
    Rule("SecretMissing", Stage.CONFIGURED, f"{_WAITING} CreateContainerConfigError; Secret absent",
         "A Secret that the pod names does not exist.", _MAKE),
    Rule("ConfigMapMissing", Stage.CONFIGURED, f"{_WAITING} CreateContainerConfigError; ConfigMap absent",
         "A ConfigMap that the pod names does not exist.", _MAKE),
    Rule("KeyMissing", Stage.CONFIGURED, f"{_WAITING} CreateContainerConfigError; Secret or ConfigMap .data",
         "A key that the pod needs is not in its Secret or ConfigMap.", _MAKE),
    Rule("ConfigError", Stage.CONFIGURED, f"{_WAITING} CreateContainerConfigError",
         "The container's configuration cannot be made.", "Change what the message names."),
    Rule("MountFailed", Stage.CONFIGURED, "Event FailedMount, FailedAttachVolume of the pod",
         "A volume cannot be mounted.", "Make what the volume names."),
    Rule("SandboxFailed", Stage.CONFIGURED, "Event FailedCreatePodSandBox of the pod",
         "The node cannot make the pod's network.", "Look at the node's CNI plugin and its pause image."),
    Rule("ErrImageNeverPull", Stage.IMAGE, _WAITING, "The node has no such image and may not pull it.",
         _MAKE),
    Rule("ImagePullFailed", Stage.IMAGE, f"{_WAITING} ImagePullBackOff, ErrImagePull",
         "The image cannot be pulled: wrong name or tag, no registry, no permission.",
         "Mend the image's name, tag or pull secret."),
    Rule("InvalidImageName", Stage.IMAGE, _WAITING, "The image's name is not one.", "Mend the image in the values."),
    Rule("ImageUnusable", Stage.IMAGE, f"{_WAITING} ImageInspectError, RegistryUnavailable",
         "The image is there but cannot be used.", "Build or pull it anew."),
    Rule("OOMKilled", Stage.MEMORY, f"{_STATUS}.lastState.terminated.reason",
         "A container was killed for using more memory than its limit, even if it runs again.",
         "Raise the memory limit."),
    Rule("CannotStart", Stage.STARTED, f"{_WAITING} RunContainerError, CreateContainerError",
         "The container cannot be started: command, working directory, security context.",
         "Change what the message names."),
    Rule("InitFailed", Stage.STARTED, "Pod .status.initContainerStatuses[]", "An init container ends badly.",
         "Mend what its log shows."),
    Rule("InitBlocked", Stage.STARTED, "Pod .status.initContainerStatuses[].state.running",
         "An init container does not end after the time given.", "Mend what it waits for."),
    Rule("StartupProbe", Stage.ALIVE, f"Event Unhealthy (Startup probe) of the pod; {_STATUS}.started",
         "The startup probe fails.", "Check the probe's path and port, or give it more time."),
    Rule("LivenessProbe", Stage.ALIVE, "Event Unhealthy, Killing (Liveness probe) of the pod",
         "The liveness probe fails: a container is restarted.", "Check the probe's path and port, and the log."),
    Rule("CrashLoop", Stage.RUNNING, f"{_STATUS}.state.waiting.reason, .lastState.terminated.exitCode",
         "A container ends again and again; its last log is shown.", "Mend what the log shows."),
    Rule("RestartRate", Stage.RUNNING, f"{_STATUS}.restartCount", "A container restarted three times or more lately.",
         "Read its previous log: kubectl logs POD --previous", "warning"),
    Rule("ReadinessProbe", Stage.READY, f"Event Unhealthy (Readiness probe) of the pod; {_STATUS}.ready",
         "The readiness probe fails.", "Check the probe's path and port against what the app serves."),
    Rule("RolloutStuck", Stage.ROLLED_OUT, "Deployment .status.conditions[Progressing]",
         "The rollout does not end, and nothing above says why.", "kubectl describe deployment NAME"),
    Rule("RolloutPaused", Stage.ROLLED_OUT, "Deployment .spec.paused",
         "Somebody paused the rollout: changes do not reach the pods.", "kubectl rollout resume deployment NAME",
         "warning"),
    Rule("NotReady", Stage.ROLLED_OUT, "Pod .status.conditions[Ready]",
         "Pods are not ready after the time given, and nothing above says why.", "./todo deploy logs PART"),
    Rule("WorkloadMissing", Stage.CREATED, "Deployment absent", "A Deployment of the release was deleted.", _MAKE),
    Rule("ServiceMissing", Stage.WIRED, "Service absent", "A Service of the release was deleted.", _MAKE),
    Rule("SelectorMatchesNothing", Stage.WIRED, "Service .spec.selector", "The Service selects no pod.",
         "kubectl patch service NAME with the pods' labels"),
    Rule("TargetPortWrong", Stage.WIRED, "Service .spec.ports[].targetPort",
         "The Service sends to a port that no container has.", "kubectl patch service NAME with the container's port"),
    Rule("PodDns", Stage.WIRED, "Pod .spec.dnsPolicy; the backend's log",
         "The pods have name servers of their own, which do not know the cluster's names.",
         "kubectl patch deployment NAME back to dnsPolicy ClusterFirst"),
    Rule("NoEndpoints", Stage.REACHED, "Endpoints .subsets[].addresses", "The Service has no ready address.",
         "kubectl describe endpoints NAME"),
    Rule("BackendAddress", Stage.REACHED, "ConfigMap .data.NEXT_PUBLIC_API_URL",
         "The frontend is told a backend address that no Service of the release has.", _MAKE),
    Rule("DatabaseRefused", Stage.REACHED, "GET /ready of the backend; its log",
         "The database refuses or does not answer.", "Check that the database runs and DATABASE_URL leads to it."),
    Rule("DatabaseLogin", Stage.REACHED, "GET /ready of the backend; its log",
         "The database refuses the user or the password.", "Mend DATABASE_URL in .env, then ./todo deploy"),
    Rule("DatabaseName", Stage.REACHED, "GET /ready of the backend; its log",
         "The database's host name does not resolve.", "Mend DATABASE_URL in .env, then ./todo deploy"),
    Rule("AppErrors", Stage.SERVING, "HTTP 5xx through the frontend's Service",
         "The app answers 5xx although its pods are Ready.", "./todo deploy logs backend"),
    Rule("ReleasePending", Stage.RELEASED, "helm history: pending-*",
         "A Helm operation began and never ended, or still runs.", _MAKE),
    Rule("ReleaseFailed", Stage.RELEASED, "helm history: failed", "The last Helm operation failed.",
         "./todo deploy rollback"),
    Rule("NoMetrics", Stage.APART, "HorizontalPodAutoscaler .status.conditions[ScalingActive]",
         "The autoscaler cannot read metrics.", "Install metrics-server, or turn autoscaling.enabled off.", "warning"),
)  # fmt: skip
RELEASE_RULES = {rule.code: rule for rule in _LIST}
RULES = {**RELEASE_RULES, **{rule.code: rule for rule in WORKLOAD_RULES}}


def page() -> str:
    """`docs/diagnosis.md`'s table: a row a state."""
    rows = [
        f"| `{rule.code}` | {rule.severity} | {rule.meaning} | {_cell(rule.where)} | {_cell(rule.fix)} |"
        for rule in sorted(RULES.values(), key=lambda rule: rule.stage)
    ]
    return "\n".join(["| state | severity | meaning | where it shows | fix |", "|---|---|---|---|---|", *rows])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
