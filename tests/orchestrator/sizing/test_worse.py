"""When new sizes are taken back: restarts and OOM kills at once, errors and slowness beyond chance."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.sizing.deciding.quantiles import chance_of_more, percentile
from orchestrator.sizing.deciding.worse import Verdict, compare, p95
from tests.orchestrator.sizing.builders import container, measurement


def times(count: int, scale: float = 0.05, *, seed: int = 1) -> list[float]:
    """Answer times with the long tail that real ones have."""
    chance = random.Random(seed)  # noqa: S311
    return [scale * chance.lognormvariate(0, 0.6) for _ in range(count)]


@given(st.lists(st.floats(0.001, 5), min_size=1, max_size=300))
def test_the_same_again_is_never_worse(seconds: list[float]) -> None:
    assert not compare(measurement(seconds), measurement(seconds)).worse


@pytest.mark.parametrize("seed", range(2, 40))
def test_chance_alone_is_not_worse_twice_in_a_row(seed: int) -> None:
    before = measurement(times(200))
    again = [compare(before, measurement(times(200, seed=one))) for one in (seed, seed + 100)]
    assert not all(verdict.worse for verdict in again)
    assert not any(verdict.worse and verdict.sure for verdict in again)


@pytest.mark.parametrize(("was", "now"), [(0.143, 0.210), (0.135, 0.216), (0.080, 0.105), (1.0, 1.3)])
@pytest.mark.parametrize("count", [60, 100, 120])
def test_a_p95_that_grew_by_a_quarter_is_worse_however_few_answers_show_it(was: float, now: float, count: int) -> None:
    """As seen on a real release: of 120 answers p95 was 143 ms, then 210 ms; Fisher's test calls that no rarity."""
    fast = [was / 3] * (count - count // 12)
    before, after = (measurement([*fast, *[slow] * (count // 12)]) for slow in (was, now))
    verdict = compare(before, after)
    assert verdict == Verdict(f"p95 {now * 1000:.0f} ms, {was * 1000:.0f} ms before", sure=False)


@pytest.mark.parametrize("seed", range(2, 12))
def test_answers_three_times_as_slow_are_worse_but_not_at_once(seed: int) -> None:
    verdict = compare(measurement(times(200)), measurement(times(200, 0.15, seed=seed)))
    assert "p95" in verdict.worse
    assert not verdict.sure


def test_a_tail_that_one_answer_in_five_feels_is_worse_though_the_median_is_as_before() -> None:
    """As seen where a CPU limit lets most through and holds bursts back: p95 376 ms, then 2081 ms."""
    before = [*times(97, 0.12), 1.9, 2.0, 2.2]
    after = [*times(80, 0.12), *times(20, 1.8)]
    assert compare(measurement(before), measurement(after)).worse.startswith("p95")


def test_too_few_answers_are_no_verdict_on_slowness() -> None:
    assert not compare(measurement(times(15)), measurement(times(15, 5.0))).worse


def test_the_first_of_the_load_does_not_count() -> None:
    cold = [9.0] * 19 + times(181)
    assert p95(measurement(cold)) == pytest.approx(p95(measurement(times(181))), rel=0.2)


@pytest.mark.parametrize(("failed", "worse"), [(0, False), (2, False), (9, True), (60, True)])
def test_errors_beyond_chance_are_worse(failed: int, worse: bool) -> None:
    verdict = compare(measurement(times(200)), measurement(times(200 - failed), failed=failed))
    assert bool(verdict.worse) == worse
    assert verdict.sure


def test_errors_that_were_there_before_are_not_worse() -> None:
    assert not compare(measurement(times(180), failed=20), measurement(times(180), failed=22)).worse


def test_a_restart_is_worse_and_so_is_one_before_the_second_load() -> None:
    before = measurement(times(50), before=[container("old")], after=[container("old")])
    crashed = [container("new", restarts=1)]
    assert "1 restarts" in compare(before, measurement(times(50), before=crashed, after=crashed)).worse


def test_an_oom_kill_is_worse_even_when_the_pod_recovered() -> None:
    before = measurement(times(50), before=[container("old")], after=[container("old")])
    after = measurement(times(50), before=[container("new")], after=[container("new", restarts=1, killed=True)])
    assert compare(before, after).worse == "OOM kill in backend"


def test_an_oom_kill_from_before_in_a_pod_that_stayed_is_not_the_new_sizes() -> None:
    old = [container("todo-postgres-0", part="postgres", restarts=1, killed=True)]
    before = measurement(times(50), before=old, after=old)
    assert not compare(before, measurement(times(50), before=old, after=old)).worse


@given(st.lists(st.floats(0, 100), min_size=1), st.floats(0, 1))
def test_a_percentile_lies_among_its_values(values: list[float], share: float) -> None:
    assert min(values) - 1e-9 <= percentile(values, share) <= max(values) + 1e-9


def test_fishers_test_as_published() -> None:
    """The tea-tasting table: 3 of 4 against 1 of 4, one-sided p = 17/70."""
    assert chance_of_more(3, 4, 1, 4) == pytest.approx(17 / 70)
    assert chance_of_more(0, 10, 0, 10) == 1
