"""Where a link of a mail leads in the end: back to the page, with a word of what came of it."""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from fastapi.responses import RedirectResponse

_URL = ":/?#[]@!$&'()*+,;=%~"  # what an address may hold unescaped (RFC 3986)


def back_to(url: str, **values: str) -> RedirectResponse:
    """A redirect to the address, which was checked, with these values in its query; no cache keeps it."""
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in values]
    told = parts._replace(query=urlencode([*query, *values.items()]))
    answer = RedirectResponse(
        "/", status_code=302, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    )
    answer.headers["Location"] = quote(told.geturl(), safe=_URL)
    return answer
