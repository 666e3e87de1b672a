"""What a person pastes together is read: tables, a whole session, events alone, logs alone, text of describe."""

from pathlib import Path

import pytest

from orchestrator.diagnosis.bundle.read import read
from orchestrator.diagnosis.workloads.decide import decide

PODS = """NAME                       READY   STATUS             RESTARTS        AGE     IP            NODE
basket-7d9c5b8f6-xk2zq     0/1     CrashLoopBackOff   12 (40s ago)    3h      10.244.0.12   node-1
orders-7d9c5b8f6-bcdfg     1/1     Running            0               3h      10.244.0.13   node-2
migrate-28394850-hjklm     0/1     Completed          0               2h      10.244.0.14   node-2
"""
PENDING = """NAMESPACE     NAME                         READY   STATUS    RESTARTS   AGE   IP         NODE
shop          mail-7d9c5b8f6-xk2zq         0/1     Pending   0          14m   <none>     <none>
kube-system   kube-apiserver-cp            1/1     Running   0          9d    10.0.0.4   cp
kube-system   etcd-cp                      1/1     Running   0          9d    10.0.0.4   cp
kube-system   kube-controller-manager-cp   1/1     Running   0          9d    10.0.0.4   cp
"""
NODES = """NAME     STATUS                     ROLES           AGE   VERSION
node-1   Ready                      control-plane   9d    v1.31.0
node-2   NotReady                   <none>          9d    v1.31.0
"""
DAEMONS = """NAMESPACE     NAME         DESIRED   CURRENT   READY   UP-TO-DATE   AVAILABLE   NODE SELECTOR   AGE
kube-system   kube-proxy   3         3         2       3            2           <none>          9d
"""
DEPLOYMENTS = """NAME      READY   UP-TO-DATE   AVAILABLE   AGE
payment   0/0     0            0           3h
"""
SERVICES = """NAME      TYPE        CLUSTER-IP    EXTERNAL-IP   PORT(S)     AGE
payment   ClusterIP   10.96.0.27    <none>        50051/TCP   3h
"""
EVENTS = """LAST SEEN   TYPE      REASON         OBJECT                                  MESSAGE
2m          Warning   FailedCreate   replicaset/search-7d9c5b8f6             Error creating: exceeded quota: memory, requested: limits.memory=512Mi, used: limits.memory=900Mi, limited: limits.memory=1Gi
"""  # noqa: E501
BACK_OFF = """LAST SEEN   TYPE      REASON    OBJECT                             MESSAGE
12s         Warning   Failed    pod/catalogue-7d9c5b8f6-xk2zq      Failed to pull image "registry.example/catalogue:9": rpc error: code = NotFound desc = failed to resolve reference: not found
10s         Warning   BackOff   pod/catalogue-7d9c5b8f6-xk2zq      Back-off pulling image "registry.example/catalogue:9"
"""  # noqa: E501
WELL = """LAST SEEN   TYPE     REASON      OBJECT                             MESSAGE
40s         Normal   Scheduled   pod/catalogue-7d9c5b8f6-xk2zq      Successfully assigned shop/catalogue-7d9c5b8f6-xk2zq to node-1
35s         Normal   Pulled      pod/catalogue-7d9c5b8f6-xk2zq      Container image is there
34s         Normal   Started     pod/catalogue-7d9c5b8f6-xk2zq      Started container server
"""  # noqa: E501
DESCRIBED = """Name:             web-7d9c5b8f6-xk2zq
Namespace:        shop
Node:             node-1/10.0.0.4
Start Time:       Fri, 20 Nov 2026 11:00:00 +0000
Labels:           app=web
Status:           Running
Controlled By:    ReplicaSet/web-7d9c5b8f6
Containers:
  web:
    Image:          registry.example/web:2
    Port:           8080/TCP
    State:          Running
      Started:      Fri, 20 Nov 2026 11:40:00 +0000
    Ready:          False
    Restart Count:  0
    Readiness:      tcp-socket :9090 delay=5s timeout=1s period=10s #success=1 #failure=3
    Environment:
      KEY:  <set to the key 'key' in secret 'web'>  Optional: false
Conditions:
  Type              Status
  Ready             False
  PodScheduled      True
Events:
  Type     Reason     Age                  From     Message
  ----     ------     ----                 ----     -------
  Warning  Unhealthy  2s (x80 over 15m)    kubelet  Readiness probe failed: dial tcp 10.244.0.9:9090: connect: refused


Name:              web
Namespace:         shop
Selector:          app=wbe
Type:              ClusterIP
IP:                10.96.0.9
Port:              <unset>  80/TCP
TargetPort:        8080/TCP
Session Affinity:  None
"""


