"""The small pages behind mailed links: they work without the app and without scripts, and only their buttons act."""

from html import escape
from typing import Any

from fastapi.responses import HTMLResponse

from backend.openapi import problems

PAGE: dict[int | str, dict[str, Any]] = {200: {"content": {"text/html": {}}}}
"""That a route answers with a page, for its ``responses``."""


def page_problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error answers of a route that shows a page to a person and problem+json to a program."""
    told = problems(*statuses)
    return {status: {**answer, "content": {"text/html": {}, **answer["content"]}} for status, answer in told.items()}


_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_STYLE = (
    ":root{color-scheme:light dark}"
    "body{margin:0;min-height:100vh;display:grid;place-items:center;font:16px/1.5 system-ui,sans-serif}"
    "main{max-width:28rem;padding:1.5rem}h1{font-size:1.25rem;margin:0 0 .5rem;overflow-wrap:anywhere}"
    "button,a.button{display:inline-block;margin-top:1rem;padding:.7rem 1.2rem;border:0;border-radius:.5rem;"
    "background:#1f5fbf;color:#fff;font:inherit;cursor:pointer;text-decoration:none}"
    "label{display:block;margin-top:1rem}.wrong{color:#c02626}"
    "input{width:100%;box-sizing:border-box;padding:.6rem;margin-top:.25rem;border:1px solid #808a96;"
    "border-radius:.5rem;font:inherit}"
    "button:focus-visible,a:focus-visible,input:focus-visible{outline:3px solid #7aa7ea;outline-offset:2px}"
)


def button_page(*, title: str, text: str, button: str, action: str) -> HTMLResponse:
    """A page that asks: its button posts to ``action``, a path of this server's."""
    form = f'<form method="post" action="{escape(action)}"><button>{escape(button)}</button></form>'
    return _page(title, text, form, status=200)


def password_page(*, action: str, wrong: str | None = None) -> HTMLResponse:
    """A page that asks for a new password and posts it to ``action`` as ``newPassword``; ``wrong``: with the last."""
    alert = f'<p role="alert" class="wrong">{escape(wrong)}</p>' if wrong else ""
    form = (
        f'<form method="post" action="{escape(action)}"><label for="new">New password</label>'
        '<input id="new" name="newPassword" type="password" autocomplete="new-password" minlength="8" maxlength="128"'
        f" required autofocus>{alert}<button>Set the password</button></form>"
    )
    text = "8 characters or more. All browsers that are signed in to this account are signed out."
    return _page("Choose a new password", text, form, status=400 if wrong else 200)


def told_page(*, title: str, text: str, home: str, status: int = 200, link: str = "Open the list") -> HTMLResponse:
    """A page that says what was done, or why nothing was; with a link to the list."""
    link = f'<a class="button" href="{escape(home)}">{escape(link)}</a>'
    return _page(title, text, link, status=status)


def _page(title: str, text: str, below: str, *, status: int) -> HTMLResponse:
    content = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1><p>{escape(text)}</p>{below}</main></body></html>"
    )
    return HTMLResponse(content, status_code=status, headers=_HEADERS)
