"""What a question asks for, as the call that lists it."""

import re

from ..types import Action, Interpretation
from .filters import Filter

_NOISE = re.compile(
    (
        r"^(?:about|regarding|concerning|containing|mentioning|matching|for|with|called|named|related to|"
        r"that mentions?|that contains?|the words?)\s+"
    ),
    re.IGNORECASE,
)
# Said around what is asked for, and no part of its name: "honestly", "someone", "plans", "i'd".
_VAGUE = re.compile(
    r"^(?:(?:plans?|someone|somebody|anyone|anybody|near|around|i'?d|we'?d|no|hey|so|um|me|yet|again|exactly|"
    r"actually|honestly)(?:\s+|$))+|"
    r"(?:^|(?<!\s)\s++)(?:plans?|someone|somebody|anyone|anybody|yet|again|exactly|actually|honestly|read out "
    r"loud|out loud|read back|aloud|back|lol|thing|"
    r"stuff|or not|"
    r"or what)$",
    re.IGNORECASE,
)
_TO_MAKE = re.compile(r"\sto\s(?:make|do|attend|run|pay|go to|return|handle|take care of)$")


def list_call(read: Filter, rule: str, *, count: bool = False) -> Interpretation:
    arguments = dict(read.arguments)
    if count:
        arguments["count"] = True
    topic = _clean(read.leftover)
    if topic:
        arguments["search"] = topic
    if arguments.get("status") == "open":
        arguments.pop("status")
    return Interpretation(actions=(Action(tool="list_tasks", arguments=arguments),), spans=read.spans, rules=(rule,))


def _clean(leftover: str) -> str:
    """The words to search for, without those of the question."""
    words = _NOISE.sub("", leftover.strip(" .?!,"))
    words = re.sub(r"^(?:the|my|a|an)\s+", "", words, flags=re.IGNORECASE)
    words = _TO_MAKE.sub("", words)
    words = _VAGUE.sub("", words)
    return (
        words.strip(" \"'“”.?!,")
        if not re.fullmatch(
            r"(?:next|first|last|how|what|what've|when|where|who|why|which|free|busy|available|new)", words.lower()
        )
        else ""
    )
