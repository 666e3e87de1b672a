"""Answers to what the assistant asked: a number, a name, "both", "yes", "no", "never mind"."""

import re

from ..matching.stems import stems
from ..pattern import either, phrase
from ..types import Choice, Interpretation, Turn
from ..words.references import MANY, NUMBERS, ORDINALS
from ..words.talk import NEVER_MIND, NO, YES

_EDGE = r"[\s.!?,]*"
_LEAD = (
    r"(?:(?:no|yes|ok|okay|um|the|number|option|choice|nr|no\.|#|i (?:mean|meant|want|choose|pick)|"
    r"let's (?:go with|take|do)|go with|take|pick|choose|do|please|just|make it|it's|delete|complete|"
    r"mark|update|use|try|select),? )*(?:the |#|number |option |choice )*"
)
_ONE = rf"(?:\d{{1,2}}|{either(NUMBERS)}|{either(ORDINALS)})"
_NUMBERS = phrase(
    rf"{_EDGE}{_LEAD}(?P<said>{_ONE}(?:(?:,? and |,? & |, ?| )(?:the |number |#)?{_ONE})*)(?: (?:one|"
    rf"ones|option|choice|task|please|only))*{_EDGE}$"
)
_ALL = phrase(
    (
        rf"{_EDGE}(?:yes,? )?(?:do |delete |complete |mark )?(?:<words>|all|everything|every one|all of "
        rf"them|all three|all four|all please){_EDGE}$"
    ),
    words=MANY,
)
_YES = phrase(rf"{_EDGE}(?:<words>)(?:,? (?:please|<words>|thanks))*{_EDGE}$", words=YES)
_NO = phrase(rf"{_EDGE}(?:<words>)(?:,? (?:thanks|thank you|<words>|please))*{_EDGE}$", words=NO)
_NEVER_MIND = phrase(
    (
        rf"{_EDGE}(?:(?:no|nah|nope|oh|ok|okay|actually|sorry|please|wait|just|(?:can|could|would|will) you|"
        rf"i (?:want|need) you to|that'?s (?:all|enough)|that is (?:all|enough)|i'm done),? )*(?:<words>)(?:,? "
        rf"(?:please|thanks|"
        rf"then|it|actually|<words>))*{_EDGE}$"
    ),
    words=NEVER_MIND,
)
_OF_DOUBT = r"(?:(?:no|hm|hmm|wait|actually|nvm|never mind|ugh|sorry),? )"
_UNDO = phrase(
    rf"{_EDGE}(?:(?:(?:no|oh|please|oops),? )?undo(?: that| it| this)?|{_OF_DOUBT}+(?:undo|revert|(?:bring|put|take) "
    rf"(?:it|"
    rf"that|this) back|go back)(?: that| it| this)?){_EDGE}$"
)
_WORD = re.compile(r"[\w']+")
_ABOUT = phrase(
    r"^(?:no,? |yes,? |ok,? |the |i (?:mean|meant) |that's |it's |just |only )*(?P<name>.+?)"
    r"(?: one| task| please)?[.!?]*$"
)
NOTHING = "OK, I changed nothing."


def read_answer(flat: str, turn: Turn | None) -> Interpretation | None:
    """The answer to the last turn's question, or a yes or no to nothing; None where the words are something else."""
    if turn and turn.choices:
        return _answer(flat, turn.choices)
    if _NEVER_MIND.match(flat):
        return Interpretation(
            reply=f"{NOTHING} Say “undo” to take back the last change." if turn and turn.changed else NOTHING,
            rules=("answer.never-mind",),
        )
    if _NO.match(flat):
        more = " Say “undo” to take back the last change." if turn and turn.changed else ""
        return Interpretation(reply=f"{NOTHING if not more else 'OK.'}{more}", rules=("answer.no",))
    if _YES.match(flat) and flat.strip(" .!") not in (
        "please",
        "fine",
        "right",
        "ok",
        "okay",
        "sounds good",
        "of course",
        "sure thing",
        "continue",
    ):
        return Interpretation(reply="There is nothing to confirm. What should I do?", rules=("answer.yes",))
    return None


def _answer(flat: str, choices: tuple[Choice, ...]) -> Interpretation | None:
    if _NEVER_MIND.match(flat) or _NO.match(flat) or _UNDO.match(flat):  # nothing of what is asked was done yet
        return Interpretation(reply=NOTHING, rules=("answer.no",))
    if _ALL.match(flat):
        return _chosen([place for place, choice in enumerate(choices) if choice.actions], choices)
    said = _NUMBERS.match(flat)
    if said:
        return _chosen(_places(said["said"], len(choices)), choices)
    if _YES.match(flat):
        return _confirmed(choices)
    named = _named(flat, choices)
    return _chosen(named, choices) if named else None


def _confirmed(choices: tuple[Choice, ...]) -> Interpretation:
    """ "yes" takes the only offer that does something."""
    acting = [place for place, choice in enumerate(choices) if choice.actions]
    if len(acting) == 1:
        return _chosen(acting, choices)
    return Interpretation(
        reply=f"Which one? Say a number from 1 to {len(choices)}.", choices=choices, rules=("answer.which",), sure=False
    )


def _places(said: str, count: int) -> list[int]:
    found: list[int] = []
    for word in _WORD.findall(said):
        if word.isdigit():
            found.append(int(word) - 1)
        elif word in ORDINALS:
            place = ORDINALS[word]
            found.append(place if place >= 0 else count + place)
        elif word in NUMBERS and not (word == "one" and found):
            found.append(NUMBERS[word] - 1)
    return list(dict.fromkeys(found))


def _named(flat: str, choices: tuple[Choice, ...]) -> list[int]:
    """The only choice whose label holds all the words that were said."""
    about = _ABOUT.match(flat)
    wanted = set(stems(about["name"] if about else flat))
    if not wanted or len(wanted) > 6:
        return []
    fitting = [place for place, choice in enumerate(choices) if wanted <= set(stems(choice.label))]
    return fitting if len(fitting) == 1 else []


def _chosen(places: list[int], choices: tuple[Choice, ...]) -> Interpretation:
    if not places or any(not 0 <= place < len(choices) for place in places):
        return Interpretation(
            reply=f"Please say a number from 1 to {len(choices)}.",
            choices=choices,
            rules=("answer.out-of-range",),
            sure=False,
        )
    actions = tuple(action for place in places for action in choices[place].actions)
    return Interpretation(actions=actions, reply="" if actions else NOTHING, rules=("answer.chosen",))
