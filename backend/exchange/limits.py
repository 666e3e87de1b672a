"""How much one import may be, and what is said beyond."""

from backend.errors import TooLargeError

MOST_BYTES = 16 * 1024 * 1024  # of a file as it is sent, and of all that is read out of an archive
MOST_TASKS = 20_000
MOST_FILES = 1_000  # that are looked at in an archive
MOST_DEPTH = 60  # of lists within lists
_MEGABYTES = MOST_BYTES // (1024 * 1024)

TOO_LARGE = (
    f"The file is larger than {_MEGABYTES} MB, the most that one import takes; nothing was changed. "
    "Split it, or leave its attachments out."
)
UNPACKS_TOO_LARGE = (
    f"The archive unpacks to more than {_MEGABYTES} MB of lists, the most that one import takes; nothing was changed. "
    "Import its files one by one."
)
TOO_MANY = (
    f"The file has more than {MOST_TASKS:,} tasks, the most that one import takes; nothing was changed. "
    "Split it and import the parts one after the other."
)


def require_size(size: int, sentence: str = TOO_LARGE) -> None:
    """Raises TooLargeError (413) beyond the limit."""
    if size > MOST_BYTES:
        raise TooLargeError(sentence)
