"""kubectl-ai of GoogleCloudPlatform (https://github.com/GoogleCloudPlatform/kubectl-ai), without a terminal.

It runs with `--quiet`, never with `--skip-permissions`: whatever it wants to change in the cluster makes it stop.
Its input is /dev/null, for it reads an open pipe to its end; its home is empty, for a setting there could skip the
permissions too. Without a terminal its renderer drops the fences of what the model said, and its last words may be
lost, so the model's answer is read from the trace. Its exit code says little: a wish for permission ends with 0 or 1.
"""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from orchestrator.agents.base import Brief, Kind, Outcome, Presence
from orchestrator.agents.driving import answers, glamour, journal
from orchestrator.agents.driving.box import Told, opened
from orchestrator.agents.prompts import request
from orchestrator.process import Door
from orchestrator.targets.base import Cluster

PROBE_LIMIT = 5.0  # seconds
KEYS: Mapping[str, tuple[str, ...]] = {
    "gemini": ("GEMINI_API_KEY",),
    "openai": ("OPENAI_API_KEY", "OPENAI_ENDPOINT", "OPENAI_API_BASE"),
    "azopenai": ("AZURE_OPENAI_API_KEY", "AZURE_OPENAI_ENDPOINT"),
    "grok": ("GROK_API_KEY", "GROK_ENDPOINT"),
    "ollama": ("OLLAMA_HOST",),
    "llamacpp": ("LLAMACPP_HOST",),
}
"""What each of its providers reads from the environment; a first name that ends in _KEY has to be there."""

WIDTH = "500"
"""Columns of its renderer, which breaks longer lines; the longest line of an artefact has about 120."""

_ONLY_ANSWER = "Run no command and change nothing in any cluster: only answer."
_VERSION = re.compile(r"^version: (?P<version>\S+)\ncommit: \S+\ndate: \S+", re.MULTILINE)
_PERMISSION = ("cannot handle permission requests", "cannot handle user choice requests", "require your approval")
_EMPTY = ("Empty response from LLM", "no candidates in response")
_ITERATIONS = "Maximum number of iterations reached."


