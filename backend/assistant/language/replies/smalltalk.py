"""Greetings, thanks and questions about the assistant: replies, never actions."""

import re
from collections.abc import Callable

from ..context import Clause
from ..conversation.scene import Scene
from ..marks import read_marks
from ..pattern import phrase
from ..types import Interpretation
from ..words import talk as table
from .chatter import kind_of_talk
from .dates import day_asked
from .help import about_the_list, examples, help_text, remark
from .remarks import is_exclamation, is_remark

_NAME = (
    r"(?:,? (?:siri|alexa|assistant|there|bot|todo|olly|google|buddy|friend|man|so much|again|everyone|"
    r"all|you|very much|then|my friend|dear))*"
)
_EDGE = r"[\s.!?,…:;)(-]*"


def _whole(words: tuple[str, ...]) -> re.Pattern[str]:
    return phrase(
        (
            rf"{_EDGE}(?:(?:ok|okay|oh|well|so|and|hey|hi|great|perfect|cool|nice|yes|no|alright),? "
            rf")?(?:<words>){_NAME}{_EDGE}$"
        ),
        words=words,
    )


_GREETING, _THANKS, _PRAISE, _BYE, _HELP, _ABOUT, _HOW = map(
    _whole, (table.GREETINGS, table.THANKS, table.PRAISE, table.GOODBYES, table.HELP, table.ABOUT, table.HOW_ARE_YOU)
)
_THANKFUL = re.compile(
    r"(?:thanks|thank you|thx|cheers)(?:,? (?:a lot|so much|very much|for (?:that|the|your|all|"
    r"everything|doing|helping|being|reminding)\b[^.!?,]{0,40}|that(?:'s| was| is| helps| "
    r"helped)\b[^.!?,]{0,40}|again|you(?:'re| are)\b[^.!?,]{0,40})){1,4}[.!]*$"
)
_LAUGH = re.compile(r"(?:(?:ha)+h?|lo+l|hm+|um+|uh+|oh+|ah+|aw+|wow+|yay+|meh|ugh+|ouch|hmm+)[.!?\s]*$")
_SLIP = phrase(r"(?:(?:oh|no|ah),? )?(?:oops|oopsie|whoops|oh no|my bad|my mistake|wrong one)[.!\s]*$")
_WAIT = re.compile(r"(?:please )?(?:wait|hold on|hang on|(?:one|just a) (?:sec|second|moment|minute))[.!\s]*$")
_FINISHED = re.compile(
    r"(?:(?:i'm|we're|i am|that's it|it's),? )?(?:all )?(?:done|finished) for (?:today|the day|now)[.!\s]*$"
)
_CLOCK = phrase(
    r"(?:(?:do you know|tell me|can you tell me|say) )?(?:what(?:'s|s)? )?(?:is )?(?:the )?(?:(?:current "
    r")?(?:time|day|date|weekday)|"
    r"today's (?:date|day))(?: is it| of the week is it| it is| is today)?(?: (?:today|now|right now|currently|"
    r"again))*[?.! ]*$"
)
_HOW_TO = re.compile(
    r"(?:how (?:do|can|should|would|to)(?: i| you| we)? (?:add|create|make|delete|remove|complete|edit|"
    r"change|undo|set|use|mark|tag|rename|move|postpone|sort|filter|search)|can you (?:add|delete|"
    r"remind|create|understand)\b[^.]{0,30}\?$|what (?:can|do|could) (?:you|i) (?:do|say|ask|"
    r"understand|help)|can you (?:speak|hear|sing|talk|learn|think|see me)\b|"
    r"do you (?:understand|support|know how|speak|have)|are you\b|who (?:are|made|"
    r"built|created) you|what are you\b)"
)
_ABOUT_ME = re.compile(
    r"(?:i'?m|i am|i feel|i love|i like|i hate|you'?re|you are|it'?s|it is|that'?s|that was|that is|"
    r"this is|he is|she is|he's|she's|they're|they are|we're|we are|there is no|i don'?t (?:like|know|"
    r"understand|care))\b"
)


def read_talk(flat: str, scene: Scene) -> Interpretation | None:
    """Talk that asks for no action; None where the words may be more."""
    if _HELP.match(flat) or (
        _HOW_TO.match(flat) and not _ABOUT.match(flat) and not re.search(r"\b(?:my (?:tasks|list|todos))\b", flat)
    ):
        return Interpretation(reply=help_text(scene), rules=("talk.help",))
    for rule, pattern in (
        ("greeting", _GREETING),
        ("thanks", _THANKS),
        ("how", _HOW),
        ("about", _ABOUT),
        ("bye", _BYE),
        ("praise", _PRAISE),
    ):
        if pattern.match(flat):
            return Interpretation(reply=_REPLIES[rule](scene), rules=(f"talk.{rule}",))
    return _read_asides(flat, scene) or _read_pieces(flat, scene)


