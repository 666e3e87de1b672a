"""The words that ask for a new task: "add", "remind me to", "todo:"."""

import re

from ..marks import HIDDEN, Marks
from ..pattern import either, phrase
from ..replies.remarks import is_respite, is_trip
from ..words import additions as table
from ..words.nouns import LIST
from ..words.verbs import TASK_VERBS

TAIL = 90  # characters: where words behind the title are looked for; a longer look would cost time on long texts
_GAP = r"[\s\x00,]*+"
_BEFORE = r"(?:(?<![\s\x00,])[\s\x00,]++)?+"  # a gap, whole: "milk , to my list"
_LINK = rf"(?:{_GAP}(?:{either(table.LINK)})(?=[\s\x00:]|$):?|\s*[:-])?"
_DETERMINER = (
    r"(?:(?:me|a|an|and|another|one more|the|my|this|some|new|quick|up|in|repeating|recurring|daily|"
    r"weekly|follow up|please|regular) |\x00++ ?)*"
)
_MAKE_THING = phrase(
    rf"(?!(?:give|send|get) me (?:the|my) )(?:<make>) {_DETERMINER}(?:<thing>)s?(?![\w'-])"
    rf"(?: for me| for myself)?{_LINK}{_GAP}",
    make=table.MAKE,
    thing=table.THING,
)
# "make sure my alarm is set for six" wants one.
_SURE = phrase(
    r"(?:make|be) sure (?:that )?(?:my|the|an?|there is an?|there's an?) (?:alarm|reminder|notification)(?: clock)? "
    rf"(?:is |gets |goes )?(?:set|on|off)\b(?: (?:for|at|to)(?=[\s\x00]))?{_GAP}"
)
_REMIND = phrase(
    (
        rf"(?:<remind>)(?![\w'-])(?: (?:again|please|also))?[:,]?{_GAP}(?:(?P<link><link>)(?=[\s\x00:]|"
        rf"$))?:?{_GAP}(?:(?:that )?i (?:need|have|must|should) to )?"
    ),
    remind=table.REMIND,
    link=table.REMIND_LINK,
)
_MUST = phrase(rf"(?:<must>)(?! (?:not|no longer|never|be reminded) )(?=[\s\x00]){_GAP}(?:please )?", must=table.MUST)
_LABEL = phrase(rf"(?:<label>)(?: \x00++)?{_GAP}(?::|-(?=\s))\s*", label=table.LABEL)
_TODO = phrase(rf"(?:todo|to do|task|to-do) (?=(?:{either(TASK_VERBS)}) )")
_ADD = phrase(
    r"(?:add|jot down|write down|note down|put down|create task|add in|new:) (?:in )?(?:(?:that|the "
    rf"task|a task|task|to) )?{_GAP}"
)
_THIS = r"(?:(?:the|my|our|this|a|an|new|your|that|his|her) )*"
_LIST_FIRST = phrase(
    (
        rf"(?:add|put|include|insert|enter|save|write|note|please put) (?:on|to|in|into|onto) {_THIS}"
        rf"(?:<lists>)(?![\w'])(?: that| to|:)?{_GAP}|in {_THIS}(?:<lists>) (?:put|add|note|write)(?: that| to)?{_GAP}"
    ),
    lists=LIST,
)
_LIST_LAST = phrase(
    (
        rf"{_BEFORE}(?:(?:to|on|onto|in|into|for|with|from|of) {_THIS}(?:to do |current |shared |existing "
        r")*(?:<lists>|tasks|to-dos|todos|reminders)|as (?:a|an|my) (?:new )?(?:task|todo|to-do|reminder|"
        r"item|event))[\s\x00.!?,]*$"
    ),
    lists=LIST,
)
_TO_DO = phrase(rf"to (?=(?:{either(TASK_VERBS)}) )")  # "tomorrow at 9 to call the plumber"
_OFF = re.compile(r"[\s\x00]*+from\b")
_PUT = phrase(r"(?:<put>)(?! rid) (?:in |down |up )?(?:that )?", put=table.PUT)
_FILE = phrase(
    r"(?:put|throw|stick|include|enter|insert|place|pop|note|log|jot|append|chuck|toss|i need|we need|"
    r"need|save|slot) (?:in |down )?"
)
_NEED = phrase(
    r"(?:(?:i|we|i'll|we'll) (?:also |still |really |just )?need|need)(?: some| more| a few)? (?!to\b|"
    r"you\b|help\b|(?:more )?time\b|sleep\b|rest\b|advice\b|ideas\b|"
    r"an? (?:break|minute|moment|sec|second|hand|nap)\b|it\b|that\b|this\b|him\b|her\b|them\b|for\b|is\b)"
)
_WAKE = phrase(r"wake (?:me|us) up\b|i (?:want|need|have) to wake up\b|get me up\b")


def lead_end(marks: Marks) -> tuple[int, str]:
    """Where the title begins behind the words that ask for a task, and the rule that read them."""
    masked = marks.masked
    position, rule = 0, ""
    filed = any(item.kind == "project" and item.rule != "+project" for item in marks.fields)
    for _ in range(4):
        gap = re.compile(r"[\s\x00,:]*").match(masked, position)
        at = gap.end() if gap else position
        found, name = _one_lead(masked, at, filed=filed)
        if found is None or found.end() == at:
            break
        position, rule = _kept(found), rule or name
        if (
            name in ("add.verb", "add.must")
            and not _REMIND.match(masked, position)
            and not _MAKE_THING.match(masked, position)
            and not (name == "add.must" and _adds(masked, position, filed=filed))
        ):
            break
    return position, rule


def _adds(masked: str, at: int, *, filed: bool) -> bool:
    """ "i need to add eggs to my shopping list": where a list is named, the verb is no part of the title."""
    if not _ADD.match(masked, at) and not _PUT.match(masked, at):
        return False
    return filed or _LIST_LAST.search(masked, max(0, len(masked) - TAIL)) is not None


def _kept(found: re.Match[str]) -> int:
    """The end of a lead: some links belong to the title ("remind me when …")."""
    link = found.groupdict().get("link")
    if link and " ".join(link.split()) in table.KEPT_LINKS:
        return found.start("link")
    return found.end()


def _one_lead(masked: str, at: int, *, filed: bool) -> tuple[re.Match[str] | None, str]:
    for name, pattern in (
        ("add.wake", _WAKE),
        ("add.must", _MUST),
        ("add.make", _MAKE_THING),
        ("add.make", _SURE),
        ("add.list-first", _LIST_FIRST),
        ("add.label", _LABEL),
        ("add.remind", _REMIND),
    ):
        found = pattern.match(masked, at)
        if found and not (name == "add.must" and (is_trip(masked, at) or is_respite(masked, at))):
            return (re.compile(r"").match(masked, at), name) if name == "add.wake" else (found, name)
    if at and not masked[:at].strip(HIDDEN + " ,") and (found := _TO_DO.match(masked, at)):
        return found, "add.to"
    listed = _LIST_LAST.search(masked, max(0, len(masked) - TAIL))
    for name, pattern in (("add.verb", _ADD), ("add.todo", _TODO), ("add.need", _NEED), ("add.put", _PUT)):
        found = pattern.match(masked, at)
        if found and (
            name != "add.put"
            or (listed and listed.start() >= found.end() and not _OFF.match(listed.group()))
            or (filed and _FILE.match(masked, at))
        ):
            return found, name
    return None, ""
