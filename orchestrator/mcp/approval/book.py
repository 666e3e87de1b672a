"""Approvals that this server asked for: each for one change as it was shown, once, and for a while."""

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import NoReturn

from orchestrator.errors import DeployError
from orchestrator.mcp.approval import slips
from orchestrator.mcp.approval.intent import Intent, changes
from orchestrator.mcp.approval.slips import Slip

SECONDS = 600.0  # how long an approval may be given and used
_AGAIN = "Call the tool again without approval for a new code."


class NotApprovedError(DeployError):
    """The change was not approved, or what was approved is another change."""


class RefusedError(NotApprovedError):
    """A person said no."""


@dataclass(frozen=True)
class _Asked:
    slip: Slip
    seal: bytes  # of the secrets that the change would use: they are in no file
    in_terminal: bool


@dataclass
class Book:
    """The approvals asked for, by code. It lives as long as the server; a code of another server is worth nothing."""

    home: Path
    seconds: float = SECONDS
    _asked: dict[str, _Asked] = field(default_factory=dict)
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    _lock: Lock = field(default_factory=Lock)

    def ask(self, intent: Intent, given: Mapping[str, str], *, asked_by: str, in_terminal: bool) -> Slip:
        """Note that approval is asked for; where a terminal is to give it, lay a slip down for it."""
        text = secrets.token_hex(4)
        slip = Slip(f"{text[:4]}-{text[4:]}", asked_by, time.time() + self.seconds, intent, digest=intent.digest)
        with self._lock:
            self._asked[slip.code] = _Asked(slip, self._seal(given), in_terminal)
        if in_terminal:
            slips.write(self.home, slip)
        return slip

    def answer_in_terminal(self, code: str) -> str:
        """Who approved it in a terminal. Raises RefusedError, or NotApprovedError: no answer yet, or a forged one."""
        asked = self._known(code, in_terminal=True)
        answer = slips.read(self.home, code)
        if answer.digest != asked.slip.digest or not answer.whole:
            self._use_up(code)
            raise NotApprovedError(f"what lies under {code} is not what was asked.", remedy=_AGAIN)
        if answer.answer == "refused":
            self.refuse(code, by=answer.by)
        if answer.answer != "approved" and not asked.slip.expired:
            raise NotApprovedError(
                f"{code} is not approved yet.", remedy=f"Ask the person to run: ./todo deploy approve {code}"
            )
        return answer.by

    def refuse(self, code: str, *, by: str) -> NoReturn:
        """The person said no: the code is used up. Raises RefusedError."""
        self._use_up(code)
        raise RefusedError(f"{by} did not approve it; nothing was changed.", remedy="Ask what they want instead.")

    def spend(self, code: str, now: Intent, given: Mapping[str, str], *, in_terminal: bool) -> Slip:
        """Use up the approval of exactly `now`. Raises NotApprovedError: it has expired, or is of another change."""
        asked = self._known(code, in_terminal=in_terminal)
        self._use_up(code)
        if asked.slip.expired:
            raise NotApprovedError(f"{code} has expired.", remedy=_AGAIN)
        self._demand(asked, now, given)
        return asked.slip

    def close(self) -> None:
        """No answer is waited for any more: the slips go."""
        for code in tuple(self._asked):
            slips.drop(self.home, code)

    def _known(self, code: str, *, in_terminal: bool) -> _Asked:
        with self._lock:
            asked = self._asked.get(code)
        if asked is None or asked.in_terminal != in_terminal:
            raise _no_open(code)
        return asked

    def _use_up(self, code: str) -> None:
        with self._lock:
            if self._asked.pop(code, None) is None:
                raise _no_open(code)
        slips.drop(self.home, code)

    def _demand(self, asked: _Asked, now: Intent, given: Mapping[str, str]) -> None:
        differing = changes(asked.slip.intent, now)
        if not differing and not hmac.compare_digest(asked.seal, self._seal(given)):
            differing = ("changed: the values of the secrets",)
        if differing:
            raise NotApprovedError(
                f"what it would do has changed since it was approved ({'; '.join(differing[:3])}).", remedy=_AGAIN
            )

    def _seal(self, given: Mapping[str, str]) -> bytes:
        return hmac.new(self._key, json.dumps(dict(given), sort_keys=True).encode(), hashlib.sha256).digest()


def _no_open(code: str) -> NotApprovedError:
    return NotApprovedError(f"{code[:40]!r} is no open approval: never asked for here, or used.", remedy=_AGAIN)
