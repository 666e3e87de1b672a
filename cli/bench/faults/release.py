"""The release that faults are put into: a deployment of a copy of the tree, in a namespace and at a port of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cli.bench.faults.acts import Act
from cli.exits import CommandError, Exit

NAMESPACE = "todo-faults"
_WHERE = ("--context", "minikube", "--namespace", NAMESPACE)
_DEPLOY = "from orchestrator.cli import app; app()"
_HELM = ("--kube-context", "minikube", "--namespace", NAMESPACE)
VALUES = """
backend:
  replicas: 1
  readinessProbe: {initialDelaySeconds: 1, periodSeconds: 1}
frontend:
  replicas: 1
  nodePort: 30088
  readinessProbe: {initialDelaySeconds: 1, periodSeconds: 1}
"""


class Release:
    """A copy of the tree in `root` and what it deployed. Every command is bounded."""

    def __init__(self, root: Path) -> None:
        self.root, self.values = root, root / "faults.yaml"
        self.values.write_text(VALUES)

    def deploy(self, *words: str) -> None:
        """`./todo deploy` of the copy. Raises CommandError with what it said if it fails."""
        shared = ("--namespace", NAMESPACE, "--values", str(self.values), "--storage", "ephemeral")
        done = self._run([sys.executable, "-c", _DEPLOY, *words, *shared], limit=900)
        if done.returncode:
            raise CommandError(f"./todo deploy failed: {done.stderr[-800:]}", code=Exit.FAILED)

    def verify(self, *words: str) -> dict[str, Any]:
        """What `./todo deploy verify --json` tells, with its exit code. Raises CommandError if it tells nothing."""
        argv = [sys.executable, "-c", _DEPLOY, "verify", "--json", "--namespace", NAMESPACE, *words]
        done = self._run(argv, limit=180)
        if not done.stdout:
            raise CommandError(f"./todo deploy verify failed: {done.stderr[-800:]}", code=Exit.FAILED)
        told: dict[str, Any] = json.loads(done.stdout)
        return {**told, "exit": done.returncode}

    def wait_until_healthy(self, *, limit: float = 90) -> None:
        """Diagnose until nothing is found. Raises CommandError after `limit` seconds."""
        deadline = time.monotonic() + limit
        while (told := self.verify("--settle", "30"))["findings"]:
            if time.monotonic() > deadline:
                found = "; ".join(f"{one['code']} {one['subject']}" for one in told["findings"])
                raise CommandError(f"the release did not heal within {limit:g} s: {found}", code=Exit.FAILED)

    def do(self, act: Act) -> None:
        """Run a fault's command. Raises CommandError if it fails and may not."""
        if act.killed:
            self._kill(act)
            return
        done = self._run(self._argv(act), limit=180, text=act.text)
        if done.returncode and not act.may_fail:
            raise CommandError(f"{act.program} {' '.join(act.words[:3])}: {done.stderr[-400:]}", code=Exit.FAILED)

    @contextmanager
    def doing(self, act: Act) -> Iterator[None]:
        """Run a command beside what is done here, to its end. Raises CommandError if it fails."""
        argv, where = self._argv(act), self.root
        child = subprocess.Popen(argv, cwd=where, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            time.sleep(1)  # it has begun
            yield
            _, said = child.communicate(timeout=150)
            if child.returncode:
                raise CommandError(f"{act.program} {act.words[0]} failed: {said[-400:]}", code=Exit.FAILED)
        finally:
            child.kill()
            child.wait()

    def offered(self, words: Sequence[str]) -> None:
        """A command that a finding offers, as a person who deployed this release would run it. Raises CommandError."""
        if words[0] == "./todo":
            self.deploy(*(word for word in words[2:] if word not in ("--namespace", NAMESPACE)))
            return
        done = self._run(words, limit=180)
        if done.returncode:
            raise CommandError(f"{' '.join(words)}: {done.stderr[-400:]}", code=Exit.FAILED)

    def kubectl(self, *words: str, text: str | None = None) -> str:
        """Standard output of kubectl. Raises CommandError if it fails."""
        done = self._run(["kubectl", *_WHERE, *words], limit=120, text=text)
        if done.returncode:
            raise CommandError(f"kubectl {' '.join(words[:3])}: {done.stderr[-400:]}", code=Exit.FAILED)
        return done.stdout

    def items(self, kinds: str, *words: str) -> list[dict[str, Any]]:
        """Objects of these kinds."""
        found: list[dict[str, Any]] = json.loads(self.kubectl("get", kinds, "--output", "json", *words))["items"]
        return found

    def remove(self, *, wait: bool = False) -> None:
        """Take everything away with the namespace; `wait` until it is gone."""
        words = ("delete", "namespace", NAMESPACE, "--ignore-not-found", f"--wait={str(wait).lower()}")
        self._run(["kubectl", *_WHERE, *words], limit=180)

    def _argv(self, act: Act) -> list[str]:
        if act.program == "kubectl":
            return ["kubectl", *_WHERE, *act.words]
        deployed = next(iter(sorted((self.root / ".todo-deploy" / "values").iterdir())))
        command, *words = act.words
        files = ("--values", str(deployed), "--values", str(self.values))
        wait = () if "--timeout" in words else ("--timeout", "120s")
        options = (*files, "--force-conflicts", "--wait=watcher", *wait)  # as `./todo deploy` upgrades
        return ["helm", command, "todo-app", "charts/todo-app", *options, *words, *_HELM]

    def _kill(self, act: Act) -> None:
        child = subprocess.Popen(self._argv(act), cwd=self.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 60
            while not self.items("secrets", "--selector", "owner=helm,status=pending-upgrade"):
                if time.monotonic() > deadline or child.poll() is not None:
                    raise CommandError("helm ended before it could be killed.", code=Exit.FAILED)
        finally:
            child.kill()
            child.wait()

    def _run(self, argv: Sequence[str], *, limit: float, text: str | None = None) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(self.root)}
        for name in ("DATABASE_URL", "OPENAI_API_KEY", "BETTER_AUTH_SECRET"):
            environment.pop(name, None)
        return subprocess.run(
            argv, cwd=self.root, env=environment, input=text, capture_output=True, text=True, timeout=limit, check=False
        )
