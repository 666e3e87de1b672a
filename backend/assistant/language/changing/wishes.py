"""A change told as a wish or as news: "could the checkup be at 5 rather", "the vet got pushed back a week"."""

import re

from ..context import Clause
from ..conversation.scene import Scene
from ..marks import read_marks
from ..matching.names import name
from ..pattern import phrase
from ..types import Interpretation
from ..when import find_shift
from .change import Change, apply, bare_hour, of_marks

_RATHER = (
    r"(?:(?:i|we)(?:'d| would)? (?:rather|prefer|sooner)(?: that)?|(?:would|i'd) (?:like|prefer|rather|love)|"
    r"rather|prefer|"
    r"(?:it )?(?:would|might|will|'d) be (?:better|best|nicer|easier) to|(?:it's )?(?:better|best)(?: to| if we| "
    r"if i)?|"
    r"maybe|perhaps|why don't we|why not|shall we|should we|can we|could we|can i|could i|let's|lets|let us|"
    r"we should|we could|we can|i should|i could|i can|actually)"
)
_LEAD = phrase(rf"{_RATHER} (?P<verb>(?:do|have|make|move|put|see|schedule|hold|keep) )?(?=\S)")
_TAIL = phrase(r",? (?:instead|rather|if possible|if that's ok|if that works)(?: please)?[.!?]*$")
_COULD = phrase(
    r"(?:can|could|should|might|would|may) (?P<x>(?:the|my|our|that|this) .+?|[\w'-]+(?: [\w'-]+){0,2}?) "
    r"(?:be|happen|go|"
    r"start|move to|be moved to|be on|be at|take place|be changed to|be pushed to) (?P<value>.+?)[.!?]*$"
)
_SHOULD = phrase(
    r"(?P<x>.+?) (?:(?:would|could|might|should|will|'d) (?:be|work|fit|suit)(?: me)? (?:better|best|nicer)|"
    r"(?:is|are|works|fits|suits)(?: me)? (?:better|best)|(?:needs|has|have|need|wants) to (?:move|go|be moved|"
    r"be shifted|be "
    r"pushed|be changed|be rescheduled|be pushed back|shift)|should (?:move|go|be moved|happen)|had to (?:move|"
    r"be moved)) "
    r"(?:to )?(?P<value>.+?)[.!]*$"
)
_SHIFTED = phrase(
    r"(?P<x>(?!(?:text|tell|call|e-?mail|message|let|ask|warn|inform|write|remind)\b).+?) "
    r"(?:(?:is|are|was|were|got|has been|have been|gets|just got|needs to be|should be|can be|could "
    r"be|needs to|"
    r"should) )?(?:now )?(?P<how>pushed back|pushed|moved back|moved up|moved forward|moved|delayed|postponed|brought "
    r"forward|bumped|set back|shifted|put back|put off|starts|running|happening|move|be)(?: by| back| for)? "
    r"(?P<amount>(?:an?|half an?|"
    r"[\w-]+|a few|a couple of)(?: and a half)? (?:minute|min|hour|hr|day|week|month|year)s?)(?P<side> (?:later|"
    r"earlier|"
    r"sooner|early|late|back|ahead|behind))?[.!]*$"
)
_MAKE_IT = phrase(r"(?:make|set|change|have) (?P<x>it|that|this|them)(?: to| at| for| on| be)? (?P<value>.+?)[.!]*$")
_LINK = phrase(r"(?: (?:to be|to|be|being|is|happen|for|on|at|until|till|go|move))+$")
_BE = phrase(
    r"(?: (?:should|really|actually|just|now))* (?:should be|really be|actually be|just be|needs to be|has to be|"
    r"must be|will be|would be|is|are|was|to be|be)$"
)
_NO_NAME = re.compile(
    r"(?:an?|some|new|what|which|when|who|how|where|why|do|does|did|is|are|am|it|that|this|i|you|we|there|add|create|"
    r"new|"
    r"remind|show|list|"
    r"tell|nothing|something|anything|make it|do it|move it)\b"
)
_IT = ("it", "that", "this", "that one", "this one", "it all", "they", "those")
_THAT_ONE = re.compile(r"(?:the|my|our|that)\s")
_MOST_WORDS = 7


def read_wished(clause: Clause, scene: Scene) -> Interpretation | None:
    """The move that somebody wishes for or tells of; None where the words are none."""
    if not clause.short or len(clause.flat) > 160:
        return None
    return _should(clause, scene) or _rather(clause, scene) or _shifted(clause, scene) or _earlier(clause, scene)


def without_be(x: Clause) -> Clause:
    """ "the meeting should be": the name without the verb that its new date stood behind."""
    found = _BE.search(x.flat)
    return x.part(0, found.start()) if found else x


