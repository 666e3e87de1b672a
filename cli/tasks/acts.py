"""One act on each of the tasks that a command names, and what is told of it."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cli.tasks.account import TaskClient
from cli.tasks.table import shown

Document = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Act:
    """What the server answered for one task, how that is told, and whether it ``changed`` anything."""

    answer: Document
    sentence: str
    changed: bool = True


def act_on_each(
    tasks: Sequence[Document],
    act: Callable[[Document], Act],
    *,
    as_json: bool,
) -> None:
    """Do it to each, and tell of each as it is done; as JSON all at the end.

    Raises CommandError at the first that the server refuses; those before it stand, and were told.
    """
    acts = []
    for task in tasks:
        acts.append(act(task))
        if not as_json:
            answer, sentence = acts[-1].answer, acts[-1].sentence
            print(f"{sentence} {task['number']}: {shown(task['title'])}{_next(answer)}", flush=True)
    if as_json:
        print(json.dumps([one.answer for one in acts], ensure_ascii=False, indent=2))
    elif (steps := sum(one.changed for one in acts)) > 1:
        sys.stderr.write(f"./todo undo --steps {steps} takes them back.\n")


def post(client: TaskClient, task: Document, *, verb: str, done: str, same: str) -> Act:
    """The server's `complete` or `reopen` of a task."""
    answer = client.send("POST", f"/api/tasks/{task['id']}/{verb}")
    changed = "undo-token" in answer.headers
    return Act(answer=answer.json(), sentence=done if changed else same, changed=changed)


def _next(answer: Document) -> str:
    comes_back = answer.get("recurrence") and answer.get("status") == "open"
    return f"  (next {answer['due'].replace('T', ' ')})" if comes_back and answer.get("due") else ""
