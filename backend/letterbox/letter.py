"""A mail as bytes in, what of it a task keeps out. Pure.

Mails are read by the lenient policy of the standard library: what is broken in one costs that part alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from hashlib import sha256
from html.parser import HTMLParser

from backend.tasks.text import without_control

_PREFIXES = {"re", "fw", "fwd", "aw", "wg", "tr", "rv", "sv", "vs"}  # of answers and forwards, in a few languages
_ANSWERS = ("X-Autoreply", "X-Autorespond")  # of programs that are older than RFC 3834
_BREAKS = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "ul", "ol", "table", "blockquote"}
_UNSHOWN = {"script", "style", "head", "title"}
_MOST_PARTS, _MOST_NAMED = 200, 20
_MOST_HTML = 200_000  # characters: notes have a twentieth of that
_NO_SUBJECT = "A mail without a subject"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """``senders`` are the addresses of its From; ``digest`` is that of its Message-ID, or of all of it without one.

    ``is_automatic``: an answer by a machine, or a mail that could not be delivered (RFC 3834).
    """

    digest: str
    senders: tuple[str, ...]
    subject: str
    text: str
    attachments: tuple[str, ...]
    is_automatic: bool


def read_letter(content: bytes) -> Letter:
    """Whatever the bytes are; a text that is no mail has no sender."""
    message = message_from_bytes(content)
    identity = _header(message, "message-id").strip().encode(errors="surrogatepass") or content
    plain, html, attachments = _parts(message)
    return Letter(
        digest=sha256(identity).hexdigest(),
        senders=tuple(address.strip().casefold() for _, address in getaddresses([_header(message, "from")]) if address),
        subject=_bare_subject(without_control(_header(message, "subject"))),
        text=without_control(plain or _text_of(html[:_MOST_HTML])).replace("\r\n", "\n").strip(),
        attachments=attachments,
        is_automatic=_is_automatic(message),
    )


def notes_of(letter: Letter, *, limit: int) -> str | None:
    """What the task's notes say: the text, and the names of what came with it and is not kept."""
    named = ", ".join(letter.attachments)
    ending = f"Not kept: {named}"[:1000] if named else ""
    room = limit - len(ending) - 2
    text = letter.text if len(letter.text) <= room else f"{letter.text[: room - 2].rstrip()} …"
    return "\n\n".join(part for part in (text, ending) if part) or None


def _header(message: Message, name: str) -> str:
    """The header as text; what cannot be decoded stays as it was sent."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    raw = raw.encode(errors="surrogateescape").decode(errors="replace").replace("\r", "").replace("\n", " ")
    try:
        return str(make_header(decode_header(raw)))
    except (ValueError, LookupError):
        return raw


def _bare_subject(subject: str) -> str:
    """Without "Re:" and "Fwd:", however many."""
    rest = " ".join(subject.split())
    while rest.partition(":")[0].strip().casefold() in _PREFIXES:
        rest = rest.partition(":")[2].strip()
    return rest or _NO_SUBJECT


def _parts(message: Message) -> tuple[str, str, tuple[str, ...]]:
    """The first plain text, the first HTML, and the names of everything else."""
    plain, html, named = "", "", list[str]()
    for part in _leaves(message):
        kind, file = part.get_content_type(), part.get_filename()
        if file or part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
            named.append(" ".join(str(file or kind).split())[:100])
        elif kind == "text/html":
            html = html or _decoded(part)
        else:
            plain = plain or _decoded(part)
    return plain, html, tuple(named[:_MOST_NAMED])


def _leaves(message: Message) -> Iterator[Message]:
    for place, part in enumerate(message.walk()):
        if place >= _MOST_PARTS:
            return
        if not part.is_multipart():
            yield part


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        return content.decode(part.get_content_charset() or "utf-8", errors="replace")
    except LookupError:  # a character set that nobody knows
        return content.decode(errors="replace")


def _is_automatic(message: Message) -> bool:
    said, precedence = (_header(message, name).strip().casefold() for name in ("auto-submitted", "precedence"))
    is_answer = said not in {"", "no"} or precedence == "auto_reply" or any(name in message for name in _ANSWERS)
    is_report = _header(message, "return-path").strip() == "<>" or message.get_content_type() == "multipart/report"
    return is_answer or is_report


class _Shown(HTMLParser):
    """Collects what a reader would see."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._unshown = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unshown += tag in _UNSHOWN
        if tag in _BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unshown = max(0, self._unshown - (tag in _UNSHOWN))
        if tag in _BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unshown:
            self.pieces.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))


def _text_of(html: str) -> str:
    shown = _Shown()
    shown.feed(html)
    shown.close()
    lines = [line.strip() for line in "".join(shown.pieces).splitlines()]
    return "\n".join(line for line in lines if line)
