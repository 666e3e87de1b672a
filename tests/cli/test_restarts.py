"""When a server that ended is started again, and what else is done every minute."""

from pathlib import Path
from threading import Semaphore

import pytest

from cli.servers.chores import begin, do_all
from cli.servers.folder import DataFolder
from cli.servers.restarts import LIMIT, WINDOW_SECONDS, pause


def test_the_pause_grows_to_a_minute_and_then_there_is_an_end() -> None:
    ends: list[float] = []
    pauses = []
    for number in range(LIMIT + 1):
        ends.append(float(number))
        pauses.append(pause(ends, now=float(number), limit=LIMIT))
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, None]


def test_ends_long_ago_do_not_count() -> None:
    assert pause([0.0, 1.0, WINDOW_SECONDS + 2], now=WINDOW_SECONDS + 2, limit=1) == 1
    assert pause([0.0], now=0.0, limit=0) is None


def test_ends_count_however_well_each_start_went() -> None:
    ends = [60.0 * number for number in range(10)]
    assert pause(ends, now=ends[-1], limit=LIMIT) is None


def test_a_chore_that_fails_keeps_no_other_from_being_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done: list[Path] = []

    def broken(folder: DataFolder) -> None:
        raise ValueError(f"no {folder.path.name}")

    do_all(DataFolder(path=tmp_path), [broken, lambda folder: done.append(folder.path)])
    assert done == [tmp_path]
    assert f"ValueError: no {tmp_path.name}" in capsys.readouterr().err


def test_chores_are_done_again_and_again(tmp_path: Path) -> None:
    turns = Semaphore(0)
    begin(DataFolder(path=tmp_path), chores=[lambda _: turns.release()], seconds=0.01)
    assert all(turns.acquire(timeout=10) for _ in range(3))
