"""Before the servers start: is the database whole? A damaged one is named, with the command that brings it back."""

import shlex
import sqlite3
from pathlib import Path

from cli.backups.daily import has_database
from cli.exits import CommandError, Exit
from cli.servers.folder import DataFolder, open_folder


def require_whole(folder: DataFolder) -> None:
    """Raise CommandError if the folder's SQLite database is damaged, as far as ten seconds show; also if it is none."""
    if not has_database(folder):
        return
    from backend.backup.address import database_at  # noqa: PLC0415  (slow to import, and a first start needs none of it)
    from backend.backup.integrity import look  # noqa: PLC0415
    from cli.backups.words import translated  # noqa: PLC0415

    with translated():
        url, _data = database_at(folder.path)
    if url.get_backend_name() != "sqlite":
        return
    path = Path(str(url.database))
    try:
        finding = look(path)
    except sqlite3.Error as error:
        raise CommandError(f"The database {path} cannot be read ({error}).", code=Exit.NO_DATABASE) from error
    if finding.damage:
        raise CommandError(_sentence(folder, path, finding.damage), code=Exit.DAMAGED)


def _sentence(folder: DataFolder, path: Path, damage: str) -> str:
    from backend.backup.daily import newest_good  # noqa: PLC0415
    from cli.backups.words import content  # noqa: PLC0415

    option = "" if folder == open_folder(None) else f" --data {shlex.quote(str(folder.path))}"
    lines = [f"The database {path} is damaged ({damage}); it was not started and not changed."]
    if found := newest_good(folder.path / "backups"):
        backup, manifest = found
        lines += [
            f"The newest good backup has {content(manifest)}. This brings it back, and moves the damaged file aside:",
            f"  ./todo restore {shlex.quote(str(backup))}{option} --replace",
        ]
    else:
        lines.append(f"There is no good backup in {folder.path / 'backups'}: restore one of your own with --replace,")
        lines.append("or see docs/backup.md for what can still be read.")
    return "\n".join(lines)
