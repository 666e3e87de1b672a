"""The services that Apprise speaks to: those that the administrator allows, over connections that are checked.

Apprise posts with `requests`, in a thread. Each connection that such a thread makes goes through a guard: it resolves
the name once, refuses the inside, connects to what it resolved, and is cut when the time is over.
"""

import asyncio
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from typing import Any, NoReturn

from backend.reminders.channels.hosts import HostPolicy, checked, host_policy, resolve
from backend.reminders.channels.notice import Notice, RefusedError, UnavailableError
from backend.settings import Settings

SECONDS = 20.0
THREADS = 16  # messages that are sent at once
CONNECT_SECONDS, SILENCE_SECONDS = 5.0, 10.0
# Service -> the schemes of its addresses. All of them speak HTTP through `requests`, so that the guard sees them.
SERVICES: dict[str, tuple[str, ...]] = {
    "bark": ("bark", "barks"),
    "discord": ("discord",),
    "form": ("form", "forms"),
    "googlechat": ("gchat",),
    "gotify": ("gotify", "gotifys"),
    "homeassistant": ("hassio", "hassios"),
    "json": ("json", "jsons"),
    "matrix": ("matrix", "matrixs"),
    "mattermost": ("mmost", "mmosts"),
    "nextcloudtalk": ("nctalk", "nctalks"),
    "ntfy": ("ntfy", "ntfys"),
    "pushbullet": ("pbul",),
    "pushover": ("pover",),
    "rocketchat": ("rocket", "rockets"),
    "signal": ("signal", "signals"),
    "slack": ("slack",),
    "telegram": ("tgram",),
    "xml": ("xml", "xmls"),
    "zulip": ("zulip",),
}
# Of these, what stands in the place of the host is a part of the secret.
_OF_ONE_HOST = {"discord", "googlechat", "pushbullet", "pushover", "slack", "telegram"}
_THREADS = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="apprise")
_here = threading.local()


class _Guard:
    """The connections of one notice."""

    def __init__(self, policy: HostPolicy) -> None:
        self.policy = policy
        self.refused: RefusedError | None = None
        self._sockets: list[socket.socket] = []
        self._closed = False

    def connect(self, address: tuple[str, int], original: Any, *args: Any, **options: Any) -> socket.socket:
        """Raises RefusedError for a host of the inside, OSError for one that cannot be reached."""
        host, port = address[0].strip("[]"), address[1]
        if self._closed:
            raise TimeoutError("the time for this notice is over")
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        try:
            addresses = checked(host, [str(entry[4][0]) for entry in found], self.policy)
        except RefusedError as error:
            self.refused = error
            raise
        connection: socket.socket = original((addresses[0], port), *args, **options)
        self._sockets.append(connection.dup())  # TLS takes the first one over
        return connection

    def close(self) -> None:
        """End what is still open: a server that answers a byte a second would hold its thread for good."""
        self._closed = True
        for held in self._sockets:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)
            held.close()


def allowed_services(settings: Settings) -> list[str]:
    """The services that users may name, sorted."""
    named = {name.strip().lower() for name in settings.todo_reminder_services.split(",")}
    return sorted(named & SERVICES.keys())


async def check_apprise(url: str, settings: Settings) -> str:
    """What may be shown of the address: its service, and its host where it names one. Raises RefusedError."""
    service, host, port = await asyncio.get_running_loop().run_in_executor(_THREADS, _checked, url, settings)
    if not host:
        return service
    with suppress(UnavailableError):  # a name that is not found now may be later, and is checked again then
        await resolve(host, port, host_policy(settings))
    return f"{service} at {host}"[:120]


async def send_apprise(url: str, notice: Notice, settings: Settings) -> None:
    """Send by the service of the address. Raises RefusedError or UnavailableError; never with the address in it."""
    guard = _Guard(host_policy(settings))
    try:
        async with asyncio.timeout(SECONDS):
            sent = await asyncio.get_running_loop().run_in_executor(_THREADS, _notify, url, notice, settings, guard)
    except TimeoutError as error:
        raise UnavailableError(f"The service did not answer within {SECONDS:g} seconds.") from error
    finally:
        guard.close()
    if guard.refused:
        raise guard.refused
    if not sent:
        raise UnavailableError("The service did not take the message: check the address, and that the service is up.")


def _notify(url: str, notice: Notice, settings: Settings, guard: _Guard) -> bool:
    _here.guard = guard
    try:
        return bool(_plugin(url, settings).notify(title=notice.title, body=notice.body or notice.title))
    finally:
        _here.guard = None


def _checked(url: str, settings: Settings) -> tuple[str, str, int]:
    """The address's service, its host ("" where the service has hosts of its own) and port. Raises RefusedError."""
    plugin = _plugin(url, settings)
    host = str(getattr(plugin, "host", None) or "").strip("[]")
    service = _service_of(plugin)
    return service, "" if service in _OF_ONE_HOST else host, int(getattr(plugin, "port", None) or 443)


def _plugin(url: str, settings: Settings) -> Any:
    """The plugin of the address, held to our times and to no redirect. Raises RefusedError."""
    apprise = _apprise()
    asset = apprise.AppriseAsset(secure_logging=True, storage_mode=apprise.PersistentStoreMode.MEMORY)
    plugin = apprise.Apprise.instantiate(url, asset=asset, suppress_exceptions=True)
    if plugin is None:
        _refuse_address()
    if _service_of(plugin) not in allowed_services(settings):
        names = ", ".join(allowed_services(settings)) or "none"
        raise RefusedError(f"This server does not send to that service. It sends to: {names}.")
    if hasattr(plugin, "template") and len(plugin.template or ()):  # would be read from this server's own files
        raise RefusedError("The address must not name a template.")
    plugin.socket_connect_timeout, plugin.socket_read_timeout = CONNECT_SECONDS, SILENCE_SECONDS
    plugin.redirects = False
    return plugin


def _service_of(plugin: Any) -> str:
    schemes = {scheme for group in (plugin.protocol, plugin.secure_protocol) for scheme in _each(group)}
    return next((name for name, known in SERVICES.items() if schemes & set(known)), "another service")


def _each(schemes: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (schemes,) if isinstance(schemes, str) else tuple(schemes or ())


def _refuse_address() -> NoReturn:
    raise RefusedError("That is no address of a service that Apprise knows, such as ntfys://ntfy.sh/topic.")


@cache
def _apprise() -> Any:
    """Apprise, imported when it is first needed: it takes a second and 30 MB."""
    import apprise  # noqa: PLC0415
    from urllib3.util import connection  # noqa: PLC0415

    original = connection.create_connection

    def create_connection(address: tuple[str, int], *args: Any, **options: Any) -> socket.socket:
        guard: _Guard | None = getattr(_here, "guard", None)
        if guard is None:
            return original(address, *args, **options)
        return guard.connect(address, original, *args, **options)

    connection.create_connection = create_connection
    return apprise
