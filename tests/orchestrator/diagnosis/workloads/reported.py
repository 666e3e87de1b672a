"""Faults that strangers reported, put into the shop: where it was told, the first finding, its subject, what happened.

The words that runtimes, databases and the kubelet write are theirs; objects and names are the shop's.
"""

import base64
from typing import Any

from tests.orchestrator.diagnosis.workloads.breaks import (
    Break,
    cannot,
    claim,
    crash,
    mount,
    pending,
    probe,
    pull,
    refused,
    says,
    waits,
)
from tests.orchestrator.diagnosis.workloads.shop import Shop, at, item

API = "deployment/api"
DB = "statefulset/db"


def rejected(reason: str, message: str) -> Break:
    """The kubelet takes none of the pods that the scheduler sends."""

    def act(shop: Shop) -> None:
        shop.unready("api")
        shop.pod("api")["status"] = {"phase": "Failed", "reason": reason, "message": message}

    return act


def init(log: str, code: int = 1) -> Break:
    """An init container ends badly again and again."""

    def act(shop: Shop) -> None:
        pod = shop.pod("api")
        pod["spec"]["initContainers"] = [{"name": "prepare", "image": "registry.example/api:1.0"}]
        shop.waiting("api", "PodInitializing")
        ended = {"terminated": {"exitCode": code, "reason": "Error", "finishedAt": at(9)}}
        state = {"waiting": {"reason": "CrashLoopBackOff"}}
        pod["status"]["initContainerStatuses"] = [
            {"name": "prepare", "ready": False, "restartCount": 5, "state": state, "lastState": ended}
        ]
        shop.previous[pod["metadata"]["name"], "prepare"] = log

    return act


def no_claim_made(message: str) -> Break:
    def act(shop: Shop) -> None:
        del shop.objects["pod/db-0"], shop.objects["persistentvolumeclaim/data"]
        shop["endpoints/db"]["subsets"] = []
        shop["statefulset/db"]["status"] = {"replicas": 0}
        shop.event(shop["statefulset/db"], "FailedCreate", message)

    return act


def sandbox(message: str) -> Break:
    def act(shop: Shop) -> None:
        shop.waiting("api", "ContainerCreating")
        shop.event(shop.pod("api"), "FailedCreatePodSandBox", message)

    return act


def balancer(shop: Shop) -> None:
    shop["service/web"]["spec"]["type"] = "LoadBalancer"
    shop["service/web"]["status"] = {"loadBalancer": {}}
    shop.event(
        shop["service/web"], "SyncLoadBalancerFailed", "Error syncing load balancer: failed to ensure load balancer: x"
    )


def pressed(kind: str, taint: str) -> Break:
    """A node is short of something, so that its taint keeps the pod away."""

    def act(shop: Shop) -> None:
        pending(f"1 node(s) had untolerated taint {{node.kubernetes.io/{taint}: }}")(shop)
        told = {"type": kind, "status": "True", "message": "kubelet has it", "lastHeartbeatTime": at(0)}
        shop["node/node-1"]["status"]["conditions"].append(told)
        shop["node/node-1"]["spec"]["taints"] = [{"key": f"node.kubernetes.io/{taint}", "effect": "NoSchedule"}]

    return act


def no_class(shop: Shop) -> None:
    del shop["ingress/front"]["spec"]["ingressClassName"]


def other_keys(shop: Shop) -> None:
    data = {"cert": base64.b64encode(b"x").decode(), "key": base64.b64encode(b"y").decode()}
    shop.add(item("Secret", "front-tls") | {"type": "Opaque", "data": data})
    shop["ingress/front"]["spec"]["tls"] = [{"secretName": "front-tls"}]


def cron_blocked(shop: Shop) -> None:
    cron = shop["cronjob/nightly"]
    cron["spec"] |= {"concurrencyPolicy": "Forbid"}
    cron["status"] = {"lastScheduleTime": at(200_000), "active": [{"kind": "Job", "name": "nightly-1"}]}
    message = "Not starting job because prior execution is running and concurrency policy is Forbid"
    shop.event(cron, "JobAlreadyActive", message)


def resize(shop: Shop) -> None:
    claimed = shop["persistentvolumeclaim/data"]
    claimed["spec"]["resources"]["requests"]["storage"] = "5Gi"
    told = {"type": "FileSystemResizePending", "status": "True", "message": "Waiting for user to (re-)start a pod"}
    claimed["status"] |= {"capacity": {"storage": "1Gi"}, "conditions": [told]}


