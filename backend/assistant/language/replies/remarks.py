"""Remarks: sentences that tell how something is or was, and ask for nothing ("the weather is lovely today")."""

import re

from ..marks import HIDDEN, Marks
from ..pattern import either, phrase
from ..when.words import TASK_VERBS as OTHER_VERBS
from ..when.words import WEEKDAYS
from ..words import talk as table
from ..words.verbs import NOT_PAST, PAST, TASK_VERBS

_DATE = "@"  # stands for all words that were read as a date
_HIDDEN = re.compile(rf"(?:(?<!\s)\s++)?{HIDDEN}[\s{HIDDEN}]*+")
_QUOTED = re.compile(r"[\"“”:]|\bx{3,}\b")
_CONTRACTED = (
    (re.compile(r"\bi'?m\b"), "i am"),
    (re.compile(r"\b(it|that|there|he|she)'?s\b"), r"\1 is"),
    (re.compile(r"\b(we|you|they)'re\b"), r"\1 are"),
    (re.compile(r"\bca(?:n't|nt|nnot)\b"), "can not"),
    (re.compile(r"\bwo(?:n't|nt)\b"), "will not"),
    (re.compile(r"\b(do|does|did|could|would|is|are|was|were|has|have)n'?t\b"), r"\1 not"),
    (re.compile(r"'ve\b|(?<=\bi)ve\b"), " have"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"\btoday'?s (?=been\b)"), f"{_DATE} "),
)
_DETERMINERS = frozenset(
    ("the", "my", "our", "your", "his", "her", "their", "its", "this", "these", "those", "some", "all", "every")
)
_MOST_SUBJECT = 7
_VERBS = TASK_VERBS | OTHER_VERBS
_TOLD_ALONE = frozenset(("had", "slept", "woke", "overslept"))
_FINITE = table.WERE | table.TOLD | table.TOLD_BY_PEOPLE | table.BEING | table.FORECASTS
_PERIOD = f"(?:{'|'.join(sorted(table.PERIODS))})"
_WISHED = r"have a (?:very )?(?:nice|good|great|lovely|wonderful|fantastic|happy|pleasant|relaxing)"
_EXCLAIMED = re.compile(rf"(?:(?:what|such) an? (?:[\w'-]+ ){{0,3}}?{_PERIOD}\b[^?]*|{_WISHED} {_PERIOD}[.!]*)$")


# "i'm going to lisbon next month" tells a plan: what stands behind is no verb.
_TRIP = phrase(
    rf"(?:(?:hey|so|and|ok|well),? )*(?:i'm|i am|im|we're|we are) going to "
    rf"(?!(?:{either({*_VERBS, *PAST.values()})})\b)[\w'-]+[\s\x00.!]*$"
)


# "im gonna grab lunch" tells what somebody does next; with a date it may be a plan to keep.
_RESPITE = phrase(
    r"(?:(?:hey|so|and|ok|well|brb),? )*(?:i'm|i am|im|we're|we are) (?:just )?(?:going to|gonna|about to|off to) "
    r"(?:go )?(?:(?:and )?(?:grab|get|have|eat|make|fetch) (?:myself |ourselves )?(?:a |an |some |my |the )?"
    r"(?:quick |cup of |bite of |bit of )?(?:lunch|dinner|breakfast|brunch|supper|coffee|tea|food|snack|bite|drink|"
    r"sandwich|pizza|sleep|rest|shower|break|nap)(?: to eat)?|"
    r"take (?:a |my )?(?:quick |short |little |long |coffee )?(?:nap|break|shower|bath|rest|walk)|"
    r"bed|sleep|eat|rest|lie down|nap|relax|crash|pass out|head out|head home|leave|cry|scream|be sick|be late)"
    r"(?:(?: right)? now|,? brb|,? bye|,? ttyl|,? be right back)?[\s.!]*$"
)


def is_respite(masked: str, start: int = 0) -> bool:
    """Whether the words, dates blanked out, only tell that somebody is about to eat, rest or leave."""
    return _RESPITE.match(masked, start) is not None


def is_trip(masked: str, start: int = 0) -> bool:
    """Whether the words, dates blanked out, only tell where somebody goes."""
    return HIDDEN in masked and _TRIP.match(masked, start) is not None


def is_exclamation(flat: str) -> bool:
    """ "what a day", "such a beautiful morning", "have a good weekend"."""
    return bool(_EXCLAIMED.match(flat))


