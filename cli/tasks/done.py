"""`./todo done`: tick tasks off."""

from functools import partial

from cli.tasks.account import DataOption, EmailOption, JsonOption, TokenOption, UrlOption, opened
from cli.tasks.acts import act_on_each, post
from cli.tasks.reference import TasksArgument, find_tasks


def command(
    tasks: TasksArgument,
    *,
    url: UrlOption = None,
    email: EmailOption = None,
    token: TokenOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tick tasks off; one that recurs moves to its next time. ./todo undo takes it back."""
    with opened(url=url, email=email, token=token, data=data) as client:
        found = find_tasks(client, tasks, status="open")
        act = partial(post, client, verb="complete", done="Done", same="Was done already:")
        act_on_each(client, found, act, as_json=as_json)
