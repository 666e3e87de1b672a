"""What a Python date library reads: its name as the argument; JSON lines {text, now} in, {due, microseconds} out.

Runs under the benchmark's own Python (``requirements/bench.txt``), so it imports nothing of the project.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as clock_time

Reader = Callable[[str, datetime], str | None]


def dateparser() -> Reader:
    from dateparser.search import search_dates  # noqa: PLC0415

    def read(text: str, now: datetime) -> str | None:
        settings = {"RELATIVE_BASE": now, "PREFER_DATES_FROM": "future"}
        found = search_dates(text, languages=["en"], settings=settings)
        return found[0][1].strftime("%Y-%m-%dT%H:%M") if found else None

    return read


def parsedatetime() -> Reader:
    from parsedatetime import VERSION_CONTEXT_STYLE, Calendar  # noqa: PLC0415

    calendar = Calendar(version=VERSION_CONTEXT_STYLE)

    def read(text: str, now: datetime) -> str | None:
        found = calendar.nlp(text, sourceTime=now)
        return found[0][0].strftime("%Y-%m-%dT%H:%M") if found else None

    return read


def timefhuman() -> Reader:
    from timefhuman.main import tfhConfig  # noqa: PLC0415
    from timefhuman.main import timefhuman as parse  # noqa: PLC0415

    def read(text: str, now: datetime) -> str | None:
        try:
            found = parse(text, config=tfhConfig(now=now))
        except Exception:
            return None  # It raises errors of many kinds; a text that it fails on is one that it did not read.
        while isinstance(found, (list, tuple)):
            found = found[0] if found else None
        return _stamp(found, now)

    return read


def _stamp(found: object, now: datetime) -> str | None:
    if isinstance(found, datetime):
        return found.strftime("%Y-%m-%dT%H:%M")
    if isinstance(found, date):
        return found.isoformat()
    return datetime.combine(now.date(), found).strftime("%Y-%m-%dT%H:%M") if isinstance(found, clock_time) else None


READERS = {"dateparser": dateparser, "parsedatetime": parsedatetime, "timefhuman": timefhuman}


def main() -> None:
    read = READERS[sys.argv[1]]()
    for line in sys.stdin:
        request = json.loads(line)
        now = datetime.fromisoformat(request["now"])
        before = time.perf_counter()
        due = read(request["text"], now)
        print(json.dumps({"due": due, "microseconds": (time.perf_counter() - before) * 1e6}), flush=True)


if __name__ == "__main__":
    main()