def told(folder: Path, **texts: str) -> list[tuple[str, str]]:
    for name, text in texts.items():
        (folder / name.replace("__", ".").replace("_", "-")).write_text(text)
    return [(sign.code, sign.subject) for sign in decide(read(folder))]


def test_a_table_of_pods_and_a_log(tmp_path: Path) -> None:
    (tmp_path / "basket-7d9c5b8f6-xk2zq.log").write_text("panic: environment variable CACHE_ADDR not set\n")
    assert told(tmp_path, pods__txt=PODS) == [("VariableMissing", "deployment/basket")]


def test_a_node_that_a_table_shows(tmp_path: Path) -> None:
    assert told(tmp_path, nodes__txt=NODES) == [("KubeletDown", "node/node-2")]


def test_a_daemon_that_is_short_of_a_pod(tmp_path: Path) -> None:
    assert told(tmp_path, ds__txt=DAEMONS, nodes__txt=NODES.replace("NotReady", "Ready   ")) == [
        ("KubeProxyDown", "daemonset/kube-proxy")
    ]


def test_a_pod_without_node_and_no_scheduler(tmp_path: Path) -> None:
    assert told(tmp_path, pods__txt=PENDING) == [("SchedulerDown", "kube-scheduler")]


def test_no_pods_wanted_and_a_caller_who_names_the_address(tmp_path: Path) -> None:
    (tmp_path / "orders-7d9c5b8f6-bcdfg.log").write_text("dial tcp 10.96.0.27:50051: connection refused\n" * 9)
    found = told(tmp_path, pods__txt=PODS.splitlines()[0] + "\n" + PODS.splitlines()[2] + "\n",
                 deploy__txt=DEPLOYMENTS, svc__txt=SERVICES)  # fmt: skip
    assert found == [("ScaledToZero", "deployment/payment")]


def test_a_service_without_address_in_tables(tmp_path: Path) -> None:
    pods = PODS.splitlines()[0] + "\n" + PODS.splitlines()[2] + "\n"
    service = SERVICES.replace("payment", "orders ").replace("AGE", "AGE   SELECTOR").replace("3h", "3h    app=order")
    endpoints = "NAME     ENDPOINTS   AGE\norders   <none>      3h\n"
    found = told(tmp_path, pods__txt=pods, svc__txt=service, ep__txt=endpoints)
    assert found == [("SelectorMatchesNothing", "service/orders")]


def test_events_alone(tmp_path: Path) -> None:
    assert told(tmp_path, events__txt=EVENTS) == [("QuotaExceeded", "deployment/search")]


def test_events_alone_of_an_image(tmp_path: Path) -> None:
    assert told(tmp_path, events__txt=BACK_OFF) == [("ImageNotFound", "deployment/catalogue")]


def test_events_alone_of_what_is_well(tmp_path: Path) -> None:
    assert told(tmp_path, events__txt=WELL) == []


def test_logs_alone(tmp_path: Path) -> None:
    (tmp_path / "mysql-0.log").write_text("[ERROR] error number 28 in a file operation. No space left on device\n")
    (tmp_path / "orders-7d9c5b8f6-bcdfg.log").write_text("Communications link failure: refused (mysql:3306)\n" * 5)
    assert told(tmp_path) == [("DiskFull", "statefulset/mysql")]


def test_a_session_of_several_commands(tmp_path: Path) -> None:
    text = f"me@box:~$ kubectl get pods -n shop -o wide\n{PODS}\nme@box:~$ kubectl get nodes\n{NODES}\n"
    text += "me@box:~$ kubectl logs -n shop basket-7d9c5b8f6-xk2zq\npanic: environment variable CACHE_ADDR not set\n"
    assert told(tmp_path, session__txt=text.replace("NotReady", "Ready   ")) == [
        ("VariableMissing", "deployment/basket")
    ]
    assert {item["metadata"]["namespace"] for item in read(tmp_path).of("Pod")} == {"shop"}


def test_what_describe_tells_of_probes_and_services(tmp_path: Path) -> None:
    assert told(tmp_path, describe__txt=DESCRIBED) == [
        ("ProbePort", "deployment/web"),
        ("SelectorMatchesNothing", "service/web"),
    ]


@pytest.mark.parametrize("text", [PODS, NODES, EVENTS, DESCRIBED])
def test_any_beginning_of_a_paste_is_read(text: str, tmp_path: Path) -> None:
    for end in range(0, len(text), 97):
        (tmp_path / "paste.txt").write_text("x\n" + text[:end])
        (tmp_path / "node.json").write_text('{"kind": "Node", "metadata": {"name": "n"}}')
        decide(read(tmp_path))
