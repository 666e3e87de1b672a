"""The past of the list: put it back to a time, redo, and ask what changed.

Times are read as for tasks, and then backwards: a weekday, date or hour is the last one that has passed.
"""

import re
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from ..context import Clause
from ..pattern import either, phrase
from ..types import Action, Interpretation, When
from ..when.words import CARDINALS
from ..words.references import NUMBERS

_LIST = r"(?:(?:my|the|our|this) )?(?:(?:whole|entire|full) )?(?:(?:todo|to-do|task) )?list"
_ALL = rf"(?:{_LIST}|(?:(?:my|the|all|all my) )?(?:tasks|todos|everything|things|it all))"
_WAS = r" (?:it|they|things|everything|that) (?:was|were|looked|had been|stood)(?: (?:like|from|on|as of|of))?"
_HOW = rf"(?: back)?(?: to| as)?(?: (?:how|what|the way|where|as|the state))?{_WAS}"
# "put everything back to monday" moves what is due; the list itself can't be due
_PUT_BACK = phrase(
    rf"(?:(?:put|bring|set|turn|roll|take|change|return|reset) (?:back )?(?:{_ALL}{_HOW}|{_LIST} back(?: in time)? to)"
    r"|(?:restore|revert|rewind|roll ?back|bring back|take back)"
    rf" (?:{_ALL}{_HOW}|{_LIST}(?: back)? to|{_ALL}(?: back)? to))"
    r"(?: (?:from|on|as of))? "
)
_PLACE = rf"(?:\d{{1,2}}|{either(CARDINALS)})"
_GO_BACK = phrase(
    r"(?:(?:(?:go|roll|turn|jump|travel|step|wind) back|revert(?: back)?|roll ?back|restore)(?: in time)? to"
    rf"(?:(?: (?:how|what|the way|where|as))?{_WAS})?|rewind(?: in time)? to(?:(?: (?:how|what|the way|where|"
    rf"as))?{_WAS})?"
    rf"(?! (?:{_PLACE}(?::| ){_PLACE}|{_PLACE})[.!]*$)) "  # a place in a song
)
_SINCE_WHEN = phrase(
    r"(?:(?:undo|revert|reverse|roll back|take back) (?:everything|all of it|all(?: (?:of )?(?:(?:my|the) )?changes)?)"
    rf"|(?:restore|revert|reset|roll ?back) {_LIST}"
    rf"|put {_LIST} back(?: (?:to|as|how|the way)(?: it was)?)?)(?: please)?"
)
_ASK_WHEN = (
    "Back to when? Say, for example, “put my list back to how it was at 3pm”, or “undo everything since monday”."
)
_SINCE = phrase(
    r"(?:undo|revert|reverse|take back|roll back|rollback) (?:everything|anything|all|what|whatever)?"
    r"(?: ?(?:of )?(?:my |the |these )?changes)?(?: that)?(?: (?:i|you|we|i've|i have))?"
    r"(?: (?:did|changed|have done|done|made|happened|has happened|was changed|has changed))?"
    r" (?P<since>(?:in|of|from|during) the (?:last|past)|since|after|from) "
)
_TODAYS = phrase(
    r"(?:undo|revert|reverse|take back|roll back) (?:today's changes|all of today|everything (?:i did )?today)"
)
_REDO = phrase(
    r"(?:(?:ok|okay|no|please|actually|wait|oops),? )?(?:(?:redo|re-do)(?: (?:that|it|this|them|again|the undo"
    r"|the last (?:one|change|undo)|my last change|what (?:i|you) (?:just )?undid))?"
    r"|undo (?:the|that|my|your) (?:last )?undo|put (?:it|that|them) back again"
    r"|(?:ctrl|control|cmd)[ +-]?y|(?:ctrl|cmd)[ +-]?shift[ +-]?z)"
)
_REDO_SEVERAL = phrase(
    rf"redo (?:it |that )?(?:the last |the |last )?(?P<count>\d{{1,2}}|{either(NUMBERS)}|twice)"
    r"(?: (?:changes|times|steps|undos|things))?"
)
_CHANGED = phrase(
    r"(?:show (?:me )?|tell me |list )?(?:what|what all|everything|everything that|all that)"
    r"(?:'s| has| have| did| was| got)?"
    r"(?: (?:i|we|you))?(?: been)? (?:changed|change|edited)(?: (?:in|on|about) (?:my|the) (?:list|tasks))?"
)
_CHANGES = phrase(
    r"(?:show|list|see|view|what (?:are|were))(?: me)?(?: all)? (?:(?:my|the|all|recent|latest|last|all the) ){0,2}"
    r"(?:changes|change history|history of changes|edits)(?: (?:to|of|in|on) (?:my|the) (?:list|tasks))?"
)
_RECENT = phrase(rf"(?P<count>\d{{1,3}} |{either(NUMBERS)} |an? )?(?P<unit>minute|hour|day|week)s?")
_FROM = phrase(r" ?,?(?:since|after|from|in|on|for|of|during|made)? ?(?:the )?")
_SINCE_LEAD = re.compile(r"since|after")
_END = re.compile(r"[.!?\s]*")
MOST = 20


