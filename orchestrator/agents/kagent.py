"""kagent (https://kagent.dev, 0.x), through `kagent invoke`, or its A2A endpoint where a release's `invoke` is broken.

`kagent invoke` ends with code 0 and words on standard error when it fails, so only an A2A answer that parses, with a
completed state and text, counts. Releases whose `invoke` sends a message without an id fail every time.
"""

import json
import re
from dataclasses import dataclass, replace
from functools import cached_property

from orchestrator.agents.base import Brief, Kind, Outcome, Presence
from orchestrator.agents.driving import a2a, answers, web
from orchestrator.agents.driving.box import OUTPUT_LIMIT, Told, opened
from orchestrator.agents.prompts import request
from orchestrator.process import Door
from orchestrator.targets.base import Cluster

PROBE_LIMIT = 10.0  # seconds; it opens a port-forward first
GRACE = 5.0  # seconds that the command may take beyond the answer it waits for
_AGENT = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")


@dataclass(frozen=True)
class Kagent:
    """`agent` and `namespace` name the Agent resource to ask; `url` is where its controller answers."""

    door: Door
    cluster: Cluster
    seconds: float = 300.0
    agent: str = "k8s-agent"
    namespace: str = "kagent"
    url: str = "http://localhost:8083"
    name: str = "kagent"
    tag: str = "KAGENT"

    @cached_property
    def presence(self) -> Presence:
        """What `kagent version` says: it is usable only if its server told its version too."""
        if not self.door.has("kagent"):
            return Presence(None, "kagent is not installed")
        with opened(self.door) as box:
            environment = {"KUBECONFIG": str(box.kubeconfig(self.cluster))}
            argv = ["kagent", "version", "--kagent-url", self.url, "-n", self.namespace]
            told = box.call(argv, limit=PROBE_LIMIT, environment=environment)
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

    def argv(self, text: str) -> list[str]:
        """Its command line."""
        return [
            "kagent", "invoke", "-a", self.agent, "-t", text, "-n", self.namespace,
            "--timeout", f"{self.seconds:.0f}s", "--kagent-url", self.url,
        ]  # fmt: skip

    def _ask(self, text: str) -> Outcome:
        if self.presence.version is None:
            return Outcome(Kind.UNAVAILABLE, detail=self.presence.why)
        with opened(self.door) as box:
            environment = {"KUBECONFIG": str(box.kubeconfig(self.cluster))}
            told = box.call(self.argv(text), limit=self.seconds + GRACE, environment=environment)
        if isinstance(told, Outcome):
            return told
        try:
            return self._masked(a2a.parsed(told.out))
        except a2a.NotA2AError as error:
            why = told.last_words if not told.out.strip() else str(error)
        return self._posted(text, why)

    def _posted(self, text: str, why: str) -> Outcome:
        """Ask the endpoint itself, as `kagent invoke` would have."""
        import httpx  # noqa: PLC0415 - it takes longer to load than most commands, which ask no agent, take

        def ended(kind: Kind, detail: str) -> Outcome:
            return self._masked(Outcome(kind, detail=f"kagent invoke: {why}; its A2A endpoint: {detail}"))

        url = f"{self.url.rstrip('/')}/api/a2a/{self.namespace}/{self.agent}/"
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
