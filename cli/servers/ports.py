"""Ports on 127.0.0.1: is one free, who holds it, which one could be had instead."""

import socket
from contextlib import closing, suppress
from pathlib import Path

from cli.exits import CommandError, Exit

HOST = "127.0.0.1"
LISTENING = "0A"  # the state column of /proc/net/tcp
TRIED = 50
HIGHEST = 65535


def require_free(port: int, *, option: str) -> None:
    """Raise CommandError, naming the holder and a free port for `option`, if something listens on `port`."""
    if is_free(port):
        return
    instead = next((other for other in range(port + 1, min(port + TRIED, HIGHEST)) if is_free(other)), None)
    advice = f"{option} {instead} is free" if instead else f"choose another with {option}"
    raise CommandError(f"Port {port} is in use by {holder_of(port)}: end that, or {advice}.", code=Exit.PORT_TAKEN)


def is_free(port: int) -> bool:
    """Whether a server could listen on the port now."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen()
        except OSError:
            return False
    return True


def any_free() -> int:
    """A port that nothing listens on now."""
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def holder_of(port: int) -> str:
    """Name the program that listens on the port, as far as this user may see that."""
    inodes = _listening(port)
    for folder in Path("/proc").glob("[0-9]*/fd"):
        with suppress(OSError):
            if any(str(link.readlink()) in inodes for link in folder.iterdir()):
                words = (folder.parent / "cmdline").read_bytes().decode(errors="replace").split("\0")
                return f"{Path(words[0]).name} (process {folder.parent.name})"
    return "another program"


def _listening(port: int) -> set[str]:
    """The sockets that listen on the port, as `/proc/PID/fd` names them."""
    sockets = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        lines = table.read_text().splitlines()[1:] if table.exists() else []
        for fields in (line.split() for line in lines):
            if fields[3] == LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
                sockets.add(f"socket:[{fields[9]}]")
    return sockets
