"""Questions about what stands within a task: "what's left under buy milk"."""

from ..context import Clause
from ..conversation.scene import Scene
from ..pattern import phrase
from ..types import Action, Interpretation
from .parents import SUBTASKS, UNDER, parent_of

_DONE = ("done", "finished", "completed", "ticked off", "checked off")
# Of no task that is known, the steps for something are a question for somebody else.
_SURELY = tuple(word for word in SUBTASKS if word not in {"steps", "checklist"})
_ALL = ("all", "everything", "every")
_ASKED = (
    phrase(
        r"(?:so |and |ok )*(?:show me |tell me |list )?(?:what|which|how much)"
        r"(?:'s|s| is| are| do i have| have i got| stuff is)?(?: there)?(?: still| all| else)*"
        r"(?P<state> left| open| to do| remaining| missing| not done| <done>)?"
        r"(?: to do| to be done)? (?:<under>) (?P<y>.+)$",
        done=_DONE,
        under=UNDER,
    ),
    phrase(
        r"(?:show|list|see|give|tell|get|read)(?: me| us)?(?: out)? (?P<state>all |everything |the |my |open |<done> )*"
        r"(?:<subtasks>|what is|what's|everything|tasks)(?: left| open)? (?:of|for|in|on|<under>) (?P<y>.+)$",
        done=_DONE,
        subtasks=SUBTASKS,
        under=UNDER,
    ),
    phrase(
        r"(?:what|which)(?: are| were)?(?: the| my)?(?P<state> open| <done>| remaining| left)? (?:<subtasks>)"
        r"(?: are| is)?(?: there| left| open| still)* (?:of|for|in|on|<under>) (?P<y>.+)$",
        done=_DONE,
        subtasks=SUBTASKS,
        under=UNDER,
    ),
    phrase(
        r"(?:what|which) (?:<subtasks>) (?:does|do|has) (?P<y>.+?)(?: have| got)(?P<state> left| open)?[.!? ]*$",
        subtasks=SUBTASKS,
    ),
)
_HOW_MANY = phrase(
    r"how many (?:open |more )?(?:<subtasks>|tasks|things|items|are)(?: are)?(?: still)?(?: there)?"
    r"(?P<state> left| open| <done>)?(?: to do)? (?:of|for|in|on|<under>) (?P<y>.+)$",
    done=_DONE,
    subtasks=SUBTASKS,
    under=UNDER,
)


def read_asked(message: Clause, scene: Scene) -> Interpretation | None:
    """What stands under a task: what is open unless the words say otherwise."""
    for pattern in (*_ASKED, _HOW_MANY):
        found = pattern.match(message.flat)
        sure = bool(found) and any(word in message.flat for word in _SURELY)
        parent = parent_of(message.group(found, "y"), scene, sure=sure) if found else None
        if not found or not parent:
            continue
        arguments: dict[str, object] = {"parent": parent.words}
        state = (found["state"] or "").strip()
        if state in _DONE:
            arguments["status"] = "done"
        elif state in _ALL:
            arguments["status"] = "all"
        if pattern is _HOW_MANY:
            arguments["count"] = True
        return Interpretation(actions=(Action(tool="list_tasks", arguments=arguments),), rules=("subtasks.ask",))
    return None
