"""The values of dates, times and durations (RFC 5545, 3.3), as `icalendar` reads them."""

from datetime import date, timedelta

from icalendar.prop import vDDDTypes


def read_value(text: str) -> date | timedelta:
    """A date, a naive time, a time in UTC or a duration. Raises ValueError for anything else."""
    try:
        value = vDDDTypes.from_ical(text.strip())  # type: ignore[no-untyped-call]
    except OverflowError as error:
        raise ValueError("it is beyond what can be reckoned with") from error
    if not isinstance(value, date | timedelta):
        raise ValueError("it is neither a date nor a duration")
    return value
