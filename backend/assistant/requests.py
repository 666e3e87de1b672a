"""The bodies that chat and interpret take, checked."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool

from backend.errors import InvalidError
from backend.forms import form
from backend.tasks.due import YEARS, to_wall
from backend.tasks.fields import Zone

MESSAGE_LENGTH = 10_000
ANSWERED_ID = 60  # with "-yes" it is an id again


def _whole(value: object) -> object:
    """JSON has one kind of number: 3.0 is 3. True is none."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _stripped(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text.strip()


Message = Annotated[
    str,
    # The length is that of what was sent: a document can say that, and not what is left of it.
    Field(min_length=1, max_length=MESSAGE_LENGTH, json_schema_extra=form("words")),
    AfterValidator(_stripped),
]
ID = r"^[A-Za-z0-9_-]{1,64}$"
Id = Annotated[str, Field(pattern=ID)]
Place = Annotated[int, Field(ge=0, strict=True), BeforeValidator(_whole)]
Range = tuple[Place, Place]
Plain = Annotated[list[Range], Field(max_length=200, description="Ranges of the text to be read as plain words")]


def _check_moment(text: str) -> str:
    message = "must be a local time without an offset, such as 2026-03-04T09:30"
    try:
        moment = to_wall(text)
    except ValueError as error:
        raise ValueError(message) from error
    if moment.tzinfo is not None or moment.year not in YEARS:
        raise ValueError(message)
    return text


Moment = Annotated[
    str, AfterValidator(_check_moment), Field(examples=["2026-03-04T09:30"], json_schema_extra=form("moment"))
]


class Answer(BaseModel):
    """The answer to a question that the assistant asked (`data-approval`)."""

    model_config = ConfigDict(extra="forbid")

    id: Id
    approved: StrictBool


class ChatIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    message: Message
    conversation_id: Id | None = None
    timezone: Zone | None = None
    plain: Plain = []
    approval: Answer | None = None


class InterpretIn(BaseModel):
    """``now`` is the wall-clock time in ``timezone`` at which the text is read; the present by default.

    ``as_tasks`` reads it as new tasks whatever else it could mean, as the list's own line does.
    """

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=MESSAGE_LENGTH)]
    now: Moment | None = None
    timezone: Zone | None = None
    plain: Plain = []
    as_tasks: StrictBool = False


class Part(BaseModel):
    """A part of a UI message; only text, and answers to tool approvals, are read."""

    model_config = ConfigDict(extra="allow")

    type: str
    text: str = ""
    state: str = ""
    approval: dict[str, Any] | None = None


class UIMessage(BaseModel):
    model_config = ConfigDict(extra="allow")

    id: Id | None = None
    role: Literal["system", "user", "assistant"]
    parts: list[Part]


class StreamIn(BaseModel):
    """The body that the AI SDK's default transport sends. Only its last message is read: the server has the others."""

    model_config = ConfigDict(extra="ignore")

    id: Id
    messages: Annotated[
        list[UIMessage],
        Field(
            min_length=1,
            description="The last is the user's, with 1 to 10,000 characters of text, or answers a question; else 422. "
            "422 for a message's id with other words",
        ),
    ]
    trigger: Literal["submit-message", "regenerate-message"] = "submit-message"
    timezone: Zone | None = None
    plain: Plain = []
    approval: Answer | None = None

    def last_words(self) -> tuple[str | None, str]:
        """The last user message's id and text. Raises InvalidError (422) without one of 1 to 10,000 characters.

        An answer to a question has its id from the question, so that it too may be sent again.
        """
        if answer := self.answer():
            said = "Yes" if answer.approved else "No"
            return f"{answer.id[:ANSWERED_ID]}-{said.lower()}", said
        message = self.messages[-1]
        text = "\n".join(part.text for part in message.parts if part.type == "text").strip()
        if message.role != "user" or not 1 <= len(text) <= MESSAGE_LENGTH:
            raise InvalidError(f"The last message must be the user's, with 1 to {MESSAGE_LENGTH} characters of text.")
        return message.id, text

    def answer(self) -> Answer | None:
        """The answer to a question: the body's own, or the AI SDK's in the tool part that asked."""
        if self.approval or self.messages[-1].role != "assistant":
            return self.approval
        said = [part.approval for part in self.messages[-1].parts if part.state == "approval-responded"]
        return (
            Answer(id=str(said[-1].get("id")), approved=said[-1].get("approved") is True) if said and said[-1] else None
        )
