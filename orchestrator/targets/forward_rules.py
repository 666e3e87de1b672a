"""Pods on a node that is this very machine (minikube's driver `none`) and cannot reach each other.

Docker sets the policy of the FORWARD chain to DROP where it found IP forwarding off as it started
(https://docs.docker.com/engine/network/packet-filtering-firewalls/#docker-on-a-router); pods then reach no Service.
"""

import socket

from orchestrator.errors import EnvironmentMissingError
from orchestrator.process import Door

LOOK = ("iptables", "--list-rules", "FORWARD")
OPEN = ("iptables", "--policy", "FORWARD", "ACCEPT")


def let_pods_talk(door: Door, node: str, *, root: bool) -> bool:
    """Set the policy to ACCEPT if the node is this machine and drops what it forwards; whether that was needed.

    Raises EnvironmentMissingError, with the command, where it is needed and we are not root.
    """
    if not _is_here(node) or not door.has("iptables"):
        return False
    rules = door.run(LOOK, limit=10, check=False).out.splitlines()
    if "-P FORWARD DROP" not in rules:
        return False
    if not root:
        raise EnvironmentMissingError(
            "this machine is the node, and its firewall drops what pods send each other.",
            remedy=f"Run as root: {' '.join(OPEN)}",
        )
    door.run(OPEN, limit=10)
    return True


def _is_here(address: str) -> bool:
    """Whether the address is one of this machine's: only then can it be bound."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True
