"""What a person or a program sees of a run."""

import io
import json

from rich.console import Console

from orchestrator.progress.events import Phase, StepEvent
from orchestrator.progress.lines import JsonLines
from orchestrator.progress.live import LiveTable
from orchestrator.progress.plain import Plain


def event(phase: Phase, text: str = "", seconds: float = 0.0) -> StepEvent:
    return StepEvent("lint", "helm lint", ("T023", "T035"), phase, text, seconds)


def test_plain_lines_tell_a_start_and_an_end_and_no_chatter() -> None:
    out = io.StringIO()
    one = Plain(out)
    one.begin((event("waiting"),))
    for said in (event("running"), event("running", "helm lint"), event("running", "helm template")):
        one.tell(said)
    one.tell(event("done", "0 charts failed", 1.25))
    assert out.getvalue().splitlines() == [
        "1 steps",
        "  helm lint: helm lint",
        "✓ helm lint [T023 T035] 1.2 s: 0 charts failed",
    ]


def test_plain_lines_tell_a_cause_once_when_it_is_seen() -> None:
    out = io.StringIO()
    one = Plain(out)
    sign = "! pod: ErrImagePull"
    for text in ("0 of 5 pods ready", sign, sign, "1 of 5 pods ready", "! pod: crash"):
        one.tell(event("running", text))
    assert [line.split(": ", 1)[1] for line in out.getvalue().splitlines()] == [
        "0 of 5 pods ready",
        "! pod: ErrImagePull",
        "! pod: crash",
    ]


def test_json_lines_are_one_object_an_event_and_nothing_twice() -> None:
    out = io.StringIO()
    one = JsonLines(out)
    one.begin((event("waiting"),))
    for said in (
        event("waiting", "waits for values"),
        event("waiting", "waits for values"),
        event("done", "ok", 1.23456),
    ):
        one.tell(said)
    one.note("a note")
    one.end()
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["event"] for line in told] == ["begin", "step", "step", "note", "end"]
    assert (told[2]["step"], told[2]["phase"], told[2]["seconds"]) == ("lint", "done", 1.235)


def test_the_live_table_has_a_row_a_step_with_time_and_what_it_waits_for() -> None:
    out = io.StringIO()
    one = LiveTable(Console(file=out, force_terminal=True, width=100, color_system=None))
    waiting = StepEvent("release", "Helm release", ("T025",), "waiting", "waits for lint, secret")
    one.begin((event("waiting"), waiting))
    one.tell(event("failed", "first line\nsecond line", 3.0))
    one.note("[not markup] a note")
    one.end()
    last = out.getvalue()
    assert "waits for lint, secret" in last
    assert "3.0 s" in last
    assert "first line" in last
    assert "second line" not in last
    assert "[not markup] a note" in last


def test_a_table_that_never_began_can_end() -> None:
    LiveTable(Console(file=io.StringIO())).end()
