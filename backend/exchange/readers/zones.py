"""Time zones as iCalendar files name and describe them, as IANA zones."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from backend.exchange.draft import Context
from backend.exchange.readers.components import Component
from backend.exchange.values.moments import known_zone, read_instant, read_wall, wall_of

_OFFSET = re.compile(r"([+-])(\d{2})(\d{2})(?:\d{2})?", re.ASCII)


@dataclass(frozen=True)
class Zones:
    """The zones of one file: by the names that it gives them an IANA name or, where there is none, an offset."""

    context: Context
    names: dict[str, str]
    offsets: dict[str, timedelta]

    @classmethod
    def of(cls, components: Iterable[Component], context: Context) -> "Zones":
        names: dict[str, str] = {}
        offsets: dict[str, timedelta] = {}
        for zone in components:
            if zone.name != "VTIMEZONE":
                continue
            name = zone.raw("TZID")
            known = _iana(name) or known_zone(zone.raw("X-LIC-LOCATION"))
            if known:
                names[name] = known
            elif (offset := _standard_offset(zone)) is not None:
                offsets[name] = offset
        return cls(context, names, offsets)

    def read(self, value: str, name: str) -> tuple[str | None, str, str | None]:
        """A time's wall clock, the zone in which it is, and what is doubtful about it.

        A time of a zone that only the file knows is moved to the reader's zone: by its standard time, for what else
        the file says of it could be anything.
        """
        zone = self.names.get(name) or _iana(name)
        if zone or not name or value.endswith("Z") or "T" not in value:
            zone = zone or self.context.zone
            wall = read_wall(value, zone)
            return wall, zone, None if wall else f"the date “{value[:40]}” could not be read"
        if name in self.offsets:
            instant = read_instant(f"{value}Z", "UTC")
            wall = wall_of(instant - self.offsets[name], self.context.zone) if instant else None
            return (
                wall,
                self.context.zone,
                f"the time zone “{name[:60]}” is the file's own; its standard time was taken",
            )
        doubt = f"the time zone “{name[:60]}” is not known; {self.context.zone} was taken"
        return read_wall(value, self.context.zone), self.context.zone, doubt


def _iana(name: str) -> str | None:
    """The zone of an IANA name, also behind a prefix (``/example.org/Europe/Berlin``), and of Windows' names."""
    bare = name.strip('"')
    parts = bare.split("/")
    endings = ("/".join(parts[-count:]) for count in (3, 2) if len(parts) >= count)
    return (
        known_zone(bare) or known_zone(WINDOWS_TO_OLSON.get(bare)) or next(filter(None, map(known_zone, endings)), None)
    )


def _standard_offset(zone: "Component") -> timedelta | None:
    parts = sorted(zone.within, key=lambda part: part.name != "STANDARD")
    match = next((match for part in parts if (match := _OFFSET.fullmatch(part.raw("TZOFFSETTO")))), None)
    if match is None:
        return None
    span = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return -span if match[1] == "-" else span
