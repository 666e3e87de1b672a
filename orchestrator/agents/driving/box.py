"""A box for a program that is not trusted: an empty folder, little environment, limits, and nowhere else to write."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from orchestrator.agents.base import Kind, Outcome
from orchestrator.agents.driving import answers, confine
from orchestrator.errors import CommandFailedError, DeployError, EnvironmentMissingError
from orchestrator.process import Door
from orchestrator.targets.base import Cluster

OUTPUT_LIMIT = 256 * 1024  # bytes of one stream; the longest artefact has about 3,000
_NETWORK = ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy", "SSL_CERT_FILE")


@dataclass(frozen=True)
class Told:
    """What a program said, control sequences stripped; `interface`: it drew a terminal interface. Unmasked."""

    out: str
    err: str
    code: int
    seconds: float
    interface: bool

    @property
    def last_words(self) -> str:
        """The last line of its errors, else of its output, for a message; mask it."""
        lines = (self.err.strip() or self.out.strip()).splitlines()
        return lines[-1][:300] if lines else "it said nothing"


@dataclass(frozen=True)
class Box:
    """`work` is the program's working folder and must stay empty; `home` and `scratch` are for its own files."""

    folder: Path
    door: Door

    @property
    def work(self) -> Path:
        """Where it runs."""
        return self.folder / "work"

    @property
    def home(self) -> Path:
        """What it takes for the person's home: empty, so that no setting of theirs loosens anything."""
        return self.folder / "home"

    @property
    def scratch(self) -> Path:
        """Its folder for temporary files, traces and logs."""
        return self.folder / "scratch"

    def call(
        self, argv: Sequence[str], *, limit: float, environment: Mapping[str, str] | None = None
    ) -> Told | Outcome:
        """Run `argv` for at most `limit` seconds; an Outcome if that settles it: no program, limit, flood, files."""
        inner = Door(
            self.work,
            self.door.redactor,
            environment={**self._environment(), **(environment or {})},
            cancelled=self.door.cancelled,
            running=self.door.running,
            bare=True,
            flood=OUTPUT_LIMIT,
        )
        try:
            done = inner.run(self._confined(argv), limit=limit, check=False)
        except EnvironmentMissingError as error:
            return Outcome(Kind.UNAVAILABLE, detail=error.message)
        except CommandFailedError:
            return Outcome(Kind.TIMEOUT, detail=f"no answer within {limit:g} s", seconds=limit)
        if done.flooded:
            detail = f"it wrote more than {OUTPUT_LIMIT // 1024} kB"
            return Outcome(Kind.REFUSED, detail=detail, answer=done.out, seconds=done.seconds)
        if wrote := self.written():
            return Outcome(
                Kind.REFUSED, detail=f"it wrote files itself: {wrote}", answer=done.out, seconds=done.seconds
            )
        out, err = answers.plain(done.out), answers.plain(done.err)
        return Told(out, err, done.code, done.seconds, answers.draws_interface(done.out))

    def written(self) -> str:
        """The names of what stands in the working folder, at most five."""
        names = sorted(str(path.relative_to(self.work)) for path in self.work.rglob("*"))
        return ", ".join(names[:5]) + (" …" if len(names) > 5 else "")

    def kubeconfig(self, cluster: Cluster) -> Path:
        """A kubeconfig with only the cluster's context and namespace; with none if there is no such context (yet)."""
        path = self.folder / "kubeconfig"
        path.touch(mode=0o600)
        argv = cluster.kubectl("config", "view", "--minify", "--flatten", "--raw", "--output", "json")
        try:
            told = json.loads(self.door.run(argv, limit=15).out)
            told["contexts"][0]["context"]["namespace"] = cluster.namespace
        except (DeployError, ValueError, LookupError, TypeError):
            told = {"apiVersion": "v1", "kind": "Config", "clusters": [], "contexts": [], "users": []}
        path.write_text(json.dumps(told), encoding="utf-8")
        return path

    def _environment(self) -> dict[str, str]:
        around = self.door.surroundings
        return {
            "PATH": around.get("PATH", ""),
            "HOME": str(self.home),
            "TMPDIR": str(self.scratch),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "LANG": "C.UTF-8",
            "TERM": "dumb",
            "NO_COLOR": "1",
            **{name: around[name] for name in _NETWORK if name in around},
        }

    def _confined(self, argv: Sequence[str]) -> list[str]:
        program = shutil.which(argv[0], path=self.door.surroundings.get("PATH"))
        if program is None:
            raise EnvironmentMissingError(f"{argv[0]} is not on the PATH.", remedy=f"Install {argv[0]}.")
        return [sys.executable, "-I", confine.__file__, str(self.folder), "--", program, *argv[1:]]


@contextmanager
def opened(door: Door) -> Iterator[Box]:
    """A fresh box, gone with all it holds at the block's end."""
    with tempfile.TemporaryDirectory(prefix="todo-agent-", ignore_cleanup_errors=True) as name:
        box = Box(Path(os.path.realpath(name)), door)
        for folder in (box.work, box.home, box.scratch):
            folder.mkdir(mode=0o700)
        yield box
