"""Both servers on data of their own, for as long as something needs them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.servers import ports, up
from cli.servers.folder import DataFolder
from cli.servers.start import stop_all

FIRST_PORT = 3290
LAST_PORT = 3390


@contextmanager
def served(data: Path, **variables: str) -> Iterator[str]:
    """The address of a page that runs on an empty data folder until the block ends, with this environment."""
    folder = DataFolder(path=data.resolve())
    port, api_port = [port for port in range(FIRST_PORT, LAST_PORT) if ports.is_free(port)][:2]
    os.environ |= variables  # this process does nothing else
    servers = up.start(folder=folder, port=port, api_port=api_port).servers
    try:
        yield servers[-1].address
    finally:
        stop_all(servers, folder=folder)
