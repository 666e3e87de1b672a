"""The forms that the OpenAPI document states for texts that are more than any text, by the ``format`` a type names.

A pattern follows both Python's and ECMA 262's rules (with the flag ``u``), and is anchored. What it lets through, the
server takes.
"""

from importlib.resources import files
from typing import Any

from backend.tasks.text import CONTROL, NAME_LENGTH, NOTES_LENGTH, PROJECT_LENGTH, TITLE_LENGTH, UNSEEN

Schema = dict[str, Any]
TOKEN_NAME_LENGTH = 100
CURSOR_LENGTH = 4000  # of a page by title: 200 characters, of which each may take sixteen
CURSOR = "Wy[IJ][A-Za-z0-9_-]{13,}"  # JSON that begins with a list and a text, in base64
_DAY = (
    "(?:(?:19[7-9][0-9]|2[0-9]{3})-"
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    "|(?:19(?:[79][26]|8[048])|2[0-9](?:0[48]|[2468][048]|[13579][26])|2[048]00)-02-29)"
)
_TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_DAYS, _HOURS = "[0-9]{1,2}D", "[0-9]{1,3}H"
_WEEKDAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_EVERY = "(?:;INTERVAL=[1-9][0-9]?)?(?:;COUNT=[1-9][0-9]{0,2})?"
_RULE = (
    f"FREQ=DAILY{_EVERY}"
    f"|FREQ=WEEKLY{_EVERY}(?:;BYDAY={_WEEKDAY}(?:,{_WEEKDAY}){{0,6}})?"
    f"|FREQ=MONTHLY{_EVERY}(?:;BYMONTHDAY=(?:-1|[1-9]|1[0-9]|2[0-8])|;BYDAY=(?:-1|[1-4]){_WEEKDAY})?"
    f"|FREQ=YEARLY{_EVERY}(?:;BYMONTH=(?:[1-9]|1[0-2]);BYMONTHDAY=(?:[1-9]|1[0-9]|2[0-8]))?"
)
_EMAIL = r"(?:[A-Za-z0-9_'+\-]+\.)*[A-Za-z0-9_'+\-]*[A-Za-z0-9_+\-]@(?:[A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}"


def _line(length: int, *, besides: str = "") -> Schema:
    """A line that shows something: ``besides`` are characters that do not count as that."""
    pattern = f"^[{besides}{UNSEEN}]*[^{besides}{CONTROL}{UNSEEN}][^{CONTROL}]*$"
    return {"minLength": 1, "maxLength": length, "pattern": pattern}


def _whole(pattern: str) -> Schema:
    return {"pattern": f"^(?:{pattern})$"}


def _zones() -> Schema:
    names = (files("tzdata") / "zones").read_text().split()
    return {"type": "string", "pattern": f"^(?:{'|'.join(sorted(name.replace('+', '[+]') for name in names))})$"}


FORMS: dict[str, Schema] = {
    "title": _line(TITLE_LENGTH),
    "project": _line(PROJECT_LENGTH),
    "tag": _line(NAME_LENGTH, besides="#"),
    "token-name": _line(TOKEN_NAME_LENGTH),
    "filter-name": _line(NAME_LENGTH),
    "filter-words": _line(200),
    "notes": {"maxLength": NOTES_LENGTH, "pattern": f"^[^{CONTROL}]*$"},
    "shown": {"pattern": f"^[^{CONTROL}]*$"},
    "printable": {"pattern": r"^[^\u0000-\u001f\u007f]*$"},
    "words": {"pattern": r"^\s*\S[\s\S]*$"},
    "day": _whole(_DAY),
    "due": _whole(f"{_DAY}(?:T{_TIME})?"),
    "moment": _whole(f"{_DAY}(?:T{_TIME}(?::[0-5][0-9])?)?"),
    "wall": _whole(f"{_DAY}T{_TIME}"),
    "clock": _whole(_TIME),
    "duration": _whole(
        "PT0S|P(?:[1-4]?[0-9]W|(?:[12]?[0-9]{1,2}|3[0-5][0-9])D|T[1-4]?[0-9]{1,5}M"
        f"|(?:{_DAYS})?T(?:{_HOURS}|(?:{_HOURS})?[0-9]{{1,5}}M))"
    ),
    "pace": _whole("P(?:[1-9][0-9]?D|T[1-9][0-9]{0,2}[HM])"),
    "past": _whole(f"{_DAY}T{_TIME}(?::[0-5][0-9])?Z?"),
    "rrule": _whole(_RULE),
    "address": {"maxLength": 254, **_whole(_EMAIL)},
    "password": {"pattern": r"^[\u0000-\ud7ff\ue000-\uffff]{8,128}$"},
    "etag": _whole('[*]|"[0-9]{1,9}"'),
    "cursor": {"maxLength": CURSOR_LENGTH, **_whole(CURSOR)},
}
"""What stands in place of a ``format`` that is ours alone."""

SHARED: dict[str, Schema] = {"iana-zone": _zones()}
"""The same for what is too long to be repeated: a component of the document."""


def form(name: str) -> Schema:
    """For the ``json_schema_extra`` of a type whose form has that name here."""
    if name not in FORMS and name not in SHARED:
        raise KeyError(name)
    return {"format": name}


def state_forms(document: Schema) -> None:
    """Let the document say the forms themselves, and of its parameters that they are never null."""
    document["components"]["schemas"].update({_component(name): schema for name, schema in SHARED.items()})
    for operation in (operation for methods in document["paths"].values() for operation in methods.values()):
        for parameter in operation.get("parameters", ()):
            parameter["schema"] = _without_null(parameter["schema"])
    _state(document)


def _without_null(schema: Schema) -> Schema:
    options = [option for option in schema.get("anyOf", ()) if option.get("type") != "null"]
    if len(options) != 1:
        return schema
    return {**{name: value for name, value in schema.items() if name != "anyOf"}, **options[0]}


def _state(node: Any) -> None:
    if isinstance(node, list):
        for item in node:
            _state(item)
    elif isinstance(node, dict):
        name = node.get("format")
        if isinstance(name, str) and name in SHARED:
            node.pop("type"), node.pop("format")
            node["$ref"] = f"#/components/schemas/{_component(name)}"
        elif isinstance(name, str) and name in FORMS:
            node.pop("format")
            node.update(FORMS[name])
        for item in node.values():
            _state(item)


def _component(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-"))
