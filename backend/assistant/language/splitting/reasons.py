"""The reason that people give with a command: "shift the report to monday, the client is away"."""

import re

from ..context import Clause
from ..pattern import phrase

_SUBJECT = r"(?:(?:the|my|our|his|her|that|this|some|all|no) )?[\w'-]+(?: [\w'-]+){0,2}?"
_FINITE = (
    r"(?:is|are|was|were|isn't|aren't|wasn't|weren't|can't|cannot|can not|can only|won't|couldn't|wouldn't|has|hasn't|"
    r"have|haven't|had|got|said|says|called|canceled|cancelled|moved|broke|quit|will|wants|needs|doesn't|does "
    r"not|didn't|"
    r"did|does|went|came|fell|changed|took|bought|booked|hates|left|sold|died|closes|closed|opens|comes|leaves|might|"
    r"already|just)"
)
_SHORT = (
    r"(?:im|its|hes|shes|theyre|thats|theres|youre|ive|weve|theyve|dont|cant|wont|(?:i|we|he|she|it|they|there|"
    r"that|you)"
    r"(?:'m|'re|'s|'ve|'ll|'d)|[\w-]+'s (?:not|out|sick|away|busy|ill|coming|"
    r"running|late|closed|gone|got|been|back|in|broken|full|down|over|too|still|never|[a-z]+ing)|"
    r"(?:my|our|the|his|her) [\w-]+'s (?:not|out|sick|acting|hurting|killing|being|going|all|[a-z]+ing)|"
    r"(?:i|we|he|she|they|it|you) (?!will|need|have to|want|should|must)[a-z]+)"
)
_NEWS = phrase(rf"(?:{_SHORT}|{_SUBJECT} {_FINITE})(?![\w'-])")
_BECAUSE = (
    r"(?:because of|because|since|cause|'cause|cuz|coz|bc|b/c|as|due to|seeing as|seeing that|now that|given that|"
    r"given)"
)
_BEHIND = phrase(
    rf"(?<=\S)(?:(?:,|;| -)+ (?P<news>{_SHORT}|{_SUBJECT} {_FINITE})|,? {_BECAUSE} (?P<because>\S)|"
    r"(?:,| -|;)+ (?P<have>(?:i |we |already )*(?:found|got|have|bought|don't need|no longer need) (?:some|one|"
    r"it|them|that|"
    r"enough|plenty))|"
    r" (?P<hurt>(?:my|our) [\w-]+(?: (?:hurts?|aches?|is|are|was|got|has|broke|died)|'s))|"
    r" (?P<rain>(?:it's|its|it is|i'm|i am|they're|we're|he's|she's) (?:going to|gonna|raining|too|so|not|"
    r"already|supposed|all|"
    r"sold|really|way)))(?![\w'-]).*$"
)
_BESIDE = phrase(
    r"(?<=\S)(?:,|;| -)+ (?:it|she|he|they|that|there|all|was|so)(?:'s| (?:is|was|were|are|took|went|looks|said|"
    r"says|had|"
    r"has|needed|liked|loved|will|got|turned|came|cost|feels|felt|good|easy|glad|happy|relieved))(?![\w'-]).*$"
)
_FRONT = phrase(rf"(?:(?:well|so|hey|ok|and),? )?{_BECAUSE} \S")
_COMMAND = phrase(
    r"(?<=[\s,])(?:please )?(?:can you |could you |let's |lets )?(?P<verb>move|push|postpone|reschedule|shift|"
    r"delay|cancel|"
    r"delete|remove|drop|bump|mark|change|make|skip|add|remind me|put|bring|set|snooze|reopen|take|get rid of|forget|"
    r"scratch|defer|swap|switch|cross|call off) "
)
_LONGEST = 200


def before_reason(clause: Clause) -> Clause | None:
    """The command in front of its reason; None where no reason stands behind it."""
    found = _BEHIND.search(clause.flat) if len(clause.flat) <= _LONGEST else None
    start = found.start() if found else 0
    return clause.part(0, start) if start and len(clause.flat[:start].split()) > 1 else None


def without_aside(clause: Clause) -> Clause | None:
    """What was told in front of a word about it: "called grandma, she's fine"; None where there is none."""
    found = _BESIDE.search(clause.flat) if len(clause.flat) <= _LONGEST else None
    start = found.start() if found else 0
    return clause.part(0, start) if start and len(clause.flat[:start].split()) > 1 else None


def behind_reason(clause: Clause) -> list[Clause]:
    """What may be the command behind a reason in front ("since it's raining move the picnic"): nearest first."""
    if len(clause.flat) > _LONGEST or not _FRONT.match(clause.flat):
        return []
    places = [found.start() for found in _COMMAND.finditer(clause.flat)][:4]
    return [clause.part(place, len(clause.flat)) for place in places]


def is_news(flat: str) -> bool:
    """Whether the words tell what somebody does or how something stands ("my boss is out")."""
    return len(flat) <= _LONGEST and bool(_NEWS.match(flat)) and not re.search(r"\b(?:is|are) due\b", flat)
