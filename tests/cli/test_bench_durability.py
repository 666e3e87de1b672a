"""`./todo bench`: writes that are sure, beside those that are not."""

from pathlib import Path

from cli.bench.durability import measure_durability


def test_both_kinds_are_measured(tmp_path: Path) -> None:
    result = measure_durability(folder=tmp_path, count=50)
    assert result.throughput > 0 and result.ratio > 0
    assert {path.name for path in tmp_path.iterdir()} == {"full", "normal"}