def is_remark(marks: Marks) -> bool:
    """Whether the words, dates taken out, only tell something. Fields ("#home") say that a task is meant."""
    if marks.fields or _QUOTED.search(marks.clause.flat) or not marks.clause.short:
        return False
    words = _spelled_out(marks.masked)
    if is_respite(marks.masked):
        return True
    if _states_alone(words) or (is_trip(marks.masked) and "T" not in str(marks.when and marks.when.due)):
        return True
    for at in range(min(len(words), _MOST_SUBJECT)):
        verb, rest = _verb(words, at)
        if verb:
            return _tells(words[:at], verb, rest, marks)
    return False


def _spelled_out(masked: str) -> list[str]:
    """The words, contractions in full, each run of dates as one mark."""
    text = _HIDDEN.sub(f" {_DATE} ", masked)
    for pattern, full in _CONTRACTED:
        text = pattern.sub(full, text)
    return re.sub(r"[,.!;]+", " ", text).split()


def _states_alone(words: list[str]) -> bool:
    """ "so busy today", "long day today": nothing but states and a date."""
    said = [word for word in words if word != _DATE]
    return (
        len(said) < len(words)
        and any(word in table.STATES for word in said)
        and all(word in table.STATES or word in table.DEGREES or word in table.PERIODS for word in said)
    )


def _verb(words: list[str], at: int) -> tuple[str, list[str]]:
    """The finite verb at a place and the words behind it; empty where there is none."""
    pair = " ".join(words[at : at + 2])
    if pair in _FINITE:
        return pair, words[at + 2 :]
    if words[at] in _FINITE:
        return words[at], words[at + 1 :]
    if words[at : at + 1] == ["been"] and words[:at] == [_DATE]:  # "today's been crazy"
        return "has been", words[at + 1 :]
    people = at == 1 and words[0] in table.PEOPLE
    past = people and words[at].endswith("ed") and words[at] not in NOT_PAST
    return (words[at], words[at + 1 :]) if past else ("", [])


def _tells(before: list[str], verb: str, rest: list[str], marks: Marks) -> bool:
    """Whether a subject, a verb and what follows are a remark."""
    subject = [word for word in before if word != _DATE] or before[:1]
    if not subject:
        return verb in _TOLD_ALONE
    if not _is_subject(subject) or (verb in ("forgot", "did not", "do not") and rest[:1] == ["to"]):
        return False
    if verb in table.BEING:
        return _is_so(subject, verb, [word for word in rest if word != _DATE])
    if verb in table.FORECASTS:
        return subject == ["it"]
    if verb == "got" and marks.when:  # "I got an appointment at 4" is one to come
        return (
            rest[0] in ("up", "home", "back")
            or marks.when.past
            or marks.when.due == marks.clause.now.date().isoformat()
        )
    named = subject[0] in table.PEOPLE or subject == [_DATE]
    return verb in table.WERE or named or (verb in table.TOLD and subject[0] in _DETERMINERS) or verb == "had"


def _is_subject(words: list[str]) -> bool:
    """Whether the words can be what a sentence tells of, rather than "check if", "tell bob that" or a bare "the"."""
    if len(words) == 1 and (words[0] in table.PEOPLE or words[0] == _DATE):
        return True
    if any(word in table.CLAUSES for word in words):
        return False
    if words[0] in _DETERMINERS:
        return len(words) > 1
    return len(words) == 1 or (len(words) < 4 and words[0] not in _VERBS)


def names_thing(words: list[str]) -> bool:
    """Whether the words are a subject that is no person ("I", "they") and no date."""
    return _is_subject(words) and words[0] not in table.PEOPLE


def _is_so(subject: list[str], verb: str, rest: list[str]) -> bool:
    """Whether a form of "be" or "seem" tells: behind "it" nearly always; else where a state follows, or "not"."""
    if verb in ("has been", "have been") or rest[:1] == ["not"] or subject == ["you"]:
        return True
    if not rest or rest[0].endswith("ing") or all(word in WEEKDAYS for word in rest):
        return subject in (["it"], ["that"], ["this"], [_DATE]) or _is_state(rest)
    return _is_state(rest)


def _is_state(words: list[str]) -> bool:
    """ "really nice", "a very good day", "going to be busy"."""
    other = next((word for word in words if word not in table.DEGREES), "")
    return other in table.STATES
