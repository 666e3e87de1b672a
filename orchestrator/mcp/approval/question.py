"""Asking a person for approval: by the client's own question where it has one, else in a terminal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import mcp_types as types
from mcp_types.version import MODERN_PROTOCOL_VERSIONS

from orchestrator.mcp.answers import ChangeAnswer
from orchestrator.mcp.approval.book import Book
from orchestrator.mcp.approval.intent import Intent
from orchestrator.mcp.approval.slips import Slip
from orchestrator.mcp.call import Call, Context, asker

_QUESTION = "approve"
_PERSON = "the client's person"
_FORM: dict[str, Any] = {
    "type": "object",
    "properties": {_QUESTION: {"type": "boolean", "title": "Do exactly this", "default": False}},
    "required": [_QUESTION],
}


@dataclass(frozen=True)
class Granted:
    """A person's word under `code`; `by` says whose."""

    code: str
    by: str
    in_terminal: bool


@dataclass(frozen=True)
class Asking:
    """`always_in_terminal`: the client is not asked even where it can ask its person."""

    book: Book
    always_in_terminal: bool = False

    async def ask(
        self, call: Call, intent: Intent, given: Mapping[str, str]
    ) -> Granted | ChangeAnswer | types.InputRequiredResult:
        """What the person says of the change, or what has to be done first. Raises RefusedError."""
        context = call.context
        in_terminal = self.always_in_terminal or not _can_ask(context)
        slip = self.book.ask(intent, given, asked_by=asker(context), in_terminal=in_terminal)
        if in_terminal:
            return _in_terminal(slip)
        params = _question(slip)
        if context.protocol_version in MODERN_PROTOCOL_VERSIONS:
            asked = types.ElicitRequest(params=params)
            return types.InputRequiredResult(input_requests={_QUESTION: asked}, request_state=slip.code)
        result = await context.session.elicit_form(params.message, params.requested_schema, context.request_id)
        return self._granted(slip.code, result)

    def answer(self, call: Call) -> Granted | None:
        """The word that the call brings: the client's question answered, or the terminal's; None if it brings none.

        Raises NotApprovedError.
        """
        state, approval = call.params.request_state, call.given.approval
        if state is not None:
            return self._granted(state, (call.params.input_responses or {}).get(_QUESTION))
        if approval is not None:
            return Granted(approval, f"{self.book.answer_in_terminal(approval)} in a terminal", in_terminal=True)
        return None

    def _granted(self, code: str, result: object) -> Granted:
        content = result.content if isinstance(result, types.ElicitResult) and result.action == "accept" else None
        if not content or content.get(_QUESTION) is not True:
            self.book.refuse(code, by=_PERSON)
        return Granted(code, _PERSON, in_terminal=False)


def _can_ask(context: Context) -> bool:
    """Whether it has forms; a client of before the modes were told apart declares an empty capability."""
    told = context.session.client_capabilities
    asks = told.elicitation if told else None
    return asks is not None and (asks.form is not None or asks.url is None)


def _question(slip: Slip) -> types.ElicitRequestFormParams:
    message = f"{slip.asked_by} wants to change the deployment:\n\n{slip.intent.text}\n\nPlan {slip.digest[:12]}"
    return types.ElicitRequestFormParams(message=message, requested_schema=_FORM)


def _in_terminal(slip: Slip) -> ChangeAnswer:
    return ChangeAnswer(
        status="needs_approval",
        summary=(
            f"Nothing was changed yet. Show the person what it would do, and ask them to run in a terminal: "
            f"./todo deploy approve {slip.code}. Then call {slip.intent.tool} again with the same arguments and "
            f'approval="{slip.code}".'
        ),
        code=slip.code,
        expires=datetime.fromtimestamp(slip.expires, UTC).isoformat(timespec="seconds"),
        digest=slip.digest,
        would_do=list(slip.intent.lines),
    )
