"""What can be wrong with a backup or the database under it. Each is one sentence and one exit code."""


class BackupError(Exception):
    """A backup or a restore cannot go on; nothing was changed. ``message`` says why and what to do."""

    exit_code = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotRestorableError(BackupError):
    """The file is no backup, or none that this version can read: cut, changed, foreign, encrypted, newer."""

    exit_code = 30


class OccupiedError(BackupError):
    """What would be written over stands there already."""

    exit_code = 31


class InUseError(BackupError):
    """The app, or another program, has the database open."""

    exit_code = 32


class DamagedError(BackupError):
    """The database itself is damaged, or is no database."""

    exit_code = 33


class UnwritableError(BackupError):
    """The disk is full, or the place may not be written."""

    exit_code = 34


class UnreachableError(BackupError):
    """There is no database at that address, or it does not answer."""

    exit_code = 35
