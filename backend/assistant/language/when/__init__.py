"""When things are due: dates, times and recurrences in English text (``find_when``), and how to show them
(``describe``)."""

from backend.assistant.language.when.describe import describe
from backend.assistant.language.when.find import combine, find_when
from backend.assistant.language.when.shifts import find_shift

__all__ = ["combine", "describe", "find_shift", "find_when"]
