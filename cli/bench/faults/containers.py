"""Faults of containers that start and do not live, of their probes, and of rollouts."""

from cli.bench.faults.acts import Act, Fault, container, patch, pod, rolled

_PODS, _CONTAINER, _DEPLOYMENT = "pods of backend", "container backend of backend", "deployment/todo-backend"
_SERVE = "os.execvp('uvicorn', ['uvicorn', 'backend.main:app', '--host', '0.0.0.0', '--port', '8000'])"
_TIMES = "f = pathlib.Path('/tmp/times'); n = len(f.read_text()) if f.exists() else 0; f.write_text('x' * (n + 1))"
_FOREVER = {"initContainers": [{"name": "wait", "image": "postgres:15", "command": ["sleep", "3600"]}]}
_FAILING = {"initContainers": [{"name": "wait", "image": "postgres:15", "command": ["sh", "-c", "exit 2"]}]}
_GATE = {"readinessGates": [{"conditionType": "example.com/never"}]}


def _python(body: str, **more: object) -> Act:
    """The backend's container runs this instead; `n` is how often it ran before."""
    return container("backend", command=["python", "-c", f"import os, pathlib, sys; {_TIMES}; {body}"], args=[], **more)


def _probe(kind: str, part: str = "backend", **asked: object) -> Act:
    return container(part, **{f"{kind}Probe": {"httpGet": asked, "initialDelaySeconds": 1, "periodSeconds": 1}})


CONTAINERS = (
    Fault(
        name="memory-limit", does="a memory limit of 8Mi",
        acts=(container("backend", resources={"requests": {"memory": "8Mi"}, "limits": {"memory": "8Mi"}}),),
        code="OOMKilled", subject=_CONTAINER,
    ),
    Fault(
        name="memory-survived", does="a container is killed for its memory once, and runs again",
        acts=(_python(f"n or b'x' * 2**34; {_SERVE}"),),
        code="OOMKilled", subject=_CONTAINER,
    ),
    Fault(
        name="crash-loop", does="a container ends with exit code 3, again and again",
        acts=(_python("print('broken on purpose'); sys.exit(3)"),),
        code="CrashLoop", subject=_CONTAINER,
    ),
    Fault(
        name="ends-well", does="a container does its work and ends, again and again",
        acts=(_python("print('done')"),),
        code="CrashLoop", subject=_CONTAINER,
    ),
    Fault(
        name="entry-point", does="a container's program does not exist",
        acts=(container("backend", command=["/nope"]),),
        code="CannotStart", subject=_CONTAINER,
    ),
    Fault(
        name="restarts", does="a container ended three times and runs now",
        acts=(
            _python(f"n < 3 and sys.exit(1); {_SERVE}"),
            rolled("backend"),
        ),
        code="RestartRate", subject=_CONTAINER,
    ),
    Fault(
        name="init-failing", does="an init container ends with exit code 2",
        acts=(pod("backend", _FAILING),), code="InitFailed", subject="container wait of backend",
    ),
    Fault(
        name="init-blocked", does="an init container does not end",
        acts=(pod("backend", _FOREVER),), code="InitBlocked", subject="container wait of backend",
    ),
    Fault(
        name="evicted", does="a pod writes more into a volume than it may",
        acts=(
            pod("backend", {
                "volumes": [{"name": "tmp", "emptyDir": {"sizeLimit": "1Mi"}}],
                "containers": [{"name": "backend", "args": [], "command": [
                    "python", "-c", f"import os; open('/tmp/much', 'wb').write(bytes(2**24)); {_SERVE}"
                ]}],
            }),
        ),
        code="Evicted", subject=_PODS, sign="Evicted", limit=180.0,  # the kubelet looks at volumes once a minute
    ),
)  # fmt: skip

PROBES = (
    Fault(
        name="readiness-path", does="the readiness probe asks for a page that is not there",
        acts=(_probe("readiness", path="/nope"),), code="ReadinessProbe", subject=_PODS, sign="404",
    ),
    Fault(
        name="readiness-port", does="the readiness probe asks at a port where nothing listens",
        acts=(_probe("readiness", "frontend", path="/", port=9999),), code="ReadinessProbe", subject="pods of frontend",
    ),
    Fault(
        name="liveness-path", does="the liveness probe asks for a page that is not there",
        acts=(_probe("liveness", path="/nope"),), code="LivenessProbe", subject=_PODS, sign="404",
    ),
    Fault(
        name="startup-path", does="the startup probe asks for a page that is not there",
        acts=(_probe("startup", path="/nope", port=8000),), code="StartupProbe", subject=_PODS, sign="Startup",
    ),
)  # fmt: skip

ROLLOUTS = (
    Fault(
        name="rollout-stuck", does="a pod waits for a condition that nobody sets, longer than the rollout may take",
        acts=(pod("backend", _GATE, progressDeadlineSeconds=5),), code="RolloutStuck", subject=_DEPLOYMENT,
    ),
    Fault(
        name="not-ready", does="a pod waits for a condition that nobody sets",
        acts=(pod("backend", _GATE),), code="NotReady", subject=_DEPLOYMENT,
    ),
    Fault(
        name="paused", does="the rollout is paused, and then the image changed",
        acts=(
            patch(_DEPLOYMENT, {"spec": {"paused": True}}),
            container("backend", env=[{"name": "MORE", "value": "1"}]),
        ),
        code="RolloutPaused", subject=_DEPLOYMENT,
    ),
)  # fmt: skip
