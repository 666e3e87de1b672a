"""A run's record beside the committed log: published, merged, signed, anchored, and never rewritten unseen."""

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from orchestrator import cli
from orchestrator.agents.choose import choose
from orchestrator.audit import GENESIS, AuditLog, Entry, human_line, machine_line, record_hash
from orchestrator.audit_check import check
from orchestrator.chain import anchor, heads
from orchestrator.chain.publication import publish
from orchestrator.commands import audit as command
from orchestrator.contracts import FOLDER
from orchestrator.options import Options
from orchestrator.redaction import Redactor
from orchestrator.run import Run
from orchestrator.targets.minikube import Minikube
from tests.orchestrator.audit.test_commit import git
from tests.orchestrator.audit.test_log import ROOT, complete
from tests.orchestrator.standins import cluster_stands, door, stand_in

ENTRY = Entry("ENV", ("T006",), "minikube start", "Minikube Running")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Options:
    """A git checkout whose committed log is empty, with a whole run recorded for the usual place."""
    root = tmp_path / "checkout"
    shutil.copytree(ROOT / FOLDER, root / FOLDER)
    shutil.copy(ROOT / ".gitattributes", root / ".gitattributes")
    (root / ".gitignore").write_text(".todo-deploy/\n")
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "config", "user.name", "One")
    git(root, "config", "user.email", "one@example.com")
    AuditLog(root, Redactor()).create()
    options = Options(root)
    fill(options)
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "First")
    monkeypatch.setattr(cli.group, "ROOT", root)
    return options


@pytest.fixture(autouse=True)
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-ins first on the PATH, and no cluster of this machine's."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")


def record_of(options: Options) -> AuditLog:
    return AuditLog(options.record, Redactor(), place=options.chain)


def fill(options: Options) -> None:
    """A whole run: its artefacts in the tree, its entries in the record."""
    elsewhere = options.record / "tree"
    shutil.copytree(options.root / FOLDER, elsewhere / FOLDER)
    complete(AuditLog(elsewhere, Redactor(), place=options.chain))
    for name in ("phase-iv-audit.log", "phase-iv-audit.jsonl"):
        (elsewhere / name).replace(options.record / name)
    shutil.rmtree(elsewhere / "specs")
    shutil.copytree(elsewhere, options.root, dirs_exist_ok=True)
    shutil.rmtree(elsewhere)


def a_run(options: Options, bin_folder: Path, *, annotation: str | None = None) -> Run:
    """A run whose cluster has a Deployment with that annotation, or none at all."""
    told = {"metadata": {"annotations": {anchor.ANNOTATION: annotation} if annotation else {}}}
    (bin_folder.parent / "deployment.json").write_text(json.dumps(told))
    folder = bin_folder.parent
    cluster_stands(folder)
    words = f'*" get "*) cat {folder}/deployment.json;; *version*) echo "{{}}";; *) echo "$@" >> {folder}/calls;;'
    stand_in(bin_folder, "kubectl", f'case "$*" in {words} esac')
    one = door(options.root, programs=bin_folder)
    return Run(options, one, record_of(options), Minikube("minikube", "default"), choose({}))


def test_a_run_leaves_the_checkout_clean(checkout: Options) -> None:
    record_of(checkout).append(ENTRY)
    assert git(checkout.root, "status", "--porcelain") == ""
    assert check(checkout.root, checkout.record).ok


def test_a_tree_that_is_no_checkout_keeps_the_log_in_its_root(tmp_path: Path) -> None:
    options = Options(tmp_path)
    assert (options.record, options.chain) == (tmp_path, "")


def test_a_fresh_clone_fails_with_what_is_missing(checkout: Options) -> None:
    publish(checkout)
    shutil.rmtree(checkout.home)
    report = command.check(checkout)
    assert report.faults[0] == "this checkout has no record of a deployment to minikube/minikube/default"
    assert len(report.faults) == 1 + 7 + 4
    assert any("T026" in fault for fault in report.faults)
    assert command.check(checkout, published=True).ok


def test_another_place_has_a_record_of_its_own(checkout: Options) -> None:
    other = replace(checkout, namespace="other")
    assert not command.check(other).ok
    record_of(other).append(ENTRY)
    assert check(checkout.root, checkout.record).ok
    chains = {record_of(one).records()[0]["chain"] for one in (checkout, other)}
    assert {chain.split()[0] for chain in chains} == {"minikube/minikube/default", "minikube/minikube/other"}


def test_publishing_adds_once_and_keeps_what_was_there(checkout: Options) -> None:
    published = AuditLog(checkout.root, Redactor())
    published.append(ENTRY)
    before = published.twin.read_text()
    publish(checkout)
    first = published.twin.read_text()
    publish(checkout)
    assert published.twin.read_text() == first
    assert first.startswith(before)
    assert len(published.records()) == 1 + len(record_of(checkout).records())
    assert check(checkout.root).ok


def test_commit_publishes_the_record_and_nothing_else(checkout: Options) -> None:
    done = CliRunner().invoke(cli.app, ["commit", "--yes"])
    assert done.exit_code == 0, done.output
    names = git(checkout.root, "show", "--name-only", "--format=", "HEAD").split()
    assert names == ["phase-iv-audit.jsonl", "phase-iv-audit.log"]
    assert CliRunner().invoke(cli.app, ["commit", "--yes"]).output == "nothing to commit\n"


