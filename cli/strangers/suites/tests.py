"""Better Auth's client, by the tests that there are, and schemathesis, stateful, over the OpenAPI document."""

import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

from cli.environment import ROOT, TEST
from cli.strangers.results import Check, Result, check
from cli.strangers.target import Target
from cli.strangers.tools import run

OFFICIAL = (
    "tests/auth/test_official_client.py",
    "tests/auth/test_official_factor.py",
    "tests/auth/test_official_recovery.py",
)

JUDGES = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)


def better_auth(_target: Target) -> Result:
    """The official client against servers of its own."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        done = run([sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *OFFICIAL], folder=ROOT)
        checks = _cases(report) if report.exists() else (check("runs", passed=False, detail=done.stderr[-300:]),)
    return Result(suite="better-auth", version="as locked in tests/auth/client", checks=checks)


def stateful(target: Target) -> Result:
    """Chains of operations, each fed with what another answered, until none answers what the document does not say."""
    program = Path(TEST.python).parent / "schemathesis"
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        done = run(
            [
                str(program), "run", f"{target.address}/openapi.json", "--url", target.address,
                "--header", f"Authorization: Bearer {target.session}",
                "--phases", "stateful", "--max-examples", "40", "--seed", "1",
                "--exclude-path-regex", "^/api/(auth/|events)", "--checks", ",".join(JUDGES),
                "--report", "junit", "--report-junit-path", str(report),
            ],
            folder=Path(folder),
        )  # fmt: skip
        checks = _cases(report) if report.exists() else (check("runs", passed=False, detail=done.stdout[-300:]),)
    return Result(suite="schemathesis", version=version("schemathesis"), checks=checks)


def _cases(report: Path) -> tuple[Check, ...]:
    """The cases of a JUnit report; those that were skipped are none."""
    cases = [case for case in ElementTree.parse(report).iter("testcase") if case.find("skipped") is None]  # noqa: S314  (our own runs wrote it)
    return tuple(_case(case) for case in cases)


def _case(case: ElementTree.Element) -> Check:
    wrong = [found for kind in ("failure", "error") if (found := case.find(kind)) is not None]
    detail = (wrong[0].get("message") or wrong[0].text or "") if wrong else ""
    return check(str(case.get("name")), passed=not wrong, detail=detail)
