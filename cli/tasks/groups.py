"""`projects` and `tags`: what tasks are grouped by, with these counted."""

import json
from collections.abc import Callable

from cli.tasks.account import DataOption, EmailOption, JsonOption, TokenOption, UrlOption, opened
from cli.tasks.table import counted


def group_command(kind: str, *, sign: str) -> Callable[..., None]:
    """The command that lists the groups of a ``kind``, ``projects`` or ``tags``; ``sign`` stands before each name."""

    def command(
        *,
        url: UrlOption = None,
        email: EmailOption = None,
        token: TokenOption = None,
        data: DataOption = None,
        as_json: JsonOption = False,
    ) -> None:
        with opened(url=url, email=email, token=token, data=data) as client:
            groups = client.keep_names(kind)
        for line in [json.dumps(groups, ensure_ascii=False, indent=2)] if as_json else counted(groups, sign):
            print(line)

    command.__doc__ = f"List the {kind} by name, with how many of their tasks are open and done."
    return command