def _rather(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "I'd rather do the gym on friday", "the roofer on thursday at ten instead"."""
    lead, tail = _LEAD.match(clause.flat), _TAIL.search(clause.flat)
    rest = clause.part(lead.end() if lead else 0, tail.start() if tail else len(clause.flat))
    if not tail and not (lead and lead["verb"]) and not _determined(lead, rest):
        return None
    if tail and not lead and (verb := _VERB.match(rest.flat)):
        rest = rest.part(verb.end(), len(rest.flat))
    found = _split(rest)
    if not found or (
        not tail
        and lead
        and lead["verb"]
        and not (_is_shift(found[1]) or _strong(lead) or _made(lead["verb"], rest, scene))
    ):
        return None
    return _apply(*found, scene, "move.wish")


_VERB = phrase(r"(?:please )?(?:do|have|make|put|schedule|hold) ")
_STRONG = phrase(r".*\b(?:rather|prefer|better|best|sooner)\b")


def _strong(lead: re.Match[str]) -> bool:
    """Whether the lead compares with what was planned, rather than plans."""
    return bool(_STRONG.match(lead.group()))


def _made(verb: str, rest: Clause, scene: Scene) -> bool:
    """ "can we make the dentist thursday": of a task that is there; else it may be a cake."""
    return verb.strip().endswith(("make", "put")) and bool(scene.known) and bool(_THAT_ONE.match(rest.flat))


def _determined(lead: re.Match[str] | None, rest: Clause) -> bool:
    return bool(lead and _strong(lead) and _THAT_ONE.match(rest.flat))


def _is_shift(change: Change) -> bool:
    return change.shift is not None


def _split(rest: Clause) -> tuple[Clause, Change] | None:
    """The name, and the new date or the amount of time behind it."""
    shift = next(iter(find_shift(rest.literal)), None)
    if shift and shift.start and not rest.flat[shift.end :].strip(" .!?"):
        return rest.part(0, shift.start), Change(shift=shift.duration, rules=(shift.rule,))
    marks = read_marks(rest, eager=True)
    change = of_marks(marks)
    if not change.changes.keys() & {"due", "recurrence"} or not marks.whens or not marks.whens[0].start:
        return None
    if marks.words(marks.whens[0].start, len(marks.masked)):
        return None
    return rest.part(0, marks.whens[0].start), change


def _apply(x: Clause, change: Change, scene: Scene, rule: str) -> Interpretation | None:
    link = _LINK.search(x.flat)
    x = without_be(x.part(0, link.start()) if link else x)
    if not x.flat or _NO_NAME.match(x.flat) or len(x.flat.split()) > _MOST_WORDS:
        return None
    if scene.known and not any(item.targets for item in name(x, scene)):
        return None
    return apply(x, change, scene, rule)


def _earlier(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "do the report a day earlier", "make the dentist thursday"."""
    verb = _VERB.match(clause.flat)
    rest = clause.part(verb.end(), len(clause.flat)) if verb else None
    found = _split(rest) if rest else None
    if not verb or not rest or not found or not (_is_shift(found[1]) or _made(verb.group(), rest, scene)):
        return None
    return _apply(*found, scene, "move.wish")


def _should(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "could the checkup be at 5", "the review would be better on monday"."""
    made = bool(_MAKE_IT.match(clause.flat))
    found = _MAKE_IT.match(clause.flat) or _COULD.match(clause.flat) or _SHOULD.match(clause.flat)
    if not found:
        return None
    value = clause.group(found, "value")
    tail = _TAIL.search(value.flat)
    value = bare_hour(value.part(0, tail.start()) if tail else value)
    marks = read_marks(value, eager=True)
    change = of_marks(marks)
    if marks.words(0, len(marks.masked)) or not change.changes.keys() & {"due", "recurrence"}:
        shift = next(iter(find_shift(value.literal)), None)
        if not shift or shift.start or value.flat[shift.end :].strip(" .!?"):
            return None
        change = Change(shift=shift.duration, rules=(shift.rule,))
    x = clause.group(found, "x")
    made = made or (found.re is _COULD and x.flat in _IT)
    return apply(x, change, scene, "move.make-it") if made else _apply(x, change, scene, "move.wish")


def _shifted(clause: Clause, scene: Scene) -> Interpretation | None:
    """ "the vet appointment got pushed back a week"."""
    found = _SHIFTED.match(clause.flat)
    if not found or (found["how"] in ("starts", "running", "happening", "move", "be", "moved") and not found["side"]):
        return None
    shift = next(iter(find_shift(f"by {found['amount']}")), None)
    if not shift:
        return None
    early = found["how"] in ("moved up", "moved forward", "brought forward") or (found["side"] or "").strip() in (
        "earlier",
        "sooner",
        "early",
        "ahead",
    )
    change = Change(shift=f"-{shift.duration}" if early else shift.duration, rules=(shift.rule,))
    return _apply(clause.group(found, "x"), change, scene, "move.shifted")
