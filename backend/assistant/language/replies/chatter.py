"""Talk in several pieces: "ok thanks, bye!", "sorry, could you say that again?"."""

import re

from ..pattern import phrase
from ..words import chatter as table

_ON_ANSWERS = table.ON_ANSWERS | table.OF_ANSWERS
_UNCLEAR = frozenset(
    ("rephrase", "elaborate", "clarify", "clarification", "explain", "explanation", "repeat", "unclear")
)
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")  # "heyyy", "sooo", "byeee"
_WHOLE = (
    (
        "repeat",
        phrase(
            r"(?:sorry |huh |what |please |can you |could you )*(?:repeat|say|tell me|read|go over|explain|rephrase) "
            r"(?:that|it|this|yourself|your (?:last )?(?:\w+ )?(?:answer|reply|message|response|question|sentence|"
            r"words)|what you "
            r"(?:just )?(?:said|meant|told me)|the last (?:thing|part|bit|answer|sentence|line|message)(?: you said)?)"
            r"(?: again| please| one more time| once more| slower| slowly| to me| for me)*"
        ),
    ),
    (
        "bye",
        phrase(
            r"(?:ok |okay |well |alright |anyway )*(?:see|catch|talk to|speak to|chat with|cu|cya|seeya|ttyl|bye|"
            r"later|until|till) ?"
            r"(?:you|ya|u|yall|you guys|with you)?(?: (?:again|then|later|around|soon))*(?: (?:in the morning|"
            r"tomorrow|tmrw|tonight|next "
            r"(?:week|time)|on \w+day|\w+day|in a (?:bit|while)|soon|later))*"
        ),
    ),
    (
        "thanks",
        phrase(
            r"(?:ok |okay |great |perfect |aw |oh |wow )*(?:thanks|thank you|thank u|thx|ty|cheers)(?: \w+){0,3}? "
            r"(?:you|u|ur|youre|that|thats|it|its|this|i (?:appreciate|owe|love|loved|like|needed|really|am|will|"
            r"would|was|"
            r"feel|know|can|could|couldnt|cant|guess|think))(?: \w+){1,8}"
        ),
    ),
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_MOST_WORDS = 16  # who says more wants something
_TABLES = (
    ("repeat", table.REPEATS),
    ("bye", table.FAREWELLS),
    ("thanks", table.THANKS),
    ("greeting", table.GREETINGS),
    ("praise", table.PRAISE),
)
_KINDS = {tuple(piece.split()): kind for kind, pieces in reversed(_TABLES) for piece in pieces}
_FILLERS = frozenset(tuple(piece.split()) for piece in table.FILLERS)
_LONGEST = max(len(piece) for piece in (*_KINDS, *_FILLERS))


def kind_of_talk(flat: str) -> str:
    """What a message of nothing but pieces of talk is: ``repeat``, ``bye``, ``thanks``, ``greeting`` or ``praise``, the
    first of these that it holds; empty for any other message."""
    if len(flat) > 160 or ":" in flat:
        return ""
    words = [_DRAWN_OUT.sub(r"\1", word.replace("'", "")) for word in _WORD.findall(flat)]
    if not words or len(words) > _MOST_WORDS:
        return ""
    if set(words) <= _ON_ANSWERS and (of := set(words) & table.OF_ANSWERS):
        return "repeat" if of & _UNCLEAR else "praise"
    held = _pieces(words)
    kind = next((kind for kind, _ in _TABLES if held and kind in held), "")
    said = " ".join(words)
    return kind or next((kind for kind, pattern in _WHOLE if pattern.fullmatch(said) and not _THING.search(said)), "")


_THING = re.compile(
    r"\b(?:note|card|letter|email|gift|list|task|tasks|remind|add|schedule|call|buy|send|undo|delete|remove)\b"
)


def _pieces(words: list[str]) -> frozenset[str] | None:
    """The kinds of the pieces that the words are, whichever way they part; None where some words are no talk."""
    reached: list[frozenset[str] | None] = [frozenset()] + [None] * len(words)
    for place in range(len(words)):
        held = reached[place]
        if held is None:
            continue
        for length in range(1, min(_LONGEST, len(words) - place) + 1):
            piece = tuple(words[place : place + length])
            if piece in _KINDS or piece in _FILLERS:
                reached[place + length] = (reached[place + length] or frozenset()) | held | {_KINDS.get(piece, "")}
    return reached[-1]
