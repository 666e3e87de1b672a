"""All faults in the order they are put in, and the changes that are no fault."""

from collections.abc import Sequence

from cli.bench.faults.acts import Act, Fault, kubectl, upgrade
from cli.bench.faults.containers import CONTAINERS, PROBES, ROLLOUTS
from cli.bench.faults.placement import CONFIGURING, IMAGES, MAKING, PLACING
from cli.bench.faults.services import DATABASES, RELEASES, SERVICES
from cli.exits import CommandError, Exit

FAULTS: tuple[Fault, ...] = (
    *MAKING, *PLACING, *CONFIGURING, *IMAGES, *CONTAINERS, *PROBES, *ROLLOUTS, *SERVICES, *DATABASES, *RELEASES,
)  # fmt: skip

HEALTHY: tuple[tuple[str, Act], ...] = (
    ("during a restart", kubectl("rollout", "restart", "deployment/todo-backend", "deployment/todo-frontend")),
    ("while it is scaled", kubectl("scale", "deployment/todo-backend", "deployment/todo-frontend", "--replicas", "2")),
    ("during an upgrade", upgrade("--set", "secrets.checksum=rolled,backend.replicas=2,frontend.replicas=2")),
)


def choose(names: Sequence[str]) -> tuple[Fault, ...]:
    """The faults of these names, all without one. Raises CommandError for a name that is none."""
    known = {fault.name: fault for fault in FAULTS}
    for name in names:
        if name not in known:
            raise CommandError(f"there is no fault {name}: ./todo bench faults --list", code=Exit.USAGE)
    return tuple(known[name] for name in names) or FAULTS
