"""What other people's clusters had, in the market: (first finding, its subject, what happened)."""

import json
from collections.abc import Callable
from typing import Any

from tests.orchestrator.diagnosis.workloads.market import SPACE, Market
from tests.orchestrator.diagnosis.workloads.shop import Object, at, item

Incident = Callable[[Market], object]


def selector(market: Market) -> None:
    market["service/cache"]["spec"]["selector"] = {"app": "cache", "version": "2"}
    market["endpoints/cache"]["subsets"] = []
    market.crash("basket", "RedisConnectionException: UnableToConnect on cache:6379", code=139)
    market.complain("orders", "basket")
    market.complain("page", "basket")


def login(market: Market) -> None:
    market.crash("basket", "panic: server returned error on SASL authentication step: Authentication failed.", code=2)
    market.say("page", "search failed: rpc error: code = Unavailable desc = connection error basket:7070")


def switched_off(market: Market) -> None:
    market.unmade("payment")
    market["deployment/payment"]["spec"]["replicas"] = 0
    market.complain("orders", "payment")


def survived(market: Market) -> None:
    ended = {"exitCode": 137, "reason": "OOMKilled", "finishedAt": at(90)}
    market.unready("catalogue")
    market.status("catalogue").update(restartCount=6, lastState={"terminated": ended})
    market.complain("page", "catalogue")
    market.complain("advice", "catalogue")


def kubelet(market: Market) -> None:
    market["node/node-2"]["status"]["conditions"][0] |= {"status": "Unknown", "message": "Kubelet stopped posting"}
    for name in ("orders", "currency", "payment", "cache"):
        market.unready(name)
    market.complain("page", "orders")


def lease(market: Market) -> None:
    for name, seconds in (("node-1", 1), ("node-2", 2), ("node-3", 190)):
        spec = {"holderIdentity": name, "renewTime": at(seconds).replace("Z", ".000000Z")}
        market.add(item("Lease", name, spec, namespace="kube-node-lease"))


def unscheduled(market: Market) -> None:
    market.unplaced("adverts")
    market.unplaced("mail")


def no_replica_set(market: Market) -> None:
    market.unmade("mail")
    del market.objects["replicaset/mail-7d9c5b8f6"]
    market["deployment/mail"]["status"] = {}


def unseen_change(market: Market) -> None:
    market["deployment/page"]["metadata"]["generation"] = 4
    del market.objects["pod/kube-controller-manager-cp"]


def etcd(market: Market) -> None:
    market["pod/etcd-cp"]["status"]["conditions"][0]["status"] = "False"


def corefile(market: Market) -> None:
    data = market["configmap/coredns"]["data"]
    template = "  template ANY ANY catalogue.market.svc.cluster.local {\n    rcode NXDOMAIN\n  }\n  errors\n"
    data["Corefile"] = data["Corefile"].replace("  errors\n", template)
    for name in ("page", "advice"):
        market.say(name, "lookup catalogue on 10.96.0.10:53: no such host")


def silent_dns(market: Market) -> None:
    for name in ("page", "advice", "orders"):
        market.say(name, "dial tcp: lookup catalogue on 10.96.0.10:53: read udp 10.244.0.9:41234: i/o timeout")


def no_network(market: Market) -> None:
    for name in ("mail", "basket"):
        market.status(name)["state"] = {"waiting": {"reason": "ContainerCreating"}}
        market.unready(name)
        message = 'failed to setup network for sandbox "a": plugin type="flannel" failed (add): no subnet.env'
        market.event(market.pod(name), "FailedCreatePodSandBox", message)


def from_one_node(market: Market) -> None:
    """Three of node-1 complain of the catalogue, which is ready, and those of other nodes that call it do not."""
    for name, of in (("page", "catalogue"), ("shipping", "catalogue"), ("adverts", "catalogue")):
        market.complain(name, of)


def read_only_node(market: Market) -> None:
    told = {"type": "ReadonlyFilesystem", "status": "True", "message": "Remounting filesystem read-only"}
    market["node/node-1"]["status"]["conditions"].append(told)


def stopped_service(market: Market) -> None:
    market.texts["node-1/systemctl.txt"] = (
        "● containerd.service - container runtime\n   Loaded: loaded\n   Active: failed (Result: exit-code) since Fri\n"
    )


def own_address(market: Market) -> None:
    variables = [one for one in market.container("orders").get("env", []) if one["name"] != "PAYMENT_ADDR"]
    market.container("orders")["env"] = [*variables, {"name": "PAYMENT_ADDR", "value": "localhost:50052"}]
    market.say("orders", "failed to charge: dial tcp 127.0.0.1:50052: connect: connection refused")
    market.say("page", "failed to complete the order: code = Internal")


def local_only(market: Market) -> None:
    market["service/mail"]["spec"]["internalTrafficPolicy"] = "Local"
    market.complain("orders", "mail")


def says(name: str, line: str, *, sick: bool = False) -> Incident:
    def change(market: Market) -> None:
        market.say(name, line)
        if sick:
            market.unready(name)

    return change


def sidecar(market: Market) -> None:
    job = market.add(item("Job", "report", {}, {"active": 1, "startTime": at(7200)}, namespace=SPACE))
    done = {"exitCode": 0, "reason": "Completed", "finishedAt": at(7000)}
    statuses = [{"name": "report", "state": {"terminated": done}}, {"name": "proxy", "state": {"running": {}}}]
    owner = {"kind": "Job", "name": "report", "uid": job["metadata"]["uid"], "controller": True}
    spec = {"nodeName": "node-1", "containers": [{"name": "report"}, {"name": "proxy"}]}
    status = {"phase": "Running", "containerStatuses": statuses}
    market.add(item("Pod", "report-xk2zq", spec, status, namespace=SPACE, ownerReferences=[owner]))


