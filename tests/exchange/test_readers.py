"""Each format, as its program writes it: what becomes of the fields, and what is said of the rest."""

# ruff: noqa: E501  (rows of files stay as they are)

import json

import pytest

from tests.exchange.files import one, read, titles, told

TODOIST = "\r\n".join(
    [
        "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT,DEADLINE",
        "meta,view_style=list,,,,,,,,,,,",
        "section,Kitchen,,,,,,,,,,,",
        "task,Mend the tap @house @now,The washer is worn,1,1,Kim (12),,every! 3 days,en,Europe/London,30,minute,2026-12-20",
        "task,Buy a washer,,4,2,Kim (12),Lou (13),Oct 5 2026,en,,,,",
        "note,The shop in the high street,,,,,,,,,,,",
        ",,,,,,,,,,,,",
        "task,Sweep,,2,1,,,jeden Montag um 9 Uhr,de,Europe/Berlin,,,",
        "task,Think,,3,1,,,when the moon is blue,en,,,,",
        "mystery,what is this,,,,,,,,,,,",
    ]
)


def test_todoist() -> None:
    plan = read(TODOIST, "Home [2203306141].csv")
    tap, washer, sweep, think = plan.arrivals
    assert (plan.format.name, tap.title, tap.tags, tap.priority) == (
        "todoist",
        "Mend the tap",
        ["house", "now"],
        "high",
    )
    assert (tap.due, tap.recurrence, tap.timezone) == ("2026-11-29", "FREQ=DAILY;INTERVAL=3", "Europe/London")
    assert tap.project == "Home"
    assert tap.notes == "The washer is worn\n\nSection: Kitchen\nDeadline: 2026-12-20\nDuration: 30 minute"
    assert (washer.due, washer.priority, washer.parent_id) == ("2026-10-05", None, tap.id)
    assert washer.notes == ("Section: Kitchen\nAssigned to: Lou\nComment: The shop in the high street")
    assert (sweep.due, sweep.recurrence, sweep.priority) == ("2026-11-30T09:00", "FREQ=WEEKLY;BYDAY=MO", "medium")
    assert (think.due, think.priority) == (None, "low")
    assert "when the moon is blue" in (think.notes or "")
    assert told(plan, "doubtful") == ["line 9: the date “when the moon is blue” could not be read"]
    assert told(plan, "skipped") == ["line 10: is a row of the unknown type “mystery”"]
    assert (tap.recurrence_from, sweep.recurrence_from, think.recurrence_from) == ("completion", "due", None)


def test_todoist_with_labels_and_attachments_in_columns() -> None:
    plan = read(
        "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,DATE,LABELS,ATTACHMENTS\n"
        "task,Plan,,2,1,2026-12-20,client; launch,\nnote,Ask Lee,,,,,,https://example.org/brief.pdf\n",
        "Launch.csv",
    )
    assert (one(plan).tags, one(plan).notes) == (["client", "launch"], "Comment: Ask Lee https://example.org/brief.pdf")


TICKTICK = (
    "\ufeff"
    '"Date: 2026-11-25+0000"\n"Version: 7.1"\n"Status: \n0 Normal\n1 Completed\n2 Archived"\n'
    '"Folder Name","List Name","Title","Kind","Tags","Content","Is Check list","Start Date","Due Date","Reminder","Repeat",'
    '"Priority","Status","Created Time","Completed Time","Order","Timezone","Is All Day","Is Floating","Column Name",'
    '"Column Order","View Mode","taskId","parentId"\n'
    '"","Inbox","Child","TEXT","","","N","","","","","5","0","2022-10-09T15:20:55+0000","","1","Europe/Berlin",,"false",,,"list","3","2"\n'
    '"Work","Alpha","Parent","CHECKLIST","a, b","Steps\n▫one▪two","Y","2023-03-28T22:00:00+0000","2023-03-28T22:00:00+0000",'
    '"","RRULE:FREQ=WEEKLY;INTERVAL=1;TT_SKIP=WEEKEND","3","0","2018-12-11T20:10:46+0000","","0","Europe/Berlin","true",'
    '"false","Doing",,"list","2",""\n'
    '"","Alpha","Timed","TEXT","","","N","2026-12-01T08:00:00+0000","2026-12-01T09:00:00+0000","TRIGGER:-PT30M","","1","2",'
    '"2026-01-01T00:00:00+0000","2026-11-02T09:00:00+0000","0","America/New_York","false","false",,,"list","5",""\n'
)


