"""A turn: the message is stored, the agent runs, its tools act, the answer is stored; all of it as one stream."""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field

import structlog
from pydantic_ai import AgentRunResult, DeferredToolRequests
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    TextPart,
    ToolReturnPart,
    UserPromptPart,
)
from pydantic_ai.ui.vercel_ai.response_types import (
    BaseChunk,
    DataChunk,
    ErrorChunk,
    FinishChunk,
    ToolApprovalRequestChunk,
)
from sqlalchemy.exc import DBAPIError

from backend.assistant.asking import approvals
from backend.assistant.asking.question import asked_calls, question_chunks
from backend.assistant.conversations import store
from backend.assistant.conversations.interrupted import CUT_SHORT, REST_UNKNOWN
from backend.assistant.engines.hosted.allowance import spend
from backend.assistant.engines.hosted.memory import dump_messages
from backend.assistant.engines.hosted.setup import Hosted
from backend.assistant.engines.run import run_events
from backend.assistant.language.types import Action, Turn
from backend.assistant.progress import claims
from backend.assistant.progress.claims import TurnLostError
from backend.assistant.reply.outcomes import receipt
from backend.assistant.reply.receipts import say_changes
from backend.assistant.state import TurnState
from backend.assistant.turn.correction import correct
from backend.assistant.turn.exchange import exchange_to_json
from backend.assistant.turn.gather import Gathered
from backend.assistant.turn.open_calls import OpenCalls
from backend.assistant.turn.parts import MessageParts
from backend.assistant.turn.stream import SDK_VERSION, TurnStream, framed, say_failure, stored_chunks, text_chunks
from backend.errors import ProblemError
from backend.journal.values import Actor
from backend.models import new_id
from backend.session import Database

log = structlog.get_logger()
LEFT_ALONE = "All right, nothing was changed."
TOO_LATE = "That question has expired, so nothing was changed. Ask again if it is still wanted."


def new_turn(database: Database, known: Gathered, *, hosted: Hosted | None) -> "ChatTurn":
    """A turn over what is known; it has stored its message, and runs when its chunks are read."""
    turn_id = known.place.turn_id if known.place else ""
    ask = known.ask
    actor = Actor(
        user_id=ask.user_id, surface="chat", turn_id=turn_id, timezone=known.timezone, token_name=ask.token_name
    )
    state = TurnState(
        database=database,
        actor=actor,
        timezone=known.timezone,
        now=known.now,
        text=ask.text,
        claim=known.place.claim if known.place else None,
        plan=known.record.plan,
        committed=known.record.done or {},
    )
    return ChatTurn(known=known, state=state, hosted=hosted)


