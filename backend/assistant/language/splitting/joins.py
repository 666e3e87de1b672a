"""Soft seams: ", and", "and then", "and to": they part two commands only where each side is one of its own."""

import re
from dataclasses import replace

from ..context import LONGEST_COMMAND, Clause
from ..normalise import opening_end
from ..pattern import phrase
from ..when.words import OUTINGS, PRACTITIONERS, REFRESHMENTS
from ..words.starts import CHANGING, EXPLICIT, SOFT
from ..words.verbs import (
    BACK_REFERENCES,
    CONTACTING,
    DEPENDENT_VERBS,
    LEADING_VERBS,
    NOUN_VERBS,
    OBJECT_LEADS,
    PAST,
    TASK_VERBS,
)
from .lines import inside_quotes
from .topics import is_topic
from .wordings import is_worded

_SEAM = re.compile(
    r"(?:(?<!\s)\s++)?(?:(?:,|\s-)\s*+(?:and|then|plus|also|now|so|but|oh|&|n)"
    r"(?:,?\s++(?:and|then|also|please|pls|finally|oh|um|now|btw)\b,?){0,3}\s++|"
    r"(?<=\s)(?:and|then|plus|also|so|n|\+|&)"
    r"(?:,?\s++(?:and|then|also|please|pls|finally|oh|um|now|btw)\b,?){0,3}\s++|,\s++)"
)
_EXPLICIT = phrase(r"(?:please )?(?P<word><words>)(?![\w'-])", words=EXPLICIT)
_CHANGING = phrase(r"(?:please )?(?:<words>)(?![\w'-])", words=CHANGING)
_LEAD = phrase(
    r"(?:(?:please |can you |could you )*(?:remind me|remember|don't (?:let me )?forget|i (?:also |"
    r"really )?(?:need|have|want|ought)|i've got|i must|i should|add(?: tasks?)?|need|have|todo|make "
    r"sure)[\s:]+(?:(?:tasks?|to|a|i)[\s:]++)*)?"
)
_COMPLETE_CHANGE = re.compile(r"\b(?:to|by|as|from|off|done|finished|completed|complete|priority|until|till)\b")
_FIELDS = re.compile(r"(?<!\s)(?:\s++(?:#[\w-]++|p[1-4]\b|!++)){1,8}$")
# Behind a date, it asks for a task of the words in front: "the check is on 12/11, don't forget that".
ASIDE = phrase(
    r"(?:(?:and|so|please) )*(?:(?:i )?(?:don't|do not|never|can't|cannot|must not|mustn't|shouldn't) (?:let me "
    r")?forget|"
    r"remember|note|remind me|keep(?= it| that| this)|write(?= it| that| this)|jot(?= it| that| this)|make a note|"
    r"put(?= it| that| this)|save|log)(?: (?:it|that|this|about it|about that|about this|of it|of that|of this|in mind|"
    r"down|in|on|somewhere|"
    r"in (?:the|my) (?:calendar|list|diary|planner)|on (?:the|my) (?:calendar|list|agenda|planner)|please|ok|"
    r"okay))*[.!]*"
)
# A question about the list, behind another command: "… and show me my list", "… and tell me whats left today".
_ASKED = phrase(
    r"(?:show|tell|read|give)(?: me)? (?:my |the |all |everything|(?:a )?list|what(?:'s|s| is| i| do| else| all)|"
    r"how many|which|"
    r"when)"
)
_WORD = re.compile(r"[\w'-]+")
_MOST_PARTS = 200  # of one line
_AHEAD = 100  # characters behind a seam that tell whether a command begins there
_CHANGE_IT = re.compile(
    r"(?:check|tick|cross|make|set|mark|tag|move|flag|prioriti[sz]e|put|postpone|file|rename|call)\s+(?:it|that|"
    r"this)\s+(?:off|done|complete|completed|finished|\d\S*|\S*(?:priority|urgent|important|high|low|medium|due|"
    r"every|daily|weekly|monthly|for|to|"
    r"as|with|under|#|p\d))|(?:tag|rename|call|file|postpone|prioriti[sz]e)\s+(?:it|that|this)\b"
)
# A rhythm told behind a task: "call dad about the party, repeat it weekly".
_REPEATED = phrase(
    r"(?:(?:it|that|which) )?(?:repeat|repeats|repeating|repeated|recurring|recurs)(?: it| that| this)?(?: on)? "
)
_NEEDING = re.compile(r"(?:(?:i|we)\s+)?(?:also\s+|still\s+)?need\s+(?!to\b)")
# Said of all that stands in front: "pack bedroom and pack garage, both in move".
_FILED = phrase(
    r"(?<=\S), (?:both|all|all of them|all three|all of those) (?:in|on|to|under|into|for) (?:the |my |our )?"
    r"(?P<place>[\w'-]+(?: [\w'-]+)?(?: list| project)?)[.!]*$"
)
_MORE = re.compile(r"(?:,|(?<=\s)and)\s+(?:and\s+)?(?P<verb>[a-z]+)\s+\w")
_FINISHED = phrase(
    r"(?:(?:i|i've|we|already|just|ok|finally) )*(?:did|finished|completed|done with|knocked out|wrapped up) "
)
_REMOVE_IT = re.compile(
    r"(?:please )?(?:delete|remove|cancel|erase|drop|scrap|discard)\s+(?:it|that|this|them|those)[.!]*"
)
_DONE = re.compile(r"^\w[\w' -]{1,40}\s(?:done|finished|completed|sorted|paid|handled)[.! ]*$")
# A change whose verb is said once for two: "move the dentist to monday and the haircut to tuesday".
_MOVING = phrase(
    r"(?:please )?(?P<verb>move|push|reschedule|postpone|shift|bump|delay|change|rename|mark|set|defer|snooze) "
    r"(?P<x>.+?)"
    r"(?P<link> (?:to|until|till|as|by)) (?P<value>.+)$"
)
_REMOVING = re.compile(r"(?:please )?(?:delete|remove|cancel|reopen|erase)\b")
_ADDING = phrase(
    r"(?:(?:please|can you|could you) )*(?:add|create)(?! (?:a |an |the )?(?:note|subtask|reminder|comment))\s"
)
_TO_DO = re.compile(r"\bto\s+[a-z]+\s+\w")
_TO = re.compile(r"(?:please )?to\s+")
_REMINDING = re.compile(
    r"^\W*(?:please\s+)?(?:remind me|i (?:also |really )?(?:need|have) to|i must|i should|don't (?:let "
    r"me )?forget|remember to)\b"
)


