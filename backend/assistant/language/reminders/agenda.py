"""Questions about what will come: "what will you remind me of today?"."""

from ..context import Clause
from ..pattern import phrase
from ..types import Action, Arguments, Interpretation
from .words import REMINDERS

_WILL = phrase(
    r"(?:(?:and|so|ok|okay|please),? )*(?:(?:tell|show) me )?(?:what|which(?: tasks| things)?|when|"
    r"at what time) (?:all )?"
    r"(?:will|are|would|do) you (?:be )?(?:going to |gonna )?(?:remind(?:ing)?|notify(?:ing)?|alert(?:ing)?|"
    r"ping(?:ing)?|nag(?:ging)?)"
    r" me(?: (?:of|about|to do|for))?(?P<rest>.*)$"
)
_NEXT = phrase(
    r"(?:(?:and|so|ok|okay|please),? )*(?:what's|what is|when's|when is|show me|show|tell me) (?:my |"
    r"the )?next (?:reminder|notification|alert)"
    r"(?P<rest>.*)$"
)
_UPCOMING = phrase(
    r"(?:(?:and|so|ok|okay|please),? )*(?:show(?: me)?|list|what|which|are there(?: any)?|"
    r"do i have(?: any)?) ?(?:my |the |all )?"
    r"(?:upcoming |coming |pending |scheduled )(?:<words>)(?P<rest>.*)$|"
    r"(?:which|what) (?:<words>) (?:are|will be) (?:coming(?: up)?|going to come|sent|scheduled|"
    r"pending)(?P<tail>.*)$",
    words=REMINDERS,
)


def read_coming(clause: Clause) -> Interpretation | None:
    """What will be reminded of, in the days that were named."""
    found = _WILL.match(clause.flat) or _NEXT.match(clause.flat) or _UPCOMING.match(clause.flat)
    if not found:
        return None
    when = next(iter(clause.whens), None)
    arguments: Arguments = {}
    if when and (when.date_from or when.due):
        arguments["since"] = when.date_from or str(when.due)[:10]
        arguments["until"] = when.date_to or str(when.due)[:10]
    return Interpretation(actions=(Action(tool="list_reminders", arguments=arguments),), rules=("reminders.coming",))
