"""Files read as an import reads them, without a database."""

from datetime import UTC, datetime

from backend.exchange.draft import Context
from backend.exchange.plan import Known, Plan, Upload, make_plan
from backend.tasks.arrivals import Arrival

NOW = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)  # a Sunday
ZONE = "Europe/Berlin"


def read(content: bytes | str, name: str = "", *, format: str | None = None, columns: str | None = None) -> Plan:  # noqa: A002
    """The plan of an import into an empty list."""
    sent = content.encode() if isinstance(content, str) else content
    context = Context(zone=ZONE, now=NOW, columns=tuple(columns.split(",")) if columns else None)
    upload = Upload(content=sent, name=name, format=format)
    return make_plan(upload, context, Known(alike_by_id={}), user_id="somebody", tell=lambda _what, _number: None)


def titles(plan: Plan) -> list[str]:
    return [arrival.title for arrival in plan.arrivals]


def one(plan: Plan) -> Arrival:
    assert len(plan.arrivals) == 1, (titles(plan), plan.remarks)
    return plan.arrivals[0]


def told(plan: Plan, kind: str) -> list[str]:
    return [f"{remark.place}: {remark.message}" for remark in plan.remarks if remark.kind == kind]
