"""Ending at start with one sentence, where the server would show a traceback of what no one can mend in the code."""

import os
import sys
from typing import NoReturn

from backend.faults import Fault

UNWRITABLE, NEWER_SCHEMA = 34, 36  # as `./todo` has them (cli/exits.py)
BEGINNING = "Cannot start: "


def refuse_to_store(fault: Fault) -> NoReturn:
    """End this process at once, with code 34: nothing is served yet, and the database has rolled back by itself."""
    refuse_to_start(
        f"{fault.what[0].lower()}{fault.what[1:]}, so the database could not be made ready; nothing was changed. "
        "Mend that and start again.",
        code=UNWRITABLE,
    )


def refuse_to_start(sentence: str, *, code: int) -> NoReturn:
    """End this process at once, with the sentence as its last word."""
    print(f"{BEGINNING}{sentence}", file=sys.stderr, flush=True)
    os._exit(code)  # an exception, even SystemExit, is logged by the server with its whole stack
