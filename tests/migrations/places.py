"""Every schema that a released version of the program has left behind, to upgrade from."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

ROOT = Path(__file__).resolve().parents[2]
MIGRATIONS = ROOT / "backend" / "migrations"
EDITED = Path(__file__).parent / "edited"  # 0001 and 0002 as they were first released


@dataclass(frozen=True)
class Start:
    """A revision, and which migrations made it in the form they had before they were edited."""

    revision: str
    edited: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "-".join([self.revision, *(f"first-{name[:4]}" for name in self.edited)])


def revisions() -> list[str]:
    return sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def starts() -> list[Start]:
    """From every revision, and from every one that stands on a migration's first form."""
    first = ("0001_auth.py", "0002_tasks.py")
    kinds = [(), (first[0],), (first[1],), first]
    return [
        Start(revision, edited)
        for revision in revisions()
        for edited in kinds
        if all(name[:4] <= revision for name in edited) and (revision < "0005" or not edited)
    ]


def make(connection: Connection, start: Start, *, folder: Path) -> None:
    """Bring an empty database to where an older version left it; ``folder`` is empty and takes its migrations."""
    script = folder / "migrations"
    shutil.copytree(MIGRATIONS, script, ignore=shutil.ignore_patterns("__pycache__"))
    for name in start.edited:
        shutil.copy(EDITED / name, script / "versions" / name)
    config = Config()
    config.set_main_option("script_location", str(script))
    config.attributes["connection"] = connection
    command.upgrade(config, start.revision)