def test_two_peoples_logs_merge(checkout: Options, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(checkout.root), "theirs")
    theirs = Options(tmp_path / "theirs", namespace="theirs")
    git(theirs.root, "config", "user.name", "Two")
    git(theirs.root, "config", "user.email", "two@example.com")
    for options in (checkout, theirs):
        record_of(options).append(replace(ENTRY, result=options.namespace))
        publish(options)
        git(options.root, "commit", "--quiet", "--all", "--message", "Record")
    git(theirs.root, "pull", "--quiet", "--no-rebase", "--no-edit", "origin", "main")
    report = check(theirs.root)
    assert report.faults == ()
    assert {one["chain"].split()[0][-6:] for one in AuditLog(theirs.root, Redactor()).records()} == {"efault", "theirs"}


def rewritten(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records with fitting hashes again."""
    previous = GENESIS
    for number, record in enumerate(records, start=1):
        record.update(sequence=number, previous=previous)
        record["hash"] = previous = record_hash(record)
    return records


def renamed(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**record, "agent": "GORDON" if record["agent"] == "BUILTIN" else record["agent"]} for record in records]


TAMPERING: dict[str, Callable[[list[dict[str, Any]]], list[dict[str, Any]]]] = {
    "cut at the end": lambda records: records[:-1],
    "cut in the middle": lambda records: rewritten([*records[:3], *records[4:]]),
    "reordered": lambda records: rewritten([records[1], records[0], *records[2:]]),
    "agent renamed": lambda records: rewritten(renamed(records)),
    "recomputed": lambda records: rewritten([{**record, "result": "fine"} for record in records]),
}


@pytest.mark.parametrize("name", TAMPERING)
@pytest.mark.parametrize("kept", ["in the release", "beside the record"])
def test_a_chain_that_was_computed_anew_is_found(checkout: Options, tmp_path: Path, name: str, kept: str) -> None:
    log = record_of(checkout)
    head = heads.head_of(log.records())
    assert head is not None
    run = a_run(checkout, tmp_path / "bin", annotation=f"{head.text} unsigned")
    assert anchor.compared(run, log.records()) == ((), ())
    forged = TAMPERING[name]([dict(record) for record in log.records()])
    log.twin.write_text("".join(machine_line(record) + "\n" for record in forged))
    log.log.write_text(
        log.log.read_text().splitlines()[0] + "\n" + "".join(human_line(record) + "\n" for record in forged)
    )
    if kept == "in the release":
        (faults, _notes) = anchor.compared(run, log.records())
    else:
        faults = heads.faults(run.door, [head], log.records())
    assert len(faults) == 1
    assert str(head.sequence) in faults[0]


def test_the_head_goes_into_the_release_once(checkout: Options, tmp_path: Path) -> None:
    run = a_run(checkout, tmp_path / "bin")
    anchor.put(run)
    anchor.put(run)
    head = heads.head_of(run.audit.records())
    assert head is not None
    calls = (tmp_path / "calls").read_text().splitlines()
    assert len(calls) == 1
    assert f"annotate deployment todo-backend --overwrite {anchor.ANNOTATION}={head.text}" in calls[0]


def test_a_release_without_a_head_is_a_note(checkout: Options, tmp_path: Path) -> None:
    faults, notes = anchor.compared(a_run(checkout, tmp_path / "bin"), [])
    assert faults == ()
    assert notes == ("the release keeps no head of the log: ./todo deploy writes one",)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A home with an SSH key that has no passphrase."""
    home = tmp_path / "home"
    (home / ".ssh").mkdir(parents=True)
    argv = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(home / ".ssh" / "id_ed25519")]
    subprocess.run(argv, check=True)
    return home


def test_a_head_is_signed_with_the_persons_key(checkout: Options, key: Path) -> None:
    one = door(checkout.root)
    log = record_of(checkout)
    head = heads.head_of(log.records())
    assert head is not None
    signed = heads.signed(one, head, home=key)
    assert signed.key.startswith("SHA256:")
    assert heads.faults(one, [signed], log.records()) == ()
    moved = replace(signed, sequence=signed.sequence - 1, hash=log.records()[-2]["hash"])
    assert heads.faults(one, [moved], log.records()) == (
        f"the signature of entry {moved.sequence} of the chain {moved.chain} does not hold",
    )


def test_without_a_key_a_head_stays_unsigned(checkout: Options, tmp_path: Path) -> None:
    head = heads.Head("", 1, "0" * 64)
    assert heads.signed(door(checkout.root), head, home=tmp_path) == head


def test_a_signature_that_was_taken_away_is_missed(checkout: Options, tmp_path: Path) -> None:
    log = record_of(checkout)
    head = heads.head_of(log.records())
    assert head is not None
    heads.keep(log.root, head)
    run = a_run(checkout, tmp_path / "bin", annotation=f"{head.text} SHA256:abc")
    faults, _notes = anchor.compared(run, log.records())
    assert faults == (f"the release says that SHA256:abc signed entry {head.sequence}, and no such signature is kept",)


def test_a_line_of_heads_that_is_none_is_named(checkout: Options) -> None:
    (checkout.record / heads.HEADS).write_text("nonsense\n")
    assert command.check(checkout).faults == (f"{heads.HEADS} line 1 is no head",)
