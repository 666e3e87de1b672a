"""WebDAV's XML (RFC 4918, 14): read without entities, written with few prefixes."""

import re
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError, tostring
from xml.sax.saxutils import escape, quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from starlette.responses import Response

from backend.calendars.todo.errors import CALDAV, DAV, RefusedCalendarError
from backend.errors import BadRequestError

SERVER = "http://calendarserver.org/ns/"
APPLE = "http://apple.com/ns/ical/"
MEDIA_TYPE = "application/xml; charset=utf-8"
_PREFIXES = {DAV: "D", CALDAV: "C", SERVER: "S", APPLE: "A"}
_NAMESPACES = "".join(f' xmlns:{prefix}="{space}"' for space, prefix in _PREFIXES.items())
_DEEPEST = 32
_UNHELD = re.compile("[^\t\n\r -\ufffd\U00010000-\U0010ffff]")


def dav(name: str) -> str:
    """A name of WebDAV's in Clark notation."""
    return f"{{{DAV}}}{name}"


def caldav(name: str) -> str:
    return f"{{{CALDAV}}}{name}"


def read_xml(body: bytes, *, root: str | None = None) -> Element | None:
    """The body's root element; None for an empty body.

    Raises BadRequestError for what is not well-formed, has entities or a document type, or another root than ``root``.
    """
    if not body.strip():
        return None
    try:
        element: Element = fromstring(body, forbid_dtd=True)
    except DefusedXmlException as error:
        raise BadRequestError(
            "The body has a document type or entities, which are not read; leave them out."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise BadRequestError(f"The body is not XML: {error}. Nothing was changed.") from error
    if root and element.tag != root:
        raise BadRequestError(f"The body's element is {element.tag[:80]}; it must be {root}.")
    if _depth(element) > _DEEPEST:
        raise BadRequestError(f"The body's elements lie deeper than {_DEEPEST} in one another.")
    return element


def _depth(element: Element) -> int:
    level, depth = [element], 0
    while level:
        level, depth = [child for one in level for child in one], depth + 1
    return depth


def element(name: str, inner: str = "") -> str:
    """An element of a name in Clark notation, around XML."""
    opening, closing = _tags(name)
    return f"<{opening}>{inner}</{closing}>" if inner else f"<{opening}/>"


@lru_cache(maxsize=512)
def _tags(name: str) -> tuple[str, str]:
    """What stands in the tags that open and close an element: thousands of tasks have the same ones."""
    space, _, local = name.removeprefix("{").rpartition("}")
    prefix = _PREFIXES.get(space)
    opening = f"{prefix}:{local}" if prefix else f"{local} xmlns={quoteattr(space)}" if space else local
    return opening, f"{prefix}:{local}" if prefix else local


def text(value: str) -> str:
    """Text as XML; what XML 1.0 cannot hold is left out."""
    return escape(_UNHELD.sub("", value))


def data(value: str) -> str:
    """A calendar's text as XML, with its line ends: a bare CR would be read as LF (XML 1.0, 2.11)."""
    return text(value).replace("\r", "&#13;")


def href(path: str) -> str:
    return f"<D:href>{escape(path)}</D:href>"


def inner_xml(node: Element) -> str:
    """What is within an element, with the namespaces that it needs."""
    children = "".join(tostring(child, encoding="unicode") for child in node)
    return text(node.text or "") + children


def response(path: str, found: str, missing: str = "") -> str:
    """One resource's properties, as XML: those that it has and those that it has not."""
    parts = [f"<D:response>{href(path)}"]
    if found or not missing:
        parts.append(f"<D:propstat><D:prop>{found}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>")
    if missing:
        parts.append(f"<D:propstat><D:prop>{missing}</D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>")
    return "".join([*parts, "</D:response>"])


def gone(path: str) -> str:
    """A resource that is not there."""
    return f"<D:response>{href(path)}<D:status>HTTP/1.1 404 Not Found</D:status></D:response>"


def multistatus(parts: list[str], *, more: str = "") -> Response:
    body = "".join([f'<?xml version="1.0" encoding="utf-8"?>\n<D:multistatus{_NAMESPACES}>', *parts, more])
    return Response(f"{body}</D:multistatus>", status_code=207, media_type=MEDIA_TYPE, headers=_PRIVATE)


def refused(error: RefusedCalendarError, *, status: int = 403) -> Response:
    """A failed precondition (RFC 4918, 16), with the sentence that says what to do."""
    condition = element(f"{{{error.namespace}}}{error.precondition}")
    sentence = f"<D:responsedescription>{text(error.detail)}</D:responsedescription>"
    body = f'<?xml version="1.0" encoding="utf-8"?>\n<D:error{_NAMESPACES}>{condition}{sentence}</D:error>'
    return Response(body, status_code=status, media_type=MEDIA_TYPE, headers=_PRIVATE)


_PRIVATE = {"Cache-Control": "private, no-cache"}
