"""The types that fields of the API have, by the fields' names; a value of another type counts as absent.

https://kubernetes.io/docs/reference/kubernetes-api/. What keys of a free map hold (labels, data, quantities) is text.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

_MAPS = frozenset(
    {
        "metadata", "spec", "template", "labels", "annotations", "state", "lastState", "waiting", "running",
        "terminated", "resources", "limits", "requests", "involvedObject", "regarding", "series", "claimRef",
        "capacity", "allocatable", "data", "stringData", "binaryData", "httpGet", "tcpSocket", "grpc", "exec",
        "readinessProbe", "livenessProbe", "startupProbe", "nodeSelector", "affinity", "nodeAffinity",
        "configMap", "secret", "persistentVolumeClaim", "valueFrom", "secretKeyRef", "configMapKeyRef",
        "secretRef", "configMapRef", "podSelector", "namespaceSelector", "securityContext", "strategy",
        "rollingUpdate", "updateStrategy", "scaleTargetRef", "hard", "used", "backend", "service",
        "defaultBackend", "http", "projected", "nodeInfo", "matchLabels", "dnsConfig", "ipBlock", "selector",
        "labelSelector", "labelSelectors",
    }
)  # fmt: skip
_LISTS_OF_MAPS = frozenset(
    {
        "conditions", "containers", "initContainers", "env", "envFrom", "containerStatuses",
        "initContainerStatuses", "volumes", "volumeMounts", "ownerReferences", "taints", "tolerations",
        "subsets", "addresses", "notReadyAddresses", "rules", "tls", "readinessGates", "ingress", "egress",
        "from", "to", "paths", "imagePullSecrets", "schedulingGates", "matchExpressions", "nodeSelectorTerms",
        "sources", "ports",
    }
)  # fmt: skip
_LISTS_OF_TEXTS = frozenset(
    {
        "command", "args", "finalizers", "accessModes", "policyTypes", "values", "nameservers", "hosts",
    }
)  # fmt: skip
_NUMBERS = frozenset(
    {
        "replicas", "readyReplicas", "updatedReplicas", "availableReplicas", "restartCount", "exitCode",
        "generation", "observedGeneration", "count", "containerPort", "desiredNumberScheduled",
        "currentNumberScheduled", "numberReady", "numberAvailable", "failed", "succeeded", "active",
        "backoffLimit", "activeDeadlineSeconds", "startingDeadlineSeconds", "periodSeconds", "timeoutSeconds",
        "initialDelaySeconds", "failureThreshold", "deletionGracePeriodSeconds", "disruptionsAllowed",
        "currentHealthy", "desiredHealthy", "expectedPods",
    }
)  # fmt: skip
_FREE = frozenset(
    {
        "labels", "annotations", "data", "stringData", "binaryData", "limits", "requests", "capacity",
        "allocatable", "nodeSelector", "matchLabels", "hard", "used", "selector", "parameters",
    }
)  # fmt: skip
"""Maps whose keys are people's own."""
_TEXTS = frozenset(
    {
        "name", "namespace", "message", "reason", "phase", "type", "image", "uid", "storageClassName",
        "schedulerName", "conditionType", "key", "operator", "effect", "protocol", "scheme", "claimName",
        "secretName", "volumeName", "nodeName", "dnsPolicy", "ingressClassName", "clusterIP", "host", "ip",
        "podIP", "schedule", "mountPath", "subPath", "restartPolicy", "volumeMode", "internalTrafficPolicy",
        "topologyKey",
    }
)  # fmt: skip
_MOMENTS = re.compile(r"(Time|Timestamp|At)$")


def is_free(field: str) -> bool:
    """Whether the keys beneath a field are people's own, and so tell no types."""
    return field in _FREE


def fits(field: str, value: Any, parent: str) -> bool:
    """Whether a value may stand in a field; `parent` is the field above."""
    return isinstance(value, _kinds(field, parent)) and not _is_no_number(field, value) and _is_moment(field, value)


def _kinds(field: str, parent: str) -> tuple[type, ...]:
    """The types that a field may have."""
    if field == "status":
        return (str,) if parent == "conditions" else (Mapping, str)
    if field in ("port", "targetPort") and parent != "ports":
        return (int, str, Mapping)
    found = [kinds for fields, kinds in _TYPES if field in fields]
    return found[0] if found else (object,)


def _is_no_number(field: str, value: Any) -> bool:
    numeric = field in _NUMBERS or field in ("port", "targetPort")
    return numeric and isinstance(value, int) and (isinstance(value, bool) or abs(value) >= 10**9)


def elements(field: str, value: list[Any]) -> list[Any]:
    """The elements of a list that may stand in it."""
    if field in _LISTS_OF_MAPS:
        return [one for one in value if isinstance(one, Mapping)]
    if field in _LISTS_OF_TEXTS:
        return [str(one) for one in value if not isinstance(one, Mapping | list)]
    return value


def _is_moment(field: str, value: Any) -> bool:
    """Whether a field of a time holds one with its zone; true for other fields."""
    if not _MOMENTS.search(field) or not field[:1].islower():
        return True
    try:
        return value == "" or datetime.fromisoformat(str(value).replace("Z", "+00:00")).tzinfo is not None
    except ValueError:
        return False


_TYPES: tuple[tuple[frozenset[str], tuple[type, ...]], ...] = (
    (_MAPS, (Mapping,)),
    (_LISTS_OF_MAPS | _LISTS_OF_TEXTS, (list,)),
    (_NUMBERS | {"port"}, (int,)),
    (frozenset({"targetPort"}), (int, str)),
    (_TEXTS, (str, int, float)),
)
