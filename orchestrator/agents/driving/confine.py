"""Run a program that can write only beneath one folder: `python -I confine.py FOLDER -- PROGRAM ARGUMENTS…`.

Uses Landlock (Linux 5.13 and later, https://docs.kernel.org/userspace-api/landlock.html). Where the kernel has none
the program runs all the same: what it writes is then found by looking (see `box.py` and the artefact step).
Standard library only, for it runs outside the project's environment.
"""

import ctypes
import os
import sys

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG = 1
_BENEATH = 1  # LANDLOCK_RULE_PATH_BENEATH
_NO_NEW_PRIVILEGES = 38
_WRITE_FILE, _TRUNCATE = 1 << 1, 1 << 14
_MAKE_AND_REMOVE = sum(1 << bit for bit in range(4, 13))
_REFER = 1 << 13
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty")

_libc = ctypes.CDLL(None, use_errno=True)


class _Ruleset(ctypes.Structure):
    _fields_ = (("handled_access_fs", ctypes.c_uint64),)


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def version() -> int:
    """The kernel's Landlock version; 0 if it has none."""
    if sys.platform != "linux":
        return 0
    found = _libc.syscall(_CREATE_RULESET, None, 0, _VERSION_FLAG)
    return max(int(found), 0)


def confine(folder: str) -> bool:
    """From now on this process and its children write only beneath `folder`; False where that cannot be had."""
    known = version()
    if not known:
        return False
    access = _WRITE_FILE | _MAKE_AND_REMOVE | (_REFER if known >= 2 else 0) | (_TRUNCATE if known >= 3 else 0)
    wanted = _Ruleset(access)
    ruleset = _libc.syscall(_CREATE_RULESET, ctypes.byref(wanted), ctypes.sizeof(wanted), 0)
    if ruleset < 0:
        return False
    _allow(ruleset, folder, access)
    for device in _DEVICES:
        if os.path.exists(device):  # noqa: PTH110 - pathlib's import would double the start-up time
            _allow(ruleset, device, access & (_WRITE_FILE | _TRUNCATE))
    _libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return int(_libc.syscall(_RESTRICT_SELF, ruleset, 0)) == 0


def _allow(ruleset: int, path: str, access: int) -> None:
    parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = _PathBeneath(access, parent)
        if _libc.syscall(_ADD_RULE, ruleset, _BENEATH, ctypes.byref(rule), 0) != 0:
            raise OSError(ctypes.get_errno(), f"Landlock takes no rule for {path}")
    finally:
        os.close(parent)


def main(words: list[str]) -> None:
    """Confine, then become the program."""
    folder, separator, program = words[0], words[1], words[2:]
    if separator != "--" or not program:
        raise SystemExit("usage: confine.py FOLDER -- PROGRAM ARGUMENTS…")
    confine(folder)
    os.execv(program[0], program)  # noqa: S606 - an argv list, no shell


if __name__ == "__main__":
    main(sys.argv[1:])
