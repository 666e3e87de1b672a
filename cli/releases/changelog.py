"""The text of `CHANGELOG.md`: what is unreleased, and the same under the heading of a version."""

import datetime as dt
import re

UNRELEASED = "## [Unreleased]"
_NEXT_HEADING = re.compile(r"^## \[", re.MULTILINE)


def unreleased(changelog: str) -> str:
    """What stands under *Unreleased*, without the heading; empty if nothing does or the heading is missing."""
    _, heading, rest = changelog.partition(UNRELEASED + "\n")
    if not heading:
        return ""
    end = _NEXT_HEADING.search(rest)
    return (rest[: end.start()] if end else rest).strip()


def with_release(changelog: str, *, version: str, day: dt.date) -> str:
    """The changelog with an empty *Unreleased*, and what stood there under the version and its day.

    Raises ValueError: nothing stands under *Unreleased*, or the version has its heading already.
    """
    if not unreleased(changelog):
        raise ValueError("CHANGELOG.md has nothing under Unreleased")
    if f"## [{version}]" in changelog:
        raise ValueError(f"CHANGELOG.md has a heading for {version} already")
    return changelog.replace(UNRELEASED, f"{UNRELEASED}\n\n## [{version}] - {day.isoformat()}", 1)
