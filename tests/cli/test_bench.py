"""`./todo bench`: its figures, and its load against a real server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.bench.client import apply_load, request
from cli.bench.figures import Figure, Load, figure, percentile, table
from cli.bench.speed import BARE, Use, compare, judged, running
from cli.servers.folder import Server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running(BARE, folder=tmp_path) as server:
        yield server


@pytest.mark.parametrize(("share", "value"), [(0.5, 3), (0.95, 5), (0.2, 1), (0.21, 2), (1.0, 5)])
def test_percentile_is_the_nearest_rank(share: float, value: float) -> None:
    assert percentile([5, 1, 4, 2, 3], share) == value


def test_ratio_is_the_median_of_the_rounds() -> None:
    def load(throughput: float) -> Load:
        return Load(seconds=2 / throughput, latencies=(1.0, 1.0))

    bare = [load(1000), load(500), load(1000)]
    alone = Load(seconds=1, latencies=(1.0, 2.0, 9.0))
    result = figure("list", busy=[load(400), load(400), load(100)], alone=alone, bare=bare)
    assert (result.throughput, result.ratio, result.p50, result.p95) == (400, 0.4, 2.0, 9.0)


def test_table_says_whether_the_aim_was_met() -> None:
    slow = judged(Figure(name="list of 50 tasks", throughput=300, ratio=0.3, p50=3, p95=4))
    quick = judged(Figure(name="chat turn that adds", throughput=90, ratio=0.1, p50=12, p95=30))
    lines = table([slow, quick]).splitlines()
    assert lines[1].endswith("0.35 of bare or more: NOT met")
    assert lines[2].endswith("p50 under 20 ms: met")


def test_every_request_is_sent_once(server: Server) -> None:
    load = apply_load(server.port, [request("GET", "/bare")] * 30, connections=4)
    assert len(load.latencies) == 30


def test_an_unexpected_answer_ends_the_load(server: Server) -> None:
    with pytest.raises(RuntimeError, match="GET /nowhere answered 404"):
        apply_load(server.port, [request("GET", "/nowhere")], connections=1)


def test_a_server_compared_with_itself(server: Server) -> None:
    use = Use(name="nothing", requests=(request("GET", "/bare"),))
    result = compare(use, backend=server, bare=server, count=50)
    assert result.throughput > 0
    assert 0 < result.p50 <= result.p95