@dataclass
class ChatTurn:
    """A turn that has begun. `chunks` runs it, once; ``parts`` and ``failure`` are whole when they have ended."""

    known: Gathered
    state: TurnState
    hosted: Hosted | None
    parts: MessageParts = field(default_factory=MessageParts)
    failure: Exception | None = None
    _asked: tuple[str, tuple[approvals.PendingCall, ...]] | None = None
    _messages: Sequence[ModelMessage] = ()
    _calls: OpenCalls = field(default_factory=OpenCalls)

    async def chunks(self) -> AsyncIterator[BaseChunk]:
        """What the page is shown. The answer is stored before the stream says that it has finished."""
        async for chunk in self._source():
            if isinstance(chunk, FinishChunk):
                for closing in self._calls.close():
                    self.parts.add(closing)
                    yield closing
                if error := await self._settle():
                    yield ErrorChunk(error_text=say_failure(error))
            self._calls.see(chunk)
            if isinstance(chunk, ToolApprovalRequestChunk) and self._asked:
                chunk = chunk.model_copy(update={"approval_id": self._asked[0]})  # noqa: PLW2901
            self.parts.add(chunk)
            yield chunk

    async def _settle(self) -> Exception | None:
        """Store the answer. A turn that failed before it changed anything keeps none: said again, it runs again."""
        if isinstance(self.failure, TurnLostError):
            return None
        if self.failure and not self.state.has_acted:
            await self.cut()
            return None
        return await self._try_store()

    async def _try_store(self) -> Exception | None:
        """What was done stands whether or not its answer can be stored; that it could not is said."""
        try:
            await self._store()
        except (DBAPIError, ProblemError, TurnLostError) as error:
            log.error("an answer was not stored", turn=self.state.actor.turn_id, exc_info=error)
            self.failure = self.failure or error
            return error
        return None

    async def cut(self) -> None:
        """Store that this turn ends without an answer, so that a repeat need not wait to see that it is dead."""
        if self.known.place is None:
            return
        try:
            async with self.state.database.write() as session:
                await claims.cut(session, self.known.place.claim)
        except (DBAPIError, ProblemError, TurnLostError) as error:
            log.warning("a turn was cut, and that could not be stored", turn=self.state.actor.turn_id, exc_info=error)

    async def _source(self) -> AsyncIterator[BaseChunk]:
        known = self.known
        if known.replay is not None:
            for chunk in framed(known.replay.id, stored_chunks(known.replay.parts)):
                yield chunk
        elif known.cut:
            for chunk in self._tell_cut():
                yield chunk
        elif known.expired or (known.answered and not known.approved):
            for chunk in self._decline():
                yield chunk
        else:
            stream = TurnStream(sdk_version=SDK_VERSION, server_message_id=self._place.answer_id, state=self.state)
            async for chunk in stream.transform_stream(
                run_events(known, self.state, self.hosted), on_complete=self._complete
            ):
                yield chunk
                self.failure = self.failure or stream.failure

    @property
    def conversation_id(self) -> str:
        return self.known.replay.conversation_id if self.known.replay else self._place.conversation_id

    @property
    def _place(self) -> store.OpenTurn:
        assert self.known.place is not None  # noqa: S101  (only a replay has none)
        return self.known.place

    def _tell_cut(self) -> Iterator[BaseChunk]:
        """An earlier run was cut after it had changed something, and what else it meant to do is not known."""
        self.state.changes += self.known.cut
        done = say_changes(self.known.cut, today=self.state.now.date())
        reply = f"{CUT_SHORT} {done} {REST_UNKNOWN}"
        asked = ModelRequest(parts=[UserPromptPart(self.known.ask.text)])
        self._messages = [asked, ModelResponse(parts=[TextPart(reply)])]
        yield from framed(self._place.answer_id, [receipt(self.state), *text_chunks(reply)])

    def _decline(self) -> Iterator[BaseChunk]:
        """A no, or a yes that came too late: nothing is run."""
        reply = TOO_LATE if self.known.expired else LEFT_ALONE
        calls = self.known.answered.calls if self.known.answered else ()
        returns = [ToolReturnPart(call.tool, "The user said no.", tool_call_id=call.tool_call_id) for call in calls]
        asked = ModelRequest(parts=[*returns, UserPromptPart(self.known.ask.text)])
        self._messages = [asked, ModelResponse(parts=[TextPart(reply)])]
        yield from framed(self._place.answer_id, text_chunks(reply))

    async def _complete(self, result: AgentRunResult[str | DeferredToolRequests]) -> AsyncIterator[BaseChunk]:
        """What comes after the agent's last word: a question before a change, numbered choices."""
        self._messages = result.new_messages()
        if isinstance(result.output, DeferredToolRequests):
            asked = asked_calls(result.output)
            self._asked = (new_id(), tuple(one.call for one in asked))
            done = [*(call.summary for call in self.state.calls), self.state.question]
            if said := "\n".join(done).strip():
                for chunk in text_chunks(said):
                    yield chunk
            for chunk in question_chunks(self._asked[0], asked, today=self.state.now.date()):
                yield chunk
        elif not self.state.typed and (correction := correct(result.output, self.state)):
            for chunk in text_chunks(correction):
                yield chunk
        if self.state.choices:
            choices = [{"number": number, "label": item.label} for number, item in enumerate(self.state.choices, 1)]
            yield DataChunk(type="data-choices", data={"choices": choices})

    async def _store(self) -> None:
        if self.known.replay is not None:
            return
        async with self.state.database.write() as session:
            await store.close_turn(
                session,
                self._place,
                parts=self.parts.parts,
                exchange=exchange_to_json(self._exchange()),
                model_messages=dump_messages(self._messages),
            )
            if self.state.tokens or self.state.cost:
                await spend(session, self.known.ask.user_id, tokens=self.state.tokens, cost=self.state.cost)
            if self._asked:
                place = self._place.conversation_id
                approval_id, calls = self._asked
                user_id = self.known.ask.user_id
                approvals.ask(session, approval_id, user_id=user_id, conversation_id=place, calls=calls)

    def _exchange(self) -> Turn:
        state = self.state
        changed = [(change.after or change.before or {})["number"] for change in state.changes]
        actions = [
            Action(tool=call.tool, arguments=call.arguments, targets=call.targets or None)
            for call in state.calls
            if call.done
        ]
        return Turn(
            text=self.known.ask.text,
            actions=tuple(actions),
            shown=tuple(dict.fromkeys(state.shown)),
            changed=tuple(dict.fromkeys(changed)),
            choices=state.choices,
        )
