"""The end of `./todo test`: a table of the steps, and one plain line that sums the tests."""

from collections.abc import Sequence

from cli.checks.steps import Outcome


def table(outcomes: Sequence[Outcome]) -> str:
    """One line a step: state, time, tests, and what is to be said about it."""
    width = max((len(outcome.name) for outcome in outcomes), default=0)
    return "\n".join(line(outcome, width=width) for outcome in outcomes)


def line(outcome: Outcome, *, width: int) -> str:
    counts = [f"{outcome.passed} passed"] + [f"{outcome.failed} failed"] * bool(outcome.failed)
    counts += [f"{outcome.skipped} skipped"] * bool(outcome.skipped)
    remark = f"  {outcome.remark}" if outcome.remark else ""
    return f"{outcome.name:<{width}}  {outcome.state:<7}  {outcome.seconds:6.1f} s  {', '.join(counts)}{remark}"


def closing(outcomes: Sequence[Outcome]) -> str:
    """The last line: every test, and every other check as one."""
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed for outcome in outcomes)
    skipped = sum(outcome.skipped for outcome in outcomes)
    return f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else "")