def _read_pieces(flat: str, scene: Scene) -> Interpretation | None:
    """Thanks in a sentence, laughter, and talk in several pieces."""
    if _THANKFUL.match(flat) and not re.search(r"\b(?:note|card|letter|email|gift)\b", flat):
        return Interpretation(reply=_REPLIES["thanks"](scene), rules=("talk.thanks",))
    kind = "praise" if _LAUGH.match(flat) else kind_of_talk(flat)
    return Interpretation(reply=_REPLIES[kind](scene), rules=(f"talk.{kind}",)) if kind else None


def _read_asides(flat: str, scene: Scene) -> Interpretation | None:
    """The time, an exclamation, "all done for today", "wait", "oops"."""
    if _CLOCK.match(flat) and ("what" in flat or "tell" in flat or "is it" in flat):
        return Interpretation(reply=f"It is {scene.now:%A, %-d %B %Y, %H:%M}.", rules=("talk.clock",))
    if answer := day_asked(flat, scene.now):
        return Interpretation(reply=answer, rules=("talk.date",))
    if _NO_TOUCH.match(flat):
        return Interpretation(
            reply="OK, I changed nothing. Say “undo” to take the last change back.", rules=("talk.no",)
        )
    if is_exclamation(flat):
        return Interpretation(reply=remark(flat), rules=("talk.remark",))
    if _FINISHED.match(flat):
        reply = "Well done! To tick tasks off, name them, or say “complete everything due today”."
        return Interpretation(reply=reply, rules=("talk.finished",))
    if _WAIT.match(flat):
        return Interpretation(reply="Take your time.", rules=("talk.wait",))
    if _SLIP.match(flat):
        return Interpretation(reply="No harm done: say “undo” to take the last change back.", rules=("talk.slip",))
    return None


def read_thanks(flat: str, scene: Scene) -> Interpretation | None:
    """Thanks, which are never an answer to a question."""
    return Interpretation(reply=_REPLIES["thanks"](scene), rules=("talk.thanks",)) if _THANKS.match(flat) else None


_TOLD = phrase(
    r"(?:he|she|they|it|that|there)(?:'s|'ll|'d|'re|'ve)? (?:can|can't|could|couldn't|will|won't|would|said|says|"
    r"is|isn't|was|"
    r"are|were|has|had|have|does|doesn't|did|didn't|wants|needs|works|might|may|must|should|asleep|going|gonna|"
    r"not|a|the) |"
    r"(?:not|no more|no) (?!to\b|later\b|priority\b|due\b)[a-z]|(?:or )?maybe not"
)
_NO_TOUCH = phrase(
    r"(?:please )?(?:don't|do not|never) (?:delete|remove|cancel|move|change|do|touch|complete|add|mark|drop)(?: "
    r"(?:it|that|this|them|"
    r"those|anything|any of (?:it|them)))?(?: (?:yet|please|now|just yet|though))*[.! ]*$"
)


def is_statement(clause: Clause) -> bool:
    """Whether the words tell how somebody or something is, rather than name a task."""
    if _TOLD.match(clause.flat) and not clause.fields:
        return True
    about_me = _ABOUT_ME.match(clause.flat) and not clause.whens
    return bool(about_me) or is_remark(read_marks(clause))


_REPLIES: dict[str, Callable[[Scene], str]] = {
    "greeting": lambda scene: (
        f"Hello!{_open(scene)} Tell me what to do with your list, for example “{examples(scene)[0]}”."
    ),
    "thanks": lambda scene: "You're welcome!",
    "how": lambda scene: f"Fine, thanks, and ready to help.{_open(scene)}",
    "about": lambda scene: (
        f"I'm the assistant of your todo list: I read plain English, without a language model. {about_the_list(scene)}"
    ),
    "bye": lambda scene: "See you! Your list is safe.",
    "repeat": lambda scene: f"My last answer still stands above; nothing has changed since. {about_the_list(scene)}",
    "praise": lambda scene: "Good. Anything else for your list?",
}


def _open(scene: Scene) -> str:
    count = sum(not task.done for task in scene.tasks)
    return f" You have {count} open task{'s' if count != 1 else ''}." if scene.known else ""
