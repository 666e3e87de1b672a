"""What others' suites ask for that this server does not do, and why that is no fault of it."""

import re

from cli.strangers.results import Waiver

_EVENTS = "The suite puts an event first, and looks at the rest through events; lists here hold tasks (VTODO) alone."
_NO_STREAM = "The tool speaks to its client in the middle of a call; here a call is answered by JSON, not by a stream."
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
        names=re.compile(r"tools-call-(with-logging|with-progress|sampling|elicitation)|elicitation-.*"),
        reason=_NO_STREAM,
    ),
    Waiver(
        suite="mcp-conformance",
        names=re.compile("logging-set-level|resources-(un)?subscribe"),
        reason="They set what later requests of a session are told by, and there are no sessions: any replica answers "
        "any request (decision 050). Clients of the newest protocol listen by a request of its own.",
    ),
)