def lost(shop: Shop) -> None:
    shop["persistentvolumeclaim/data"]["status"] = {"phase": "Lost"}
    del shop.objects["persistentvolume/pv-1"]
    mount('MountVolume.SetUp failed for volume "pv-1" : persistentvolume "pv-1" not found')(shop)
    shop.unready("db")
    shop.event(shop["persistentvolumeclaim/data"], "ClaimLost", "Bound claim has lost its PersistentVolume")


def no_provisioner(shop: Shop) -> None:
    claim({"storageClassName": "fast"}, volume={"storageClassName": "other"})(shop)
    shop.events.clear()
    message = "Waiting for a volume to be created either by the external provisioner 'csi.example' or manually"
    shop.event(shop["persistentvolumeclaim/data"], "ExternalProvisioning", message)
    shop.events[-1]["type"] = "Normal"


def no_service_of_set(shop: Shop) -> None:
    shop["statefulset/db"]["spec"]["serviceName"] = "db-nodes"
    shop.spec("api")["env"][0] = {"name": "DB_HOST", "value": "db-0.db-nodes"}
    crash('could not translate host name "db-0.db-nodes" to address: Name or service not known\n')(shop)


def job_memory(shop: Shop) -> None:
    shop["job/report"]["status"] = {
        "failed": 4,
        "conditions": [{"type": "Failed", "status": "True", "reason": "BackoffLimitExceeded", "message": "limit"}],
    }
    ended = {"terminated": {"exitCode": 137, "reason": "OOMKilled", "finishedAt": at(30)}}
    status: dict[str, Any] = {
        "phase": "Failed",
        "containerStatuses": [{"name": "report", "restartCount": 0, "ready": False, "state": ended}],
    }
    spec = {"nodeName": "node-1", "containers": [{"name": "report", "resources": {"limits": {"memory": "64Mi"}}}]}
    owner = {"kind": "Job", "name": "report", "uid": "uid-Job-report", "controller": True}
    shop.add(item("Pod", "report-x", spec, status, ownerReferences=[owner]))


def control_certificate(shop: Shop) -> None:
    shop.refused("api", "")
    shop["replicaset/api-abc12"]["status"] = {}
    spec = {"nodeName": "node-1", "containers": [{"name": "main"}]}
    status = {
        "phase": "Running",
        "conditions": [{"type": "Ready", "status": "False"}],
        "containerStatuses": [
            {"name": "main", "restartCount": 20, "ready": False, "state": {"waiting": {"reason": "CrashLoopBackOff"}}}
        ],
    }
    name = "kube-controller-manager-node-1"
    shop.add(item("Pod", name, spec, status, namespace="kube-system"))
    line = "error retrieving resource lock: x509: certificate has expired or is not yet valid\n"
    shop.texts[f"kube-system/{name}/main.log"] = line * 4


