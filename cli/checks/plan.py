"""Which checks there are, in order: quick ones first. Pure."""

from dataclasses import replace
from pathlib import Path

from cli.checks.steps import Need, Step
from cli.environment import ROOT, TEST
from cli.servers.page import FRONTEND

PYTHON = str(TEST.python)
TESTS = ROOT / "tests"
APART = ("tests/browser", "tests/cluster")  # they need more than Python, and have steps of their own
FAST = ("tests/language", "tests/orchestrator", "tests/cli/test_lock.py")
CONCISE = ("--output-format", "concise", ".", "todo")
WORKERS = ("-n", "2", "--dist", "loadfile")
WAITING = ("-n", "3", "--dist", "loadfile")  # on two cores: those that start servers wait for them half of the time


def plan(*, fast: bool, select: str | None, durations: int = 0) -> list[Step]:
    """The steps to run. `select` is pytest's -k: only tests run then, and only those it names. `durations` is how many
    of the slowest tests each run lists."""
    listed = (f"--durations={durations}", "--durations-min=0.1") if durations else ()
    chosen = (*(("-k", select) if select else ()), *listed)
    tests = fast_tests(chosen) if fast else all_tests(chosen)
    return tests if select else [*(lint() if fast else [*lint(), types_of_page()]), *tests]


def lint() -> list[Step]:
    return [
        Step(name="ruff", command=(PYTHON, "-m", "ruff", "check", *CONCISE)),
        Step(name="format", command=(PYTHON, "-m", "ruff", "format", "--check", *CONCISE)),
        Step(name="mypy", command=(PYTHON, "-m", "mypy")),
    ]


def types_of_page() -> Step:
    """TypeScript over the page; Next.js writes some of the types it needs while it builds."""
    return Step(name="tsc", command=("npm", "run", "--silent", "typecheck"), folder=FRONTEND, needs=(Need.PAGE,))


def fast_tests(chosen: tuple[str, ...]) -> list[Step]:
    """The tests that start no server."""
    return [pytest_step("quick tests", (*existing(FAST), *WORKERS, *chosen))]


def all_tests(chosen: tuple[str, ...]) -> list[Step]:
    apart = tuple(f"--ignore={path}" for path in APART)
    everything = pytest_step("tests", ("tests", *apart, *WAITING, *chosen), needs=(Need.PACKAGES,))
    steps = [replace(everything, wishes=(Need.POSTGRES,))]
    if existing(("tests/browser",)):
        steps.append(pytest_step("browser", ("tests/browser", *WORKERS, *chosen), needs=(Need.PAGE, Need.CHROMIUM)))
    return steps


def pytest_step(name: str, arguments: tuple[str, ...], *, needs: tuple[Need, ...] = ()) -> Step:
    return Step(name=name, command=(PYTHON, "-m", "pytest", "-q", *arguments), needs=needs, is_pytest=True)


def existing(paths: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(path for path in paths if (ROOT / Path(path)).exists())
