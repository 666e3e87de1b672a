"""Whether a model's words claim changes that the journal does not have. Pure.

The check reads English and errs towards correcting: a correction states only what was committed, so it is true even
where the claim was none.
"""

import re
from collections.abc import Sequence

from backend.journal.values import Change

_CLAIMS = {
    "create": r"added|created|put|scheduled|noted(?: down)?|set up|saved|remembered",
    "update": r"moved|updated|changed|renamed|rescheduled|postponed|shifted|pushed|set|tagged|prioriti[sz]ed|edited",
    "complete": r"completed|finished|marked|ticked|checked off|crossed off",
    "delete": r"deleted|removed|cleared|erased|dropped|cancell?ed",
    "reopen": r"reopened|restored|unmarked",
    "undo": r"undone|undid|reverted|rolled back",
}
_ALSO = {"undo": {"create", "update", "complete", "delete", "reopen"}, "reopen": {"create"}, "complete": {"update"}}
_ALSO |= {"create": {"update"}, "delete": {"update"}}
_ACTOR = (
    r"(?:^(?:and |so |then |ok |okay |sure |great )*|\b(?:i|i've|i have|we|we've|we have|successfully)\s+)(?:\w+ly\s+)?"
)
_PASSIVE = r"(?<!you )\b(?:have|has|been|was|were|is now|are now|now)\s+(?:\w+ly\s+)?"
_HEADING = r"(?!\s+(?:tasks?|items?|todos?|this|last|today|on|since)\b)"
_DENIED = re.compile(
    r"\b(?:not|never|nothing|no changes?|unable|could|would|should|shall|can|cannot|will|want|if|already|before|earlier"
    r"|yesterday|once|until|when|which|who|to be|need to|let me)\b|n't\b",
)
_CLAUSE = re.compile(r"(?:[^.!?\n,;:\u2014]|(?<=\d)[.,:](?=\d))+[.!?]?")
_AND = re.compile(r"(?<!\s)\s++(?:and|but)\s++")
_ALL_DONE = re.compile(
    r"^\W*(?:all |it's |that's |it is |that is |consider it |everything is )?done\b(?! tasks)"
    r"|\btaken care of\b|\b(?:is|are) now on (?:your|the) list\b"
)
_QUOTED = re.compile(r"[\"\u201c]([^\"\u201c\u201d]{1,200})[\"\u201d]")
_COUNT = re.compile(r"\b(\d{1,4}) (?:\w+ )?(?:tasks|items|todos|things)\b")


def find_false_claim(text: str, changes: Sequence[Change], *, listed: bool = False) -> bool:
    """Whether a clause claims a kind of change, a task or a number of tasks that ``changes`` do not bear out.

    Where tasks were ``listed``, only what the speaker says of itself is a claim: "was completed" describes one of them.
    """
    return any(_is_false(line, changes, listed=listed) for line in text.splitlines())


def _is_false(line: str, changes: Sequence[Change], *, listed: bool) -> bool:
    made, claiming = {change.kind for change in changes}, False
    for clause in (part.strip() for whole in _CLAUSE.findall(line) for part in _AND.split(whole)):
        words = clause.lower().replace("\u2019", "'")
        if clause.endswith("?") or _DENIED.search(words):
            continue
        claimed = _claimed(words, listed=listed)
        if any(not made & {kind, *_ALSO.get(kind, ())} for kind in claimed) or (_ALL_DONE.search(words) and not made):
            return True
        # "I added one" goes on: "and two"
        claiming = claiming or bool(claimed)
        if claiming and (_names_others(clause, changes) or _counts_others(words, len(changes))):
            return True
        claiming = claiming and not clause.endswith((".", "!"))
    return False


def _claimed(words: str, *, listed: bool) -> list[str]:
    subject = _ACTOR if listed else f"(?:{_ACTOR}|{_PASSIVE})"
    return [kind for kind, verbs in _CLAIMS.items() if re.search(rf"{subject}(?:{verbs})\b{_HEADING}", words)]


def _counts_others(words: str, number: int) -> bool:
    return any(int(count) != number for count in _COUNT.findall(words))


def _names_others(sentence: str, changes: Sequence[Change]) -> bool:
    """A quoted name that no changed task has, before or after."""
    titles = {str(task["title"]).lower() for change in changes for task in (change.before, change.after) if task}
    return any(not any(name.lower().strip(" .,!") in title for title in titles) for name in _QUOTED.findall(sentence))
