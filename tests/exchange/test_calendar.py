"""iCalendar files as calendars and phones write them, and as nobody should."""

# ruff: noqa: E501  (rows of files stay as they are)

from pathlib import Path

import icalendar
import pytest

from tests.exchange.files import one, read, titles, told

CORPUS = sorted((Path(icalendar.__file__).parent / "tests").rglob("*.ics"))


def file(*todos: str, before: str = "") -> str:
    body = "".join(f"BEGIN:VTODO\r\n{todo}\r\nEND:VTODO\r\n" for todo in todos)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{before}{body}END:VCALENDAR\r\n"


def test_a_to_do() -> None:
    plan = read(
        file(
            "UID:a\r\nSUMMARY:Mow\\, then\r\n  rest\r\nDESCRIPTION:one\\ntwo\r\nDUE;TZID=Europe/London:20261201T090000\r\n"
            "RRULE:FREQ=WEEKLY;BYDAY=TU\r\nPRIORITY:3\r\nCATEGORIES:a\\,b,c\r\nLOCATION:Shed\r\n"
            "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER;RELATED=END:-PT15M\r\nEND:VALARM",
            "UID:b\r\nSUMMARY:Sub\r\nRELATED-TO:a\r\nSTATUS:COMPLETED\r\nCOMPLETED:20261105T101112Z\r\nDUE;VALUE=DATE:20261104",
            before="X-WR-CALNAME:Garden\r\n",
        ),
        "x.ics",
    )
    mow, sub = plan.arrivals
    assert (mow.title, mow.notes, mow.due, mow.timezone) == (
        "Mow, then rest",
        "one\ntwo\n\nLocation: Shed",
        "2026-12-01T09:00",
        "Europe/London",
    )
    assert (mow.recurrence, mow.priority, mow.tags, mow.project) == (
        "FREQ=WEEKLY;BYDAY=TU",
        "high",
        ["a,b", "c"],
        "Garden",
    )
    assert mow.reminders == [{"before": "PT15M"}]
    assert (sub.done, sub.due, sub.parent_id) == (True, "2026-11-04", mow.id)


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("W. Europe Standard Time", "2026-12-01T09:00"),
        ("/freeassociation.sourceforge.net/Europe/Berlin", "2026-12-01T09:00"),
        ("My own", "2026-12-01T06:00"),  # at +04:00
        ("Nowhere", "2026-12-01T09:00"),
    ],
)
def test_zones_of_the_files_own(zone: str, due: str) -> None:
    own = (
        "BEGIN:VTIMEZONE\r\nTZID:My own\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0400\r\n"
        "TZOFFSETTO:+0400\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    plan = read(file(f"UID:a\r\nSUMMARY:t\r\nDUE;TZID={zone}:20261201T090000", before=own), "x.ics")
    assert (one(plan).due, one(plan).timezone) == (due, "Europe/Berlin")
    assert bool(told(plan, "doubtful")) == (zone in {"My own", "Nowhere"})


def test_ten_zones_of_its_own() -> None:
    zones = "".join(
        f"BEGIN:VTIMEZONE\r\nTZID:Zone {place}\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nRRULE:FREQ=SECONDLY\r\n"
        f"TZOFFSETFROM:+0{place}00\r\nTZOFFSETTO:+0{place}00\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
        for place in range(10)
    )
    todos = [f"UID:{place}\r\nSUMMARY:t{place}\r\nDUE;TZID=Zone {place}:20261201T120000" for place in range(10)]
    plan = read(file(*todos, before=zones), "x.ics")
    assert [arrival.due for arrival in plan.arrivals][:3] == [
        "2026-12-01T13:00",
        "2026-12-01T12:00",
        "2026-12-01T11:00",
    ]


def test_an_id_used_twice() -> None:
    same, other = "UID:a\r\nSUMMARY:one", "UID:a\r\nSUMMARY:other"
    plan = read(file(same, same, other), "x.ics")
    assert titles(plan) == ["one", "other"]
    assert len({arrival.id for arrival in plan.arrivals}) == 2
    assert (len(told(plan, "duplicate")), len(told(plan, "changed"))) == (1, 1)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY;COUNT=999999999",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "nonsense",
        "FREQ=DAILY;INTERVAL=0",
        "X" * 5000,
    ],
)
def test_rules_that_cannot_be_followed_go_to_the_notes(rule: str) -> None:
    plan = read(file(f"UID:a\r\nSUMMARY:t\r\nDUE;VALUE=DATE:20261201\r\nRRULE:{rule}"), "x.ics")
    task = one(plan)
    assert (task.due, task.recurrence) == ("2026-12-01", None)
    assert (task.notes or "").startswith("Repeats: ")
    assert told(plan, "doubtful")


def test_rules_that_never_come_do_not_take_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.exchange.fields.RULE_SECONDS", 0.05)
    todos = [
        f"UID:{place}\r\nSUMMARY:t\r\nDUE:2026{place % 12 + 1:02}{place % 28 + 1:02}T{place % 24:02}0000\r\n"
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
        for place in range(2000)
    ]
    plan = read(file(*todos), "x.ics")
    assert len(plan.arrivals) == 2000
    assert any("take too long" in line for line in told(plan, "doubtful"))


def test_a_file_that_is_cut_keeps_what_is_whole() -> None:
    text = file(
        "UID:a\r\nSUMMARY:whole",
        'UID:b\r\nSUMMARY:broken\r\nno colon here\r\nDUE;X="open:20261201',
        "UID:c\r\nSUMMARY:last",
    )
    plan = read(text[: text.index("SUMMARY:last") + 8], "x.ics")
    assert titles(plan) == ["whole", "broken"]
    assert any("has no end" in line for line in told(plan, "skipped"))
    assert any("could not be read" in line for line in told(plan, "doubtful"))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_icalendars_own_files(path: Path) -> None:
    """No file of the library's tests ends an import; every to-do in it is made, or told of."""
    from backend.errors import InvalidError

    content = path.read_bytes()
    try:
        plan = read(content, path.name)
    except InvalidError as error:
        assert b"BEGIN:VTODO" not in content or "VCALENDAR" not in content.decode(errors="replace"), error.detail
        return
    told_of = plan.skipped + plan.duplicates
    assert len(plan.arrivals) + told_of >= content.count(b"BEGIN:VTODO")


def test_the_corpus_is_there() -> None:
    assert len(CORPUS) > 100
