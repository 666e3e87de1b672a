"""A node that is this machine and drops what pods send each other: opened by root, told to anyone else."""

from pathlib import Path

import pytest

from orchestrator.errors import EnvironmentMissingError
from orchestrator.targets.forward_rules import let_pods_talk
from tests.orchestrator.standins import door, stand_in

HERE, ELSEWHERE = "127.0.0.1", "192.0.2.1"


def firewall(folder: Path, policy: str) -> None:
    """An iptables with this policy, which notes its calls."""
    stand_in(folder, "iptables", f"echo \"$@\" >> {folder}/calls\necho '-P FORWARD {policy}'")


def calls(folder: Path) -> list[str]:
    noted = folder / "calls"
    return noted.read_text().splitlines() if noted.exists() else []


def test_a_dropping_node_on_this_machine_is_opened(tmp_path: Path) -> None:
    firewall(tmp_path / "bin", "DROP")
    assert let_pods_talk(door(tmp_path, programs=tmp_path / "bin"), HERE, root=True)
    assert calls(tmp_path / "bin") == ["--list-rules FORWARD", "--policy FORWARD ACCEPT"]


def test_without_root_the_command_is_told_and_nothing_changed(tmp_path: Path) -> None:
    firewall(tmp_path / "bin", "DROP")
    with pytest.raises(EnvironmentMissingError) as told:
        let_pods_talk(door(tmp_path, programs=tmp_path / "bin"), HERE, root=False)
    assert told.value.remedy == "Run as root: iptables --policy FORWARD ACCEPT"
    assert calls(tmp_path / "bin") == ["--list-rules FORWARD"]


def test_an_open_node_is_left_alone(tmp_path: Path) -> None:
    firewall(tmp_path / "bin", "ACCEPT")
    assert not let_pods_talk(door(tmp_path, programs=tmp_path / "bin"), HERE, root=True)
    assert calls(tmp_path / "bin") == ["--list-rules FORWARD"]


def test_a_node_elsewhere_is_not_ours_to_open(tmp_path: Path) -> None:
    firewall(tmp_path / "bin", "DROP")
    assert not let_pods_talk(door(tmp_path, programs=tmp_path / "bin"), ELSEWHERE, root=True)
    assert calls(tmp_path / "bin") == []
