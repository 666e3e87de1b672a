"""Faults put into the healthy shop, each with what follows from it: family, what is done, and the state it is."""

import json
from collections.abc import Callable
from typing import Any

from tests.orchestrator.diagnosis.workloads.shop import NOW, Shop, at, item

Break = Callable[[Shop], object]
NODES = "0/1 nodes are available: "


def q(name: str, asked: str, used: str, most: str) -> Break:
    message = f'pods "api-x" is forbidden: exceeded quota: {name}, requested: {asked}, used: {used}, limited: {most}'
    return lambda shop: shop.refused("api", message)


def refused(message: str) -> Break:
    return lambda shop: shop.refused("api", message)


def pending(reason: str, **spec: Any) -> Break:
    def act(shop: Shop) -> None:
        shop.pending("api", f"{NODES}{reason}.")
        shop.pod("api")["spec"].update(spec)

    return act


def waits(reason: str, message: str = "") -> Break:
    return lambda shop: shop.waiting("api", reason, message)


def pull(message: str) -> Break:
    def act(shop: Shop) -> None:
        shop.waiting("api", "ImagePullBackOff", 'Back-off pulling image "registry.example/api:1.0"')
        shop.event(shop.pod("api"), "Failed", f'Failed to pull image "registry.example/api:1.0": {message}')

    return act


def crash(log: str, code: int = 1, *, part: str = "api", runs: bool = False, reason: str = "Error") -> Break:
    return lambda shop: shop.crashed(part, code, log=log, runs=runs, reason=reason)


def probe(kind: str, message: str, **asked: Any) -> Break:
    return lambda shop: shop.probe("api", kind, message, **asked)


def says(log: str, *, part: str = "api") -> Break:
    def act(shop: Shop) -> None:
        shop.logs[shop.pod(part)["metadata"]["name"], part] = log * 3

    return act


def mount(message: str) -> Break:
    def act(shop: Shop) -> None:
        shop.waiting("api", "ContainerCreating")
        shop.event(shop.pod("api"), "FailedMount", message)

    return act


def node(kind: str, status: str, message: str) -> Break:
    def act(shop: Shop) -> None:
        conditions = [one for one in shop["node/node-1"]["status"]["conditions"] if one["type"] != kind]
        shop["node/node-1"]["status"]["conditions"] = [
            *conditions,
            {"type": kind, "status": status, "message": message, "lastHeartbeatTime": at(0)},
        ]
        for part in ("web", "api", "db") if kind == "Ready" else ():
            shop.unready(part)

    return act


def system(name: str) -> Break:
    def act(shop: Shop) -> None:
        found = next(one for key, one in shop.objects.items() if key.startswith(f"pod/{name}"))
        found["status"]["conditions"][0]["status"] = "False"

    return act


def claim(spec: dict[str, Any], *, volume: dict[str, Any] | None = None, said: str = "") -> Break:
    def act(shop: Shop) -> None:
        shop.unready("db")
        shop.pending("db", f"{NODES}1 pod has unbound immediate PersistentVolumeClaims.")
        one = shop["persistentvolumeclaim/data"]
        one["spec"].pop("volumeName", None)
        one["spec"].update(spec)
        one["status"] = {"phase": "Pending"}
        pv = shop["persistentvolume/pv-1"]
        pv["spec"].pop("claimRef")
        pv["status"]["phase"] = "Available"
        pv["spec"].update(volume or {})
        shop.event(
            one, "FailedBinding", said or "no persistent volumes available for this claim and no storage class is set"
        )

    return act


def service(part: str, **spec: Any) -> Break:
    def act(shop: Shop) -> None:
        shop[f"service/{part}"]["spec"].update(spec)
        shop[f"endpoints/{part}"]["subsets"] = []

    return act


def port(**change: Any) -> Break:
    return lambda shop: shop["service/api"]["spec"]["ports"][0].update(change)


def env(name: str, value: str, *, part: str = "web") -> Break:
    def act(shop: Shop) -> None:
        spec = shop.spec(part)
        spec["env"] = [one for one in spec["env"] if one["name"] != name] + [{"name": name, "value": value}]

    return act


