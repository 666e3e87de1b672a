"""caldav-server-tester: what a server supports of CalDAV, feature by feature."""

import json

from cli.strangers.results import Check, Result, check
from cli.strangers.target import Target
from cli.strangers.tools import python_packages, python_version, run

SUPPORTED = {"full", "quirk"}


def caldav_tester(target: Target) -> Result:
    """Each of its checks alone, since one that ends badly would take the others with it."""
    folder = python_packages("caldav-server-tester", ["caldav-server-tester"])
    program = [str(folder / "caldav-server-tester")]
    names = run([*program, "--list-checks"]).stdout.split()
    account = ["--caldav-url", f"{target.address}/dav/", "--caldav-username", target.email]
    account += ["--caldav-password", target.token, "--format", "json"]
    found: dict[str, Check] = {}
    for name in names:
        done = run([*program, *account, "--run-checks", name])
        if done.returncode:
            last = "".join(done.stderr.strip().splitlines()[-1:])
            found[f"{name} ended"] = check(f"{name} ended", passed=False, detail=last)
        else:
            found |= {one.name: one for one in _features(done.stdout)}
    version = python_version(folder, "caldav-server-tester")
    return Result(suite="caldav-server-tester", version=version, checks=tuple(found[name] for name in sorted(found)))


def _features(text: str) -> list[Check]:
    features = json.loads(text)["features"]
    return [
        check(name, passed=feature["support"] in SUPPORTED, detail=feature["support"])
        for name, feature in features.items()
    ]
