"""Ending at start with one sentence, where the server would show a traceback of what no one can mend in the code."""

import os
import sys
from typing import NoReturn

from backend.faults import Fault

UNWRITABLE = 34  # as `./todo` has it (cli/exits.py)
BEGINNING = "Cannot start: "


def refuse_to_start(fault: Fault) -> NoReturn:
    """End this process at once, with code 34: nothing is served yet, and the database has rolled back by itself."""
    sentence = f"{fault.what}, so the database could not be made ready; nothing was changed. Mend that and start again."
    print(f"{BEGINNING}{sentence[0].lower()}{sentence[1:]}", file=sys.stderr, flush=True)
    os._exit(UNWRITABLE)  # an exception, even SystemExit, is logged by the server with its whole stack
