"""kubectl-ai of GoogleCloudPlatform (https://github.com/GoogleCloudPlatform/kubectl-ai), without a terminal.

It runs with `--quiet`, never with `--skip-permissions`: whatever it wants to change in the cluster makes it stop.
Its input is /dev/null, for it reads an open pipe to its end; its home is empty, for a setting there could skip the
permissions too. It ends with code 0 whatever happened, so its words are read.
"""

import io
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from orchestrator.agents.base import Brief, Kind, Outcome, Presence
from orchestrator.agents.driving import answers
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
        """Ask for one fenced file; where the terminal's rendering lost the fence, it is read from the trace."""
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
            environment = {"KUBECONFIG": str(kubeconfig), **self._environment()}
            told = box.call(argv, limit=self.seconds, environment=environment)
            if isinstance(told, Outcome):
                return told
            return self._judged(told) or _answer(told, trace, asked=text)

    def _judged(self, told: Told) -> Outcome | None:
        def ended(kind: Kind, detail: str) -> Outcome:
            return Outcome(kind, detail=self.door.redactor.mask(detail), answer=told.out, seconds=told.seconds)

        lines = [line.strip() for line in f"{told.out}\n{told.err}".splitlines()]
        if any(phrase in line for line in lines for phrase in _PERMISSION):
            return ended(Kind.NEEDS_PERMISSION, "it wants to run commands that change something")
        if _ITERATIONS in lines:
            return ended(Kind.TRUNCATED, f"it used up its {self.iterations} iterations without an answer")
        if not told.out.strip() or any(phrase in line for line in lines for phrase in _EMPTY):
            return ended(Kind.EMPTY, f"its model answered nothing: {told.last_words}")
        if failure := next((line for line in lines if line.startswith("Error:")), ""):
            return ended(Kind.UNAVAILABLE, failure[:300])
        if told.code != 0:
            return ended(Kind.UNAVAILABLE, f"it ended with code {told.code}: {told.last_words}")
        return None

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


def _answer(told: Told, trace: Path, *, asked: str) -> str:
    if answers.fenced(told.out).blocks or not trace.exists():
        return told.out
    spoken = [text for text in _texts(trace) if answers.fenced(text).blocks and asked not in text]
    return spoken[-1] if spoken else told.out


def _texts(trace: Path) -> Iterator[str]:
    """Every string in the trace, which is a stream of YAML documents; nothing if it is none."""
    try:
        documents = list(YAML(typ="safe", pure=True).load_all(io.StringIO(trace.read_text(encoding="utf-8"))))
    except (YAMLError, ValueError, RecursionError):
        return
    yield from _strings(documents)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)
