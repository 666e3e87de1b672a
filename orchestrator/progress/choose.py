"""Which reporter fits."""

import sys
from typing import Literal

from orchestrator.progress.events import Reporter
from orchestrator.progress.lines import JsonLines
from orchestrator.progress.plain import Plain

Style = Literal["auto", "live", "plain", "json"]


def reporter(style: Style) -> Reporter:
    """`auto` is the live table on a terminal and plain lines elsewhere."""
    if style == "json":
        return JsonLines()
    if style == "live" or (style == "auto" and sys.stderr.isatty()):
        from orchestrator.progress.live import LiveTable  # noqa: PLC0415 - Rich takes long to import

        return LiveTable()
    return Plain()
