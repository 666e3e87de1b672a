"""The built-in engine as a Pydantic AI model: reads the user's words by rule, answers from the tools' own results."""

from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    ModelResponsePart,
    TextPart,
    ToolCallPart,
    ToolReturnPart,
)
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.settings import ModelSettings

from backend.assistant.language.budget import interpret_within
from backend.assistant.language.types import Action, Interpretation, Request
from backend.assistant.state import Plan, PlannedCall, TurnState
from backend.models import new_id

NAME = "builtin"


class BuiltinModel(Model):
    """One turn's reader. ``reading`` is the text with what the engine may know; ``state`` learns what it resolved."""

    def __init__(self, reading: Request, state: TurnState, *, read: Interpretation | None = None) -> None:
        super().__init__()
        self._reading = reading
        self._state = state
        self._read = read

    @property
    def model_name(self) -> str:
        return NAME

    @property
    def system(self) -> str:
        return NAME

    @property
    def provider(self) -> None:
        return None

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        return self.respond(messages)

    def respond(self, messages: list[ModelMessage]) -> ModelResponse:
        """The next answer; it waits for nothing."""
        return ModelResponse(parts=self._parts(messages), model_name=NAME, provider_name=NAME)

    def _parts(self, messages: list[ModelMessage]) -> list[ModelResponsePart]:
        """Answer from what the tools returned or, at the start of a turn, read the words."""
        if summaries := _summaries(messages[-1]):
            return [TextPart("\n".join([*summaries, self._state.question]).strip())]
        plan = self._state.plan = self._state.plan or plan_of(self._read or interpret_within(self._reading))
        self._state.choices, self._state.question = plan.choices, plan.question
        self._state.planned |= {call.id: call.targets for call in plan.calls if call.targets is not None}
        if not plan.calls:
            return [TextPart(plan.question)]
        return [ToolCallPart(call.tool, dict(call.arguments), tool_call_id=call.id) for call in plan.calls]


def plan_of(understood: Interpretation) -> Plan:
    """What is to be done of what was understood, each call with an id of its own."""
    calls = (
        PlannedCall(id=new_id(), tool=action.tool, arguments=dict(action.arguments), targets=action.targets)
        for action in sure_actions(understood)
    )
    return Plan(calls=tuple(calls), choices=understood.choices, question=understood.reply)


def sure_actions(understood: Interpretation) -> tuple[Action, ...]:
    """What may be done at once. Of several things said, those whose task is certain; the rest is asked about."""
    if understood.sure:
        return understood.actions
    if len(understood.actions) == 1:
        return ()
    return tuple(action for action in understood.actions if action.targets is None or len(action.targets) == 1)


def _summaries(message: ModelMessage) -> list[str]:
    """What each tool that has just run says of itself."""
    if not isinstance(message, ModelRequest):
        return []
    contents = [part.content for part in message.parts if isinstance(part, ToolReturnPart)]
    return [str(content.get("summary", "")) if isinstance(content, dict) else str(content) for content in contents]
