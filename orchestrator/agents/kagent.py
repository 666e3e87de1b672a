"""kagent (https://kagent.dev, 0.x), through `kagent invoke`, or its A2A endpoint where a release's `invoke` is broken.

`kagent invoke` ends with code 0 and words on standard error when it fails, so only an A2A answer that parses, with a
completed state and text, counts. That of 0.9 and 0.10 sends a message without an id, which servers refuse every time.
Its own port-forward waits one second, at one fixed port: on a slow cluster the server then counts as unknown. So
the port-forward is made here, and its address is given to the command and to the endpoint alike.
"""

import json
import re
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import cached_property

from orchestrator.agents.base import Brief, Kind, Outcome, Presence
from orchestrator.agents.driving import a2a, answers, web
from orchestrator.agents.driving.box import OUTPUT_LIMIT, Told, opened
from orchestrator.agents.prompts import request
from orchestrator.errors import EnvironmentMissingError
from orchestrator.process import Door
from orchestrator.targets import port_forward
from orchestrator.targets.base import Cluster

PROBE_LIMIT = 10.0  # seconds
SERVICE, PORT = "kagent-controller", 8083
GRACE = 5.0  # seconds that the command may take beyond the answer it waits for
_START = 30.0  # seconds more for a port-forward: it has to begin
_AGENT = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")


@dataclass(frozen=True)
class Kagent:
    """`agent` and `namespace` name the Agent resource to ask; `url` is where its controller answers, if not empty."""

    door: Door
    cluster: Cluster
    seconds: float = 300.0
    agent: str = "k8s-agent"
    namespace: str = "kagent"
    url: str = ""
    name: str = "kagent"
    tag: str = "KAGENT"

    @cached_property
    def presence(self) -> Presence:
        """What `kagent version` says: it is usable only if its server told its version too."""
        if not self.door.has("kagent"):
            return Presence(None, "kagent is not installed")
        try:
            with self._address(PROBE_LIMIT) as url, opened(self.door) as box:
                environment = {"KUBECONFIG": str(box.kubeconfig(self.cluster))}
                argv = ["kagent", "version", "--kagent-url", url, "-n", self.namespace]
                told = box.call(argv, limit=PROBE_LIMIT, environment=environment)
        except EnvironmentMissingError as error:
            return Presence(None, f"kagent is installed, but no kagent answers in the cluster: {error.message}")
        if isinstance(told, Outcome):
            return Presence(None, f"kagent version: {told.detail}")
        return _version(told)

    def probe(self) -> str | None:
        """Its version, or None."""
        return self.presence.version

    def propose(self, brief: Brief) -> Outcome:
        """Ask for one fenced file."""
        outcome = self._ask(request(brief))
        if outcome.kind is not Kind.PROPOSAL:
            return outcome
        return answers.one_file(outcome.text, brief.contract.artefact, self.door.redactor)

    def read(self, question: str) -> Outcome:
        """Ask in prose."""
        outcome = self._ask(question)
        return replace(outcome, text=self.door.redactor.mask(outcome.text))

    def argv(self, text: str, url: str) -> list[str]:
        """Its command line, for the controller at `url`."""
        return [
            "kagent", "invoke", "-a", self.agent, "-t", text, "-n", self.namespace,
            "--timeout", f"{self.seconds:.0f}s", "--kagent-url", url,
        ]  # fmt: skip

    def _address(self, limit: float) -> AbstractContextManager[str]:
        """Where its controller answers. Entering raises EnvironmentMissingError if no port-forward leads there."""
        if self.url:
            return nullcontext(self.url)
        command = port_forward.argv(replace(self.cluster, namespace=self.namespace), SERVICE, PORT)
        return port_forward.forwarded(self.door, command, limit=limit + GRACE + _START)

    def _ask(self, text: str) -> Outcome:
        if self.presence.version is None:
            return Outcome(Kind.UNAVAILABLE, detail=self.presence.why)
        try:
            with self._address(2 * self.seconds) as url:
                return self._invoked(text, url)
        except EnvironmentMissingError as error:
            return self._masked(Outcome(Kind.UNAVAILABLE, detail=error.message))

    def _invoked(self, text: str, url: str) -> Outcome:
        with opened(self.door) as box:
            environment = {"KUBECONFIG": str(box.kubeconfig(self.cluster))}
            told = box.call(self.argv(text, url), limit=self.seconds + GRACE, environment=environment)
        if isinstance(told, Outcome):
            return told
        try:
            return self._masked(a2a.parsed(told.out))
        except a2a.NotA2AError as error:
            why = told.last_words if not told.out.strip() else str(error)
        return self._posted(text, url, why)

    def _posted(self, text: str, address: str, why: str) -> Outcome:
        """Ask the endpoint itself, as `kagent invoke` would have."""
        import httpx  # noqa: PLC0415 - it takes longer to load than most commands, which ask no agent, take

        def ended(kind: Kind, detail: str) -> Outcome:
            return self._masked(Outcome(kind, detail=f"kagent invoke: {why}; its A2A endpoint: {detail}"))

        url = f"{address.rstrip('/')}/api/a2a/{self.namespace}/{self.agent}/"
        try:
            reply = web.post(url, a2a.question(text), headers={}, limit=self.seconds, largest=OUTPUT_LIMIT)
            if reply.status != 200:
                return ended(Kind.UNAVAILABLE, f"HTTP {reply.status}")
            return self._masked(a2a.parsed(reply.body.decode(errors="replace")))
        except a2a.NotA2AError as error:
            return ended(Kind.UNAVAILABLE, str(error))
        except web.TooLongError as error:
            return ended(Kind.TIMEOUT if error.slow else Kind.REFUSED, f"its answer is {error}")
        except httpx.TimeoutException:
            return ended(Kind.TIMEOUT, f"no answer within {self.seconds:g} s")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return ended(Kind.UNAVAILABLE, type(error).__name__)

    def _masked(self, outcome: Outcome) -> Outcome:
        return replace(outcome, detail=self.door.redactor.mask(outcome.detail))


def _version(told: Told) -> Presence:
    try:
        said = json.loads(told.out)
        own, server = str(said["kagent_version"]), str(said.get("backend_version", "unknown"))
    except (ValueError, LookupError, TypeError, AttributeError):
        return Presence(None, f"kagent is installed, but does not answer: {told.last_words}")
    if server == "unknown":
        return Presence(None, f"kagent {own} is installed, but no kagent runs in the cluster")
    return Presence(own)
