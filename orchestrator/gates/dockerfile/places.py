"""Where a Dockerfile may write and what it may copy. Paths are compared without `.` and `//`."""

import posixpath
import re

# Folders that hold the program and its packages, and nothing that the base image brought.
_OWN = ("/app", "/opt", "/home", "/runtime", "/install", "/build", "/wheels", "/usr/src", "/tmp", "/root/.local")  # noqa: S108
# What a build leaves behind and may take away again.
_CACHES = ("/var/lib/apt/lists", "/var/cache", "/root/.cache", "/root/.npm", "/usr/share/doc", "/usr/share/man")
# Where packages are installed; COPY may fill them from an earlier stage.
_INSTALLED = ("/usr/local",)
_VARIABLE = re.compile(r"^\$")


def is_own(path: str) -> bool:
    """Whether a build step may write to this path: relative to its folder, or in a folder of the program's."""
    return _is_relative(path) or _is_below(path, _OWN)


def is_removable(path: str) -> bool:
    return is_own(path) or _is_below(path, (*_CACHES, "/usr/local/lib"))


def is_installed(path: str) -> bool:
    """Whether COPY may lay what an earlier stage made at this path."""
    return is_own(path) or _is_below(path, _INSTALLED)


def is_readable(path: str) -> bool:
    """Whether a build step may look through this folder."""
    return is_installed(path) or _is_below(path, _CACHES)


def is_within(path: str, folder: str) -> bool:
    """Whether a path of the build context is this folder or lies in it."""
    path, folder = posixpath.normpath(path), posixpath.normpath(folder)
    return path == folder or path.startswith(f"{folder}/")


def climbs(path: str) -> bool:
    return ".." in path.split("/")


def _is_relative(path: str) -> bool:
    return bool(path) and not path.startswith(("/", "~", "-")) and not _VARIABLE.match(path) and not climbs(path)


def _is_below(path: str, folders: tuple[str, ...]) -> bool:
    return not climbs(path) and any(is_within(path, folder) for folder in folders)
