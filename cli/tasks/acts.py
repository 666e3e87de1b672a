"""One act on each of the tasks that a command names, and what is told of it."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from cli.tasks.account import TaskClient
from cli.tasks.table import shown

Document = dict[str, Any]


def act_on_each(
    client: TaskClient,
    tasks: Sequence[Document],
    act: Callable[[Document], tuple[Document, str]],
    *,
    as_json: bool,
) -> None:
    """Do it to each, and tell of each as it is done; as JSON all at the end.

    Raises CommandError at the first that the server refuses; those before it stand, and were told.
    """
    answers = []
    for task in tasks:
        answer, sentence = act(task)
        answers.append(answer)
        if not as_json:
            print(f"{sentence} {task['number']}: {shown(task['title'])}{_next(answer)}", flush=True)
    if as_json:
        print(json.dumps(answers, ensure_ascii=False, indent=2))


def post(client: TaskClient, task: Document, *, verb: str, done: str, same: str) -> tuple[Document, str]:
    """The task after the server's `complete` or `reopen`, and the word for what happened."""
    answer = client.send("POST", f"/api/tasks/{task['id']}/{verb}")
    document: Document = answer.json()
    return document, done if "undo-token" in answer.headers else same


def _next(answer: Document) -> str:
    comes_back = answer.get("recurrence") and answer.get("status") == "open"
    return f"  (next {answer['due'].replace('T', ' ')})" if comes_back and answer.get("due") else ""
