"""Beside a waiting helm: looks at the release every second and stops the wait once waiting cannot help."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.startup import causes
from orchestrator.errors import CommandFailedError, InterruptedRunError
from orchestrator.process import Door
from orchestrator.progress.events import NOTABLE
from orchestrator.release.snapshot import Snapshot, instant, is_ready, take
from orchestrator.targets.base import Cluster

_EVERY = 1.0  # seconds between looks
_OLD_PODS_AFTER = timedelta(seconds=6)  # by then helm has applied: pods older than the run are the release's own


@dataclass
class Watch:
    """`stop` is set when a final cause was seen; `seen` holds the causes of the last look, a final one first."""

    door: Door
    cluster: Cluster
    say: Callable[[str], None]
    stop: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    seen: tuple[Sign, ...] = ()
    snapshot: Snapshot = field(default_factory=Snapshot)
    began: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    def __enter__(self) -> "Watch":
        self._thread = threading.Thread(target=self._loop, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self._thread.join(timeout=35)

    def look(self) -> None:
        """One look: tell how far it is, remember causes, end the wait if one is final."""
        self.snapshot = take(self.door, self.cluster)
        now = datetime.now(UTC)
        relevant = relevant_to(self.snapshot, began=self.began, now=now)
        self.seen = causes(relevant, now)
        self.say(f"{NOTABLE}{self.seen[0]}" if self.seen else progress_of(relevant))
        if self.seen and self.seen[0].final:
            self.stop.set()

    def _loop(self) -> None:
        while not self.ended.wait(_EVERY) and not self.stop.is_set():
            try:
                self.look()
            except CommandFailedError as error:
                self.say(f"cannot look at the cluster: {error.tail}")
            except InterruptedRunError:
                return


def relevant_to(snapshot: Snapshot, *, began: datetime, now: datetime) -> Snapshot:
    """The snapshot without the pods that an upgrade is about to replace: early on, those older than it."""
    if now - began > _OLD_PODS_AFTER:
        return snapshot
    pods = tuple(pod for pod in snapshot.pods if instant(pod["metadata"]["creationTimestamp"]) >= began)
    return Snapshot(snapshot.deployments, snapshot.replica_sets, snapshot.stateful_sets, pods, snapshot.events)


def progress_of(snapshot: Snapshot) -> str:
    """How many of the pods that are wanted are there and ready."""
    wanted = sum(int(item["spec"].get("replicas", 1)) for item in snapshot.workloads)
    ready = sum(is_ready(pod) for pod in snapshot.current_pods)
    return f"{ready} of {wanted} pods ready"
