"""What is recommended: within the peak and its margin, wider with little data, and nothing twice."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.sizing.deciding import recommend as module
from orchestrator.sizing.deciding.evidence import Evidence
from orchestrator.sizing.deciding.recommend import Setting, doubt, recommend
from orchestrator.sizing.model import NAMES, Advice, Line, Name, Sizes
from orchestrator.sizing.quantities import MIB
from tests.orchestrator.sizing.builders import DEFAULT, seen

CPU = st.lists(st.floats(0.5, 900), min_size=3, max_size=120)
MEMORY = st.lists(st.integers(8 * MIB, 900 * MIB), min_size=3, max_size=120)
SIZE = st.none() | st.integers(10, 2000)
SPACE = st.none() | st.integers(16 * MIB, 2048 * MIB)
SIZES = st.builds(Sizes, SIZE, SPACE, SIZE, SPACE)
NOTHING = Setting()


def line(advice: Advice, name: Name) -> Line:
    return next(one for one in advice.lines if one.name == name)


def applied(advice: Advice) -> Sizes:
    return Sizes(**{one.name: one.recommended for one in advice.lines})


@given(CPU, MEMORY, SIZES, st.none() | st.integers(10, 100))
def test_what_was_recommended_is_right_when_the_same_is_seen_again(
    cpu: list[float], memory: list[int], sizes: Sizes, percent: int | None
) -> None:
    first = seen(cpu, memory, sizes)
    again = replace(first, sizes=applied(recommend(first, Setting(percent))))
    assert not recommend(again, Setting(percent)).changes


@given(st.lists(st.floats(40, 60), min_size=20, max_size=40), st.floats(0.9, 1.1), st.data())
def test_a_little_more_or_less_use_changes_nothing(cpu: list[float], factor: float, data: st.DataObject) -> None:
    memory = data.draw(st.lists(st.integers(150 * MIB, 160 * MIB), min_size=20, max_size=40))
    first = seen(cpu, memory, peak=200 * MIB)
    sizes = applied(recommend(first, NOTHING))
    later = seen(
        [one * factor for one in cpu], [int(one * factor) for one in memory], sizes, peak=int(200 * factor) * MIB
    )
    assert not recommend(later, NOTHING).changes


def test_memory_that_grew_the_first_time_alone_changes_nothing_the_second() -> None:
    first = seen([40.0] * 14, [150 * MIB] * 14, peak=195 * MIB, growing=True, minutes=2.0)
    later = seen([38.0] * 14, [150 * MIB] * 14, applied(recommend(first, NOTHING)), peak=215 * MIB, minutes=2.0)
    assert not recommend(later, NOTHING).changes


@given(CPU, MEMORY, SIZES, st.integers(0, 1024 * MIB), st.sampled_from(["", "growing", "killed"]))
def test_no_memory_limit_is_nearer_to_the_peak_than_its_least_margin(
    cpu: list[float], memory: list[int], sizes: Sizes, peak: int, state: str
) -> None:
    evidence = seen(cpu, memory, sizes, peak=peak, **({state: True} if state else {}))
    limit = line(recommend(evidence, NOTHING), "memory_limit").recommended
    assert limit is not None
    assert limit >= evidence.peak * 1.2


@given(CPU, MEMORY, SIZES)
def test_sizes_that_change_stay_within_what_was_seen_and_its_margin(
    cpu: list[float], memory: list[int], sizes: Sizes
) -> None:
    advice = recommend(seen(cpu, memory, sizes), NOTHING)
    most = {
        "cpu_request": max(10, max(cpu) * 1.3) + 5,
        "memory_request": max(memory) * 1.2 + 4 * MIB,
        "memory_limit": max(32 * MIB, max(memory) * 1.6) + 4 * MIB,
        "cpu_limit": max(cpu) * 2 + 50,
    }
    for one in advice.changes:
        standing = max(sizes.of("cpu_limit") or 0, line(advice, "cpu_request").recommended or 0)
        assert one.recommended is not None
        assert one.recommended <= max(most[one.name], standing if one.name == "cpu_limit" else 0)


@given(CPU, MEMORY, SIZES)
def test_requests_are_never_below_what_was_seen_nor_above_the_limits(
    cpu: list[float], memory: list[int], sizes: Sizes
) -> None:
    sizes = replace(sizes, memory_request=None, cpu_request=None)
    told = applied(recommend(seen(cpu, memory, sizes), NOTHING))
    assert told.memory_request is not None
    assert told.memory_limit is not None
    assert max(memory) <= told.memory_request <= told.memory_limit
    assert told.cpu_request is not None
    assert told.cpu_limit is None or told.cpu_request <= told.cpu_limit


@given(st.integers(1, 400), st.integers(1, 400))
def test_less_data_means_no_smaller_margin(one: int, other: int) -> None:
    few, many = sorted((one, other))
    assert doubt(few) >= doubt(many) > 0


def test_margins_widen_with_little_data() -> None:
    def request(count: int) -> int:
        return line(recommend(seen([40.0] * count, [100 * MIB] * count), NOTHING), "cpu_request").recommended or 0

    assert request(4) > request(100)


def test_after_minutes_a_memory_limit_has_more_room_than_after_an_hour() -> None:
    limits = [
        line(recommend(seen([5.0] * 9, [100 * MIB] * 9, Sizes(), minutes=one), NOTHING), "memory_limit").recommended
        for one in (2.0, 60.0, 600.0)
    ]
    assert limits == [212 * MIB, 160 * MIB, 160 * MIB]


def test_idle_defaults_are_cut_by_more_than_half() -> None:
    advice = recommend(seen([2.0, 12.0, 14.0, 15.0] * 4, [60 * MIB] * 16), NOTHING)
    cpu, memory = (line(advice, name).recommended for name in ("cpu_request", "memory_request"))
    assert cpu is not None and cpu <= 50  # half of the default's 100m
    assert memory is not None and memory < 128 * MIB


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_readings_change_nothing(count: int) -> None:
    advice = recommend(seen([90.0] * count, [900 * MIB] * count), NOTHING)
    assert not advice.changes
    assert advice.confidence == "none"
    assert f"only {count} readings" in line(advice, "cpu_request").reason


def test_an_oom_kill_raises_the_limit_over_the_one_it_happened_under() -> None:
    sizes = replace(DEFAULT, memory_limit=160 * MIB)
    told = line(recommend(seen([20.0] * 9, [150 * MIB] * 9, sizes, killed=True), NOTHING), "memory_limit")
    assert (told.recommended or 0) >= 240 * MIB
    assert told.reason == "OOM-killed under 160Mi"


@given(CPU, MEMORY, SIZES)
def test_where_many_requests_failed_nothing_is_lowered(cpu: list[float], memory: list[int], sizes: Sizes) -> None:
    for one in recommend(seen(cpu, memory, sizes, failing=True), NOTHING).changes:
        assert one.current is None or (one.recommended or 0) > one.current


def test_an_oom_kill_raises_the_limit_even_with_too_few_readings() -> None:
    sizes = replace(DEFAULT, memory_limit=160 * MIB)
    told = recommend(seen([], [150 * MIB], sizes, killed=True), NOTHING)
    assert [(one.name, one.recommended) for one in told.changes] == [("memory_limit", 240 * MIB)]


def test_memory_that_still_grows_gets_more_room() -> None:
    calm, growing = (
        recommend(seen([20.0] * 9, [100 * MIB] * 9, Sizes(), growing=one), NOTHING) for one in (False, True)
    )
    assert [line(one, "memory_limit").recommended for one in (calm, growing)] == [160 * MIB, 192 * MIB]
    assert "its memory still grew at the end" in growing.notes


def test_the_autoscalers_target_stays_above_the_measured_load() -> None:
    evidence = seen([60.0] * 40, [100 * MIB] * 40, replace(DEFAULT, cpu_request=20))
    plain, scaled = (recommend(evidence, Setting(percent)) for percent in (None, 75))
    request = line(scaled, "cpu_request").recommended or 0
    assert 60 / request < 0.75
    assert request > (line(plain, "cpu_request").recommended or 0)
    assert "autoscaler's 75 %" in line(scaled, "cpu_request").reason
    assert any("autoscaler" in note for note in scaled.notes)


def test_with_an_autoscaler_no_request_is_tiny() -> None:
    advice = recommend(seen([1.0] * 40, [100 * MIB] * 40), Setting(75))
    assert line(advice, "cpu_request").recommended == 50


def test_a_cpu_limit_is_raised_where_it_holds_back_and_never_lowered() -> None:
    full = line(recommend(seen([480.0] * 9, [100 * MIB] * 9), NOTHING), "cpu_limit")
    idle = line(recommend(seen([5.0] * 9, [100 * MIB] * 9), NOTHING), "cpu_limit")
    assert (full.recommended, idle.recommended) == (1000, 500)
    assert "nearly all" in full.reason


def test_a_limit_that_is_not_set_stays_so_for_cpu_and_is_set_for_memory() -> None:
    advice = recommend(seen([5.0] * 9, [100 * MIB] * 9, Sizes()), NOTHING)
    assert line(advice, "cpu_limit").recommended is None
    assert line(advice, "memory_limit").recommended == 160 * MIB


@given(CPU, MEMORY, SIZES, st.booleans())
def test_what_may_not_be_written_is_not_changed(
    cpu: list[float], memory: list[int], sizes: Sizes, killed: bool
) -> None:
    fixed: dict[Name, str] = dict.fromkeys(NAMES, "given elsewhere")
    advice = recommend(seen(cpu, memory, sizes, killed=killed), Setting(fixed=fixed))
    assert not advice.changes


def test_a_request_stays_under_a_limit_that_may_not_be_written() -> None:
    sizes = Sizes(10, 64 * MIB, 500, 110 * MIB)
    setting = Setting(fixed={"memory_limit": "given by a values file of yours, which wins"})
    advice = recommend(seen([20.0] * 9, [100 * MIB] * 9, sizes), setting)
    assert line(advice, "memory_request").recommended == 110 * MIB
    assert line(advice, "memory_limit").reason.startswith("given by a values file")


def test_without_the_kernels_peak_the_margin_is_wider() -> None:
    known, unknown = (
        line(recommend(seen([5.0] * 9, [100 * MIB] * 9, Sizes(), peak_is_kernels=one), NOTHING), "memory_limit")
        for one in (True, False)
    )
    assert (unknown.recommended or 0) > (known.recommended or 0)


@pytest.mark.parametrize(
    ("change", "confidence"),
    [({}, "high"), ({"doubts": ("x",)}, "medium"), ({"growing": True}, "medium"), ({"cpu": (5.0,) * 30}, "medium"),
     ({"cpu": (5.0,) * 10}, "low"), ({"cpu": (5.0,) * 10, "killed": True}, "low")],
)  # fmt: skip
def test_confidence_falls_with_little_data_and_with_doubts(change: dict[str, Any], confidence: str) -> None:
    evidence: Evidence = replace(seen([5.0] * 60, [100 * MIB] * 60), **change)
    assert recommend(evidence, NOTHING).confidence == confidence


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LEAST_PEAK_MARGIN", 0.0),
        ("PEAK_MARGIN", -0.3),
        ("KILLED_RAISE", 0.9),
        ("CPU_MARGIN", -0.5),
        ("MEMORY_MARGIN", 2),
    ],
)
def test_a_rule_that_is_turned_is_noticed(name: str, value: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """The numbers above are held by the tests above: each turned one changes what is recommended."""
    standing = replace(DEFAULT, cpu_request=50, memory_request=118 * MIB, memory_limit=118 * MIB)
    sizes = standing if name == "LEAST_PEAK_MARGIN" else replace(DEFAULT, memory_limit=118 * MIB)
    evidence = seen([40.0] * 9, [100 * MIB] * 9, sizes, killed=name == "KILLED_RAISE")
    right = applied(recommend(evidence, NOTHING))
    monkeypatch.setattr(module, name, value)
    assert applied(recommend(evidence, NOTHING)) != right


def due(**more: Any) -> dict[str, Line]:
    """What is recommended for a part that needs a tenth of what it has, on the evidence that is given."""
    told = {"rate": 5.0, "minutes": 10.0, **more}
    found = recommend(seen([10.0] * 60, [40 * MIB] * 60, **told), Setting())
    return {line.name: line for line in found.lines}


@pytest.mark.parametrize(
    ("evidence", "why"),
    [
        ({"rate": 1.0}, "1.0 requests a second show no busy moment: --rate 5 or more"),
        ({"rate": 0.0}, "0.0 requests a second"),
        ({"minutes": 2.0}, "2 minutes are too few: --duration 300"),
        ({"doubts": ("it did not settle",)}, ""),
    ],
)
def test_less_is_told_and_applied_only_where_the_load_could_show_that_it_is_enough(
    evidence: dict[str, Any], why: str
) -> None:
    line = due(**evidence)["cpu_request"]
    assert (line.differs, line.changed) == (True, not why)
    assert line.unsure.startswith(why)


def test_few_readings_lower_nothing_either() -> None:
    found = recommend(seen([10.0] * 12, [40 * MIB] * 12, rate=9.0), Setting())
    assert [line.unsure for line in found.lines if line.differs] == ["the confidence is low"] * 3
    assert found.changes == ()


def test_a_memory_limit_takes_half_an_hour_to_be_lowered() -> None:
    assert due()["memory_limit"].unsure == "10 minutes are too few: --duration 1800"
    assert due(minutes=30.0)["memory_limit"].changed


def test_more_is_given_however_little_the_load_was() -> None:
    found = recommend(seen([300.0] * 5, [600 * MIB] * 5, rate=0.5, minutes=0.5, killed=True), Setting())
    raised = {line.name for line in found.changes}
    assert raised >= {"cpu_request", "memory_request", "memory_limit"}
