"""A folder of manifests as faults: what a file says of itself, and what it must say."""

from pathlib import Path

import pytest

from cli.bench.faults.folder import Answer, as_dict, manifests, summary
from cli.exits import CommandError
from orchestrator.diagnosis.rules import RULES

OWN = Path("cli/bench/faults/manifests")


def test_every_fault_of_the_projects_own_folder_expects_states_that_exist() -> None:
    found = manifests(OWN)
    assert len(found) >= 30
    assert {code for one in found for code in one.codes} <= set(RULES)
    assert sum(not one.codes for one in found) >= 4


def test_a_head_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "# expects: OOMKilled|CrashLoop deployment/x\n# does: too much\n# then: kubectl scale x\n"
    )
    (one,) = manifests(tmp_path)
    assert (one.codes, one.subject, one.does, one.then) == (
        ("OOMKilled", "CrashLoop"), "deployment/x", "too much", ("kubectl scale x",),
    )  # fmt: skip


@pytest.mark.parametrize("text", [None, "kind: Pod\n"])
def test_a_folder_that_says_nothing_is_refused(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "a.yaml").write_text(text)
    with pytest.raises(CommandError):
        manifests(tmp_path)


def test_a_wrong_first_answer_counts_against_it() -> None:
    answers = [
        Answer(name="a", expected="X y", found=("X y",), right=True, seconds=1, overall=2),
        Answer(name="b", expected="nothing", found=("X y",), right=False, seconds=1, overall=2),
    ]
    assert as_dict(answers)["right"] == 1
    assert "1 of 2 right" in summary(answers)
