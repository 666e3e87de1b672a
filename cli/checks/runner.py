"""Runs checks, one after the other: tests show themselves live, the others only if they fail."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from cli.checks.steps import Need, Outcome, State, Step
from cli.progress import row

NO_TESTS = 5  # pytest's exit code when nothing was selected
UNSET = "PYTHONDONTWRITEBYTECODE"  # tests start hundreds of programs, and each would compile what it imports


def run_step(step: Step, *, missing: dict[Need, str]) -> Outcome:
    """Run the step, unless something that it needs is missing: that counts as a failure, told by its reason."""
    reasons = [missing[need] for need in step.needs if need in missing]
    if reasons:
        return Outcome(name=step.name, state=State.MISSING, failed=1, remark="; ".join(reasons))
    started = time.monotonic()
    outcome = run_tests(step) if step.is_pytest else run_plain(step)
    wanting = [missing[wish] for wish in step.wishes if wish in missing]
    return without(wanting, replace(outcome, seconds=time.monotonic() - started))


def without(reasons: list[str], outcome: Outcome) -> Outcome:
    """The outcome of a step that had to leave something out, for these reasons."""
    if not reasons:
        return outcome
    remark = "; ".join([*([outcome.remark] if outcome.remark else []), *reasons])
    return replace(outcome, state=State.FAILED, failed=outcome.failed + 1, remark=remark)


def environment_of(step: Step) -> dict[str, str]:
    """This process's variables with those of the step, and with bytecode kept."""
    return {name: value for name, value in (os.environ | step.environment).items() if name != UNSET}


def run_plain(step: Step) -> Outcome:
    """Run a check that is no test run, and print what it said if it fails."""
    with row(step.name) as shown:
        ended = subprocess.run(
            step.command,
            cwd=step.folder,
            env=environment_of(step),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        shown.succeeded = ended.returncode == 0
    if shown.succeeded:
        return Outcome(name=step.name, state=State.PASSED, passed=1)
    print(ended.stdout, flush=True)
    return Outcome(name=step.name, state=State.FAILED, failed=1, remark=f"exit code {ended.returncode}")


def run_tests(step: Step) -> Outcome:
    """Run pytest with its output passed through, and count its tests by its own report."""
    sys.stderr.write(f"  {step.name} …\n")
    sys.stderr.flush()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [*step.command, f"--junitxml={report}"]
        code = subprocess.run(
            command, cwd=step.folder, env=environment_of(step), stdin=subprocess.DEVNULL, check=False
        ).returncode
        return count(step.name, report=report.read_text() if report.exists() else "", code=code)


def count(name: str, *, report: str, code: int) -> Outcome:
    """What pytest's JUnit report and exit code amount to; a run that broke off counts as a failure of its own."""
    suites = list(ElementTree.fromstring(report).iter("testsuite")) if report else []  # noqa: S314  (pytest wrote it)
    total, bad, skipped = (
        sum(int(suite.get(key, "0")) for suite in suites for key in keys)
        for keys in (("tests",), ("failures", "errors"), ("skipped",))
    )
    failed = max(bad, 1) if code not in {0, NO_TESTS} else bad
    return Outcome(
        name=name,
        state=State.FAILED if failed else State.PASSED,
        passed=max(total - bad - skipped, 0),
        failed=failed,
        skipped=skipped,
        remark=f"pytest ended with {code}" if failed and not bad else "",
    )
