"""A time zone named behind a clock time: "3pm eastern", "at 15:00 UTC", "9am london time"."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Hit
from backend.assistant.language.when.text import Tokens
from backend.assistant.language.when.words.zones import SHORT_ZONES, ZONED_PLACES, ZONES

_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>[0-9]{2}):?(?P<minutes>[0-9]{2})")
_LONGEST_PLACE = max(len(name) for name in ZONED_PLACES)


def zoned(tokens: Tokens, hit: Hit) -> Hit:
    """The reading of a clock time with the zone that is named behind it; itself where none is, or the user's own
    zone is not known."""
    clock = hit.meaning.clock
    if clock is None or hit.meaning.repeat or tokens.home is None or zone_of(tokens.home) is None:
        return hit
    found = (clock.zone, hit.end) if clock.zone else _named(tokens, hit, told=not clock.open) or _after_day(tokens, hit)
    if found is None or zone_of(found[0]) is None:
        return hit
    told = replace(clock, zone=found[0], home=tokens.home)
    shape = "plain" if hit.shape in ("hour", "four") else hit.shape
    return replace(hit, end=found[1], meaning=replace(hit.meaning, clock=told), shape=shape)


def _named(tokens: Tokens, hit: Hit, *, told: bool) -> tuple[str, int] | None:
    """The zone, and the token after its words."""
    at, words = hit.end, tokens.words
    start = at + 1 if words[at] in ("in", "(") else at
    for length in range(_LONGEST_PLACE, 0, -1):
        zone = ZONED_PLACES.get(tuple(words[start : start + length]))
        if zone and words[start + length] == "time":
            return zone, start + length + 1
    word = words[start]
    zone = ZONES.get(word)
    if zone is None and hit.shape in ("plain", "weekday", "day") and (tokens.raw(start).isupper() or told):
        zone = SHORT_ZONES.get(word)
    if zone is None or (start > at and words[at] == "in"):
        return None
    if moved := _beside_utc(tokens, start + 1) if zone == "UTC" else None:
        return moved
    end = start + 1
    end = end + 1 if words[end] in ("time", ")") else end
    plain = not words[end][:1].isalnum() or words[end] in w.CONNECTORS or words[end] in w.WEEKDAYS
    return (zone, end) if plain or words[end] in w.RELATIVE_DAYS else None


def past_zone(tokens: Tokens, core: int, hit: Hit) -> Hit:
    """The reading of a day with the zone behind it that belongs to the time before it: "9am tomorrow pacific"."""
    before = core - 2 if tokens.words[core - 1] == "on" else core - 1
    if tokens.home is None or not hit.meaning.day or hit.meaning.clock or tokens.words[before] not in ("am", "pm"):
        return hit
    zone = _named(tokens, hit, told=True) if hit.end == core + 1 else None
    return replace(hit, end=zone[1]) if zone else hit


def _after_day(tokens: Tokens, hit: Hit) -> tuple[str, int] | None:
    """The zone behind the day that follows a time: its words are the day's, as ``past_zone`` has it."""
    words = tokens.words
    day = hit.end + 1 if words[hit.end] == "on" else hit.end
    if words[hit.end - 1] not in ("am", "pm") or (words[day] not in w.RELATIVE_DAYS and words[day] not in w.WEEKDAYS):
        return None
    zone = _named(tokens, replace(hit, end=day + 1), told=True)
    return (zone[0], hit.end) if zone else None


def _beside_utc(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """ "+2", "-8", "+5:30" behind "gmt" or "utc": an offset as ``zone_of`` reads it."""
    words = tokens.words
    if words[at] not in ("+", "-") or not tokens.glued[at + 1] or not words[at + 1].isdigit() or len(words[at + 1]) > 2:
        return None
    half = words[at + 2] == ":" and tokens.glued[at + 2] and words[at + 3].isdigit() and len(words[at + 3]) == 2
    return f"{words[at]}{words[at + 1]:0>2}:{words[at + 3] if half else '00'}", at + 4 if half else at + 2


@lru_cache(maxsize=256)
def zone_of(name: str) -> tzinfo | None:
    """The zone of an IANA name, or of an offset ("+02:00", "Z"); None where there is none."""
    offset = _OFFSET.fullmatch(name)
    if offset:
        moved = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"]))
        return timezone(-moved if offset["sign"] == "-" else moved) if moved < timedelta(hours=24) else None
    if name == "Z":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def at_home(moment: datetime, zone: str, home: str) -> datetime:
    """Wall-clock time of a zone on the wall clock of another."""
    return moment.replace(tzinfo=zone_of(zone)).astimezone(zone_of(home)).replace(tzinfo=None)
