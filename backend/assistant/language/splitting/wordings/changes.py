"""Moves, other changes and additions, told as news or in another order."""

from ...pattern import either
from ...words.verbs import TASK_VERBS
from .phrase import of

_NO_THINGS = TASK_VERBS | {
    "it", "that", "this", "them", "those", "these", "i", "we", "he", "she", "they", "you", "make", "move", "push",
    "then", "an", "a", "one", "two", "three", "four", "five", "six", "half", "show", "what", "and", "maybe", "or",
}  # fmt: skip
_AMOUNT = r"(?:an?|one|two|three|four|five|six|half an|a half|a couple of|\d+) (?:minute|min|hour|hr|day|week|month)s?"
_PROJECT = r"(?:(?:[\w'-]+ ){1,3}project|project (?:called |named )?[\w'-]+(?: [\w'-]+){0,2})"
_MOVING = r"(?:move|push|postpone|reschedule|shift|delay|bump|change|bring)"
_MOVED = r"(?:moved|changed|shifted|switched|rescheduled|postponed|bumped|pushed)(?: back| forward| out| up)?"

CHANGES = (
    # A list is what its tasks say: "create a grocery list with milk and eggs".
    of(
        "list with|list containing|list including|list:",
        r"(?:(?:can you|could you|please|i want to|i need to|let's) )*(?:create|make|start|begin|write|build|set up)"
        r"(?: me| us)? (?:(?:a|an|the|my|our|new) )*(?P<y>[\w'-]+) list(?: with| containing| including|:) (?P<x>.+)",
        "add {x} to the {y} list",
        "add.",
    ),
    # Out of a project: the task stays. "Take milk off the list" deletes it.
    of(
        "out of",
        rf"move (?P<x>[^,;]+?) out of (?:(?:the|my|our) )*(?:[\w'-]+ list|{_PROJECT})",
        "clear the project of {x}",
        "edit.",
    ),
    of(
        "out of|from",
        rf"(?:take|pull|remove|get) (?P<x>[^,;]+?) (?:out of|from) (?:(?:the|my|our) )*(?P<p>{_PROJECT})",
        "clear the project of {x} in {p}",
        "edit.",
    ),
    # Moves.
    of("→|->|=>|-->", r"(?P<x>[^→>:]{2,60}?) ?(?:→|-+>|=+>) ?(?P<v>[^→>]+?)", "move {x} to {v}", "move."),
    of(
        "moved|changed|shifted|switched|rescheduled|postponed|bumped|pushed",
        r"(?P<x>(?!i\b|we\b|she\b|he\b|they\b|you\b|it\b|got\b|have\b|just\b|already\b|who\b|what\b)(?:(?:the|my|"
        r"our) )?"
        rf"[\w'-]+(?: (?!to\b)[\w'-]+){{0,3}}?)(?: (?:has|have|is|was|got|just got|just))?(?: (?:been|now))? {_MOVED} "
        r"(?:to|until|till) (?P<v>[^,;]+?)(?: now| instead|,? (?:at )?(?:the )?same time)?",
        "move {x} to {v}",
        "move.to",
    ),
    of(
        "asked|asks|wants|wanted|needs|likes",
        rf"(?:[\w'-]+ ){{1,3}}(?:asked|asks|wants|wanted|needs|would like)(?: me| us)? (?:to|if we (?:can|could)|"
        rf"whether we "
        rf"(?:can|could)|for us to) (?P<c>{_MOVING} .+? (?:to|until|by|back|forward|later|earlier)\b.*)",
        "{c}",
        "move.",
    ),
    of("resched", r"(?:resched|re-sched) (?P<x>.+?)", "reschedule {x}", "move."),
    of(
        "later for|earlier for|sooner for",
        rf"(?P<a>{_AMOUNT} (?:later|earlier|sooner)) for (?P<x>.+?)",
        "move {x} {a}",
        "move.",
    ),
    of(
        "later|earlier|sooner",
        rf"(?P<x>(?:(?:the|my|our) )?(?!(?:{either(_NO_THINGS)})\b)[\w'-]+(?: [\w'-]+){{0,2}}?) "
        rf"(?:(?:is|starts|will be|should be|begins) )?(?P<a>{_AMOUNT} (?:later|earlier|sooner))"
        r"(?: please| pls| instead| today| tomorrow| this week| now)?",
        "move {x} {a}",
        "move.",
    ),
    of(
        "later|earlier|sooner",
        r"(?:start|begin|hold|set|schedule|finish) (?P<x>(?:the|my|our) [^,;]+?) (?P<a>"
        rf"{_AMOUNT} (?:later|earlier|sooner))",
        "move {x} {a}",
        "move.",
    ),
    of(
        "deadline|due date",
        r"(?:add|set|put|give) (?:a |the )?(?:deadline|due date) (?:to|for|on) (?P<x>[^,:;]+?)(?:,|:| -)+ (?P<v>.+?)",
        "set the deadline of {x} to {v}",
        "move.",
    ),
    of(
        "as due",
        r"(?:mark|set|flag) (?P<x>.+?) as due (?:on |by |at |for )?(?P<v>.+?)",
        "set the due date of {x} to {v}",
        "move.",
    ),
    of(
        "after|following",
        r"(?:move|push|postpone|shift|bump|delay) (?P<x>.+?) (?:to|till|until) the (?:(?P<u>day|week|month) after(?: "
        r"that)?|"
        r"following (?P<v>day|week|month))",
        "move {x} by a {u}{v}",
        "move.by",
    ),
    of(
        "before|previous",
        r"(?:move|push|shift|bring) (?P<x>.+?) to the (?:(?P<u>day|week|month) before(?: that)?|previous (?P<v>day|"
        r"week|"
        r"month))",
        "move {x} a {u}{v} earlier",
        "move.by",
    ),
    of(
        "make it|have it|do it|set it|put it",
        r"(?:(?:ok|okay|oh|and|so|hey|also),? )*(?P<x>(?:the|my|our|that) [^,;:.]{2,40}?)(?: thing)?(?:,|;| -)+ "
        r"(?:(?:can you|"
        r"could you|let's|please|just) )*(?:make|have|do|set|put) it(?: at| to| on| for| be)? (?P<v>[^,;]+?)(?: "
        r"instead| "
        r"rather| then| please)?",
        "move {x} to {v}",
        "move.",
    ),
    of(
        "let's|lets",
        r"(?P<x>(?:the|my|our) [^,;:.]{2,40}?)(?:,|;| -)? (?:let's|lets) (?:do|make|have|say|go with|try)(?: it)?"
        r"(?: at| on| for)? (?P<v>[^,;]+?)(?: instead| rather| then| please)?",
        "move {x} to {v}",
        "move.",
    ),
    of(
        "should be|should go|needs to be|has to be|must be",
        r"(?P<x>(?:the|my|our|that) [^,;]+?) (?:should|needs to|has to|must) (?:be|go) (?:on|in|under) (?:the|my|our) "
        r"(?P<v>[\w'-]+(?: [\w'-]+)?) (?:list|project)(?: instead)?",
        "move {x} to the {v} list",
        "edit.",
    ),
    of(
        "instead of|rather than",
        r"(?:please )?(?:call|name|title) it (?P<v>.+?) (?:instead of|rather than) (?P<x>.+?)",
        "rename {x} to {v}",
        "edit.",
    ),
    of(
        "can wait",
        r"(?P<x>(?!it\b|that\b|this\b|i\b|we\b)[^,;]+?) can (?:easily |probably |just )?wait (?:until|till|til|for|to) "
        r"(?P<v>[^,;]+?)",
        "move {x} to {v}",
        "move.",
    ),
    of(
        "give me",
        r"give me (?:until|till) (?P<v>[^,;]+?) (?:for|to do|to finish) (?P<x>[^,;]+?)",
        "move {x} to {v}",
        "move.",
    ),
    # Other fields.
    of(
        "edit|change|update|correct",
        r"(?:edit|change|update|correct) (?P<x>(?:(?:task|number|item) )?#?\d{1,4})(?::|,| -)+ (?P<v>.+?)",
        "rename {x} to {v}",
        "edit.",
    ),
    of(
        "swap|replace|exchange|substitute",
        r"(?:swap|replace|exchange|substitute) (?P<x>.+?) (?:for|with|by) (?P<v>.+?)(?: on (?:the|my|our) (?:[\w'-]+ "
        r")?list)",
        "rename {x} to {v}",
        "edit.",
    ),
    of(
        "important|urgent|pressing",
        r"(?P<x>(?!it\b|that\b|this\b|there\b)(?:(?:the|my|our) )?[\w'-]+(?: [\w'-]+){0,4}?)(?: is not| are not|'s "
        r"not| "
        r"isn't| aren't)(?: that| so| very| really| all that| too)? (?:important|urgent|pressing)(?: any ?more| any "
        r"longer| "
        r"right now| now| after all)?",
        "set the priority of {x} to low",
        "edit.",
    ),
    of("no priority", r"no (?:more )?priority (?:for|on) (?P<x>.+?)", "remove the priority of {x}", "edit."),
    of(
        "note",
        r"note (?:on|for|about|to) (?P<x>(?:the|my|our) [^:;]{2,50}?): (?P<v>.+?)",
        "add a note to {x}: {v}",
        "edit.",
    ),
    # What is to be added.
    of(
        "shopping|grocer|packing",
        r"(?:please )?(?P<c>(?:add|put) .+? (?:to|on|onto)) (?:(?:the|my|our) )?(?P<p>shopping|groceries|grocery|"
        r"packing)",
        "{c} my {p} list",
        "add.",
    ),
    of(
        "with",
        r"(?:please )?(?:update|extend) (?P<p>(?:my|the|our) (?:[\w'-]+ ){0,2}list) with (?P<x>.+?)",
        "add {x} to {p}",
        "add.",
    ),
    of(
        "on that|on it|on there",
        r"(?:please )?put (?P<x>(?!the\b|my\b|an?\b|some\b|it\b|that\b|your\b|our\b)[^,;]+?) on (?:that|it|there)(?: "
        r"list)?"
        r"(?: too| as well| also)?",
        "add {x}",
        "add.",
    ),
    of(
        "tell me|let me know",
        r"(?:please |can you |could you )*(?:tell me|let me know) (?P<w>(?:on|at|in|tomorrow|tonight|later|next|"
        r"every|this) "
        r"?[^,;?]*?) to (?P<x>[a-z]+ [^?]+?)",
        "remind me {w} to {x}",
        "add.",
    ),
)  # fmt: skip