def test_ticktick() -> None:
    plan = read(TICKTICK, "backup.csv")
    child, parent, one, two, timed = plan.arrivals
    assert (child.title, child.project, child.priority, child.notes) == ("Child", None, "high", None)
    assert [(step.title, step.done) for step in (one, two)] == [("one", False), ("two", True)]
    assert {step.parent_id for step in (child, one, two)} == {parent.id}
    assert (parent.due, parent.recurrence, parent.tags) == ("2023-03-29", "FREQ=WEEKLY;INTERVAL=1", ["a", "b"])
    assert parent.notes == "Steps\n\nFolder: Work\nColumn: Doing"
    assert (timed.due, timed.timezone, timed.done, timed.reminders) == (
        "2026-12-01T04:00", "America/New_York", True, [{"before": "PT30M"}],
    )  # fmt: skip
    assert str(timed.completed_at) == "2026-11-02 09:00:00+00:00"


TASKWARRIOR = [
    {"id": 1, "description": "Buy", "entry": "20261001T100000Z", "status": "pending", "uuid": "u1", "due": "20261202T230000Z",
     "priority": "H", "project": "home.garden", "tags": ["next"], "annotations": [{"description": "at the shop"}],
     "depends": "u2", "estimate": "2h", "urgency": 3.2},
    {"id": 2, "description": "Pay", "entry": "20260901T100000Z", "status": "recurring", "uuid": "u2", "recur": "monthly",
     "due": "20261001T070000Z", "mask": "+-"},
    {"id": 3, "description": "Pay", "status": "pending", "uuid": "u3", "parent": "u2", "due": "20261201T080000Z", "entry": "20261101T080000Z"},
    {"id": 0, "description": "Did", "status": "completed", "uuid": "u4", "end": "20261105T120000Z", "entry": "20261101T080000Z"},
    {"id": 0, "description": "Gone", "status": "deleted", "uuid": "u5", "entry": "20261101T080000Z"},
]  # fmt: skip


@pytest.mark.parametrize("form", ["array", "lines", "lines of an array"])
def test_taskwarrior(form: str) -> None:
    lines = [json.dumps(task) for task in TASKWARRIOR]
    text = {
        "array": json.dumps(TASKWARRIOR),
        "lines": "\n".join(lines),
        "lines of an array": "[\n" + ",\n".join(lines) + "\n]",
    }
    plan = read(text[form], "tasks.json")
    buy, pay, did = plan.arrivals
    assert (buy.due, buy.priority, buy.project, buy.tags) == ("2026-12-03", "high", "home.garden", ["next"])
    assert buy.notes == "Note: at the shop\nWaits for: Pay\nEstimate: 2h"
    assert (pay.due, pay.recurrence) == ("2026-12-01T09:00", "FREQ=MONTHLY")
    assert (did.done, str(did.completed_at)) == (True, "2026-11-05 12:00:00+00:00")
    assert len(told(plan, "skipped")) == 2


def test_a_broken_line_of_taskwarrior_does_not_stop_the_rest() -> None:
    plan = read(
        '{"description":"a","status":"pending","entry":"20260101T000000Z"}\n{"descr\n{"description":"b","status":"pending"}\n',
        "t.json",
    )
    assert titles(plan) == ["a", "b"]
    assert told(plan, "skipped") == ['line 2: is no JSON: {"descr']


def test_todotxt() -> None:
    plan = read(
        "(A) 2026-11-01 Call mom @phone +family due:2026-12-01 rec:+1w t:2026-11-30\n"
        "x 2026-11-05 2026-11-01 (B) Paid @bank pri:C\n\n(F) Far +a +b http://example.org/x rec:3d due:2026-12-02\n",
        "todo.txt",
    )
    call, paid, far = plan.arrivals
    assert (call.title, call.priority, call.tags, call.project) == ("Call mom", "high", ["phone"], "family")
    assert (call.due, call.recurrence, call.notes) == ("2026-12-01", "FREQ=WEEKLY", "Starts: 2026-11-30")
    assert (paid.done, paid.priority, str(paid.completed_at)[:10]) == (True, "low", "2026-11-05")
    assert (far.title, far.priority, far.recurrence) == ("Far http://example.org/x", None, "FREQ=DAILY;INTERVAL=3")
    assert far.notes == "Priority: F\nMore projects: b"


