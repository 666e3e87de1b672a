"""Damaged, cut, huge and foreign files are named and left out; the rest is read, and quickly."""

import json
import random
import tarfile
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from orchestrator.commands.look import look_at_files
from orchestrator.diagnosis.bundle import read as bundle
from orchestrator.diagnosis.bundle.read import read
from orchestrator.diagnosis.workloads.decide import decide
from orchestrator.errors import EnvironmentMissingError
from tests.orchestrator.diagnosis.workloads.incidents import INCIDENTS
from tests.orchestrator.diagnosis.workloads.market import SERVICES, SPACE, Market

JUNK: tuple[Any, ...] = ("", None, 0, -1, [], {}, "x", True, "2026-13-99", "<none>", {"a": None}, ["b"], 1e400)


def market(folder: Path) -> Path:
    shop = Market()
    shop.crash("basket", "ModuleNotFoundError: No module named 'basket'")
    return shop.write(folder)


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    market(tmp_path)
    (tmp_path / "broken.yaml").write_text("apiVersion: v1\nkind: Pod\nmetadata:\n  name: [x\n")
    (tmp_path / "heap.bin").write_bytes(b"\0\1\2" * 99)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "deep.json").write_text('{"apiVersion": "v1", "kind": ' + "[" * 100_000)
    looked = look_at_files(tmp_path, namespace=None, only=None)
    assert [sign.code for sign in looked.signs] == ["ModuleMissing"]
    assert set(looked.skipped) == {"broken.yaml", "heap.bin", "deep.json"}
    assert looked.as_dict()["skipped"]["heap.bin"] == "it is no text"


def test_of_a_list_that_was_cut_what_is_whole_is_read_and_nothing_follows_from_absence(tmp_path: Path) -> None:
    market(tmp_path)
    text = (tmp_path / "pods.json").read_text()
    (tmp_path / "pods.json").write_text(text[: text.index("kube-scheduler-cp")])
    looked = look_at_files(tmp_path, namespace=None, only=None)
    assert len(looked.store.of("Pod")) == len(SERVICES) + 3
    assert [sign.code for sign in looked.signs] == ["ModuleMissing"]
    assert "not JSON" in looked.skipped["pods.json"]


def test_the_end_of_a_huge_log_is_read_at_once(tmp_path: Path) -> None:
    market(tmp_path)
    name = Market().pod("mail")["metadata"]["name"]
    line = "2026-11-20T11:59:59Z INFO a request was served, as many others were before\n"
    (tmp_path / f"{name}.log").write_text(line * (50 * 2**20 // len(line)) + "panic: too many open files\n")
    began = time.process_time()
    store = read(tmp_path)
    assert time.process_time() - began < 2
    assert store.log(store.get("Pod", SPACE, name) or {}).endswith("too many open files\n")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "cp1252"])
def test_logs_of_any_encoding(encoding: str, tmp_path: Path) -> None:
    shop = Market()
    shop.crash("basket", "Fehler: Datei für Gerät fehlt: No space left on device")
    shop.write(tmp_path)
    path = next(tmp_path.glob("basket*.log"))
    path.write_bytes(path.read_text().encode(encoding))
    assert [sign.code for sign in decide(read(tmp_path))] == ["DiskFull"]


def test_a_zip_archive(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    market(tmp_path / "in")
    with zipfile.ZipFile(tmp_path / "case.zip", "w") as packed:
        for path in (tmp_path / "in").iterdir():
            packed.write(path, f"case/{path.name}")
    assert [sign.code for sign in decide(read(tmp_path / "case.zip"))] == ["ModuleMissing"]


@pytest.mark.parametrize("suffix", [".zip", ".tar.gz"])
def test_an_archive_that_would_fill_the_disk_is_not_unpacked(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "MOST_BYTES", 10_000)
    (tmp_path / "zeros.log").write_bytes(bytes(1_000_000))
    path = tmp_path / f"bomb{suffix}"
    if suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.write(tmp_path / "zeros.log", "zeros.log")
    else:
        with tarfile.open(path, "w:gz") as archive:
            archive.add(tmp_path / "zeros.log", "zeros.log")
    assert path.stat().st_size < 10_000
    with pytest.raises(EnvironmentMissingError, match="would unpack to"):
        read(path)


def _changed(value: Any, chance: random.Random) -> Any:
    if chance.random() < 0.012:
        return chance.choice(JUNK)
    if isinstance(value, dict):
        return {key: _changed(one, chance) for key, one in value.items() if chance.random() > 0.01}
    return [_changed(one, chance) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("seed", range(30))
def test_values_of_any_type_anywhere_end_in_findings_and_never_in_an_exception(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311
    shop = Market(chance.choice(["env", "file"]))
    chance.choice(INCIDENTS)[2](shop)
    shop.write(tmp_path)
    for path in tmp_path.rglob("*.json"):
        path.write_text(json.dumps(_changed(json.loads(path.read_text()), chance)))
    (tmp_path / "node.yaml").write_text("kind: Node\napiVersion: v1\nmetadata:\n  name: a\n")
    decide(read(tmp_path))


def test_two_thousand_objects_take_less_than_five_seconds(tmp_path: Path) -> None:
    shop = Market()
    for place in range(30):
        for name in (*SERVICES,):
            for kind in ("Deployment", "ReplicaSet", "Pod", "Service", "Endpoints"):
                own = f"{name}-7d9c5b8f6" if kind == "ReplicaSet" else shop.pod(name)["metadata"]["name"]
                one = shop[f"{kind.lower()}/{own if kind in ('ReplicaSet', 'Pod') else name}"]
                text = json.dumps(one).replace(f'"{SPACE}"', f'"{SPACE}-{place}"').replace("uid-", f"uid-{place}-")
                copy = json.loads(text)
                shop.objects[f"{kind}/{place}/{name}"] = copy
    shop.write(tmp_path)
    began = time.process_time()
    store = read(tmp_path)
    assert decide(store) == ()
    assert len(store.objects) > 1600
    assert time.process_time() - began < 5
