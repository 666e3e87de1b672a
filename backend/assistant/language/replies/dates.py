"""What day a date is: "what's the date tomorrow", "what day will it be in two weeks", "which weekday is the 24th"."""

from datetime import date, datetime

from ..pattern import phrase
from ..when import find_when

_LONGEST = 100
_ASK = (
    r"(?:(?:please|so|hey|do you know|can you|could you|i want to know),? )*"
    r"(?:(?:tell|give|show) me (?:what(?: is| will be| was|'s)? )?|"
    r"(?:what's|whats|what is|what will be|what was|what|which) )"
)
_DAY = r"(?:exact )?(?:date|day|weekday|day of the week|month and day)"
_OF = phrase(
    rf"{_ASK}(?:the )?(?:(?P<owner>today|tomorrow|yesterday)'?s {_DAY}|"
    rf"{_DAY}(?: (?:is|will|was|of|on|for|it|be|we|does|do|are|have))*(?P<x> [^?]{{2,40}}?)"
    r"(?: (?:be|falls?|falls? on|land on|on|going to be))?)(?:,? please)?[?.! ]*$"
)


def day_asked(flat: str, now: datetime) -> str | None:
    """The answer, in words; None where no day is asked for, or where the words say more than a day."""
    found = _OF.match(flat) if len(flat) <= _LONGEST else None
    if not found:
        return None
    said = (found["owner"] or found["x"]).strip(" ,")
    readings = find_when(said, now)
    if (
        len(readings) != 1
        or not readings[0].due
        or readings[0].recurrence
        or readings[0].date_from != readings[0].date_to
    ):
        return None
    if said[: readings[0].start].strip() or said[readings[0].end :].strip():
        return None
    day = date.fromisoformat(readings[0].due[:10])
    return f"{said.removeprefix('on ').capitalize()} is {day:%A}, {day.day} {day:%B} {day.year}."
