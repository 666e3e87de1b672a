"""Any OpenAI-compatible model, by chat completions (https://platform.openai.com/docs/api-reference/chat).

The key is in a header only: in no argument, log, message or error.
"""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from orchestrator.agents.base import Brief, Kind, Outcome, Presence
from orchestrator.agents.driving import answers, web
from orchestrator.agents.prompts import request
from orchestrator.redaction import Redactor

BASE_URL = "https://api.openai.com/v1"
_LARGEST = 1024 * 1024  # bytes of an answer
_SYSTEM = (
    "You write Dockerfiles and Kubernetes manifests, and you read a cluster's state. When a file is asked for, answer "
    "with the whole file in exactly one fenced block and nothing beside it."
)


@dataclass(frozen=True)
class OpenAi:
    """`key` empty or `model` empty: unavailable. `key_for` is the address that the key was given with, if one was."""

    redactor: Redactor
    key: str = field(default="", repr=False)
    model: str = ""
    base_url: str = BASE_URL
    seconds: float = 120.0
    name: str = "openai"
    tag: str = "OPENAI"
    key_for: str = ""

    @property
    def presence(self) -> Presence:
        """Whether there is a key and a model; nobody is asked, for that may cost."""
        if not self.key:
            return Presence(None, "OPENAI_API_KEY is not set")
        if not (self.key.isascii() and self.key.isprintable()):
            return Presence(None, "OPENAI_API_KEY holds characters that no header may hold")
        if not self.model:
            return Presence(None, "OPENAI_API_KEY is set, but TODO_MODEL is not")
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return Presence(None, "OPENAI_BASE_URL is no http address")
        if self.key_for and urlsplit(self.key_for).netloc != parts.netloc:
            return Presence(None, "OPENAI_API_KEY was given with OPENAI_BASE_URL, and agents.toml names another host")
        return Presence(f"{self.model} at {parts.hostname}")

    def probe(self) -> str | None:
        """The model and where it is, or None."""
        return self.presence.version

    def propose(self, brief: Brief) -> Outcome:
        """Ask for one fenced file."""
        outcome = self._ask(request(brief))
        if outcome.kind is not Kind.PROPOSAL:
            return outcome
        return answers.one_file(outcome.text, brief.contract.artefact, self.redactor)

    def read(self, question: str) -> Outcome:
        """Ask in prose."""
        outcome = self._ask(question)
        if outcome.kind is not Kind.PROPOSAL:
            return outcome
        return Outcome(Kind.PROPOSAL, text=self.redactor.mask(outcome.text.strip()), answer=outcome.answer)

    def _ask(self, text: str) -> Outcome:
        if self.presence.version is None:
            return Outcome(Kind.UNAVAILABLE, detail=self.presence.why)
        import httpx  # noqa: PLC0415 - it takes longer to load than most commands, which ask no agent, take

        self.redactor.learn(self.key)
        messages = [{"role": "system", "content": _SYSTEM}, {"role": "user", "content": text}]
        try:
            reply = web.post(
                f"{self.base_url.rstrip('/')}/chat/completions",
                {"model": self.model, "messages": messages},
                headers={"Authorization": f"Bearer {self.key}"},
                limit=self.seconds,
                largest=_LARGEST,
            )
        except httpx.TimeoutException:
            return Outcome(Kind.TIMEOUT, detail=f"no answer within {self.seconds:g} s", seconds=self.seconds)
        except web.TooLongError as error:
            return Outcome(Kind.TIMEOUT if error.slow else Kind.REFUSED, detail=f"its answer is {error}")
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            return Outcome(Kind.UNAVAILABLE, detail=f"the model cannot be reached ({type(error).__name__})")
        return self._judged(reply)

    def _judged(self, reply: web.Reply) -> Outcome:
        answer = reply.body.decode(errors="replace")
        if reply.status != 200:
            reason = {401: "it refuses the key", 403: "it refuses the key", 404: "it knows no such model or address"}
            detail = f"{reason.get(reply.status, 'the model does not answer')} (HTTP {reply.status})"
            return Outcome(Kind.UNAVAILABLE, detail=detail, answer=answer)
        try:
            choice = json.loads(answer)["choices"][0]
            message, finish = choice["message"], choice.get("finish_reason")
            content = message.get("content")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return Outcome(Kind.UNAVAILABLE, detail="it answered no chat completion", answer=answer)
        return self._finished(content, finish, message.get("refusal"), answer)

    def _finished(self, content: Any, finish: Any, refusal: Any, answer: str) -> Outcome:
        if refusal or finish == "content_filter":
            said = self.redactor.mask(str(refusal or "its content filter stopped it"))[:300]
            return Outcome(Kind.REFUSED, detail=f"the model refused: {said}", answer=answer)
        if finish == "length":
            return Outcome(Kind.TRUNCATED, detail="the model's answer was cut at its length limit", answer=answer)
        if not isinstance(content, str) or not content.strip():
            return Outcome(Kind.EMPTY, detail="the model answered no text", answer=answer)
        return Outcome(Kind.PROPOSAL, text=content, answer=content)
