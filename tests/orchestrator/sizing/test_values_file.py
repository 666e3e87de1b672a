"""Only the sizes change in values.yaml: comments, order and quotes stay, and the file is never half written."""

import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.errors import RejectedError
from orchestrator.sizing.applying.values_file import plain, with_sizes, write
from orchestrator.sizing.model import NAMES, Name
from orchestrator.sizing.quantities import MIB

ROOT = Path(__file__).resolve().parents[3]
VALUES = (ROOT / "charts" / "todo-app" / "values.yaml").read_text()
STEP = {"cpu_request": 1, "cpu_limit": 1, "memory_request": MIB, "memory_limit": MIB}


def changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    return [(old.strip(), new.strip()) for old, new in pairs if old != new]


def test_one_size_is_one_line() -> None:
    told = with_sizes(VALUES, {"backend": {"cpu_request": 35}, "postgres": {"memory_limit": 200 * MIB}})
    assert changed_lines(VALUES, told) == [("cpu: 100m", "cpu: 35m"), ("memory: 384Mi", "memory: 200Mi")]


def test_nothing_to_change_changes_no_byte() -> None:
    assert with_sizes(VALUES, {}) == VALUES


@settings(deadline=None, max_examples=30)
@given(
    st.dictionaries(
        st.sampled_from(["backend", "frontend", "postgres"]),
        st.dictionaries(st.sampled_from(NAMES), st.integers(1, 5000), min_size=1),
    )
)
def test_sizes_are_written_and_every_comment_stays(numbers: dict[str, dict[Name, int]]) -> None:
    changes = {part: {name: number * STEP[name] for name, number in sizes.items()} for part, sizes in numbers.items()}
    told = with_sizes(VALUES, changes)
    assert [line for line in told.splitlines() if "#" in line] == [line for line in VALUES.splitlines() if "#" in line]
    assert len(changed_lines(VALUES, told)) <= sum(map(len, changes.values()))
    assert with_sizes(told, changes) == told


def test_hand_written_styles_stay() -> None:
    text = (
        "# mine\nbackend:\n  replicas: 3   # three\n"
        "  resources: {requests: {cpu: \"100m\", memory: '128Mi'}}  # small\nfrontend: {}\n"
    )
    told = with_sizes(text, {"backend": {"cpu_request": 40, "memory_request": 96 * MIB}})
    kept = text.replace('"100m"', '"40m"').replace("'128Mi'", "'96Mi'")
    assert told == kept.replace("}  # small", "}    # small")  # a comment keeps its column


def test_sizes_that_are_absent_are_added() -> None:
    told = plain(
        with_sizes(
            "# x\nbackend:\n  replicas: 1\n", {"backend": {"memory_limit": 64 * MIB}, "postgres": {"cpu_request": 10}}
        )
    )
    assert told == {
        "backend": {"replicas": 1, "resources": {"limits": {"memory": "64Mi"}}},
        "postgres": {"resources": {"requests": {"cpu": "10m"}}},
    }


def test_sizes_that_two_parts_share_are_not_torn_apart() -> None:
    shared = "backend:\n  resources: &same\n    requests: {cpu: 100m}\nfrontend:\n  resources: *same\n"
    with pytest.raises(RejectedError, match="shares its sizes"):
        with_sizes(shared, {"backend": {"cpu_request": 40}})


def test_the_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "values.yaml"
    path.write_text("a: 1\n")
    path.chmod(0o640)
    before = path.open()
    write(path, "a: 2\n")
    assert (before.read(), path.read_text()) == ("a: 1\n", "a: 2\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["values.yaml"]
