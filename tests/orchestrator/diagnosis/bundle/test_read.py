"""Folders as other tools write them are read alike, whatever their files are called."""

import gzip
import json
import tarfile
from pathlib import Path

import pytest

from orchestrator.diagnosis.bundle.read import read
from orchestrator.diagnosis.bundle.write import write
from orchestrator.diagnosis.workloads.decide import decide
from orchestrator.errors import EnvironmentMissingError
from tests.orchestrator.diagnosis.workloads.shop import SPACE, Shop, at

DESCRIBED = """Name:             worker-5d-x
Namespace:        shop
Priority:         0
Service Account:  default
Node:             node-1/10.0.0.4
Labels:           app=worker
                  tier=back
Status:           Running
IP:               10.1.0.9
Controlled By:    ReplicaSet/worker-5d
Containers:
  worker:
    Container ID:   containerd://1
    Image:          registry.example/worker:2
    Port:           8000/TCP
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       OOMKilled
      Exit Code:    137
      Started:      Fri, 20 Nov 2026 11:00:00 +0000
    Ready:          False
    Restart Count:  7
    Limits:
      memory:  64Mi
    Requests:
      memory:  64Mi
    Environment:  <none>
Conditions:
  Type              Status
  Ready             False
  ContainersReady   False
Events:
  Type     Reason   Age                 From     Message
  ----     ------   ----                ----     -------
  Warning  BackOff  2m (x30 over 10m)   kubelet  Back-off restarting failed container
"""
TABLE = """NAMESPACE   LAST SEEN   TYPE      REASON             OBJECT            MESSAGE
shop        12s         Warning   FailedScheduling   pod/lonely-0      0/1 nodes are available: 1 Insufficient cpu.
shop        3m          Normal    Pulled             pod/web-abc12-x   Container image is there
"""


def broken() -> Shop:
    shop = Shop()
    shop.crashed("api", log="Traceback\nModuleNotFoundError: No module named 'shop'\n")
    return shop


def codes(folder: Path) -> list[str]:
    return [sign.code for sign in decide(read(folder))]


def test_a_single_file_of_one_list(tmp_path: Path) -> None:
    shop = broken()
    items = [*shop.objects.values(), *shop.events]
    (tmp_path / "everything").write_text(json.dumps({"kind": "List", "apiVersion": "v1", "items": items}))
    (tmp_path / "api-abc12-x.previous.txt").write_text("ModuleNotFoundError: No module named 'shop'\n")
    assert codes(tmp_path) == ["ModuleMissing"]


def test_one_object_a_file_and_several_in_one_and_yaml(tmp_path: Path) -> None:
    shop = broken()
    for place, one in enumerate(shop.objects.values()):
        (tmp_path / f"{place}.out").write_text(json.dumps(one))
    (tmp_path / "more.yaml").write_text(
        "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: shop}\n---\nnull\n"
    )
    store = read(tmp_path)
    assert store.get("ConfigMap", SPACE, "x")
    assert [sign.code for sign in decide(store)] == ["CrashLoop"]


def test_the_dump_of_cluster_info(tmp_path: Path) -> None:
    shop, folder = broken(), tmp_path / "dump" / SPACE
    (folder / "api-abc12-x").mkdir(parents=True)
    kinds = {"pods": "Pod", "services": "Service", "deployments": "Deployment", "replicasets": "ReplicaSet"}
    for plural, kind in kinds.items():
        items = [
            {key: value for key, value in one.items() if key != "kind"}
            for one in shop.objects.values()
            if one["kind"] == kind and one["metadata"].get("namespace") == SPACE
        ]
        text = json.dumps({"kind": f"{kind}List", "apiVersion": "v1", "metadata": {}, "items": items})
        (folder / f"{plural}.json").write_text(text)
    (folder / "api-abc12-x" / "logs.txt").write_text(
        "==== START logs for container api of pod shop/api-abc12-x ====\nModuleNotFoundError: No module named 'a'\n"
        "==== END logs for container api of pod shop/api-abc12-x ====\n"
    )
    assert codes(tmp_path) == ["ModuleMissing"]


def test_a_must_gather(tmp_path: Path) -> None:
    shop, core = broken(), tmp_path / "image-sha" / "namespaces" / SPACE
    for one in shop.objects.values():
        folder = core / "core" / one["kind"].lower()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{one['metadata']['name']}.yaml").write_text("---\n" + json.dumps(one))
    logs = core / "pods" / "api-abc12-x" / "api" / "api" / "logs"
    logs.mkdir(parents=True)
    (logs / "previous.log").write_text("2026-11-20T11:59:00Z ModuleNotFoundError: No module named 'shop'\n")
    assert codes(tmp_path) == ["ModuleMissing"]


def test_what_describe_prints(tmp_path: Path) -> None:
    (tmp_path / "describe-pods.txt").write_text(DESCRIBED)
    found = decide(read(tmp_path))
    assert [(sign.code, sign.subject) for sign in found] == [("OOMKilled", "deployment/worker")]
    assert "128Mi" in found[0].remedy


def test_a_table_of_events(tmp_path: Path) -> None:
    (tmp_path / "events.txt").write_text(TABLE)
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "lonely-0", "namespace": "shop", "creationTimestamp": at(99)},
        "spec": {"containers": [{"name": "a"}]},
        "status": {"phase": "Pending"},
    }
    (tmp_path / "pod.json").write_text(json.dumps(pod))
    assert codes(tmp_path) == ["InsufficientResources"]


def test_other_encodings_and_what_is_no_text(tmp_path: Path) -> None:
    broken().write(tmp_path)
    (tmp_path / "pods.json").write_bytes((tmp_path / "pods.json").read_text().encode("utf-16"))
    (tmp_path / "services.json").write_bytes(b"\xef\xbb\xbf" + (tmp_path / "services.json").read_bytes())
    (tmp_path / "heap.bin").write_bytes(b"\0\1\2" * 99)
    (tmp_path / "cut.json").write_text('{"kind": "List", "items": [{"kind": "Po')
    (tmp_path / "old.gz").write_bytes(gzip.compress(b"x"))
    assert codes(tmp_path) == ["ModuleMissing"]


def test_an_archive_that_leads_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        entry = tarfile.TarInfo("../../evil")
        archive.addfile(entry)
    with pytest.raises(EnvironmentMissingError, match="cannot be unpacked"):
        read(tmp_path / "a.tar.gz")
    assert not (tmp_path.parent.parent / "evil").exists()


@pytest.mark.parametrize("text", [None, "", "hello"])
def test_nothing_to_read_is_no_health(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "a.txt").write_text(text)
    with pytest.raises(EnvironmentMissingError, match="no object of Kubernetes"):
        read(tmp_path)


@pytest.mark.parametrize("name", ["bundle", "bundle.tar.gz"])
def test_a_bundle_gives_the_same_findings_as_what_it_was_made_of(name: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    store = read(broken().write(tmp_path / "in"))
    assert write(store, {}, tmp_path / name) > 10
    assert [sign.as_dict() for sign in decide(read(tmp_path / name))] == [sign.as_dict() for sign in decide(store)]
    with pytest.raises(EnvironmentMissingError, match="is there already"):
        write(store, {}, tmp_path / name)
