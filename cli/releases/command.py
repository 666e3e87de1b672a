"""`./todo release`: give what is unreleased a version, in one commit with a tag. Nothing is pushed."""

import datetime as dt
import re
import subprocess
from typing import Annotated

import typer

from cli.environment import ROOT
from cli.exits import CommandError, Exit
from cli.releases import changelog

CHANGELOG = "CHANGELOG.md"
VERSION_FILE = "backend/version.py"
_NUMBER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")  # Semantic Versioning 2.0.0, without suffixes
_STATED = re.compile(r'^VERSION = "([^"]+)"$', re.MULTILINE)


def command(
    version: Annotated[str, typer.Argument(help="The new version, as 1.2.3.", show_default=False)],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the notes; change nothing.")] = False,
) -> None:
    """Release what is under Unreleased in CHANGELOG.md: its heading, the version, one commit, one tag.

    Nothing is pushed: `git push --follow-tags` does that, when you have looked at the commit.
    """
    text = (ROOT / CHANGELOG).read_text()
    refuse_wrong_number(version, current=stated_version((ROOT / VERSION_FILE).read_text()))
    try:
        new_text = changelog.with_release(text, version=version, day=dt.datetime.now(dt.UTC).date())
    except ValueError as error:
        raise CommandError(f"{error}: write there what changed, and run it again.", code=Exit.FAILED) from error
    if not dry_run:
        refuse_unclean_tree(version)
        write_release(version, new_text=new_text)
        commit_and_tag(version, notes=changelog.unreleased(text))
    print(f"{version}{', not written' if dry_run else ': committed and tagged'}\n\n{changelog.unreleased(text)}")


def stated_version(text: str) -> str:
    """The version that `backend/version.py` states. Raises CommandError: it states none."""
    stated = _STATED.search(text)
    if stated is None:
        raise CommandError(f'{VERSION_FILE} has no line VERSION = "…"; write it.', code=Exit.FAILED)
    return stated.group(1)


def refuse_wrong_number(version: str, *, current: str) -> None:
    """Raises CommandError: `version` is not of the form 1.2.3, or not above `current`."""
    if not _NUMBER.fullmatch(version):
        raise CommandError(f"{version!r} is no version: three whole numbers, as in 1.2.3.", code=Exit.USAGE)
    if parts(version) <= parts(current):
        raise CommandError(f"{version} is not above {current}, which {VERSION_FILE} states.", code=Exit.USAGE)


def parts(version: str) -> tuple[int, ...]:
    """The numbers of a version, to compare."""
    return tuple(int(part) for part in version.split("."))


def refuse_unclean_tree(version: str) -> None:
    """Raises CommandError: files are changed and not committed, or the tag stands already."""
    if git("status", "--porcelain", "--untracked-files=no"):
        raise CommandError("Files are changed and not committed: commit or stash them first.", code=Exit.FAILED)
    if git("tag", "--list", f"v{version}"):
        raise CommandError(f"The tag v{version} stands already: choose another version.", code=Exit.OCCUPIED)


def write_release(version: str, *, new_text: str) -> None:
    """Write the changelog, the version, and the generated pages that state it."""
    (ROOT / CHANGELOG).write_text(new_text)
    path = ROOT / VERSION_FILE
    path.write_text(_STATED.sub(f'VERSION = "{version}"', path.read_text()))
    written = subprocess.run([str(ROOT / "todo"), "docs"], cwd=ROOT, capture_output=True, text=True, check=False)
    if written.returncode != 0:
        raise CommandError(f"The generated pages were not written:\n{written.stderr.strip()}", code=Exit.FAILED)


def commit_and_tag(version: str, *, notes: str) -> None:
    """One commit of the files above, and an annotated tag with the notes."""
    git("commit", "--quiet", "--all", "--message", f"Release {version}")
    git("tag", "--annotate", f"v{version}", "--cleanup=verbatim", "--message", f"{version}\n\n{notes}")


def git(*arguments: str) -> str:
    """What git prints. Raises CommandError with its own words where it fails."""
    ended = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        raise CommandError(f"git {arguments[0]} failed: {ended.stderr.strip()}", code=Exit.FAILED)
    return ended.stdout.strip()