def namespace(market: Market) -> None:
    left = {"type": "NamespaceFinalizersRemaining", "status": "True", "message": "example.com/cleanup in 1 resource"}
    status = {"phase": "Terminating", "conditions": [left]}
    market.add(item("Namespace", "legacy", {}, status, namespace=None, deletionTimestamp=at(4000)))


def resolver(market: Market) -> None:
    market.pod("orders")["spec"] |= {"dnsPolicy": "None", "dnsConfig": {"nameservers": ["192.0.2.8"]}}
    market.say("orders", "dial tcp: lookup currency on 192.0.2.8:53: no such host")


def _span(trace: int, number: int, parent: int, service: str, seconds: float, *, failed: bool = False) -> Object:
    links = [{"refType": "CHILD_OF", "spanID": f"{trace}-{parent}"}] if parent >= 0 else []
    return {"traceID": f"t{trace}", "spanID": f"{trace}-{number}", "references": links, "duration": seconds * 1e6,
            "operationName": "call", "processID": service, "tags": [{"key": "error", "value": failed}]}  # fmt: skip


def _traces(market: Market, spans: list[Object]) -> None:
    processes = {name: {"serviceName": name} for name in ("page", "orders", "payment", "catalogue")}
    market.texts["traces.json"] = json.dumps({"data": [{"traceID": "t", "spans": spans, "processes": processes}]})


def slow_way(market: Market) -> None:
    """The client's span around the payment's is long, and the payment's own is short."""
    spans: list[Object] = []
    for trace in range(6):
        spans += [_span(trace, 0, -1, "page", 2.4), _span(trace, 1, 0, "orders", 2.35),
                  _span(trace, 2, 1, "orders", 2.2), _span(trace, 3, 2, "payment", 0.01)]  # fmt: skip
    _traces(market, spans)


def slow_program(market: Market) -> None:
    spans: list[Object] = []
    for trace in range(6):
        spans += [_span(trace, 0, -1, "page", 3.1), _span(trace, 1, 0, "catalogue", 3.0)]
    _traces(market, spans)


def failing_program(market: Market) -> None:
    spans: list[Object] = []
    for trace in range(6):
        bad = trace % 2 == 0
        spans += [_span(trace, 0, -1, "page", 0.03, failed=bad), _span(trace, 1, 0, "catalogue", 0.01, failed=bad)]
    _traces(market, spans)


def _lost(market: Market) -> None:
    values: list[Any] = []
    for name in ("page", "orders", "shipping", "mail"):
        pod = market.pod(name)["metadata"]["name"]
        for end, value in (("", "30000"), ("_dropped", "4200" if name == "shipping" else "3")):
            metric = {"__name__": f"container_network_receive_packets{end}_total", "namespace": SPACE, "pod": pod}
            values.append({"metric": metric, "value": [1, value]})
    market.texts["prometheus.json"] = json.dumps({"status": "success", "data": {"result": values}})
    market.say("orders", "shipping failed: context deadline exceeded")


INCIDENTS: tuple[tuple[str, str, Incident], ...] = (
    ("SelectorMatchesNothing", "service/cache", selector),
    ("DatabaseLogin", "deployment/basket", login),
    ("ScaledToZero", "deployment/payment", switched_off),
    ("OOMKilled", "deployment/catalogue", survived),
    ("KubeletDown", "node/node-2", kubelet),
    ("KubeletDown", "node/node-3", lease),
    ("SchedulerDown", "kube-scheduler", unscheduled),
    ("ControllerDown", "kube-controller-manager", no_replica_set),
    ("ControllerDown", "kube-controller-manager", unseen_change),
    ("EtcdDown", "pod/etcd-cp", etcd),
    ("DnsConfiguration", "configmap/coredns", corefile),
    ("DnsDown", "service/kube-dns", silent_dns),
    ("NetworkPluginDown", "node/node-3", no_network),
    ("NodeProblem", "node/node-1", read_only_node),
    ("KubeProxyDown", "node/node-1", from_one_node),
    ("RuntimeDown", "node/node-1", stopped_service),
    ("ServiceAddress", "deployment/orders", own_address),
    ("ServiceLocalOnly", "service/mail", local_only),
    ("SidecarKeepsJob", "job/report", sidecar),
    ("HeldByFinalizer", "namespace/legacy", namespace),
    ("DnsPolicy", "deployment/orders", resolver),
    ("NetworkDelay", "deployment/payment", slow_way),
    ("SlowProgram", "deployment/catalogue", slow_program),
    ("ProgramErrors", "deployment/catalogue", failing_program),
    ("NetworkLoss", "deployment/shipping", _lost),
    ("ClockWrong", "deployment/payment",
     says("payment", "x509: not yet valid: current time 2026-11-17 is before", sick=True)),
    ("HandlesExhausted", "deployment/page", says("page", "accept4: too many open files; retrying", sick=True)),
    ("HandlesExhausted", "deployment/page", says("page", "connect: cannot assign requested address", sick=True)),
    ("DatabaseLocked", "deployment/orders", says("orders", "Lock wait timeout exceeded; try restarting transaction")),
    ("DatabaseMemory", "deployment/basket", says("basket", "OOM command not allowed when used memory > 'maxmemory'.")),
    ("RateLimited", "deployment/payment", says("payment", "upstream answered 429 Too Many Requests")),
)  # fmt: skip
