"""The exit codes of `./todo`: each means one thing, for every command. `docs/cli.md` prints this table."""

from enum import IntEnum


class Exit(IntEnum):
    """What a command's exit code says; `meaning` is the sentence in the documentation."""

    meaning: str

    def __new__(cls, code: int, meaning: str) -> "Exit":
        member = int.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    DONE = 0, "Done."
    FAILED = 1, "It ran, and the answer is no: a check, a test or a deployment failed."
    USAGE = 2, "The command line is wrong: an unknown command or option, or a value that cannot be."
    MISSING_TOOL = 3, "A program that is needed is missing or too old (Python, its venv module, Node, npm)."
    NO_NETWORK = 4, "A package registry could not be reached."
    PORT_TAKEN = 5, "A port that was asked for is in use by something else."
    SERVER_DIED = 6, "A server ended, or did not answer in time."
    ALREADY_RUNNING = 7, "It runs already on this data folder."
    NOT_RUNNING = 8, "Nothing runs on this data folder."
    BUILD_FAILED = 9, "Installing packages or building the page failed, and not for want of a network."
    NO_SUCH_TASK = 10, "No task has that number, id or name; nothing was changed."
    AMBIGUOUS = 11, "Several tasks fit the words; they were listed, and nothing was changed."
    SIGNED_OUT = 12, "Nobody is signed in, or the token is not valid (any more)."
    NOT_DEPLOYABLE = 20, "A program, an engine, a cluster or a setting that the deployment needs is not there."
    REJECTED = 21, "A gate refused an artefact, an image, a chart or its values."
    RELEASE_FAILED = 22, "The release is not healthy, or was changed by hand."
    LOCKED = 23, "Another deployment of this checkout is running."
    AUDIT_BROKEN = 24, "The audit log is incomplete, was changed, or speaks of other artefacts."
    FINDINGS = 25, "The diagnosis found something wrong with the release."
    CANNOT_READ = 26, "The diagnosis may not read what it needs, and found nothing else."
    NOT_MEASURED = 27, "The release's use could not be measured: no metrics, no right to read them, or no answers."
    SIZES_REVERTED = 28, "The new sizes made the release worse; it has its old ones again."
    NOT_RESTORABLE = 30, "The file is no backup, or none that this version can read: cut, changed, foreign, newer."
    OCCUPIED = 31, "What would be written over is there already; nothing was changed."
    IN_USE = 32, "The app, or another program, has the database open; nothing was changed."
    DAMAGED = 33, "The database is damaged, or is no database; what was said names the way back."
    UNWRITABLE = 34, "The disk is full, or the place may not be written."
    NO_DATABASE = 35, "There is no database there, or it does not answer."
    NEWER_SCHEMA = 36, "A newer version made the database; nothing was changed."
    INTERRUPTED = 130, "Stopped by Ctrl-C."


class CommandError(Exception):
    """A command cannot go on: `message` is one sentence that says why and what to do, `code` the exit code."""

    def __init__(self, message: str, *, code: Exit) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
