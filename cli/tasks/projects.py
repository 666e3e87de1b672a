"""`./todo projects`: the projects, with their tasks counted."""

import json

from cli.tasks.account import DataOption, EmailOption, JsonOption, TokenOption, UrlOption, opened
from cli.tasks.table import counted


def command(
    *,
    url: UrlOption = None,
    email: EmailOption = None,
    token: TokenOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the projects by name, with how many of their tasks are open and done."""
    with opened(url=url, email=email, token=token, data=data) as client:
        groups = client.keep_names("projects")
    lines = [json.dumps(groups, ensure_ascii=False, indent=2)] if as_json else counted(groups, "+")
    for line in lines:
        print(line)