def split(clause: Clause) -> list[Clause]:
    """The commands that a piece without hard seams holds."""
    if (filed := _FILED.search(clause.flat)) and filed.start():
        place = (clause.group(filed, "place"),)
        return [replace(part, shared=part.shared or place) for part in split(clause.part(0, filed.start()))]
    found: list[Clause] = []
    position, carried = opening_end(clause.flat), ""
    if is_topic(clause) or is_worded(clause):
        return [clause]
    for seam in _SEAM.finditer(clause.flat):
        if seam.start() - position > LONGEST_COMMAND or len(found) > _MOST_PARTS:
            break  # a note, whose words are no commands
        if seam.start() <= position or inside_quotes(clause.flat, seam.start()) or _in_when(clause, seam):
            continue
        left, right = (
            clause.part(position, seam.start()),
            clause.part(seam.end(), min(len(clause.flat), seam.end() + _AHEAD)),
        )
        parts = _parts(left, right, seam.group())
        if not parts and (moving := _moved_too(left, right)):
            found.append(replace(left, verb=carried))
            prefix = f"{moving} "
            rest = clause.part(seam.end(), len(clause.flat))
            return [*found, *split(_prefixed(rest, prefix))]
        if parts or _same_verb(left, right):
            verb = "" if parts else _verb_of(left, right)
            found.append(replace(left, verb=carried))
            carried = verb
            position = seam.end() + (len(to.group()) if (to := _TO.match(right.flat)) else 0)
    found.append(replace(clause.part(position, len(clause.flat)), verb=carried))
    return _share(clause, [part for part in found if part.flat])


def _moved_too(left: Clause, right: Clause) -> str:
    """The verb of the change that the right side goes on with; empty where it does not."""
    first = _MOVING.match(left.flat)
    second = _MOVING.match(f"move {right.flat}") if first else None
    if not first or not second or _EXPLICIT.match(right.flat) or first["link"] != second["link"]:
        return ""
    return first["verb"] if len(second["x"].split()) <= 5 and second["x"].split()[0] not in TASK_VERBS else ""


def _prefixed(clause: Clause, prefix: str) -> Clause:
    """The clause with words of another in front; its own keep their offsets."""
    return replace(
        clause,
        text=prefix + clause.text,
        flat=prefix + clause.flat,
        literal=prefix + clause.literal,
        start=clause.start - len(prefix),
    )


def _in_when(clause: Clause, seam: re.Match[str]) -> bool:
    """Whether the seam stands inside a date: "every monday and thursday"."""
    return any(when.start <= seam.start() and seam.end() <= when.end for when in clause.whens)