@dataclass(frozen=True)
class KubectlAi:
    """`provider` and `model` are its `--llm-provider` and `--model`; `passed` names further variables it may see."""

    door: Door
    cluster: Cluster
    seconds: float = 180.0
    iterations: int = 5
    provider: str = ""
    model: str = ""
    passed: tuple[str, ...] = field(default=())
    name: str = "kubectl-ai"
    tag: str = "KUBECTL-AI"

    @cached_property
    def presence(self) -> Presence:
        """What `kubectl-ai version` says; the other program of that name takes the word for a question."""
        if not self.door.has("kubectl-ai"):
            return Presence(None, "kubectl-ai is not installed")
        if missing := self._missing_key():
            return Presence(None, f"kubectl-ai is installed, but {missing} is not set")
        with opened(self.door) as box:
            told = box.call(["kubectl-ai", "version"], limit=PROBE_LIMIT)
        if isinstance(told, Outcome):
            return Presence(None, f"kubectl-ai version: {told.detail}")
        found = _VERSION.search(told.out)
        if told.code != 0 or not found:
            return Presence(None, "another program is called kubectl-ai here: it gives no version, commit and date")
        return Presence(found["version"])

    def probe(self) -> str | None:
        """Its version, or None."""
        return self.presence.version

    def propose(self, brief: Brief) -> Outcome:
        """Ask for one fenced file."""
        asked = f"{request(brief)}\n{_ONLY_ANSWER}"
        answer = self._ask(asked)
        if isinstance(answer, Outcome):
            return answer
        return answers.one_file(answer, brief.contract.artefact, self.door.redactor)

    def read(self, question: str) -> Outcome:
        """Ask in prose; it may look at the cluster, through the one context."""
        answer = self._ask(question)
        if isinstance(answer, Outcome):
            return answer
        return Outcome(Kind.PROPOSAL, text=self.door.redactor.mask(answer.strip()), answer=answer)

    def argv(self, text: str, *, trace: Path, kubeconfig: Path) -> list[str]:
        """Its command line."""
        options = ["--quiet", "--max-iterations", str(self.iterations), "--trace-path", str(trace)]
        options += ["--kubeconfig", str(kubeconfig)]
        options += ["--llm-provider", self.provider] if self.provider else []
        options += ["--model", self.model] if self.model else []
        return ["kubectl-ai", *options, text]

    def _ask(self, text: str) -> str | Outcome:
        if self.presence.version is None:
            return Outcome(Kind.UNAVAILABLE, detail=self.presence.why)
        with opened(self.door) as box:
            trace, kubeconfig = box.scratch / f"trace-{uuid.uuid4().hex}.yaml", box.kubeconfig(self.cluster)
            argv = self.argv(text, trace=trace, kubeconfig=kubeconfig)
            environment = {"KUBECONFIG": str(kubeconfig), "KUBECTL_AI_TERM_WIDTH": WIDTH, **self._environment()}
            told = box.call(argv, limit=self.seconds, environment=environment)
            if isinstance(told, Outcome):
                return told
            turns = journal.turns(trace.read_text(encoding="utf-8", errors="replace")) if trace.exists() else []
        return self._judged(told, turns) or _answer(told, turns)

    def _judged(self, told: Told, turns: Sequence[journal.Turn]) -> Outcome | None:
        """What it came to where that is no answer."""
        kind, detail = self._ending(told, turns[-1] if turns else None)
        if kind is Kind.PROPOSAL:
            return None
        return Outcome(kind, detail=self.door.redactor.mask(detail), answer=told.out, seconds=told.seconds)

    def _ending(self, told: Told, last: journal.Turn | None) -> tuple[Kind, str]:
        lines = [line.strip() for line in f"{told.out}\n{told.err}".splitlines()]
        if any(phrase in line for line in lines for phrase in _PERMISSION):
            return Kind.NEEDS_PERMISSION, "it wants to run commands that change something"
        if told.code != 0 or (last and last.status >= 400):
            return Kind.UNAVAILABLE, _failure(told, lines)
        if _ITERATIONS in lines or (last and last.calls):
            return Kind.TRUNCATED, f"it used up its {self.iterations} iterations without an answer"
        if last and last.cut:
            return Kind.TRUNCATED, "its model stopped at its limit of length"
        if not (last and last.text.strip()) and _said_nothing(told, lines):
            return Kind.EMPTY, f"its model answered nothing: {told.last_words}"
        return Kind.PROPOSAL, ""

    def _provider_keys(self) -> tuple[str, ...]:
        return KEYS.get(self.provider or "gemini", ())

    def _missing_key(self) -> str:
        names = self._provider_keys()
        needed = names[0] if names and names[0].endswith("_KEY") else ""
        return "" if not needed or self.door.surroundings.get(needed) else needed

    def _environment(self) -> dict[str, str]:
        """The provider's variables and those that were named; their values are masked from now on."""
        around = self.door.surroundings
        given = {name: around[name] for name in (*self._provider_keys(), *self.passed) if around.get(name)}
        self.door.redactor.learn(*(value for name, value in given.items() if not name.endswith(("_HOST", "_ENDPOINT"))))
        return given


def _answer(told: Told, turns: Sequence[journal.Turn]) -> str:
    """What its model said last; of a provider that it does not record, what its renderer made of it, taken back."""
    return turns[-1].text if turns else glamour.taken_back(told.out)


def _failure(told: Told, lines: Sequence[str]) -> str:
    said = next((line for line in lines if line.startswith("Error:")), "")
    return said[:300] or f"it ended with code {told.code}: {told.last_words}"


def _said_nothing(told: Told, lines: Sequence[str]) -> bool:
    return not told.out.strip() or any(phrase in line for line in lines for phrase in _EMPTY)