def policy(name: str, spec: dict[str, Any]) -> Break:
    return lambda shop: shop.add(item("NetworkPolicy", name, spec))


def gone(name: str) -> Break:
    return lambda shop: shop.objects.pop(name)


def job(reason: str, message: str, log: str = "") -> Break:
    def act(shop: Shop) -> None:
        shop["job/report"]["spec"]["activeDeadlineSeconds"] = 30
        shop["job/report"]["status"] = {
            "failed": 4,
            "conditions": [{"type": "Failed", "status": "True", "reason": reason, "message": message}],
        }

    return act


def held(shop: Shop) -> None:
    meta = shop.pod("api")["metadata"]
    meta.update(deletionTimestamp=at(300), deletionGracePeriodSeconds=30, finalizers=["example.com/backup"])


def forgotten(shop: Shop) -> None:
    """The scheduler is gone: pods have no node and nobody says why."""
    del shop.objects["pod/kube-scheduler-node-1"]
    shop.unready("api")
    del shop.pod("api")["spec"]["nodeName"]
    shop.pod("api")["status"] = {"phase": "Pending", "conditions": []}


def memory(shop: Shop) -> None:
    shop.crashed("api", 137, reason="OOMKilled")


def cannot(message: str) -> Break:
    def act(shop: Shop) -> None:
        shop.crashed("api", 128, reason="ContainerCannotRun")
        shop.status("api")["lastState"]["terminated"]["message"] = message

    return act


def starved(shop: Shop) -> None:
    shop.spec("api")["resources"]["limits"]["cpu"] = "5m"
    shop.probe("api", "Liveness", "Get http://10.1.0.5:9000/health: context deadline exceeded")
    shop.status("api").update(
        restartCount=4, lastState={"terminated": {"exitCode": 137, "reason": "Error", "finishedAt": at(30)}}
    )


def impatient(shop: Shop) -> None:
    shop.probe(
        "api",
        "Liveness",
        "dial tcp 10.1.0.5:9000: connect: connection refused",
        initialDelaySeconds=0,
        periodSeconds=1,
        failureThreshold=1,
    )
    shop.status("api").update(
        restartCount=4, lastState={"terminated": {"exitCode": 143, "reason": "Error", "finishedAt": at(9)}}
    )


def sidecar(shop: Shop) -> None:
    pod = shop.pod("api")
    pod["spec"]["containers"].append({"name": "proxy", "image": "registry.example/proxy:2"})
    shop.unready("api")
    shop.status("api")["ready"] = True
    pod["status"]["containerStatuses"].append(
        {
            "name": "proxy",
            "restartCount": 6,
            "ready": False,
            "state": {"waiting": {"reason": "CrashLoopBackOff"}},
            "lastState": {"terminated": {"exitCode": 1, "reason": "Error", "finishedAt": at(9)}},
        }
    )
    shop.previous[pod["metadata"]["name"], "proxy"] = "listen tcp 0.0.0.0:9000: bind: address already in use\n"


def gate(shop: Shop) -> None:
    shop.unready("api")
    shop.pod("api")["spec"]["readinessGates"] = [{"conditionType": "example.com/lb"}]
    for one in shop.pod("api")["status"]["conditions"]:
        one["status"] = "True" if one["type"] == "ContainersReady" else one["status"]
    shop.status("api")["ready"] = True


