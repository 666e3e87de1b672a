"""`done` and `reopen`: the same command, of which one ticks tasks off and the other takes that back."""

from collections.abc import Callable
from functools import partial

from cli.tasks.account import DataOption, EmailOption, JsonOption, TokenOption, UrlOption, opened
from cli.tasks.acts import act_on_each, post
from cli.tasks.reference import TasksArgument, find_tasks


def tick_command(*, verb: str, status: str, done: str, same: str, summary: str) -> Callable[..., None]:
    """The command that sends ``verb`` for tasks of a ``status``; it says ``done``, or ``same`` for no change."""

    def command(
        tasks: TasksArgument,
        *,
        url: UrlOption = None,
        email: EmailOption = None,
        token: TokenOption = None,
        data: DataOption = None,
        as_json: JsonOption = False,
    ) -> None:
        with opened(url=url, email=email, token=token, data=data) as client:
            found = find_tasks(client, tasks, status=status)
            act_on_each(found, partial(post, client, verb=verb, done=done, same=same), as_json=as_json)

    command.__doc__ = summary
    return command
