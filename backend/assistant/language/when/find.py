"""Finding the words that say when: one walk over the tokens, the longest phrase at each place, neighbours joined."""

from dataclasses import replace
from datetime import datetime

from backend.assistant.language.types import When
from backend.assistant.language.when.compose import join, name_of, settle
from backend.assistant.language.when.parts import Meaning, Piece, Reading
from backend.assistant.language.when.precision import judge
from backend.assistant.language.when.read.piece import read_piece
from backend.assistant.language.when.text import Tokens, tokenise

_GLUE = frozenset({",", ";", "-", "–", "—", "(", ")"})


_MOST_PARTS = 5  # of one date: "every", "monday", "at 5", "until may", "starting friday"


def find_when(
    text: str, now: datetime, zone: str | None = None, home: str | None = None, *, most: int | None = None
) -> tuple[Reading, ...]:
    """All words of ``text`` that say when, left to right and apart, each as long as it can be.

    ``now`` is naive wall-clock time; with ``zone`` (an IANA name), "in 2 hours" are two hours that pass, also across
    a change of
    the clocks, shown on the zone's wall clock. A reading's ``date_from`` or ``date_to`` is None where the words
    leave that side open
    ("until friday", "since monday"). With ``home``, the user's zone, a zone named behind a time ("3pm eastern") is
    read, and the time is that of ``home``. A text that holds more readings than ``most`` has none. Never raises;
    linear in the length of the text.
    """
    tokens = tokenise(text, zone, home)
    pieces = _pieces(tokens, now, most=most * _MOST_PARTS if most else len(text))
    if pieces is None:
        return ()
    found = tuple(reading for group in _groups(tokens, pieces, now) if (reading := _reading(tokens, group, now)))
    return () if most and len(found) > most else found


def combine(whens: tuple[When, ...], now: datetime) -> Reading:
    """The readings of one clause as one: "tomorrow" and "at 5pm" are tomorrow 17:00. A contradiction is its
    ``problem``.

    The range is that of the first to the last reading. ``whens`` must not be empty and must come from ``find_when``.
    """
    readings = [when for when in whens if isinstance(when, Reading)]
    if not readings or len(readings) != len(whens):
        raise ValueError("combine takes the readings of find_when")
    meaning = readings[0].meaning
    for reading in readings[1:]:
        joined = join(meaning, reading.meaning, now)
        meaning = joined or Meaning(problem=_contradiction(meaning, reading.meaning))
    strengths = {reading.strength for reading in readings}
    return _made(
        meaning,
        now,
        start=min(reading.start for reading in readings),
        end=max(reading.end for reading in readings),
        strength="sure" if "sure" in strengths else "likely" if "likely" in strengths else "weak",
        rule=" + ".join(reading.rule for reading in readings),
    )


def _contradiction(one: Meaning, two: Meaning) -> str:
    if one.day and two.day:
        return f"{name_of(one.day.due)} and {name_of(two.day.due)} are different days."
    return "These words name two different times."


def _pieces(tokens: Tokens, now: datetime, *, most: int) -> list[Piece] | None:
    """The pieces in order; None where there are more than ``most``."""
    pieces: list[Piece] = []
    at = 0
    while at < tokens.count:
        piece = read_piece(tokens, at, now)
        if piece is None:
            at += 1
            continue
        if len(pieces) == most:
            return None
        pieces.append(piece)
        at = piece.end
    return pieces


def _groups(tokens: Tokens, pieces: list[Piece], now: datetime) -> list[list[Piece]]:
    """Pieces that stand side by side and fit together, in runs."""
    groups: list[list[Piece]] = []
    meaning: Meaning | None = None
    for piece in pieces:
        joined = join(meaning, piece.meaning, now) if meaning and _beside(tokens, groups[-1][-1], piece) else None
        if (joined and not joined.problem) or (meaning and _wrong_weekday(groups[-1], piece, now)):
            groups[-1].append(piece)
            meaning = joined or piece.meaning
        else:
            groups.append([piece])
            meaning = piece.meaning
    return groups


def _wrong_weekday(group: list[Piece], piece: Piece, now: datetime) -> bool:
    """ "thu aug 10" where that is a monday: one naming of a day that cannot be, and not a date behind a title."""
    day, date = group[0].meaning.day, piece.meaning.day
    return (
        len(group) == 1
        and group[0].end == piece.start
        and group[0].shape in ("weekday", "short")
        and bool(day and date and day.kind == "weekday" and date.kind == "date")
        and join(group[0].meaning, piece.meaning, now) is None
    )


def _beside(tokens: Tokens, one: Piece, two: Piece) -> bool:
    """Whether nothing stands between but a comma or a dash."""
    if one.end == two.start:
        return True
    word = tokens.words[one.end]
    if one.end + 1 != two.start:
        return False
    return word in _GLUE or (word == "of" and bool(one.meaning.clock or (one.meaning.day and one.shape != "plain")))


def _reading(tokens: Tokens, group: list[Piece], now: datetime) -> Reading | None:
    meaning = group[0].meaning
    for piece in group[1:]:
        if _wrong_weekday(group[:1], piece, now):
            meaning = Meaning(problem=_contradiction(meaning, piece.meaning))
        meaning = join(meaning, piece.meaning, now) or meaning
    strength = judge(tokens, group)
    if strength is None:
        return None
    reading = _made(
        meaning,
        now,
        start=tokens.starts[group[0].start],
        end=tokens.ends[group[-1].end - 1],
        strength=strength,
        rule=" + ".join(piece.rule for piece in group),
    )
    return reading if reading.due or reading.problem else None


def _made(meaning: Meaning, now: datetime, **said: object) -> Reading:
    """The reading of a meaning; a day beyond the calendar (year 9999) is a problem, not an error."""
    try:
        settled = settle(meaning, now)
    except (OverflowError, ValueError):
        settled = {"problem": "That is beyond the calendar."}
    return replace(Reading(start=0, end=0, meaning=meaning), **said, **settled)  # type: ignore[arg-type]
