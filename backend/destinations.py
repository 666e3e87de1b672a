"""What an administrator says of where messages go out: the mail server, lists of hosts, the push key. Read at start."""

from base64 import urlsafe_b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

Address = IPv4Address | IPv6Address
Encryption = Literal["tls", "required", "auto", "off"]
_ENCRYPTIONS: dict[str, Encryption] = {"smtp": "auto", "smtp+starttls": "required", "smtps": "tls"}
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_EXAMPLE = "smtp://user:password@mail.example.com:587"
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (FIPS 186-4, D.1.2.3)


@dataclass(frozen=True, kw_only=True)
class SmtpServer:
    """A mail server. ``encryption``: TLS from the start, STARTTLS or nothing, STARTTLS where offered, or none."""

    host: str
    port: int
    username: str | None
    password: str | None
    encryption: Encryption
    checks_certificate: bool


@dataclass(frozen=True)
class Hosts:
    """A list of host names (``*.lan`` for all below), addresses and networks."""

    names: frozenset[str]
    networks: tuple[IPv4Network | IPv6Network, ...]

    def __bool__(self) -> bool:
        return bool(self.names or self.networks)

    def hold(self, host: str, address: Address | None = None) -> bool:
        """Whether the list names the host, or has a network that the address is in."""
        labels = host.lower().rstrip(".").split(".")
        parents = {"*." + ".".join(labels[start:]) for start in range(1, len(labels))}
        if ".".join(labels) in self.names or parents & self.names:
            return True
        return address is not None and any(
            address.version == network.version and address in network for network in self.networks
        )


def read_smtp_url(url: str, *, username: str | None = None, password: str | None = None) -> SmtpServer:
    """The mail server of ``smtp://``, ``smtp+starttls://`` or ``smtps://USER:PASSWORD@HOST:PORT``.

    ``?tls=required|auto|off`` says otherwise than the scheme, ``?verify=no`` takes any certificate. A password goes
    over an encrypted connection alone, but to this machine itself. Raises ValueError, without the password.
    """
    scheme, host, port, given = _smtp_parts(url)
    options = dict(parse_qsl(given.query, keep_blank_values=True))
    encryption = _encryption(scheme, options)
    user = username or (unquote(given.username) if given.username else None)
    secret = password or (unquote(given.password) if given.password else None)
    if user and encryption == "auto" and not _is_here(host):
        encryption = "required"
    if user and encryption == "off" and not _is_here(host):
        raise ValueError("SMTP_URL would send the password unencrypted: take tls=off away")
    return SmtpServer(
        host=host,
        port=port or (587 if user and scheme == "smtp" else _PORTS[scheme]),
        username=user,
        password=secret,
        encryption=encryption,
        checks_certificate=options.get("verify", "yes") != "no",
    )


def read_hosts(text: str) -> Hosts:
    """The list, separated by commas. Raises ValueError for an entry that is no name, address or network."""
    names, networks = set[str](), []
    for entry in (part.strip().lower() for part in text.split(",")):
        if (network := _network(entry)) is not None:
            networks.append(network)
        elif entry:
            names.add(_checked_name(entry))
    return Hosts(frozenset(names), tuple(networks))


def read_push_key(text: str) -> ec.EllipticCurvePrivateKey:
    """A VAPID private key as `web-push` and `py-vapid` write it: 32 bytes in base64url. Raises ValueError."""
    bare = text.strip().rstrip("=")
    try:
        content = urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except (ValueError, Base64Error) as error:
        raise ValueError("VAPID_PRIVATE_KEY is no base64url") from error
    number = int.from_bytes(content)
    if len(content) != 32 or not 0 < number < _ORDER:
        raise ValueError("VAPID_PRIVATE_KEY is no private key of P-256: 32 bytes in base64url")
    return ec.derive_private_key(number, ec.SECP256R1())


def push_key_from(content: bytes) -> ec.EllipticCurvePrivateKey:
    """The key that follows from 48 secret bytes; modulo the order, no part of the range is likelier than another."""
    return ec.derive_private_key(int.from_bytes(content) % (_ORDER - 1) + 1, ec.SECP256R1())


def _smtp_parts(url: str) -> tuple[str, str, int | None, SplitResult]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"SMTP_URL is not an address: {_EXAMPLE}") from error
    if parts.scheme not in _PORTS or not host or parts.path not in {"", "/"} or parts.fragment:
        raise ValueError(f"SMTP_URL is not an address: {_EXAMPLE} (a password's / ? # @ are written %2F %3F %23 %40)")
    return parts.scheme, host, port, parts


def _encryption(scheme: str, options: dict[str, str]) -> Encryption:
    if unknown := set(options) - {"tls", "verify"}:
        raise ValueError(f"SMTP_URL has a parameter that is not known: {sorted(unknown)[0][:40]}")
    if options.get("verify", "yes") not in {"yes", "no"}:
        raise ValueError("SMTP_URL: verify is yes or no")
    match options.get("tls"):
        case None:
            return _ENCRYPTIONS[scheme]
        case "required" | "auto" | "off" as said if scheme == "smtp":
            return said
        case _:
            raise ValueError("SMTP_URL: tls is required, auto or off, and goes with smtp:// alone")


def _is_here(host: str) -> bool:
    return host == "localhost" or (_network(host) is not None and ip_address(host).is_loopback)


def _network(entry: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(entry, strict=False)
    except ValueError:
        return None


def _checked_name(entry: str) -> str:
    labels = entry.removeprefix("*.").split(".")
    if not all(label.replace("-", "").replace("_", "").isalnum() for label in labels):
        raise ValueError(f"“{entry}” is no host name, address or network")
    return entry
