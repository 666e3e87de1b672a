"""A run's record into the files that are committed: its entries, its heads and the address of the page."""

from pathlib import Path

from orchestrator.audit import LOG, TWIN, AuditLog
from orchestrator.chain.heads import HEADS
from orchestrator.graph.state import State
from orchestrator.options import Options
from orchestrator.redaction import Redactor
from orchestrator.steps.verify import QUICKSTART, write_address


def publish(options: Options) -> None:
    """Add what the committed files do not have yet. They only grow, so that two people's merge by union."""
    if options.record != options.root and (options.record / TWIN).exists():
        published = AuditLog(options.root, Redactor())
        known = {record["hash"] for record in published.records()}
        published.copy(
            record for record in AuditLog(options.record, Redactor()).records() if record["hash"] not in known
        )
        _add_lines(options.record / HEADS, options.root / HEADS)
    address = State.read_only(options.home / "state.json", options.place).recall("access")
    if address and address.outputs.get("url"):
        write_address(options.root / QUICKSTART, address.outputs["url"])


def _add_lines(source: Path, target: Path) -> None:
    """The lines of `source` that `target` lacks, at its end."""
    known = set(target.read_text(encoding="utf-8").splitlines()) if target.exists() else set()
    lines = source.read_text(encoding="utf-8").splitlines() if source.exists() else []
    fresh = [line for line in lines if line not in known]
    if fresh:
        with target.open("a", encoding="utf-8") as file:
            file.write("".join(f"{line}\n" for line in fresh))


PUBLISHED = (LOG, TWIN, HEADS)
