"""The types that fields of the API have, by the fields' names: a value of another type is dropped, as if it were absent.

https://kubernetes.io/docs/reference/kubernetes-api/. What keys of a free map hold (labels, data, quantities) is text.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

_MAPS = frozenset(
    "metadata spec template labels annotations state lastState waiting running terminated resources limits requests"
    " involvedObject regarding series claimRef capacity allocatable data stringData binaryData httpGet tcpSocket grpc exec"
    " readinessProbe livenessProbe startupProbe nodeSelector affinity nodeAffinity configMap secret persistentVolumeClaim"
    " valueFrom secretKeyRef configMapKeyRef secretRef configMapRef podSelector namespaceSelector securityContext strategy"
    " rollingUpdate updateStrategy scaleTargetRef hard used backend service defaultBackend http projected nodeInfo"
    " matchLabels dnsConfig ipBlock selector labelSelector labelSelectors".split()
)
_LISTS_OF_MAPS = frozenset(
    "conditions containers initContainers env envFrom containerStatuses initContainerStatuses volumes volumeMounts"
    " ownerReferences taints tolerations subsets addresses notReadyAddresses rules tls readinessGates ingress egress from"
    " to paths imagePullSecrets schedulingGates matchExpressions nodeSelectorTerms sources ports".split()
)
_LISTS_OF_TEXTS = frozenset("command args finalizers accessModes policyTypes values nameservers hosts".split())
_NUMBERS = frozenset(
    "replicas readyReplicas updatedReplicas availableReplicas restartCount exitCode generation observedGeneration count"
    " containerPort desiredNumberScheduled currentNumberScheduled numberReady numberAvailable failed succeeded active"
    " backoffLimit activeDeadlineSeconds startingDeadlineSeconds periodSeconds timeoutSeconds initialDelaySeconds"
    " failureThreshold deletionGracePeriodSeconds disruptionsAllowed currentHealthy desiredHealthy expectedPods".split()
)
_MOMENTS = re.compile(r"(Time|Timestamp|At)$")
_FREE = frozenset(
    "labels annotations data stringData binaryData limits requests capacity allocatable nodeSelector matchLabels hard used"
    " selector parameters".split()
)
"""Maps whose keys are people's own."""
_TEXTS = frozenset("name namespace message reason phase type image uid storageClassName schedulerName".split())


def is_free(field: str) -> bool:
    """Whether the keys beneath a field are people's own, and so tell no types."""
    return field in _FREE


def fits(field: str, value: Any, parent: str) -> bool:
    """Whether a value may stand in a field; `parent` is the field above."""
    if field == "status":
        return isinstance(value, str) if parent == "conditions" else isinstance(value, Mapping | str)
    if field in _MAPS:
        return isinstance(value, Mapping)
    if field in _LISTS_OF_MAPS:
        return isinstance(value, list)
    if field in _LISTS_OF_TEXTS:
        return isinstance(value, list)
    if field in _NUMBERS or (field == "port" and parent == "ports"):
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**9
    if _MOMENTS.search(field) and field[:1].islower():
        return isinstance(value, str) and _is_moment(value)
    return not (field in _TEXTS and isinstance(value, Mapping | list))


def elements(field: str, value: list[Any]) -> list[Any]:
    """The elements of a list that may stand in it."""
    if field in _LISTS_OF_MAPS:
        return [one for one in value if isinstance(one, Mapping)]
    if field in _LISTS_OF_TEXTS:
        return [str(one) for one in value if not isinstance(one, Mapping | list)]
    return value


def _is_moment(text: str) -> bool:
    try:
        return not text or datetime.fromisoformat(text.replace("Z", "+00:00")).tzinfo is not None
    except ValueError:
        return False
