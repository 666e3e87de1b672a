"""`./todo redo`: do again what was undone."""

import json

from cli.tasks.account import DataOption, EmailOption, JsonOption, TokenOption, UrlOption, opened
from cli.tasks.changes import told


def command(
    *,
    url: UrlOption = None,
    email: EmailOption = None,
    token: TokenOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Do again what the latest undo took back; again, what the one before it did."""
    with opened(url=url, email=email, token=token, data=data) as client:
        answer = client.send("POST", "/api/redo").json()
    print(json.dumps(answer, ensure_ascii=False, indent=2) if as_json else told("Done again", answer))
