"""icalendar's own files, good and broken, through import: no crash, and no task lost without a word."""

from pathlib import Path

import httpx

from cli.strangers.results import Check, Result, check
from cli.strangers.target import Target
from cli.strangers.tools import python_packages, python_version, run

REFUSED = 422
_FIND = "import icalendar, pathlib; print(pathlib.Path(icalendar.__file__).parent)"


def icalendar_corpus(target: Target) -> Result:
    """Each file is imported twice."""
    folder = python_packages("icalendar", ["icalendar"])
    place = Path(run([str(folder / "python"), "-c", _FIND]).stdout.strip())
    with target.client() as client:
        checks = tuple(_import(client, file, file.relative_to(place)) for file in sorted(place.rglob("*.ics")))
    return Result(suite="icalendar-corpus", version=python_version(folder, "icalendar"), checks=checks)


def _import(client: httpx.Client, file: Path, name: Path) -> Check:
    content = file.read_bytes()
    query = {"name": file.name, "format": "icalendar"}
    answer = client.post("/api/import", params=query, content=content)
    if answer.status_code == REFUSED:
        told = answer.json()["detail"]
        return check(str(name), passed=_tasks(content) == 0, detail=f"refused: {told}")
    if not answer.is_success:
        return check(str(name), passed=False, detail=f"{answer.status_code}: {answer.text[:200]}")
    report = answer.json()
    skipped = sum(remark["kind"] in {"skipped", "duplicate"} for remark in report["remarks"])
    told = report["total"] + report["skipped"] + (0 if report["skipped"] else skipped)
    again = client.post("/api/import", params=query, content=content).json()
    detail = f"{_tasks(content)} tasks in the file, {told} told of; {again.get('new')} new when it is imported again"
    return check(str(name), passed=told >= _tasks(content) and again.get("new") == 0, detail=detail)


def _tasks(content: bytes) -> int:
    """How many tasks the file begins, however broken it is."""
    return content.upper().count(b"BEGIN:VTODO")
