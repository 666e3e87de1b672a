"""python-caldav and tsdav, libraries that many clients are made of."""

import shutil
from pathlib import Path

from cli.strangers import programs
from cli.strangers.results import Result
from cli.strangers.suites.lines import printed
from cli.strangers.target import Target
from cli.strangers.tools import node_packages, python_packages, python_version, run

PROGRAMS = Path(programs.__file__).parent


def python_caldav(target: Target) -> Result:
    """The library's own calls for lists, tasks, searches and synchronisation."""
    folder = python_packages("caldav", ["caldav"])
    done = run([str(folder / "python"), str(PROGRAMS / "caldav_client.py")], more=target.variables())
    return Result(suite="python-caldav", version=python_version(folder, "caldav"), checks=printed(done))


def tsdav(target: Target) -> Result:
    """The same for JavaScript."""
    folder = node_packages("tsdav", ["tsdav"])
    program = folder / "client.mjs"
    shutil.copy(PROGRAMS / "tsdav_client.mjs", program)  # a module finds packages from where it stands
    done = run(["node", str(program)], folder=folder, more=target.variables())
    version = run(["node", "-p", "require('./node_modules/tsdav/package.json').version"], folder=folder)
    return Result(suite="tsdav", version=version.stdout.strip(), checks=printed(done))
