"""Faults of pods that run: Services, addresses, the database, names, autoscaling, and the Helm release itself."""

from cli.bench.faults.acts import Act, Fault, environment, kubectl, make, patch, pod, restart, rolled, upgrade

_SERVICE = "service/todo-backend"
_CONFIG = "configmap/todo-frontend-config"
_NO_NAMES = {"dnsPolicy": "None", "dnsConfig": {"nameservers": ["127.0.0.1"]}}


def _database(url: str) -> Act:
    return environment("backend", "DATABASE_URL", value=f"postgresql+psycopg://{url}")


SERVICES = (
    Fault(
        name="service-selector", does="the backend's Service selects other pods",
        acts=(patch(_SERVICE, {"spec": {"selector": {"app": "other"}}}),),
        code="SelectorMatchesNothing", subject=_SERVICE,
    ),
    Fault(
        name="service-port", does="the backend's Service sends to a port where nothing listens",
        acts=(patch(_SERVICE, [{"op": "replace", "path": "/spec/ports/0/targetPort", "value": 9999}], kind="json"),),
        code="TargetPortWrong", subject=_SERVICE,
    ),
    Fault(
        name="service-deleted", does="the backend's Service is deleted",
        acts=(kubectl("delete", _SERVICE),), code="ServiceMissing", subject=_SERVICE,
    ),
    Fault(
        name="backend-address", does="the ConfigMap's backend address is of no Service",
        acts=(patch(_CONFIG, {"data": {"NEXT_PUBLIC_API_URL": "http://elsewhere:8000"}}), restart("frontend")),
        code="BackendAddress", subject=_CONFIG,
    ),
    Fault(
        name="page-address", does="the frontend's pods are given another backend address than the ConfigMap's",
        acts=(environment("frontend", "NEXT_PUBLIC_API_URL", value="http://127.0.0.1:9"), rolled("frontend")),
        code="BackendAddress", subject="deployment/todo-frontend",
    ),
    Fault(
        name="page-stale", does="the ConfigMap is mended, and pods that started before still have the wrong address",
        acts=(
            patch(_CONFIG, {"data": {"NEXT_PUBLIC_API_URL": "http://127.0.0.1:9"}}),
            kubectl("rollout", "restart", "deployment/todo-frontend"),
            rolled("frontend"),
            patch(_CONFIG, {"data": {"NEXT_PUBLIC_API_URL": "http://todo-backend:8000"}}),
        ),
        code="AppErrors", subject="service/todo-frontend",
    ),
    Fault(
        name="names-backend", does="the backend's pods ask a name server that is not there",
        acts=(pod("backend", _NO_NAMES), rolled("backend")), code="PodDns", subject="pods of backend",
    ),
    Fault(
        name="names-frontend", does="the frontend's pods ask a name server that is not there",
        acts=(pod("frontend", _NO_NAMES), rolled("frontend")), code="PodDns", subject="pods of frontend",
    ),
)  # fmt: skip

DATABASES = (
    Fault(
        name="database-host", does="the database's host does not exist",
        acts=(_database("todo:x@nowhere:5432/todo"), rolled("backend")),
        code="DatabaseName", subject="database",
    ),
    Fault(
        name="database-port", does="the database's port is closed",
        acts=(_database("todo:x@127.0.0.1:5433/todo"), rolled("backend")),
        code="DatabaseRefused", subject="database",
    ),
    Fault(
        name="database-password", does="the database's password is another",
        acts=(_database("todo:wrong@todo-postgres:5432/todo"), rolled("backend")),
        code="DatabaseLogin", subject="database",
    ),
)  # fmt: skip

RELEASES = (
    Fault(
        name="no-metrics", does="an autoscaler has no metrics to go by",
        acts=(
            make("autoscaling/v1", "HorizontalPodAutoscaler", "backend", spec={
                "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "todo-backend"},
                "maxReplicas": 2, "targetCPUUtilizationPercentage": 75,
            }),
        ),
        code="NoMetrics", subject="horizontalpodautoscaler/todo-backend", sign="Metric",
    ),
    Fault(
        name="release-pending", does="helm is killed in the middle of an upgrade",
        acts=(upgrade("--set", "secrets.checksum=killed", killed=True),),
        code="ReleasePending", subject="release todo-app",
    ),
    Fault(
        name="release-failed", does="helm gives up waiting for an upgrade",
        acts=(upgrade("--set", "secrets.checksum=failed", "--timeout", "1s"),),
        code="ReleaseFailed", subject="release todo-app",
    ),
)  # fmt: skip
