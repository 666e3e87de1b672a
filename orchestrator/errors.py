"""What can go wrong, each with the way to mend it and the exit code that says so."""


class DeployError(Exception):
    """A failure told in one sentence, with its remedy. `exit_code` is what the command ends with."""

    exit_code = 1

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class EnvironmentMissingError(DeployError):
    """A program, an engine, a cluster or a setting that the run needs is not there."""

    exit_code = 20


class RejectedError(DeployError):
    """A gate refused an artefact, an image, a chart or its values."""

    exit_code = 21


class ReleaseFailedError(DeployError):
    """The release did not become healthy; what was done about it is in the message."""

    exit_code = 22


class LockedError(DeployError):
    """Another run holds the lock."""

    exit_code = 23


class AuditBrokenError(DeployError):
    """The audit log is incomplete, changed, or speaks of other artefacts than those in the tree."""

    exit_code = 24


class CommandFailedError(DeployError):
    """A program that the tool ran ended badly; the message holds its masked last lines."""

    def __init__(self, message: str, *, code: int | None, tail: str, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.code = code
        self.tail = tail


class BackupFailedError(DeployError):
    """A backup or a restore in the cluster failed; `exit_code` is what `python -m backend.backup` ended with."""

    def __init__(self, message: str, *, exit_code: int, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.exit_code = exit_code


class InterruptedRunError(DeployError):
    """The person or the system asked the run to stop."""

    exit_code = 130
