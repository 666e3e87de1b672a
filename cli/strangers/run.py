"""Runs the suites one after another, each with an account of its own."""

import sys
from collections.abc import Callable, Sequence

from cli.exits import CommandError, Exit
from cli.strangers.results import Result, check, waived
from cli.strangers.suites.caldav_clients import python_caldav, tsdav
from cli.strangers.suites.caldav_tester import caldav_tester
from cli.strangers.suites.corpus import icalendar_corpus
from cli.strangers.suites.litmus import litmus
from cli.strangers.suites.mcp import mcp_conformance
from cli.strangers.suites.tests import better_auth, stateful
from cli.strangers.suites.vdirsyncer import vdirsyncer
from cli.strangers.target import Target, new_target, server
from cli.strangers.waivers import WAIVERS

SUITES: dict[str, Callable[[Target], Result]] = {
    "vdirsyncer-todoman": vdirsyncer,
    "python-caldav": python_caldav,
    "tsdav": tsdav,
    "caldav-server-tester": caldav_tester,
    "litmus": litmus,
    "mcp-conformance": mcp_conformance,
    "better-auth": better_auth,
    "schemathesis": stateful,
    "icalendar-corpus": icalendar_corpus,
}


def run_suites(names: Sequence[str]) -> list[Result]:
    """The results of the suites, all of them without a name. Raises CommandError (USAGE) for a name that is none."""
    unknown = [name for name in names if name not in SUITES]
    if unknown:
        raise CommandError(f"{unknown[0]} is no suite: {', '.join(SUITES)}.", code=Exit.USAGE)
    with server() as address:
        return [_run(name, address) for name in names or SUITES]


def _run(name: str, address: str) -> Result:
    """One suite's result; a suite that cannot be installed or run is a failed check of it."""
    sys.stderr.write(f"{name} …\n")
    try:
        return waived(SUITES[name](new_target(address, name=name)), WAIVERS)
    except CommandError as error:
        return Result(suite=name, version="", checks=(check("runs", passed=False, detail=error.message),))
