"""Priorities, states and formatted text as other programs write them."""

import re
from html.parser import HTMLParser

_PRIORITY_WORDS = {
    "high": "high", "highest": "high", "urgent": "high", "critical": "high", "important": "high", "p1": "high",
    "h": "high",
    "a": "high", "hoch": "high", "dringend": "high", "haute": "high", "alta": "high", "hoog": "high",
    "very high": "high",
    "medium": "medium", "normal": "medium", "moderate": "medium", "p2": "medium", "m": "medium", "b": "medium",
    "mittel": "medium", "moyenne": "medium", "media": "medium", "média": "medium", "gemiddeld": "medium",
    "low": "low", "lowest": "low", "minor": "low", "p3": "low", "l": "low", "c": "low", "niedrig": "low",
    "basse": "low",
    "baja": "low", "bassa": "low", "baixa": "low", "laag": "low",
}  # fmt: skip
_NO_PRIORITY = frozenset({"", "none", "no", "0", "p4", "-", "keine", "aucune", "ninguna", "nessuna", "nenhuma", "geen"})
_DONE = frozenset(
    [
        "true",
        "yes",
        "y",
        "x",
        "1",
        "done",
        "complete",
        "completed",
        "closed",
        "finished",
        "checked",
        "resolved",
        "archived",
        "cancelled",
        "canceled",
        "ja",
        "oui",
        "sí",
        "si",
        "sim",
        "erledigt",
        "fertig",
        "terminé",
        "termine",
        "hecho",
        "completado",
        "completato",
        "concluído",
        "feito",
        "voltooid",
        "klaar",
        "✓",
        "✔",
        "☑",
        "✅",
        "wahr",
        "vrai",
    ]
) | {"100%", "100 %", "100", "won't do"}
_OPEN = frozenset(
    [
        "false",
        "no",
        "n",
        "0",
        "open",
        "todo",
        "to-do",
        "pending",
        "active",
        "incomplete",
        "uncompleted",
        "unfinished",
        "new",
        "inbox",
        "waiting",
        "started",
        "nein",
        "non",
        "offen",
        "ouvert",
        "abierto",
        "aperto",
        "aberto",
        "nee",
        "falsch",
        "faux",
        "0%",
        "☐",
        "needsaction",
        "next",
        "someday",
        "backlog",
    ]
) | {
    "",
    "to do",
    "not started",
    "in progress",
    "on hold",
    "needs action",
    "in arbeit",
    "deferred",
    "waiting on someone else",
}
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "pre", "blockquote"})
_TAGGED = re.compile(
    r"</?(?:p|br|div|ul|ol|li|strong|em|b|i|a|h[1-6]|span|pre|code|blockquote|html|body)\b[^<>]{0,500}>", re.IGNORECASE
)


def read_priority(text: str) -> tuple[str | None, bool]:
    """The priority that words say, and whether that is sure: of numbers 1 is the highest, but not everywhere."""
    said = text.strip().casefold()
    if said in _NO_PRIORITY:
        return None, True
    if said in _PRIORITY_WORDS:
        return _PRIORITY_WORDS[said], True
    if said in {"1", "2", "3"}:
        return ("high", "medium", "low")[int(said) - 1], False
    return None, False


def read_done(text: str) -> bool | None:
    """Whether a word or a mark says that a task is done; None where nobody can say."""
    said = text.strip().casefold()
    return True if said in _DONE else False if said in _OPEN else None


def text_of_html(text: str) -> str:
    """Text with its formatting taken away, line by line; text that has none is as it was."""
    if not _TAGGED.search(text):
        return text
    reader = _Text()
    reader.feed(text)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _BREAKS:
            self.parts.append("\n")
        if tag == "li":
            checked = given.get("data-checked")
            self.parts.append("- " if checked is None else f"- [{'x' if checked == 'true' else ' '}] ")
        if tag == "a":
            self.link = given.get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.link and self.parts[-1:] != [self.link]:
            self.parts.append(f" ({self.link})")
        if tag in _BREAKS - {"br"}:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data.replace("\n", " "))
