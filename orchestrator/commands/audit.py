"""`./todo deploy audit`: the record of this checkout's runs at this place, or the committed log of all."""

from dataclasses import replace

from orchestrator import audit_check
from orchestrator.audit import TWIN, AuditLog
from orchestrator.audit_check import Report
from orchestrator.chain import anchor, heads
from orchestrator.commands.session import open_run
from orchestrator.options import Options
from orchestrator.redaction import Redactor


def check(options: Options, *, published: bool = False) -> Report:
    """The log, its heads, and (of this place) the head that the release keeps. Nothing is written."""
    folder = options.root if published else options.record
    report = audit_check.check(options.root, folder)
    if not (folder / TWIN).exists():
        never = f"this checkout has no record of a deployment to {options.place}"
        return report if folder == options.root else replace(report, faults=(never, *report.faults[1:]))
    run = open_run(options)
    records = AuditLog(folder, Redactor()).records()
    try:
        faults = heads.faults(run.door, heads.read(folder), records)
        more, notes = ((), ()) if published else anchor.compared(run, records)
    except ValueError as error:
        faults, more, notes = (f"{error}",), (), ()
    return replace(report, faults=(*report.faults, *faults, *more), notes=(*report.notes, *notes))
