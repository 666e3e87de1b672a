"""The command line `./todo`: which commands there are, and what an error becomes."""

import signal
import sys

from cli.exits import CommandError, Exit
from cli.lazy import Entry, lazy_app

ENTRIES = (
    Entry(name="up", module="cli.servers.up", summary="Start Todo Chatbot on this machine."),
    Entry(name="down", module="cli.servers.down", summary="Stop it."),
    Entry(name="status", module="cli.servers.status", summary="Tell what runs, and where."),
    Entry(name="backup", module="cli.backups.backup", summary="Back up the list into one file, also while it runs."),
    Entry(name="restore", module="cli.backups.restore", summary="Put a backup in the place of the list."),
    Entry(name="interpret", module="cli.talk.interpret", summary="Print what a sentence means, as JSON."),
    Entry(name="chat", module="cli.talk.chat", summary="Talk to the list in the terminal."),
    Entry(name="list", module="cli.tasks.list", summary="List tasks.", aliases=("ls",)),
    Entry(name="show", module="cli.tasks.show", summary="Show all of a task.", aliases=("info",)),
    Entry(name="add", module="cli.tasks.add", summary="Add a task, in plain words.", aliases=("new", "a")),
    Entry(name="edit", module="cli.tasks.edit", summary="Change a task.", aliases=("modify", "mod")),
    Entry(name="done", module="cli.tasks.done", summary="Tick tasks off.", aliases=("do", "complete")),
    Entry(name="reopen", module="cli.tasks.reopen", summary="Make done tasks open again.", aliases=("undone",)),
    Entry(name="delete", module="cli.tasks.delete", summary="Delete tasks.", aliases=("del", "rm")),
    Entry(name="undo", module="cli.tasks.undo", summary="Take the latest change back."),
    Entry(name="redo", module="cli.tasks.redo", summary="Do again what was undone."),
    Entry(name="projects", module="cli.tasks.projects", summary="List the projects, with their tasks counted."),
    Entry(name="tags", module="cli.tasks.tags", summary="List the tags, with their tasks counted."),
    Entry(name="import", module="cli.exchange.imports", summary="Bring a list in from another program."),
    Entry(name="export", module="cli.exchange.exports", summary="Write the list into a file."),
    Entry(name="completion", module="cli.completion.command", summary="Print what completes words in a shell."),
    Entry(name="mcp", module="cli.mcp", summary="Serve the list to a desktop assistant (MCP over stdio)."),
    Entry(name="deploy", module="orchestrator.cli", summary="From source to a healthy release on Kubernetes."),
    Entry(name="test", module="cli.checks.test", summary="Run every check that needs no cluster."),
    Entry(name="bench", module="cli.bench.command", summary="Measure speed, and how well it understands."),
    Entry(name="screenshots", module="cli.screenshots.command", summary="Take the pictures of the docs anew."),
    Entry(name="train", module="cli.training.command", summary="Make anew what is learnt from examples."),
    Entry(name="lock", module="cli.lock", summary="Lock the Python packages anew."),
    Entry(name="docs", module="cli.documents.command", summary="Write the generated pages of docs/ anew."),
    Entry(name="release", module="cli.releases.command", summary="Give what is unreleased a version and a tag."),
)

app = lazy_app(
    ENTRIES,
    name="todo",
    help="A todo list that you run by talking to it.",
    epilog="Every command has --help. Exit codes: docs/cli.md.",
    no_args_is_help=True,
)


def main() -> None:
    """Run the command that `sys.argv` names; errors become one sentence and an exit code here and nowhere else."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        app(prog_name="./todo")
    except CommandError as error:
        sys.stderr.write(f"{error.message}\n")
        sys.exit(int(error.code))
    except KeyboardInterrupt:
        sys.exit(int(Exit.INTERRUPTED))


def interrupt(_number: int, _frame: object) -> None:
    """Make being asked to end the same as Ctrl-C, so that what was started is stopped either way."""
    raise KeyboardInterrupt
