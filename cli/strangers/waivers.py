"""What others' suites ask for that this server does not do, and why that is no fault of it."""

import re

from cli.strangers.results import Waiver

_EVENTS = "The suite puts an event first, and looks at the rest through events; lists here hold tasks (VTODO) alone."
_FIXTURE = "The scenario calls a tool, prompt or resource of the suite's own example server by its name."
WAIVERS = (
    Waiver(
        suite="litmus",
        names=re.compile(r"(basic|copymove|props|locks|http)\.begin"),
        reason="The suite makes folders for files of any kind; those here are lists of tasks (RFC 4791, 4.2).",
    ),
    Waiver(
        suite="caldav-server-tester",
        names=re.compile(
            r"(save-load\.(event|icalendar|journal|mutable|todo\.recurrences|stable-url|get-by-url)|url\.encode-at|search\.).*"
        ),
        reason=_EVENTS,
    ),
    Waiver(
        suite="caldav-server-tester",
        names=re.compile(r"(save\.(duplicate-uid|etag|if-none-match)|sync-token|synchronous-write).*"),
        reason=_EVENTS + " The suites of python-caldav, tsdav and vdirsyncer here show the same with tasks.",
    ),
    Waiver(
        suite="caldav-server-tester",
        names=re.compile("(freebusy-query|scheduling|principal-search).*"),
        reason="Not offered: free time and invitations are of events (RFC 6638), and nobody sees other people here.",
    ),
    Waiver(
        suite="caldav-server-tester",
        names=re.compile("well-known"),
        reason="The suite does not ask at an address of its own machine. A test here does.",
    ),
    Waiver(suite="caldav-server-tester", names=re.compile(r"\w+ ended"), reason=_EVENTS),
    Waiver(
        suite="mcp-conformance",
        names=re.compile(r"(tools-call|elicitation|resources-read|resources-templates-read).*"),
        reason=_FIXTURE,
    ),
    Waiver(suite="mcp-conformance", names=re.compile(r"prompts-get-.*|completion-complete"), reason=_FIXTURE),
    Waiver(
        suite="mcp-conformance",
        names=re.compile("logging-set-level|resources-(un)?subscribe"),
        reason="The server does not declare this capability, and the protocol leaves it to the server.",
    ),
)