def test_markdown() -> None:
    plan = read(
        "# Home\n\nSome words.\n- [ ] Paint #wall 📅 2026-12-01 ⏫ 🔁 every week\n  with care\n    - [x] Buy paint ✅ 2026-11-02\n"
        "* [-] Drop it\n## Work\n1. [ ] Write [due:: 2026-12-03] [owner:: Kim]\n```\n- [ ] no task\n```\n- plain\n",
        "list.md",
    )
    paint, buy, drop, write = plan.arrivals
    assert (paint.title, paint.tags, paint.due, paint.priority) == ("Paint", ["wall"], "2026-12-01", "high")
    assert (paint.recurrence, paint.project, paint.notes) == ("FREQ=WEEKLY", "Home", "with care")
    assert (buy.done, buy.parent_id, str(buy.completed_at)[:10]) == (True, paint.id, "2026-11-02")
    assert (drop.done, drop.notes) == (True, "State: cancelled")
    assert (write.title, write.due, write.project, write.notes) == ("Write", "2026-12-03", "Work", "Owner: Kim")


def test_google() -> None:
    task = {"kind": "tasks#task", "id": "1", "title": "Ring", "status": "needsAction", "due": "2026-12-01T00:00:00Z",
            "scheduled_time": [{"current": True, "start": "2026-12-01T08:30:00Z"}]}  # fmt: skip
    done = {
        "kind": "tasks#task",
        "id": "2",
        "title": "Sent",
        "status": "completed",
        "parent": "1",
        "completed": "2026-11-03T10:00:00.5Z",
    }
    day = {
        "id": "3",
        "title": "Day",
        "notes": "n",
        "status": "needsAction",
        "due": "2026-12-02T00:00:00Z",
        "task_recurrence_id": "r",
    }
    whole = {
        "kind": "tasks#taskLists",
        "items": [{"kind": "tasks#tasks", "title": "Trips", "items": [task, done, day]}],
    }
    plan = read(json.dumps(whole), "Tasks.json")
    ring, sent, by_day = plan.arrivals
    assert (ring.due, ring.project) == ("2026-12-01T09:30", "Trips")
    assert (sent.done, sent.notes, sent.parent_id) == (True, None, ring.id)
    assert (by_day.due, by_day.notes) == ("2026-12-02", "n\n\nRepeats: as set in Google Tasks")
    assert len(told(plan, "doubtful")) == 1


