"""Progress on standard error: a row for each piece of work, moving on a terminal and plain lines elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(kw_only=True)
class Row:
    """A piece of work that is being shown; whoever does it may say that it failed."""

    succeeded: bool = True


@contextmanager
def row(title: str) -> Iterator[Row]:
    """Show `title` while the block runs, then how long it took and whether it failed."""
    started = time.monotonic()
    shown = Row()
    try:
        with _moving(title) if sys.stderr.isatty() else _plain(title):
            yield shown
    except BaseException:
        shown.succeeded = False
        raise
    finally:
        mark = "✓" if shown.succeeded else "✗"
        sys.stderr.write(f"{mark} {title}  {time.monotonic() - started:.1f} s\n")
        sys.stderr.flush()


@contextmanager
def _moving(title: str) -> Iterator[None]:
    from rich.console import Console  # noqa: PLC0415  (slow to import, and only a terminal needs it)

    with Console(stderr=True).status(f"{title} …"):
        yield


@contextmanager
def _plain(title: str) -> Iterator[None]:
    sys.stderr.write(f"  {title} …\n")
    sys.stderr.flush()
    yield
