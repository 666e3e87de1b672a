"""A cluster of one's own for the cluster tests: how it is reached, what is left out, and the firewall as it was."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.checks import cluster, firewall
from cli.checks.ground import address_of, ground_of
from cli.exits import CommandError, Exit
from tests.orchestrator.standins import stand_in

ADDRESSES = [{"type": "InternalIP", "address": "172.18.0.2"}, {"type": "Hostname", "address": "n"}]
NODES = {"items": [{"status": {"addresses": ADDRESSES}}]}
KUBECTL = f"""case "$*" in
  *get-contexts*) printf 'kind-dev\\nmine\\nfar\\ndown\\n';;
  *"--context down"*) echo "connection refused" >&2; exit 1;;
  *nodes*) echo '{json.dumps(NODES)}';;
esac"""
BEFORE = """*filter
:INPUT ACCEPT [5:300]
:FORWARD DROP [0:0]
:DOCKER - [0:0]
-A FORWARD -i docker0 -o docker0 -j ACCEPT
-A INPUT -s 192.0.2.1/32 -j DROP
COMMIT
"""
AFTER = """*filter
:INPUT ACCEPT [9:900]
:FORWARD ACCEPT [7:700]
:DOCKER - [0:0]
:KUBE-SERVICES - [0:0]
:VPN - [0:0]
-A FORWARD -i docker0 -o docker0 -j ACCEPT
-A FORWARD -j KUBE-FORWARD
-A INPUT -s 192.0.2.1/32 -j DROP
-A INPUT -i tun0 -j VPN
-A KUBE-SERVICES -d 10.96.0.1/32 -j REJECT
COMMIT
*nat
:POSTROUTING ACCEPT [0:0]
:CNI-a1b2 - [0:0]
-A POSTROUTING -s 10.244.0.7/32 -m comment --comment "name: pods" -j CNI-a1b2
COMMIT
"""
TAKEN_ALONG = """*filter
:INPUT ACCEPT [9:900]
:FORWARD DROP [7:700]
:DOCKER - [0:0]
:VPN - [0:0]
-A FORWARD -i docker0 -o docker0 -j ACCEPT
-A INPUT -s 192.0.2.1/32 -j DROP
-A INPUT -i tun0 -j VPN
COMMIT
*nat
:POSTROUTING ACCEPT [0:0]
COMMIT
"""


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """kubectl with four contexts, helm, docker and kind; nothing else of a cluster."""
    stand_in(tmp_path, "kubectl", KUBECTL)
    stand_in(tmp_path, "kind", "echo dev; echo other")
    for name in ("helm", "docker"):
        stand_in(tmp_path, name, "exit 0")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


def test_a_kind_cluster_gets_its_images_by_kind_load(programs: Path) -> None:
    ground = ground_of("kind-dev", None)
    assert ground.target == ("--target", "kind", "--profile", "dev")
    assert ground.images == "kind load, into dev"
    assert set(ground.skipped) == {"verify"}
    assert cluster.lanes_of(ground) == ("chart", "release", "agents", "trouble", "backups")


@pytest.mark.parametrize("listed", ['{"invalid": [], "valid": [{"Name": "mine"}]}', "mine"])
def test_a_minikube_profile_builds_in_its_own_engine(programs: Path, listed: str) -> None:
    said = f"case \"$*\" in *docker-env*) echo 'DOCKER_HOST=tcp://192.0.2.9:2376';; *) echo '{listed}';; esac"
    stand_in(programs, "minikube", said)
    ground = ground_of("mine", None)
    assert ground.target == ("--target", "minikube", "--profile", "mine")
    told = ground.variables("192.0.2.9")
    assert told["DOCKER_HOST"] == "tcp://192.0.2.9:2376"
    assert (told["TODO_CLUSTER_ENGINE"], told["TODO_CLUSTER_NODE"]) == ("node", "elsewhere")
    assert json.loads(told["TODO_CLUSTER_TARGET"]) == list(ground.target)


def test_any_other_context_pushes_to_a_registry_or_shares_the_engine(programs: Path) -> None:
    there = ("--target", "context", "--context", "far")
    assert ground_of("far", "registry.example/team").target == (*there, "--registry", "registry.example/team")
    ground = ground_of("far", None)
    assert ground.target == there
    assert "name a --registry" in ground.images
    assert address_of("far") == "172.18.0.2"
    assert ground.variables("127.0.0.1")["TODO_CLUSTER_NODE"] == "here"


@pytest.mark.parametrize(
    ("context", "told", "code"),
    [
        ("nowhere", "no kube context 'nowhere' (known: kind-dev, mine, far, down)", Exit.USAGE),
        ("down", "The cluster of context 'down' does not answer: connection refused", Exit.NOT_DEPLOYABLE),
    ],
)
def test_a_cluster_that_is_not_there_is_named(programs: Path, context: str, told: str, code: Exit) -> None:
    with pytest.raises(CommandError) as error:
        ground_of(context, None)
    assert told in error.value.message
    assert error.value.code == code


def test_a_missing_program_is_named(programs: Path) -> None:
    (programs / "helm").unlink()
    with pytest.raises(CommandError, match="helm not found"):
        ground_of("far", None)


def test_the_cluster_takes_its_rules_along_and_leaves_those_of_others() -> None:
    assert firewall.as_before(BEFORE, AFTER, whole=True) == TAKEN_ALONG


def test_of_a_cluster_that_goes_on_running_only_the_policies_are_put_back() -> None:
    assert firewall.as_before(BEFORE, AFTER, whole=False) == AFTER.replace(":FORWARD ACCEPT", ":FORWARD DROP")


def test_a_firewall_that_did_not_change_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, "iptables-save", f"cat {tmp_path}/rules")
    stand_in(tmp_path, "iptables-restore", f"cat > {tmp_path}/rules; touch {tmp_path}/written")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    (tmp_path / "rules").write_text(BEFORE)
    with firewall.kept(whole=True):
        (tmp_path / "rules").write_text(BEFORE.replace("[5:300]", "[6:360]"))
    assert not (tmp_path / "written").exists()
    with firewall.kept(whole=True):
        (tmp_path / "rules").write_text(AFTER)
    assert "KUBE" not in (tmp_path / "rules").read_text()


def test_where_iptables_comes_with_the_cluster_its_rules_go_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(
        firewall.shutil, "which", lambda name: str(tmp_path / name) if (tmp_path / name).exists() else None
    )
    with firewall.kept(whole=True):
        stand_in(tmp_path, "iptables-save", f"cat {tmp_path}/rules")
        stand_in(tmp_path, "iptables-restore", f"cat > {tmp_path}/rules")
        (tmp_path / "rules").write_text(AFTER)
    left = (tmp_path / "rules").read_text()
    assert "KUBE" not in left
    assert "-j VPN" in left


@pytest.mark.parametrize("words", [["--context", "kind-dev"], ["--cluster", "--registry", "r"]])
def test_a_context_is_asked_for_only_with_the_cluster(words: list[str]) -> None:
    argv = [sys.executable, "todo", "test", *words]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "give both" in done.stderr) == (Exit.USAGE, True), done.stderr
