"""The process that reads: a request and its budget in, what it means out, until its standard input ends.

Each message is its length in four bytes and its pickle; only the process that started this one speaks to it.
"""

import os
import pickle
import signal
import sys
from typing import BinaryIO

from backend.assistant.language.budget import interpret_within, prepare
from backend.assistant.language.types import Interpretation
from backend.assistant.reader.frames import LENGTH, READY, framed


def serve(asked: BinaryIO, answered: BinaryIO) -> None:
    """Answer until nobody asks. An error of the engine is answered too, so that it is raised where it was asked."""
    answered.write(READY)
    answered.flush()
    while head := asked.read(LENGTH):
        body = asked.read(int.from_bytes(head, "big"))
        request, seconds = pickle.loads(body)  # noqa: S301  (from the parent alone)
        answer: Interpretation | Exception
        try:
            answer = interpret_within(request, seconds=seconds)
        except Exception as error:  # raised again by the parent
            answer = error
        answered.write(framed(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)))
        answered.flush()


def main() -> None:
    """Serve the parent. Ctrl-C reaches the whole group, and the parent still has turns to finish: its end ends this."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that is printed may get between the answers
    prepare()
    try:
        serve(sys.stdin.buffer, answers)
    except BrokenPipeError:
        return


if __name__ == "__main__":
    main()
