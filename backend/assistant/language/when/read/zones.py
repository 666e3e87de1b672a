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
    found = (clock.zone, hit.end) if clock.zone else _named(tokens, hit, told=not clock.open)
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
    if zone is None and hit.shape == "plain" and (tokens.raw(start).isupper() or told):
        zone = SHORT_ZONES.get(word)
    if zone is None or (start > at and words[at] == "in"):
        return None
    end = start + 1
    end = end + 1 if words[end] in ("time", ")") else end
    plain = not words[end][:1].isalnum() or words[end] in w.CONNECTORS or words[end] in w.WEEKDAYS
    return (zone, end) if plain or words[end] in w.RELATIVE_DAYS else None


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