def expired(shop: Shop) -> None:
    import base64
    from datetime import timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "shop.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - timedelta(days=90))
        .not_valid_after(NOW - timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    text = base64.b64encode(made.public_bytes(serialization.Encoding.PEM)).decode()
    shop.add(item("Secret", "tls") | {"type": "kubernetes.io/tls", "data": {"tls.crt": text, "tls.key": "KioqKg=="}})
    shop["ingress/front"]["spec"]["tls"] = [{"secretName": "tls"}]


def top(text: str) -> Break:
    return lambda shop: shop.texts.update({"top.txt": text})


def metrics(text: str) -> Break:
    return lambda shop: shop.texts.update({"metrics.txt": f"# TYPE x counter\n{text}"})


def budget(shop: Shop) -> None:
    shop.add(
        item(
            "PodDisruptionBudget",
            "api",
            {"minAvailable": 1, "selector": {"matchLabels": {"app": "api"}}},
            {"disruptionsAllowed": 0, "currentHealthy": 1, "desiredHealthy": 1, "expectedPods": 1},
        )
    )


def autoscaler(target: str, message: str = "") -> Break:
    conditions = [{"type": "ScalingActive", "status": "False", "reason": "FailedGetResourceMetric", "message": message}]
    return lambda shop: shop.add(
        item(
            "HorizontalPodAutoscaler",
            "api",
            {"scaleTargetRef": {"kind": "Deployment", "name": target}},
            {"conditions": conditions if message else []},
        )
    )


def cron(**spec: Any) -> Break:
    def act(shop: Shop) -> None:
        shop["cronjob/nightly"]["spec"].update(spec)
        shop["cronjob/nightly"]["status"] = {}

    return act


def blocked(shop: Shop) -> None:
    pod = shop.pod("api")
    pod["spec"]["initContainers"] = [{"name": "wait", "image": "busybox"}]
    shop.waiting("api", "PodInitializing")
    pod["status"]["initContainerStatuses"] = [
        {"name": "wait", "restartCount": 0, "ready": False, "state": {"running": {"startedAt": at(900)}}}
    ]
    shop.logs[pod["metadata"]["name"], "wait"] = "nslookup: can't resolve 'cache.shop.svc.cluster.local'\n"


def deploy(name: str, **spec: Any) -> Break:
    def act(shop: Shop) -> None:
        shop[f"deployment/{name}"]["spec"].update(spec)

    return act


def paused(shop: Shop) -> None:
    shop["deployment/api"]["spec"]["paused"] = True
    shop["deployment/api"]["status"]["updatedReplicas"] = 0


def evicted(shop: Shop) -> None:
    shop.pod("api")["status"] = {
        "phase": "Failed",
        "reason": "Evicted",
        "message": "The node was low on resource: ephemeral-storage.",
    }
    shop["deployment/api"]["status"] = {"replicas": 1, "readyReplicas": 0, "conditions": []}


ALL_EGRESS = {
    "podSelector": {"matchLabels": {"app": "api"}},
    "policyTypes": ["Egress"],
    "egress": [{"to": [{"podSelector": {"matchLabels": {"app": "web"}}}]}, {"ports": [{"port": 53}]}],
}
NO_DNS = {
    "podSelector": {"matchLabels": {"app": "api"}},
    "policyTypes": ["Egress"],
    "egress": [{"to": [{"podSelector": {"matchLabels": {"app": "db"}}}]}],
}
FROM_NOBODY = {"podSelector": {"matchLabels": {"app": "db"}}, "policyTypes": ["Ingress"], "ingress": []}


def held_back() -> Break:
    """The template was mended; the pod of the one before crashes on."""

    def act(shop: Shop) -> None:
        shop.crashed("db", 1, log="ModuleNotFoundError: No module named 'shop'\n")
        shop["statefulset/db"]["status"] |= {"currentRevision": "db-1", "updateRevision": "db-2"}
        shop.pod("db")["metadata"].setdefault("labels", {})["controller-revision-hash"] = "db-1"

    return act


def by_annotation(message: str) -> Break:
    """An autoscaler as autoscaling/v1 shows it."""
    told = [{"type": "ScalingActive", "status": "False", "reason": "FailedGetResourceMetric", "message": message}]
    about = {"annotations": {"autoscaling.alpha.kubernetes.io/conditions": json.dumps(told)}}
    target = {"scaleTargetRef": {"kind": "Deployment", "name": "api"}}
    return lambda shop: shop.add(item("HorizontalPodAutoscaler", "api", target, {}, **about))


def hook(reason: str, message: str) -> Break:
    def act(shop: Shop) -> None:
        shop.crashed("api", 137)
        shop.event(shop.pod("api"), reason, message)

    return act


def linked(log: str) -> Break:
    """The Service's address as the shop's objects have it."""

    def act(shop: Shop) -> None:
        address = shop["service/db"]["spec"].setdefault("clusterIP", "10.96.0.7")
        shop.crashed("api", 1, log=log.replace("ADDRESS", address))

    return act


def resolver(log: str, **spec: Any) -> Break:
    def act(shop: Shop) -> None:
        shop.crashed("api", 1, log=log)
        shop.pod("api")["spec"].update(spec)

    return act


def replaced(message: str) -> Break:
    def act(shop: Shop) -> None:
        shop.crashed("api", 128, reason="ContainerCannotRun")
        mounts = shop.pod("api")["spec"]["containers"][0].setdefault("volumeMounts", [])
        mounts.append({"name": "c", "mountPath": "/etc/app.ini", "subPath": "app.ini"})
        shop.status("api")["lastState"]["terminated"]["message"] = message

    return act


FAULTS: list[tuple[str, str, Break]] = [
    ("QuotaExceeded", "quota cpu", q("c", "requests.cpu=100m", "requests.cpu=950m", "requests.cpu=1")),
    ("QuotaExceeded", "quota memory", q("m", "limits.memory=256Mi", "limits.memory=1Gi", "limits.memory=1Gi")),
    ("QuotaExceeded", "quota pods", q("p", "pods=1", "pods=5", "pods=5")),
    (
        "QuotaExceeded",
        "quota without limits",
        refused('pods "x" is forbidden: failed quota: c: must specify limits.cpu'),
    ),
    (
        "ServiceAccountMissing",
        "service account",
        refused('pods "x" is forbidden: error looking up service account shop/robot: serviceaccount "robot" not found'),
    ),
    (
        "WebhookDown",
        "webhook",
        refused(
            'Internal error occurred: failed calling webhook "check.example.com": failed to call '
            'webhook: Post "https://check.ops.svc:443/": no endpoints available'
        ),
    ),
    (
        "AdmissionRefused",
        "webhook denies",
        refused('admission webhook "check.example.com" denied the request: no label team'),
    ),
    (
        "LimitRefused",
        "limit range",
        refused('pods "x" is forbidden: maximum memory usage per Container is 64Mi, but limit is 256Mi'),
    ),
    (
        "PodSecurityRefused",
        "pod security",
        refused('pods "x" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot'),
    ),
    (
        "ScaledToZero",
        "scaled",
        lambda shop: (
            shop.refused("api", ""),
            shop["deployment/api"]["spec"].update(replicas=0),
            shop["replicaset/api-abc12"]["status"].clear(),
        ),
    ),
    ("HeldByFinalizer", "finalizer", held),
    ("InsufficientResources", "cpu", pending("1 Insufficient cpu")),
    ("InsufficientResources", "memory", pending("1 node(s) had untolerated taint {a: b}, 3 Insufficient memory")),
    (
        "NodeSelectorMismatch",
        "selector",
        pending("1 node(s) didn't match Pod's node affinity/selector", nodeSelector={"disk": "tape"}),
    ),
    (
        "NodeAffinityMismatch",
        "affinity",
        pending(
            "1 node(s) didn't match Pod's node affinity/selector",
            affinity={
                "nodeAffinity": {
                    "requiredDuringSchedulingIgnoredDuringExecution": {
                        "nodeSelectorTerms": [
                            {"matchExpressions": [{"key": "zone", "operator": "In", "values": ["z9"]}]}
                        ]
                    }
                }
            },
        ),
    ),
    ("TaintNotTolerated", "taint", pending("1 node(s) had untolerated taint {team: data}")),
    ("TaintNotTolerated", "old taint", pending("1 node(s) had taint {team: data}, that the pod didn't tolerate")),
    (
        "NodeCordoned",
        "cordon",
        lambda shop: (
            pending("1 node(s) were unschedulable")(shop),
            shop["node/node-1"]["spec"].update(unschedulable=True),
        ),
    ),
    ("PodAntiAffinity", "anti", pending("1 node(s) didn't match pod anti-affinity rules")),
    (
        "PodAntiAffinity",
        "old anti",
        pending(
            "1 node(s) didn't match pod affinity/anti-affinity rules, 1 node(s) didn't match pod anti-affinity rules"
        ),
    ),
    ("PodAffinity", "affinity to pods", pending("1 node(s) didn't match pod affinity rules")),
    ("TopologySpread", "spread", pending("1 node(s) didn't match pod topology spread constraints")),
    ("HostPortTaken", "host port", pending("1 node(s) didn't have free ports for the requested pod ports")),
    ("VolumeElsewhere", "volume", pending("1 node(s) had volume node affinity conflict")),
    ("SchedulingGated", "gate", pending("", schedulingGates=[{"name": "example.com/wait"}])),
    ("SchedulerDown", "no scheduler", forgotten),
    ("KubeletDown", "kubelet", node("Ready", "Unknown", "Kubelet stopped posting node status.")),
    ("RuntimeDown", "runtime", node("Ready", "False", "[container runtime is down, PLEG is not healthy]")),
    (
        "NetworkPluginDown",
        "cni",
        node("Ready", "False", "container runtime network not ready: cni config uninitialized"),
    ),
    ("NodePressure", "disk", node("DiskPressure", "True", "kubelet has disk pressure")),
    ("KubeProxyDown", "proxy", system("kube-proxy")),
    ("SchedulerDown", "scheduler pod", system("kube-scheduler")),
    ("DnsDown", "dns", system("coredns")),
    (
        "ClaimMissing",
        "no claim",
        lambda shop: (
            shop.pending("db", f'{NODES}1 persistentvolumeclaim "data" not found.'),
            gone("persistentvolumeclaim/data")(shop),
        ),
    ),
    (
        "StorageClassMissing",
        "class",
        claim({"storageClassName": "gold"}, said='storageclass.storage.k8s.io "gold" not found'),
    ),
    ("ClaimMismatch", "size", claim({"resources": {"requests": {"storage": "5Gi"}}})),
    ("ClaimMismatch", "mode", claim({"accessModes": ["ReadWriteMany"]})),
    ("ClaimMismatch", "labels", claim({"selector": {"matchLabels": {"tier": "gold"}}})),
    ("ClaimMismatch", "taken", claim({}, volume={"claimRef": {"namespace": "other", "name": "else"}})),
    ("ClaimMismatch", "no such volume", claim({"volumeName": "pv-9"})),
    ("SecretMissing", "secret", waits("CreateContainerConfigError", 'secret "keys" not found')),
    (
        "SecretMissing",
        "secret absent",
        lambda shop: (gone("secret/db")(shop), waits("CreateContainerConfigError", 'secret "db" not found')(shop)),
    ),
    ("ConfigMapMissing", "config map", mount('MountVolume.SetUp failed for volume "c" : configmap "conf" not found')),
    ("KeyMissing", "key", waits("CreateContainerConfigError", "couldn't find key pass in Secret shop/db")),
    (
        "RunsAsRoot",
        "root",
        waits("CreateContainerConfigError", "container has runAsNonRoot and image will run as root"),
    ),
    (
        "MountFailed",
        "mount",
        mount('MountVolume.SetUp failed for volume "h" : hostPath type check failed: /data is not a directory'),
    ),
    ("VolumeBusy", "busy", mount('Multi-Attach error for volume "pv-1" Volume is already used by pod(s) api-old')),
    ("ImageNotFound", "tag", pull("manifest for registry.example/api:1.0 not found: manifest unknown")),
    (
        "ImageNotFound",
        "containerd tag",
        pull(
            "rpc error: code = NotFound desc = failed to pull and unpack image: failed to resolve "
            'reference "registry.example/api:1.0": registry.example/api:1.0: not found'
        ),
    ),
    (
        "ImageNotFound",
        "name or rights",
        pull("pull access denied for api, repository does not exist or may require 'docker login'"),
    ),
    ("RegistryUnreachable", "registry dns", pull("dial tcp: lookup registry.example: no such host")),
    ("ImageCredentials", "rights", pull("unauthorized: authentication required")),
    ("ImagePlatform", "platform", pull("no matching manifest for linux/arm64/v8 in the manifest list entries")),
    ("RegistryLimit", "limit", pull("toomanyrequests: You have reached your pull rate limit")),
    ("ErrImageNeverPull", "never", waits("ErrImageNeverPull")),
    ("InvalidImageName", "name", waits("InvalidImageName", "couldn't parse image reference")),
    ("ImagePlatform", "exec format", crash("exec /app: exec format error\n")),
    ("OOMKilled", "memory", memory),
    ("OOMKilled", "heap", crash("FATAL ERROR: Reached heap limit - JavaScript heap out of memory\n", 134)),
    (
        "VolumeElsewhere",
        "volume and taint",
        pending("1 node(s) had untolerated taint {a: b}, 2 node(s) had volume node affinity conflict"),
    ),
    ("InsufficientResources", "device", pending("3 Insufficient nvidia.com/gpu")),
    ("CommandMissing", "command", cannot('exec: "srv": executable file not found in $PATH: unknown')),
    ("CannotStart", "mount over", cannot("error mounting /etc/x to rootfs: not a directory")),
    ("CommandEnds", "ends", crash("", 0, reason="Completed")),
    ("PortConflict", "port", crash("OSError: [Errno 98] Address already in use\n")),
    ("PortConflict", "sidecar", sidecar),
    ("ReadOnlyFiles", "read only", crash("OSError: [Errno 30] Read-only file system: '/app/cache'\n", runs=True)),
    ("FilePermission", "rights of files", crash("mkdir: cannot create directory '/data/x': Permission denied\n")),
    ("FilePermission", "wrong user", crash('FATAL:  data directory "/var/lib/pg" has wrong ownership\n', part="db")),
    ("InterpreterMissing", "line ends", crash("exec /start/run.sh: no such file or directory\n")),
    (
        "InterpreterMissing",
        "old runtime",
        crash("standard_init_linux.go:228: exec user process caused: no such file\n"),
    ),
    ("InterpreterMissing", "env", crash("/usr/bin/env: 'bash\\r': No such file or directory\n", 127)),
    ("InterpreterMissing", "bash", crash("/bin/sh^M: bad interpreter: No such file or directory\n", 126)),
    (
        "HookFailed",
        "postStart",
        hook("FailedPostStartHook", "Exec lifecycle hook ([sh -c exit 3]) failed: exit code 3"),
    ),
    ("HookFailed", "preStop", hook("FailedPreStopHook", "Exec lifecycle hook ([stop]) failed: no such file")),
    ("ServiceLink", "python", linked("ValueError: invalid literal for int() with base 10: 'tcp://ADDRESS:5432'\n")),
    ("ServiceLink", "go", linked('listen: strconv.Atoi: parsing "tcp://ADDRESS:5432": invalid syntax\n')),
    ("DependencyRefused", "address", linked("dial tcp://ADDRESS:5432: connection refused\n")),
    (
        "DnsPolicy",
        "default",
        resolver('could not translate host name "db" to address: Name or service not known\n', dnsPolicy="Default"),
    ),
    ("DnsPolicy", "host network", resolver("lookup db on 192.0.2.53:53: no such host\n", hostNetwork=True)),
    (
        "DnsPolicy",
        "own servers",
        resolver("getaddrinfo ENOTFOUND db\n", dnsPolicy="None", dnsConfig={"nameservers": ["192.0.2.53"]}),
    ),
    (
        "SubPathChanged",
        "mount",
        replaced("error mounting /var/lib/kubelet/pods/1/volume-subpaths/c/api/0: not a directory"),
    ),
    ("ModuleMissing", "module", crash("ModuleNotFoundError: No module named 'shop'\n", runs=True)),
    ("ModuleMissing", "node module", crash("Error: Cannot find module '/app/server.js'\n")),
    ("VariableMissing", "variable", crash("KeyError: 'SHOP_TOKEN'\n")),
    (
        "VariableMissing",
        "url",
        crash("sqlalchemy.exc.ArgumentError: Could not parse SQLAlchemy URL from string 'x'\n", runs=True),
    ),
    ("ConfigurationWrong", "nginx", crash('nginx: [emerg] unknown directive "lisen" in /etc/nginx/nginx.conf:3\n')),
    (
        "RbacDenied",
        "rbac",
        crash('pods is forbidden: User "system:serviceaccount:shop:default" cannot list resource "pods"\n'),
    ),
    ("DiskFull", "disk full", crash("PANIC: could not write to file: No space left on device\n", part="db")),
    ("DatabaseLogin", "password", crash('FATAL: password authentication failed for user "shop"\n')),
    ("DatabaseSchema", "database", crash('FATAL:  database "shopp" does not exist\n')),
    ("DatabaseName", "host", crash('could not translate host name "dbx" to address: Name or service not known\n')),
    ("DatabaseReadOnly", "read-only", says("ERROR: cannot execute INSERT in a read-only transaction\n")),
    ("DatabaseConnections", "connections", says("FATAL: sorry, too many clients already\n")),
    ("DatabaseSchema", "table", says('psycopg.errors.UndefinedTable: relation "task" does not exist\n')),
    ("CrashLoop", "unknown crash", crash("something went wrong\n", 3)),
    (
        "ProbePort",
        "probe port",
        probe(
            "Readiness",
            "dial tcp 10.1.0.5:9999: connect: connection refused",
            httpGet={"path": "/health", "port": 9999},
        ),
    ),
    ("ProbePath", "probe path", probe("Readiness", "HTTP probe failed with statuscode: 404")),
    (
        "ProbeProtocol",
        "https to http",
        probe(
            "Readiness",
            "Get https://10.1.0.5:9000/health: http: server gave HTTP response to HTTPS client",
            httpGet={"path": "/health", "port": 9000, "scheme": "HTTPS"},
        ),
    ),
    ("ProbeTiming", "liveness too early", impatient),
    ("ProbeTiming", "probe timeout", probe("Readiness", "Get http://10.1.0.5:9000/health: context deadline exceeded")),
    (
        "ProbeCommand",
        "probe command",
        lambda shop: (
            shop.spec("api").update(readinessProbe={"exec": {"command": ["cat", "/x"]}}),
            shop.probe("api", "Readiness", "cat: /x: No such file or directory"),
        ),
    ),
    ("CpuStarved", "tiny cpu", starved),
    ("InitBlocked", "init waits", lambda shop: (blocked(shop), shop.logs.clear())),
    ("DatabaseName", "init waits for a name", blocked),
    ("ReadinessGate", "readiness gate", gate),
    ("SelectorMatchesNothing", "selector", service("api", selector={"app": "apii"})),
    ("SelectorMatchesOthers", "other's pods", service("api", selector={"app": "web"})),
    ("TargetPortWrong", "target port", port(targetPort=9100)),
    ("PortNameWrong", "port name", port(targetPort="http")),
    ("ServiceProtocol", "udp", port(protocol="UDP")),
    ("ServiceMissing", "service gone", gone("service/api")),
    ("ServiceAddress", "address", env("API_URL", "http://apis:9000")),
    ("ServiceAddress", "address port", env("API_URL", "http://api:9001")),
    ("ServiceAddress", "https", env("API_URL", "https://api:9000")),
    ("ServiceAddress", "db port", env("DB_PORT", "3306", part="api")),
    ("NoEndpoints", "no endpoints", lambda shop: shop["endpoints/api"].update(subsets=[])),
    ("NetworkPolicyBlocks", "egress", policy("out", ALL_EGRESS)),
    ("NetworkPolicyBlocks", "dns", policy("dns", NO_DNS)),
    ("NetworkPolicyBlocks", "ingress", policy("in", FROM_NOBODY)),
    (
        "IngressBackend",
        "ingress service",
        lambda shop: shop["ingress/front"]["spec"].update(defaultBackend={"service": {"name": "no"}}),
    ),
    ("IngressClass", "ingress class", lambda shop: shop["ingress/front"]["spec"].update(ingressClassName="traefik")),
    ("IngressSecret", "ingress secret", lambda shop: shop["ingress/front"]["spec"].update(tls=[{"secretName": "no"}])),
    ("CertificateExpired", "certificate", expired),
    ("CertificateExpired", "certificate in a log", says("x509: certificate has expired or is not yet valid\n")),
    ("JobFailed", "job", job("BackoffLimitExceeded", "Job has reached the specified backoff limit")),
    ("JobDeadline", "deadline", job("DeadlineExceeded", "Job was active longer than specified deadline")),
    ("JobSuspended", "job suspended", lambda shop: shop["job/report"]["spec"].update(suspend=True)),
    ("CronSuspended", "cron suspended", cron(suspend=True)),
    ("CronSchedule", "cron never", cron(schedule="0 0 31 2 *")),
    ("CronSchedule", "cron range", cron(schedule="61 * * * *")),
    ("CronMissed", "cron deadline", cron(startingDeadlineSeconds=5)),
    ("RolloutPaused", "paused", paused),
    ("RolloutUnavailable", "0 and 0", deploy("api", strategy={"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 0}})),
    ("RolloutStuck", "stuck", lambda shop: (shop.unready("api"), shop.status("api").update(ready=True))),
    ("DisruptionBlocked", "budget", budget),
    ("AutoscalerTarget", "autoscaler", autoscaler("nope")),
    ("NoMetrics", "autoscaling/v1", by_annotation("unable to get metrics: the server could not find the resource")),
    ("UpdateHeldBack", "StatefulSet", held_back()),
    ("NoMetrics", "autoscaler metric", autoscaler("api", "missing request for cpu")),
    ("Evicted", "evicted", evicted),
    (
        "CpuStarved",
        "usage",
        top("NAME CPU(cores) MEMORY(bytes)\n".replace("NAME", "NAME      ") + "api-abc12-x   498m   90Mi\n"),
    ),
    ("MemoryNearLimit", "memory use", top("NAME        CPU(cores)   MEMORY(bytes)\napi-abc12-x   10m   250Mi\n")),
    (
        "CpuStarved",
        "throttled",
        metrics(
            'container_cpu_cfs_periods_total{namespace="shop",pod="api-abc12-x"} 1000\n'
            'container_cpu_cfs_throttled_periods_total{namespace="shop",pod="api-abc12-x"} 900\n'
        ),
    ),
    (
        "NetworkLoss",
        "loss",
        metrics(
            'container_network_receive_packets_total{namespace="shop",pod="api-abc12-x"} 5000\n'
            'container_network_receive_packets_dropped_total{namespace="shop",pod="api-abc12-x"} 900\n'
        ),
    ),
    (
        "NetworkDelay",
        "delay",
        metrics(
            'ping_rtt_seconds{namespace="shop",pod="api-abc12-x"} 1.2\n'
            'ping_rtt_seconds{namespace="shop",pod="web-abc12-x"} 0.001\n'
            'ping_rtt_seconds{namespace="shop",pod="db-0"} 0.001\n'
        ),
    ),
    (
        "StuckTerminating",
        "terminating",
        lambda shop: shop.pod("api")["metadata"].update(deletionTimestamp=at(900), deletionGracePeriodSeconds=30),
    ),
    (
        "SandboxFailed",
        "sandbox",
        lambda shop: (
            shop.waiting("api", "ContainerCreating"),
            shop.event(
                shop.pod("api"),
                "FailedCreatePodSandBox",
                "failed to set up sandbox container network: plugin type=bridge failed",
            ),
        ),
    ),
]