def test_microsoft() -> None:
    task = {
        "id": "A", "title": "Report", "status": "notStarted", "importance": "high", "categories": ["Blue"],
        "body": {"content": "<p>Read <b>it</b></p>", "contentType": "html"},
        "dueDateTime": {"dateTime": "2026-12-04T00:00:00.0000000", "timeZone": "UTC"},
        "recurrence": {"pattern": {"type": "weekly", "interval": 2, "daysOfWeek": ["monday", "friday"]}, "range": {"type": "noEnd"}},
        "checklistItems": [{"displayName": "draft", "isChecked": True}],
    }  # fmt: skip
    plan = read(
        json.dumps({"value": [{"displayName": "Office", "wellknownListName": "none", "tasks": [task]}]}), "todo.json"
    )
    report, draft = plan.arrivals
    assert (draft.title, draft.done, draft.project, draft.parent_id) == ("draft", True, "Office", report.id)
    assert (plan.format.name, report.project, report.priority, report.tags) == ("microsoft", "Office", "high", ["Blue"])
    assert (report.due, report.recurrence) == ("2026-12-04", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR")
    assert report.notes == "Read it"


def test_outlook() -> None:
    plan = read(
        '"Subject","Start Date","Due Date","Date Completed","% Complete","Categories","Notes","Priority","Status"\r\n'
        '"Plan","","12/24/2026","","0","Home;Work","words","High","Not Started"\r\n"Did","","1/5/2026","1/6/2026","100","","","Normal","Completed"\r\n',
        "tasks.csv",
    )
    first, did = plan.arrivals
    assert (plan.format.name, first.due, first.tags, first.priority) == (
        "microsoft",
        "2026-12-24",
        ["Home", "Work"],
        "high",
    )
    assert (did.done, did.due, str(did.completed_at)[:10]) == (True, "2026-01-05", "2026-01-06")


def test_vikunja() -> None:
    task = {"id": 7, "title": "Dig", "description": "<p>deep</p><ul><li>here</li></ul>", "done": True, "done_at": "2026-11-01T10:00:00Z",
            "due_date": "2026-11-02T11:00:00Z", "priority": 4, "repeat_after": 172800, "repeat_mode": 2, "hex_color": "",
            "labels": [{"title": "soil"}], "created": "2026-10-01T00:00:00Z", "percent_done": 0.5,
            "comments": [{"comment": "mind the roots"}], "reminders": [{"relative_to": "due_date", "relative_period": -3600}]}  # fmt: skip
    whole = [{"id": 1, "title": "Garden", "hex_color": "", "is_archived": False, "tasks": [task], "child_projects": []}]
    plan = read(json.dumps(whole), "data.json")
    dig = one(plan)
    assert (dig.project, dig.due, dig.priority, dig.tags, dig.done) == (
        "Garden",
        "2026-11-02T12:00",
        "high",
        ["soil"],
        True,
    )
    assert (dig.recurrence, dig.reminders) == ("FREQ=DAILY;INTERVAL=2", [{"before": "PT60M"}])
    assert dig.notes == "deep\n\n- here\n\nComment: mind the roots\nDone so far: 50 %"


def test_things() -> None:
    inner = {"type": "to-do", "attributes": {"title": "Pack", "deadline": "2026-12-10", "when": "2026-12-01", "tags": ["trip"],
             "checklist-items": [{"type": "checklist-item", "attributes": {"title": "socks", "completed": True}}]}}  # fmt: skip
    head = {"type": "heading", "attributes": {"title": "Before"}}
    own = {
        "type": "to-do",
        "attributes": {"title": "Rest", "completed": True, "completion-date": "2026-11-01T10:00:00Z"},
    }
    plan = read(
        json.dumps([{"type": "project", "attributes": {"title": "Trip", "items": [head, inner]}}, own]), "things.json"
    )
    pack, socks, rest = plan.arrivals
    assert (pack.project, pack.due, pack.tags) == ("Trip", "2026-12-10", ["trip"])
    assert (socks.title, socks.done, socks.project, socks.parent_id) == ("socks", True, "Trip", pack.id)
    assert pack.notes == "Starts: 2026-12-01\nHeading: Before"
    assert (rest.done, rest.project) == (True, None)


def test_a_table_by_its_headers_and_by_a_person() -> None:
    text = "Task Name;Fällig am;Mood;Priority;Status\nRun;24.12.2026;glad;hoch;offen\nSit;2026-12-01;;low;Done\n"
    plan = read(text, "list.csv")
    run, sit = plan.arrivals
    assert (run.due, run.priority, run.done, run.notes) == ("2026-12-24", "high", False, "Mood: glad")
    assert (sit.due, sit.priority, sit.done) == ("2026-12-01", "low", True)
    assert [column.field for column in plan.columns] == ["title", "due", "keep", "priority", "done"]
    chosen = read(text, "list.csv", columns="notes,ignore,title,ignore,ignore")
    assert (chosen.arrivals[0].title, chosen.arrivals[0].notes) == ("glad", "Run")


def test_days_and_months_are_told_apart_by_the_column() -> None:
    plan = read("title,due\na,03/04/2026\nb,25/04/2026\n", "t.csv")
    assert [arrival.due for arrival in plan.arrivals] == ["2026-04-03", "2026-04-25"]
    assert told(plan, "doubtful") == []
    assert len(told(read("title,due\na,03/04/2026\n", "t.csv"), "doubtful")) == 1
