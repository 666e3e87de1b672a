"""Which hosts a user's channel may reach: none of the inside, whatever a name resolves to, but those allowed."""

import asyncio
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from backend.destinations import Address, Hosts, read_hosts
from backend.reminders.channels.notice import RefusedError, UnavailableError
from backend.settings import Settings

RESOLVE_SECONDS = 5.0
# Public by their number, and inside a cloud all the same: Azure's host, and prefixes that carry an IPv4 address.
_INSIDE = (ip_network("168.63.129.16/32"),)
_NAT64 = ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class HostPolicy:
    """``allowed`` may be reached though they are inside; with ``only``, no others than those may be named at all."""

    allowed: Hosts
    only: Hosts

    def check(self, host: str, address: Address) -> None:
        """Raise RefusedError unless the host may be reached at this address."""
        if self.only and not self.only.hold(host, address):
            raise RefusedError(f"{host} is not among the hosts that this server's administrator allows.")
        if not is_public(address) and not self.allowed.hold(host, address):
            raise RefusedError(
                f"{host} is on a private network, which this server does not send to. "
                "Its administrator can allow it with TODO_REMINDER_HOSTS."
            )


def host_policy(settings: Settings) -> HostPolicy:
    return HostPolicy(read_hosts(settings.todo_reminder_hosts), read_hosts(settings.todo_reminder_only_hosts))


def is_public(address: Address) -> bool:
    """Whether it is an address of the internet: not private, loopback, link-local, reserved, or one disguised."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or _translated(address)
        if inner is not None:
            return is_public(inner)
    if any(address.version == network.version and address in network for network in _INSIDE):
        return False
    return address.is_global and not address.is_multicast


async def resolve(host: str, port: int, policy: HostPolicy) -> str:
    """The address to connect to, and to no other: a name asked again could answer with another (DNS rebinding).

    Raises RefusedError where any of the name's addresses may not be reached, UnavailableError where it has none now.
    """
    try:
        async with asyncio.timeout(RESOLVE_SECONDS):
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, TimeoutError) as error:
        raise UnavailableError(f"{host} cannot be found now.") from error
    return checked(host, [str(entry[4][0]) for entry in found], policy)[0]


def checked(host: str, addresses: list[str], policy: HostPolicy) -> list[str]:
    """The addresses, all of which may be reached. Raises RefusedError at one that may not."""
    for text in addresses:
        policy.check(host, ip_address(text.partition("%")[0]))
    return addresses


def _translated(address: IPv6Address) -> IPv4Address | None:
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
