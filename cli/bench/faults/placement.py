"""Faults that keep pods from being made, placed, configured or given their image."""

from cli.bench.faults.acts import Fault, container, environment, kubectl, make, patch, pod, restart, volume

_PODS, _CONTAINER = "pods of backend", "container backend of backend"
_SECRET, _CONFIG = "todo-backend-secret", "todo-frontend-config"
_CLAIM = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}, "storageClassName": "nope"}


def _needs(**resources: str) -> dict[str, dict[str, str]]:
    return {"requests": resources, "limits": resources}


MAKING = (
    Fault(
        name="quota", does="a quota allows no pod more, and one ends",
        acts=(make("v1", "ResourceQuota", "quota", spec={"hard": {"pods": "1"}}), restart("backend")),
        code="QuotaExceeded", subject=_PODS,
    ),
    Fault(
        name="limit-range", does="a limit range allows less memory than pods ask for, and one ends",
        acts=(
            make("v1", "LimitRange", "limits", spec={"limits": [{"type": "Container", "max": {"memory": "64Mi"}}]}),
            restart("backend"),
        ),
        code="AdmissionRefused", subject=_PODS,
    ),
    Fault(
        name="service-account", does="pods name a service account that does not exist",
        acts=(pod("backend", {"serviceAccountName": "robot", "serviceAccount": "robot"}),),
        code="ServiceAccountMissing", subject=_PODS,
    ),
    Fault(
        name="scaled-to-zero", does="the backend is scaled to no pods",
        acts=(kubectl("scale", "deployment/todo-backend", "--replicas", "0"),),
        code="ScaledToZero", subject="deployment/todo-backend",
    ),
    Fault(
        name="postgres-scaled", does="Postgres is scaled to no pods: the backend and the page fail too",
        acts=(kubectl("scale", "statefulset/todo-postgres", "--replicas", "0"), restart("postgres")),
        code="ScaledToZero", subject="statefulset/todo-postgres",
    ),
    Fault(
        name="deployment-deleted", does="the frontend's Deployment is deleted",
        acts=(kubectl("delete", "deployment/todo-frontend", "--wait=false"),),
        code="WorkloadMissing", subject="deployment/todo-frontend",
    ),
)  # fmt: skip

PLACING = (
    Fault(
        name="cpu", does="a pod asks for 64 processors",
        acts=(container("backend", resources=_needs(cpu="64")),),
        code="Unschedulable", subject=_PODS,
    ),
    Fault(
        name="memory", does="a pod asks for 512 GiB",
        acts=(container("backend", resources=_needs(memory="512Gi")),),
        code="Unschedulable", subject=_PODS,
    ),
    Fault(
        name="node-selector", does="a pod wants a node that is not there",
        acts=(pod("frontend", {"nodeSelector": {"disk": "none"}}),),
        code="Unschedulable", subject="pods of frontend",
    ),
    Fault(
        name="claim-unbound", does="a claim's storage class does not exist",
        acts=(
            make("v1", "PersistentVolumeClaim", "claim", spec=_CLAIM),
            volume("backend", persistentVolumeClaim={"claimName": "todo-claim"}),
        ),
        code="ClaimUnbound", subject="persistentvolumeclaim/todo-claim",
    ),
    Fault(
        name="claim-missing", does="a pod names a claim that does not exist",
        acts=(volume("backend", persistentVolumeClaim={"claimName": "nope"}),),
        code="ClaimUnbound", subject="persistentvolumeclaim/nope",
    ),
)  # fmt: skip

CONFIGURING = (
    Fault(
        name="secret-deleted", does="the backend's Secret is deleted; its pods still run",
        acts=(kubectl("delete", "secret", _SECRET),),
        code="SecretMissing", subject=f"secret/{_SECRET}",
    ),
    Fault(
        name="secret-deleted-pod-gone", does="the backend's Secret is deleted, and its pod ends",
        acts=(kubectl("delete", "secret", _SECRET), restart("backend")),
        code="SecretMissing", subject=f"secret/{_SECRET}",
    ),
    Fault(
        name="secret-volume", does="a volume is of a Secret that does not exist",
        acts=(volume("backend", secret={"secretName": "nope"}),),
        code="SecretMissing", subject="secret/nope",
    ),
    Fault(
        name="secret-key", does="the backend's Secret loses DATABASE_URL",
        acts=(patch(f"secret/{_SECRET}", [{"op": "remove", "path": "/data/DATABASE_URL"}], kind="json"),),
        code="KeyMissing", subject=f"secret/{_SECRET}",
    ),
    Fault(
        name="variable-key", does="a variable is of a key that the Secret does not have",
        acts=(environment("backend", "MORE", valueFrom={"secretKeyRef": {"name": _SECRET, "key": "NOPE"}}),),
        code="KeyMissing", subject=f"secret/{_SECRET}",
    ),
    Fault(
        name="configmap-deleted", does="the frontend's ConfigMap is deleted, and its pod ends",
        acts=(kubectl("delete", "configmap", _CONFIG), restart("frontend")),
        code="ConfigMapMissing", subject=f"configmap/{_CONFIG}",
    ),
    Fault(
        name="configmap-volume", does="a volume is of a ConfigMap that does not exist",
        acts=(volume("backend", configMap={"name": "nope"}),),
        code="ConfigMapMissing", subject="configmap/nope",
    ),
    Fault(
        name="host-path", does="a volume is of a folder that the node does not have",
        acts=(volume("backend", hostPath={"path": "/nope", "type": "Directory"}),),
        code="MountFailed", subject=_PODS,
    ),
    Fault(
        name="root-user", does="a pod that must not run as root is told to",
        acts=(pod("backend", {"securityContext": {"runAsUser": 0}}),),
        code="ConfigError", subject=_CONTAINER,
    ),
)  # fmt: skip

IMAGES = (
    Fault(
        name="image-tag", does="the image's tag does not exist, and may not be pulled",
        acts=(container("backend", image="todo-backend:nope"),),
        code="ErrImageNeverPull", subject=_CONTAINER,
    ),
    Fault(
        name="image-registry", does="the image is to be pulled from a registry that does not answer",
        acts=(container("backend", image="127.0.0.1:1/todo-backend:1", imagePullPolicy="Always"),),
        code="ImagePullFailed", subject=_CONTAINER,
    ),
    Fault(
        name="image-name", does="the image's name is not one",
        acts=(container("frontend", image="Todo Frontend"),),
        code="InvalidImageName", subject="container frontend of frontend",
    ),
    Fault(
        name="postgres-image", does="Postgres' image does not exist: the backend and the page fail too",
        acts=(container("postgres", image="postgres:nope"), restart("postgres")),
        code="ErrImageNeverPull", subject="container postgres of postgres",
    ),
)  # fmt: skip
