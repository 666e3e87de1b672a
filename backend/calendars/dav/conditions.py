"""`If-Match` and `If-None-Match` (RFC 9110, 13.1)."""

from starlette.datastructures import Headers

from backend.errors import StaleVersionError


def check_conditions(headers: Headers, etag: str | None) -> None:
    """Raises StaleVersionError (412) where the task, of this tag or not there (None), is not as the program thinks."""
    wanted, unwanted = headers.get("if-match"), headers.get("if-none-match")
    if wanted is not None and not _names(wanted, etag, weakly=False):
        what = "has changed since you read it" if etag else "is not there"
        raise StaleVersionError(f"This task {what}; read it again. Nothing was changed.")
    if unwanted is not None and etag is not None and _names(unwanted, etag, weakly=True):
        raise StaleVersionError("There is a task at this address already; read it first. Nothing was changed.")


def is_known(headers: Headers, etag: str) -> bool:
    """Whether the program has this text: answer 304."""
    given = headers.get("if-none-match")
    return given is not None and _names(given, etag, weakly=True)


def _names(header: str, etag: str | None, *, weakly: bool) -> bool:
    tags = {tag.strip() for tag in header.split(",")}
    if weakly:
        tags = {tag.removeprefix("W/") for tag in tags}
    return etag is not None and (etag in tags or "*" in tags)
