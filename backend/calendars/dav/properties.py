"""The properties of each kind of resource, each as the XML within its element."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from backend.calendars.dav.address import PREFIX, home_path, principal_path
from backend.calendars.dav.entries import Entry
from backend.calendars.dav.lists import NAME, TaskList
from backend.calendars.dav.xml import APPLE, SERVER, caldav, data, dav, element, href, text
from backend.tasks.due import YEARS

COMPONENTS = caldav("supported-calendar-component-set")
DATA = caldav("calendar-data")
ORDER, COLOR = f"{{{APPLE}}}calendar-order", f"{{{APPLE}}}calendar-color"
REPORTS = {
    "list": (caldav("calendar-query"), caldav("calendar-multiget"), dav("sync-collection")),
}
Properties = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who asks: what their token allows, and the largest text that is taken, in bytes."""

    user_id: str
    name: str
    email: str
    may_write: bool
    most_bytes: int
    token_name: str | None = None


def _common(caller: Caller) -> dict[str, str]:
    principal = href(principal_path(caller.user_id))
    kinds = ("read", "read-current-user-privilege-set") + (
        ("write", "write-content", "write-properties", "bind", "unbind") if caller.may_write else ()
    )
    privileges = "".join(element(dav("privilege"), element(dav(kind))) for kind in kinds)
    return {
        dav("current-user-principal"): principal,
        dav("owner"): principal,
        dav("principal-collection-set"): href(f"{PREFIX}/people/"),
        dav("current-user-privilege-set"): privileges,
        dav("supported-report-set"): "",
    }


def of_root(caller: Caller) -> Properties:
    return {**_common(caller), dav("resourcetype"): element(dav("collection")), NAME: "Todo"}


def of_principal(caller: Caller) -> Properties:
    return {
        **_common(caller),
        dav("resourcetype"): element(dav("collection")) + element(dav("principal")),
        dav("principal-URL"): href(principal_path(caller.user_id)),
        NAME: text(caller.name),
        caldav("calendar-home-set"): href(home_path(caller.user_id)),
        caldav("calendar-user-address-set"): href(f"mailto:{caller.email}") + href(principal_path(caller.user_id)),
        caldav("calendar-user-type"): "INDIVIDUAL",
        f"{{{SERVER}}}email-address-set": element(f"{{{SERVER}}}email-address", text(caller.email)),
    }


def of_home(caller: Caller) -> Properties:
    return {**_common(caller), dav("resourcetype"): element(dav("collection")), NAME: "Todo"}


def of_list(caller: Caller, task_list: TaskList, token: str) -> Properties:
    """A list; ``token`` is that of its state."""
    reports = "".join(
        element(dav("supported-report"), element(dav("report"), element(name))) for name in REPORTS["list"]
    )
    return {
        **task_list.properties,
        **_common(caller),
        dav("resourcetype"): element(dav("collection")) + element(caldav("calendar")),
        NAME: task_list.name,
        dav("supported-report-set"): reports,
        dav("sync-token"): token,
        f"{{{SERVER}}}getctag": token,
        dav("getcontenttype"): "text/calendar; charset=utf-8; component=vtodo",
        COMPONENTS: '<C:comp name="VTODO"/>',
        caldav("supported-calendar-data"): '<C:calendar-data content-type="text/calendar" version="2.0"/>',
        caldav("supported-collation-set"): "".join(
            element(caldav("supported-collation"), name) for name in ("i;ascii-casemap", "i;octet", "i;unicode-casemap")
        ),
        caldav("max-resource-size"): str(caller.most_bytes),
        caldav("min-date-time"): f"{YEARS.start}0101T000000Z",
        caldav("max-date-time"): f"{YEARS.stop - 1}1231T235959Z",
    }


@dataclass(frozen=True, kw_only=True)
class TaskWriter:
    """Writes the properties of many tasks: ``names`` are those that were asked for."""

    caller: Caller
    names: tuple[str, ...]

    @property
    def needs_text(self) -> bool:
        return DATA in self.names or dav("getcontentlength") in self.names

    def write(self, entry: Entry, content: str | None = None) -> tuple[str, str]:
        """The properties that a task has, and those that it has not; ``content`` is its text where it is needed."""
        found, missing = list[str](), list[str]()
        common: dict[str, str] | None = None
        for name in self.names:
            maker = _OF_TASK.get(name)
            if maker:
                found.append(element(name, maker(entry, content or "")))
                continue
            common = common or _common(self.caller)
            (found if name in common else missing).append(element(name, common.get(name, "")))
        return "".join(found), "".join(missing)


def _modified(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


_OF_TASK: dict[str, Callable[[Entry, str], str]] = {
    dav("resourcetype"): lambda _entry, _text: "",
    dav("getetag"): lambda entry, _text: text(entry.etag),
    dav("getcontenttype"): lambda _entry, _text: "text/calendar; charset=utf-8; component=vtodo",
    dav("getlastmodified"): lambda entry, _text: _modified(entry.updated),
    dav("getcontentlength"): lambda _entry, content: str(len(content.encode())),
    DATA: lambda _entry, content: data(content),
}
TASK_NAMES = (
    dav("resourcetype"),
    dav("getetag"),
    dav("getcontenttype"),
    dav("getlastmodified"),
)
PROTECTED = {
    *TASK_NAMES,
    *(dav(name) for name in ("current-user-principal", "owner", "principal-collection-set", "creationdate")),
    *(dav(name) for name in ("current-user-privilege-set", "supported-report-set", "sync-token", "getcontentlength")),
    *(caldav(name) for name in ("supported-calendar-data", "max-resource-size", "min-date-time", "max-date-time")),
    caldav("supported-collation-set"),
    COMPONENTS,
    f"{{{SERVER}}}getctag",
}


def chosen(properties: Properties, names: tuple[str, ...] | None) -> tuple[str, str]:
    """Those of the names that are there, and those that are not; all that are there for no names."""
    if names is None:
        return "".join(element(name, value) for name, value in properties.items()), ""
    found = "".join(element(name, properties[name]) for name in names if name in properties)
    return found, "".join(element(name) for name in names if name not in properties)
