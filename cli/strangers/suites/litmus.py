"""litmus: WebDAV's own suite, of Debian."""

import re

from cli.strangers.results import Result, check
from cli.strangers.target import Target
from cli.strangers.tools import debian_program, run

_SUITE = re.compile(r"-> running `(\w+)'")
_TEST = re.compile(r"^ *\d+\. (\w+)\.+ (pass|FAIL)(?: \((.*)|$)")


def litmus(target: Target) -> Result:
    """All of its tests, in the folder of the account's lists."""
    program = debian_program("litmus")
    home = f"{target.address}/dav/lists/{target.user_id}/"
    done = run([program, "-k", home, target.email, target.token])
    suite, checks = "", []
    for line in done.stdout.replace("\r", "\n").splitlines():
        if started := _SUITE.match(line):
            suite = started[1]
        elif test := _TEST.match(line):
            checks.append(check(f"{suite}.{test[1]}", passed=test[2] == "pass", detail=test[3] or ""))
    version = run(["dpkg-query", "-W", "-f", "${Version}", "litmus"]).stdout
    return Result(suite="litmus", version=version, checks=tuple(checks))
