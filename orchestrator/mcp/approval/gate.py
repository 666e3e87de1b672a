"""The gate before every change: a person's approval of exactly it, and what was said in the audit log."""

import json
from dataclasses import dataclass, replace
from typing import Any

import mcp_types as types

from orchestrator.audit import AuditLog, Entry
from orchestrator.graph.lock import demand_free
from orchestrator.mcp.answers import ChangeAnswer
from orchestrator.mcp.approval.book import RefusedError
from orchestrator.mcp.approval.question import Asking, Granted
from orchestrator.mcp.call import Call
from orchestrator.release import secrets

TAG = "INFRA-ORCHESTRATOR"


@dataclass(frozen=True)
class Gate:
    """Lets a call through once, for what was approved."""

    asking: Asking

    async def passed(self, call: Call) -> Call | ChangeAnswer | types.InputRequiredResult:
        """The call, tagged with who approved it; else what has to be done first. Raises DeployError."""
        demand_free(call.options.home / "lock")
        try:
            granted = self.asking.answer(call)
            if granted is None:
                asked = await self.asking.ask(call, await call.intent(), _secrets(call))
                if not isinstance(asked, Granted):
                    return asked
                granted = asked
        except RefusedError as error:
            _log(call, error.message, passed=False)
            raise
        return await self._spent(call, granted)

    def called_off(self, call: Call) -> None:
        """The client cancelled what was approved, or went away; the run has ended."""
        _log(call, "called off while it ran: run it again to go on", passed=False)

    async def _spent(self, call: Call, granted: Granted) -> Call:
        """The approval is used up for what the call would do now: it is looked at again, whatever was told before."""
        intent = await call.intent()
        slip = self.asking.book.spend(granted.code, intent, _secrets(call), in_terminal=granted.in_terminal)
        caller = call.options.caller
        tags = {**caller.tags, "approved_by": granted.by, "plan_digest": slip.digest}
        tagged = replace(call, options=replace(call.options, caller=replace(caller, tags=tags)))
        _log(tagged, f"approved by {granted.by}: plan {slip.digest[:12]}", passed=True)
        return tagged


def _secrets(call: Call) -> dict[str, str]:
    return secrets.given(call.options.env_file)


def _log(call: Call, result: str, *, passed: bool) -> None:
    given: dict[str, Any] = call.given.model_dump(exclude={"approval"}, exclude_none=True)
    asked = f"{call.tool.name} in {call.options.place} {json.dumps(given, ensure_ascii=False)}"
    caller = call.options.caller
    log = AuditLog(call.options.record, caller.redactor, caller.tags, call.options.chain)
    log.append(Entry(TAG, (), asked, result, passed=passed))