def _parts(left: Clause, right: Clause, seam: str) -> bool:
    """Whether a seam parts two commands."""
    words = _WORD.findall(right.flat)
    if not words or not left.flat or ASIDE.fullmatch(right.flat) or _repeats(right):
        return False
    if right.whens and right.whens[0].start == 0 and _TO.match(right.flat[right.whens[0].end :].lstrip(" ,")):
        return bool(_REMINDING.match(left.flat)) and bool(_TO_DO.search(left.flat))
    if (plain := _told_parts(left, right, words)) is not None:
        return plain
    explicit = _EXPLICIT.match(right.flat)
    word = " ".join(explicit["word"].split()) if explicit else ""
    if word and word not in SOFT:
        return _is_command(left) and len(words) > len(word.split())
    if word == "to":
        return len(words) > 2 and bool(_REMINDING.match(left.flat))
    return (
        _soft_parts(left, right, word) if word and _is_soft(left, right, word) else _two_tasks(left, right, words, seam)
    )


def _repeats(right: Clause) -> bool:
    """Whether the words say how often the task before them comes round, and nothing else."""
    lead = _REPEATED.match(right.flat)
    rest = right.part(lead.end(), len(right.flat)) if lead else right
    when = rest.whens[0] if lead and rest.whens else None
    return bool(when and when.recurrence and not when.start)


def _told_parts(left: Clause, right: Clause, words: list[str]) -> bool | None:
    """As ``_parts``, where the right side points back at the left or both tell what is done; None elsewhere."""
    if _REMOVE_IT.fullmatch(right.flat) and _begins_with_verb(left) and not _CHANGING.match(left.flat):
        return False  # "open the lid and remove it"
    if _CHANGE_IT.match(right.flat):
        return _is_command(left)
    if _DONE.search(left.flat) and _DONE.search(right.flat):
        return True
    told = _FINISHED.match(left.flat) and (words[0] in PAST or words[0].endswith("ed")) and len(words) > 1
    return True if told else None


def _is_soft(left: Clause, right: Clause, word: str) -> bool:
    """Whether a word that may carry on the task's own words ("set the table") begins a command after all, or stands
    behind a change, where it is judged by both sides."""
    marks = word in ("mark", "check off", "change", "tag", "complete") and _COMPLETE_CHANGE.search(right.flat)
    removed = word == "complete" and _REMOVING.match(left.flat)
    return bool(marks or removed or _ASKED.match(right.flat) or _CHANGING.match(left.flat))


def _soft_parts(left: Clause, right: Clause, word: str) -> bool:
    changing = _CHANGING.match(left.flat)
    if not changing or _ASKED.match(right.flat) or (word == "complete" and _REMOVING.match(left.flat)):
        return _is_command(left)
    both = _COMPLETE_CHANGE.search(left.flat) and _COMPLETE_CHANGE.search(right.flat)
    return bool(both) or word in ("show", "show me", "what", "what is", "mark")


def _two_tasks(left: Clause, right: Clause, words: list[str], seam: str) -> bool:
    """Whether both sides begin with a task's verb and have something to act on."""
    changing = _CHANGING.match(left.flat)
    if not changing and "," in seam and _is_outing(right):
        return _begins_with_verb(left)
    if words[0] not in TASK_VERBS or len(words) < 2 or words[1] in BACK_REFERENCES or BACK_REFERENCES & set(words[1:]):
        return False
    if changing and len(words) > 2 and "and" in seam and not right.whens:
        named = _WORD.findall(left.flat[changing.end() :])
        return len(named) > 1 and named[0] in ("the", "my", "our")
    if changing:
        return bool(right.whens) and bool(_COMPLETE_CHANGE.search(left.flat)) and "and" in seam
    said = _said(left)
    if _ADDING.match(left.flat) and said and said[0] not in LEADING_VERBS and _is_added_too(words):
        return True
    if not _begins_with_verb(left):
        return len(said) > 1 and bool(left.whens or (right.whens and _NEEDING.match(left.flat)))
    if "then" in seam:
        return True
    dependent = words[0] in DEPENDENT_VERBS and not right.whens and not _goes_on(words[0], right)
    return not dependent and not (said[0] in LEADING_VERBS and not left.whens)


def _is_added_too(words: list[str]) -> bool:
    """Whether what follows "add bread and" is to be done, and not to be bought: "water the garden", "call mom"."""
    if words[0] in DEPENDENT_VERBS or words[1] in ("to", "on", "in", "for", "at", "and", "from", "of", "with"):
        return False
    return words[0] not in NOUN_VERBS or words[1] in OBJECT_LEADS