REPORTED: list[tuple[str, str, str, Break]] = [
    ("openshift-controller-manager 191", "KeyMissing", "configmap/ca",
     lambda shop: (
         shop.pod("api")["spec"].update(volumes=[{"name": "ca", "configMap": {"name": "ca"}}]),
         shop.add(item("ConfigMap", "ca") | {"data": {"other": "x"}}),
         mount('MountVolume.SetUp failed for volume "ca" : configmap references non-existent config key: ca.crt')(shop),
     )),
    ("kubernetes 112765, 92699", "WebhookDown", API,
     refused("Timeout: request did not complete within requested timeout - context deadline exceeded")),
    ("auto-tracing-webhook 1", "WebhookDown", API,
     refused('Internal error occurred: failed calling webhook "trace.x": Post https://t.default.svc:443/d?timeout=30s: '
             "x509: certificate has expired or is not yet valid")),
    ("kubernetes 43924, containerd 1568", "RegistryUntrusted", API,
     pull('failed to do request: Head "https://registry.example/v2/api/manifests/1.0": x509: certificate signed by '
          "unknown authority")),
    ("kubernetes 17290", "RegistryUntrusted", API,
     pull('failed to do request: Head "https://registry.example/v2/": http: server gave HTTP response to HTTPS '
          "client")),
    ("kubernetes 98928", "InsufficientResources", API,
     rejected("OutOfcpu", "Pod was rejected: Node didn't have enough resource: cpu, requested: 2000, used: 3900")),
    ("kubernetes 109663, flyte 3958", "NodeAffinityMismatch", API,
     rejected("NodeAffinity", "Pod was rejected: Predicate NodeAffinity failed")),
    ("alembic, opencrane 60", "MigrationFailed", API,
     init("alembic.util.exc.CommandError: Can't locate revision identified by '3f2a'\n")),
    ("golang-migrate", "MigrationFailed", API, init("error: Dirty database version 12. Fix and force version.\n")),
    ("Kong charts 92", "MigrationFailed", API, crash("Error: Database has pending migrations; run 'migrations up'\n")),
    ("postgres images", "DataDirectory", DB,
     crash("FATAL:  database files are incompatible with server\nDETAIL:  The data directory was initialized by "
           "PostgreSQL version 15, which is not compatible with this version 16.2.\n", part="db")),
    ("postgres images", "DataDirectory", DB,
     crash('initdb: error: directory "/var/lib/postgresql/data" exists but is not empty\ninitdb: detail: It contains a '
           "lost+found directory, perhaps due to it being a mount point.\n", part="db")),
    ("postgres lists", "DataDirectory", DB,
     crash("LOG:  invalid primary checkpoint record\nPANIC:  could not locate a valid checkpoint record\n", 134,
           part="db")),
    ("csi drivers", "DriverMissing", API,
     mount('MountVolume.MountDevice failed for volume "pv" : kubernetes.io/csi: attacher.MountDevice failed to create '
           "newCsiDriverClient: driver name nfs.csi.k8s.io not found in the list of registered CSI drivers")),
    ("amazon-vpc-cni", "SandboxFailed", API,
     sandbox('failed to setup network for sandbox "a": plugin type="aws-cni" failed (add): add cmd: failed to assign '
             "an IP address to container")),
    ("host-local", "SandboxFailed", API,
     sandbox('plugin type="host-local" failed (add): failed to allocate for range 0: no IP addresses available in '
             "range set: 10.244.1.1-10.244.1.254")),
    ("scheduler messages", "InsufficientResources", API, pending("1 node(s) exceed max volume count")),
    ("scheduler messages", "InsufficientResources", API,
     pending("1 node(s) did not have enough free storage")),
    ("scheduler messages", "VolumeElsewhere", API, pending("1 node(s) had no available volume zone")),
    ("cloud providers", "TaintNotTolerated", API,
     pending("1 node(s) had untolerated taint {node.cloudprovider.kubernetes.io/uninitialized: true}")),
    ("kubelet eviction", "NodePressure", "node/node-1", pressed("DiskPressure", "disk-pressure")),
    ("kubelet eviction", "NodePressure", "node/node-1", pressed("PIDPressure", "pid-pressure")),
    ("service controllers", "LoadBalancerFailed", "service/web", balancer),
    ("Spring", "VariableMissing", API,
     crash("java.lang.IllegalArgumentException: Could not resolve placeholder 'db.url' in value \"${db.url}\"\n")),
    ("Rails", "VariableMissing", API, crash('key not found: "RAILS_MASTER_KEY" (KeyError)\n')),
    ("Pydantic", "VariableMissing", API,
     crash("pydantic_core.ValidationError: 1 validation error for Settings\ndatabase_url\n  Field required "
           "[type=missing, input_value={'database_ulr': 'x'}]\n")),
    ("nginx images", "PortForbidden", API,
     crash("nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)\n")),
    ("Node", "PortForbidden", API, crash("Error: listen EACCES: permission denied 0.0.0.0:80\n")),
    ("Go", "PortForbidden", API, crash("listen tcp :443: bind: permission denied\n")),
    ("linkerd, istio", "CapabilityMissing", API,
     init("iptables v1.8.9 (legacy): can't initialize iptables table `nat': Permission denied (you must be "
          "root)\n", 3)),
    ("containerd, AppArmor", "CannotStart", API,
     cannot("failed to create containerd task: OCI runtime create failed: apply apparmor profile: apparmor failed to "
            "apply profile: write /proc/self/attr/apparmor/exec: no such file or directory: unknown")),
    ("kubelet, seccomp", "CannotStart", API,
     waits("CreateContainerError", 'failed to generate container "a" spec opts: cannot load seccomp profile '
           '"/var/lib/kubelet/seccomp/own.json": open /var/lib/kubelet/seccomp/own.json: no such file or directory')),
    ("nvidia containers", "CannotStart", API,
     cannot("OCI runtime create failed: nvidia-container-cli: initialization error: load library failed: "
            "libnvidia-ml.so.1: cannot open shared object file: no such file or directory: unknown")),
    ("RuntimeClass", "RuntimeClassMissing", API,
     refused('pods "api-x" is forbidden: pod rejected: RuntimeClass "gvisor" not found')),
    ("PriorityClass", "PriorityClassMissing", API,
     refused('pods "api-x" is forbidden: no PriorityClass with name high was found')),
    ("kubeadm certificates", "ControllerDown", "pod/kube-controller-manager-node-1", control_certificate),
    ("Ingress controllers", "IngressClass", "ingress/front", no_class),
    ("Ingress controllers", "IngressSecret", "ingress/front", other_keys),
    ("StatefulSets", "ServiceMissing", "service/db-nodes", no_service_of_set),
    ("managed Postgres", "TlsMismatch", API,
     crash('FATAL:  no pg_hba.conf entry for host "10.1.0.5", user "shop", database "shop", no encryption\n')),
    ("managed Postgres", "TlsMismatch", API, crash("error: server does not support SSL, but SSL was required\n")),
    ("Node", "TlsMismatch", API, crash("Error: self-signed certificate in certificate chain\n")),
    ("Go", "TlsMismatch", API,
     crash("tls: failed to verify certificate: x509: certificate signed by unknown authority\n")),
    ("Python", "TlsMismatch", API,
     crash("ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed\n")),
    ("Go", "TlsMismatch", API, crash("x509: certificate is valid for db.old, not db\n")),
    ("Redis", "DatabaseReadOnly", API,
     says("ReplyError: MISCONF Redis is configured to save RDB snapshots, but is unable to persist to disk\n")),
    ("RabbitMQ", "DatabaseLogin", API,
     crash("Error: ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN\n")),
    ("object stores", "CredentialsRefused", API,
     crash("botocore.exceptions.ClientError: An error occurred (InvalidAccessKeyId) when calling the ListBuckets\n")),
    ("object stores", "CredentialsRefused", API,
     crash("AccessDenied: User: arn:aws:sts::1:assumed-role/x is not authorized to perform: s3:GetObject\n")),
    ("Elasticsearch", "KernelSetting", DB,
     crash("bootstrap check failure: max virtual memory areas vm.max_map_count [65530] is too low, increase to at "
           "least [262144]\n", 78, part="db")),
    ("Elasticsearch", "DiskFull", DB,
     says("flood stage disk watermark [95%] exceeded on [x], all indices on this node will be marked read-only\n",
          part="db")),
    ("gunicorn", "OOMKilled", API, crash("[ERROR] Worker (pid:9) was sent SIGKILL! Perhaps out of memory?\n")),
    ("Java", "OOMKilled", API,
     crash("Error: Could not reserve enough space for 4194304KB object heap\n")),
    ("mongo images", "ImagePlatform", DB,
     crash("WARNING: MongoDB 5.0+ requires a CPU with AVX support, and your current system does not\n", 132,
           part="db")),
    ("glibc", "ModuleMissing", API,
     crash("/app/server: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by /app/server)\n")),
    ("subPath", "MountFailed", API,
     waits("CreateContainerConfigError", 'failed to prepare subPath for volumeMount "conf" of container "api"')),
    ("containerd, full disk", "NodePressure", "node/node-1",
     pull("failed to extract layer sha256:9: write /var/lib/containerd/x: no space left on device: unknown")),
    ("ECR", "ImageCredentials", API,
     pull("failed to authorize: unexpected status from HEAD request to https://registry.example/v2/: 403 Forbidden")),
    ("ECR", "ImageCredentials", API, pull("Head https://registry.example/v2/api: no basic auth credentials")),
    ("Jobs", "OOMKilled", "job/report", job_memory),
    ("CronJobs", "CronMissed", "cronjob/nightly", cron_blocked),
    ("kubeblocks 4436, 5711", "ClaimResize", "persistentvolumeclaim/data", resize),
    ("claims", "ClaimLost", "persistentvolumeclaim/data", lost),
    ("csi-driver-nfs 682", "ProvisioningFailed", "persistentvolumeclaim/data", no_provisioner),
    ("probes", "ProbePort", API,
     probe("Readiness", 'strconv.Atoi: parsing "htpp": invalid syntax', httpGet={"path": "/health", "port": "htpp"})),
    ("gRPC probes", "ProbeProtocol", API,
     probe("Readiness", "error: this server does not implement the grpc health protocol (unimplemented)",
           grpc={"port": 9000})),
]  # fmt: skip
"""Each third one was kept unseen until the others were right."""