def read_history(clause: Clause) -> Interpretation | None:
    """``undo`` with a time, ``redo``, or ``list_changes``; None for anything else."""
    if not clause.short:
        return None
    return _read_redo(clause) or _read_return(clause) or _read_changes(clause)


def _read_redo(clause: Clause) -> Interpretation | None:
    several = _REDO_SEVERAL.match(clause.flat)
    if several and _ends(clause, several.end()):
        words = " ".join(several["count"].split())
        count = 2 if words == "twice" else int(words) if words.isdigit() else NUMBERS[words]
        return _act(Action(tool="redo"), "redo.several", min(count, MOST)) if count else None
    found = _REDO.match(clause.flat)
    return _act(Action(tool="redo"), "redo.last") if found and _ends(clause, found.end()) else None


def _read_return(clause: Clause) -> Interpretation | None:
    """To a day is to how that day left the list; since a day, to how it found it."""
    today = _TODAYS.match(clause.flat)
    if today and _ends(clause, today.end()):
        return _act(_undo_to(_day(clause.now)), "undo.to")
    for pattern in (_PUT_BACK, _GO_BACK, _SINCE):
        if not (found := pattern.match(clause.flat)):
            continue
        since = found.groupdict().get("since")
        if since and since.endswith(("last", "past")):
            moment = _recent(clause, found.end())
        else:
            moment = _moment(clause, found.end(), since=bool(since))
        if moment:
            return _act(_undo_to(moment), "undo.to")
    vague = _SINCE_WHEN.match(clause.flat)
    return Interpretation(reply=_ASK_WHEN, rules=("undo.when",)) if vague and _ends(clause, vague.end()) else None


def _read_changes(clause: Clause) -> Interpretation | None:
    found = _CHANGED.match(clause.flat) or _CHANGES.match(clause.flat)
    if not found:
        return None
    if _ends(clause, found.end()):
        return _act(Action(tool="list_changes"), "ask.changes")
    lead = _FROM.match(clause.flat, found.end())
    start = lead.end() if lead else found.end()
    when = _when(clause, start)
    if when is None:
        return None
    if _timed(when) or (lead and _SINCE_LEAD.search(lead[0])):
        moment = _moment(clause, start, since=True)
        return _list_changes(since=f"{moment:%Y-%m-%dT%H:%M}") if moment else None
    first, days = _days(when, clause.now)
    return _list_changes(since=f"{first:%Y-%m-%d}", until=f"{first + days:%Y-%m-%d}")


def _list_changes(**arguments: str) -> Interpretation:
    return _act(Action(tool="list_changes", arguments=dict(arguments)), "ask.changes")


def _when(clause: Clause, start: int) -> When | None:
    """The one time that the rest of the clause is."""
    rest = clause.part(start, len(clause.flat))
    if len(rest.whens) != 1:
        return None
    when = rest.whens[0]
    whole = when.start == 0 and _ends(rest, when.end)
    return when if whole and when.due and not when.recurrence and not when.problem else None


def _days(when: When, now: datetime) -> tuple[datetime, timedelta]:
    """The first day that the words name, and how many more they do."""
    first = datetime.fromisoformat(when.date_from or when.due or "")
    last = datetime.fromisoformat(when.date_to or when.date_from or when.due or "")
    return _backwards(when, first, now), last - first


def _moment(clause: Clause, start: int, *, since: bool) -> datetime | None:
    when = _when(clause, start)
    if when is None or not when.due:
        return None
    if _timed(when):
        return _backwards(when, datetime.fromisoformat(when.due), clause.now)
    first, days = _days(when, clause.now)
    if since or first == _day(clause.now):
        return first
    return min(first + days + timedelta(days=1), clause.now)


def _recent(clause: Clause, start: int) -> datetime | None:
    """ "in the last two hours"."""
    found = _RECENT.match(clause.flat, start)
    if not found or not _ends(clause, found.end()):
        return None
    words = " ".join((found["count"] or "1").split())
    count = int(words) if words.isdigit() else NUMBERS.get(words, 1)
    return (clause.now - timedelta(**{f"{found['unit']}s": count})).replace(second=0, microsecond=0)


def _backwards(when: When, moment: datetime, now: datetime) -> datetime:
    """The last such time that has passed; what names a year, or cannot have passed, stays."""
    if moment <= now:
        return moment
    if "weekday" in when.rule:
        return moment - timedelta(days=7)
    if "day of the month" in when.rule:
        return moment - relativedelta(months=1)
    if "month and day" in when.rule:
        return moment - relativedelta(years=1)
    return moment - timedelta(days=1) if when.rule in {"clock time", "named time"} else moment


def _timed(when: When) -> bool:
    return "T" in (when.due or "")


def _day(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def _ends(clause: Clause, end: int) -> bool:
    return bool(_END.fullmatch(clause.flat, end))


def _undo_to(moment: datetime) -> Action:
    return Action(tool="undo", arguments={"to": f"{moment:%Y-%m-%dT%H:%M}"})


def _act(action: Action, rule: str, count: int = 1) -> Interpretation:
    return Interpretation(actions=(action,) * count, rules=(rule,))