def _goes_on(verb: str, right: Clause) -> bool:
    """Whether a third thing to do follows: "book flights and find a hotel and renew my passport"."""
    more = _MORE.search(right.flat) if verb not in CONTACTING | {"discuss", "say", "let", "talk", "thank"} else None
    return bool(more) and (more["verb"] if more else "") in TASK_VERBS - DEPENDENT_VERBS


def _said(left: Clause) -> list[str]:
    lead = _LEAD.match(left.flat)
    return _WORD.findall(left.flat[lead.end() :] if lead else left.flat)


def _begins_with_verb(left: Clause) -> bool:
    said = _said(left)
    return len(said) > 1 and said[0] in TASK_VERBS


def _goes_to(right: Clause) -> str:
    """The noun before the date that the right side begins with: "team meeting tuesday at 10", "dentist friday"."""
    words = _WORD.findall(right.flat[: right.whens[0].start]) if right.whens else []
    return words[-1] if 0 < len(words) <= 3 else ""


def _is_outing(right: Clause) -> bool:
    """Whether it names an appointment; what can be bought too ("coffee") is one at a time of day only."""
    noun = _goes_to(right)
    timed = bool(right.whens and right.whens[0].due and "T" in right.whens[0].due)
    return noun in PRACTITIONERS or (noun in OUTINGS and (timed or noun not in REFRESHMENTS))


def _same_verb(left: Clause, right: Clause) -> bool:
    """ "call mom at 5 and dad at 6": each side ends with its own time."""
    if (
        not right.whens
        or right.whens[0].start < 2
        or _CHANGING.match(left.flat)
        or not left.whens
        or (left.whens[0].start < 2 and not _day_and_time(left))
    ):
        return False
    words = _WORD.findall(right.flat[: right.whens[0].start])
    return (
        left.whens[-1].end >= len(_FIELDS.sub("", left.flat)) - 1
        and 0 < len(words) <= 4
        and words[0] not in BACK_REFERENCES
        and not words[0].isdigit()
        and words[0] not in ("then", "until", "again", "to", "from")
    )


def _day_and_time(left: Clause) -> bool:
    """Whether the left side begins with a day and ends with a time: "tomorrow gym at 7"."""
    return len(left.whens) == 2 and "T" not in str(left.whens[0].due) and "T" in str(left.whens[1].due)


def _verb_of(left: Clause, right: Clause) -> str:
    """The verb that the right side goes on with, if the left begins with one that says what to do, and to it."""
    lead = _LEAD.match(left.flat)
    said = left.flat[lead.end() if lead else 0 : left.whens[0].start if left.whens and left.whens[0].start else None]
    words = left.text[lead.end() if lead else 0 :].split()
    verb = words[0].lower() if len(said.split()) > 1 else ""
    noun = _goes_to(right)
    if noun in OUTINGS or (noun in PRACTITIONERS and verb not in CONTACTING):
        return ""
    return words[0] if verb in TASK_VERBS - {"schedule", "add", "set", "book", "remind"} else ""


def _is_command(left: Clause) -> bool:
    words = _WORD.findall(left.flat)
    return len(words) > 1 or bool(words and words[0] in ("undo", "hi", "hello", "hey", "thanks"))


def _only_time(part: Clause) -> bool:
    return len(part.whens) == 1 and part.whens[0].rule in ("clock time", "named time", "part of the day")


def _share(clause: Clause, parts: list[Clause]) -> list[Clause]:
    """What one command says for all: a date in front ("tomorrow buy milk and call mom"), or behind "remind me to"."""
    if len(parts) < 2:
        return parts
    first = parts[0]
    if first.whens and first.whens[0].start == 0 and not any(part.whens for part in parts[1:]):
        lead = first.part(0, first.whens[0].end)
        return [first, *(replace(part, shared=(lead,)) for part in parts[1:])]
    if _day_and_time(first) and first.whens[0].start == 0 and all(_only_time(part) for part in parts[1:]):
        day = f"{first.flat[: first.whens[0].end]} "
        return [first, *(_prefixed(part, day) for part in parts[1:])]
    last = parts[-1]
    if (
        _REMINDING.match(clause.flat)
        and last.whens
        and last.whens[-1].end >= len(last.flat.rstrip(" .!?"))
        and not any(part.whens for part in parts[:-1])
        and not any(_EXPLICIT.match(part.flat) for part in parts[1:])
    ):
        tail = last.part(last.whens[-1].start, last.whens[-1].end)
        return [*(replace(part, shared=(tail,)) for part in parts[:-1]), last]
    return parts
