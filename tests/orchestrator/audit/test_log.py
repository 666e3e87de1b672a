"""The audit log: its two files, their chain, and a check that names every change."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from orchestrator.audit import HEADER, AuditLog, Entry, digest
from orchestrator.audit_check import check
from orchestrator.contracts import FOLDER, load
from orchestrator.redaction import Redactor

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    shutil.copytree(ROOT / FOLDER, tmp_path / FOLDER)
    return AuditLog(tmp_path, Redactor())


def complete(log: AuditLog) -> None:
    """All entries that T034 wants, and the artefacts that they speak of."""
    log.create()
    log.append(Entry("ENV", ("T004", "T005", "T006"), "minikube start", "Minikube Running"))
    for contract in load(log.root):
        path = log.root / contract.artefact
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"content of {contract.name}\n")
        entry = Entry(
            "BUILTIN", (contract.task, contract.logged_by), "make it", "made",
            artefact=contract.artefact, artefact_digest=digest(path.read_bytes()),
        )  # fmt: skip
        log.append(entry)
    log.append(Entry("KUBECTL", ("T024",), "kubectl apply", "applied"))
    log.append(Entry("HELM", ("T025", "T026", "T027"), "helm upgrade", "STATUS=deployed"))
    log.append(Entry("BUILTIN", ("T028", "T029"), "health?", "0 unhealthy"))


def test_the_log_has_t001s_header_and_line_format(log: AuditLog) -> None:
    log.append(Entry("ENV", ("T006",), 'eval "$(x)"\nsecond', "a\tb\\c \x1b[31m"))
    header, line = log.log.read_text().splitlines()
    assert header == HEADER
    assert header == (
        '# Phase IV Agent Delegation Audit Log — format: [ISO-timestamp] [AGENT] prompt="..." result="..."'
    )
    at, rest = line.split("] [", 1)
    assert at.startswith("[20")
    assert at.endswith("Z")
    assert rest == 'ENV] prompt="eval \\"$(x)\\"\\nsecond" result="a\\tb\\\\c \\u001b[31m"'


def test_a_complete_log_is_ok(log: AuditLog) -> None:
    complete(log)
    report = check(log.root)
    assert report.faults == ()
    assert report.ok
    assert [need.task for need in report.needs if not need.record] == []


def test_each_missing_entry_is_named(log: AuditLog) -> None:
    log.create()
    faults = check(log.root).faults
    assert len(faults) == 7 + 4
    assert any("T010: Dockerfile.backend" in fault for fault in faults)
    assert any("T026" in fault for fault in faults)


def test_a_failed_call_is_no_entry_for_its_task(log: AuditLog) -> None:
    complete(log)
    fresh = AuditLog(log.root, Redactor())
    log.log.unlink()
    log.twin.unlink()
    fresh.append(Entry("ENV", ("T006",), "minikube start", "failed", passed=False))
    assert any("T006" in fault for fault in check(log.root).faults)


def test_every_changed_byte_of_either_file_is_noticed(log: AuditLog) -> None:
    complete(log)
    for path in (log.log, log.twin):
        good = path.read_bytes()
        for place in range(0, len(good), max(1, len(good) // 150)):
            path.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
            faults = check(log.root).faults
            assert faults, f"byte {place} of {path.name} was changed and nothing noticed"
            assert path.name in " ".join(faults), faults
        path.write_bytes(good)
    assert check(log.root).ok


def test_a_line_with_the_same_content_written_otherwise_is_noticed(log: AuditLog) -> None:
    complete(log)
    log.twin.write_text(log.twin.read_text().replace('": "', '":  "', 1))
    assert any("not as it was written" in fault for fault in check(log.root).faults)


def test_a_removed_added_or_swapped_line_is_noticed(log: AuditLog) -> None:
    complete(log)
    lines = log.twin.read_text().splitlines(keepends=True)
    for changed in (lines[:3] + lines[4:], lines[:-1], [*lines, lines[-1]], [lines[1], lines[0], *lines[2:]]):
        log.twin.write_text("".join(changed))
        assert not check(log.root).ok


def test_a_record_forged_with_a_fitting_hash_breaks_the_next(log: AuditLog) -> None:
    from orchestrator.audit import record_hash

    complete(log)
    lines = log.twin.read_text().splitlines()
    record = json.loads(lines[2])
    record["result"] = "forged"
    record["hash"] = record_hash(record)
    lines[2] = json.dumps(record, sort_keys=True, ensure_ascii=False)
    log.twin.write_text("\n".join(lines) + "\n")
    assert any("line 4 does not follow" in fault for fault in check(log.root).faults)


def test_an_artefact_that_is_not_the_logged_one_is_named(log: AuditLog) -> None:
    complete(log)
    path = log.root / "Dockerfile.backend"
    path.write_text(path.read_text() + " ")
    assert any("Dockerfile.backend is not the one that was logged" in fault for fault in check(log.root).faults)
    path.unlink()
    assert any("Dockerfile.backend is not there" in fault for fault in check(log.root).faults)


def test_secrets_are_masked_in_both_files(log: AuditLog) -> None:
    log.redactor.learn("postgresql://todo:s3cr3tpassword@db:5432/todo")
    entry = Entry(
        "KUBECTL",
        ("T024",),
        "with s3cr3tpassword",
        "BETTER_AUTH_SECRET=abcdefgh",
        details={"key": "sk-abcdefghijklmn"},
    )
    log.append(entry)
    for path in (log.log, log.twin):
        text = path.read_text()
        assert "s3cr3tpassword" not in text
        assert "abcdefgh" not in text


def test_parallel_appends_make_one_unbroken_chain(log: AuditLog) -> None:
    complete(log)
    before = check(log.root).records
    logs = [AuditLog(log.root, Redactor()) for _ in range(4)]
    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(lambda n: logs[n % 4].append(Entry("BUILTIN", (), f"call {n}", "done")), range(60)))
    report = check(log.root)
    assert report.ok
    assert report.records == before + 60


def test_a_torn_line_is_dropped_and_a_lost_human_line_is_written_again(log: AuditLog) -> None:
    complete(log)
    human = log.log.read_text().splitlines(keepends=True)
    log.log.write_text("".join(human[:-1]) + human[-1][:10])
    with log.twin.open("a") as file:
        file.write('{"sequence": 99, "torn')
    assert not check(log.root).ok
    log.append(Entry("ENV", (), "again", "done"))
    assert check(log.root).ok
    assert len(log.log.read_text().splitlines()) == len(human) + 1


def test_a_second_create_changes_nothing(log: AuditLog) -> None:
    complete(log)
    before = (log.log.read_bytes(), log.twin.read_bytes())
    assert log.create() is False
    assert (log.log.read_bytes(), log.twin.read_bytes()) == before
