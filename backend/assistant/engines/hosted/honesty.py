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
_SUBJECT = (
    r"(?:^|\b(?:i|i've|i have|we|we've|have|has|been|was|were|is now|are now|now|successfully|and)\s+(?:\w+ly\s+)?)"
)
_DENIED = re.compile(
    r"\b(?:not|never|nothing|no changes?|unable|could|would|should|shall|can|cannot|will|want|if|already|before|earlier"
    r"|yesterday|once|until|when|need to|let me)\b|n't\b",
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_ALL_DONE = re.compile(r"^\W*(?:all )?done\b(?! tasks)")
_QUOTED = re.compile(r"[\"\u201c]([^\"\u201c\u201d]{1,200})[\"\u201d]")
_COUNT = re.compile(r"\b(\d{1,4}) (?:\w+ )?(?:tasks|items|todos|things)\b")


def find_false_claim(text: str, changes: Sequence[Change]) -> bool:
    """Whether a sentence claims a kind of change, a task or a number of tasks that ``changes`` do not bear out."""
    return any(_is_false(sentence.strip(), changes) for sentence in _SENTENCE.findall(text))


def _is_false(sentence: str, changes: Sequence[Change]) -> bool:
    words = sentence.lower().replace("\u2019", "'")
    if sentence.endswith("?") or _DENIED.search(words):
        return False
    claimed = [kind for kind, verbs in _CLAIMS.items() if re.search(rf"{_SUBJECT}(?:{verbs})\b", words)]
    if not claimed:
        return bool(_ALL_DONE.match(words)) and not changes
    made = {change.kind for change in changes}
    if any(not made & {kind, *_ALSO.get(kind, ())} for kind in claimed):
        return True
    return _names_others(sentence, changes) or any(int(count) != len(changes) for count in _COUNT.findall(words))


def _names_others(sentence: str, changes: Sequence[Change]) -> bool:
    """A quoted name that no changed task has, before or after."""
    titles = {str(task["title"]).lower() for change in changes for task in (change.before, change.after) if task}
    return any(not any(name.lower().strip(" .,!") in title for title in titles) for name in _QUOTED.findall(sentence))
