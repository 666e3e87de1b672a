"""What is told as done, and what is asked about the list."""

from .phrase import of

_LIST_OF = (
    r"(?:list|lists|tasks?|todos?|to-dos?|to dos?|schedule|calendar|agenda|alarms?|reminders?|events?|appointments?|"
    r"meetings?|plans)"
)

# What a list can be made of that stands on the list already: "everything due", "my open tasks", "what's on for friday".
_OF_THE_LIST = (
    r"(?:all|everything|anything|whatever|what|what's|whats|my|our|the|open|overdue|due|urgent|completed|finished)\b"
    r"(?: [\w'-]+){0,6}? ?(?:\b(?:due|overdue|open|done|left|tasks?|todos?|to-dos?|reminders?|appointments?|meetings?|"
    r"events?|items|pending|urgent|important|high priority|(?:have|need|got) to do|on my (?:list|plate)|scheduled|"
    r"planned|coming up|finished|completed|outstanding|unfinished|deadlines?)\b).*?"
)

NEWS = (
    # What is done, behind a word about it or with a slip of the pen.
    of(
        "i |we ",
        r"(?:(?:(?:oh |so |ah )?(?:sorry,? )?(?:i )?forgot to (?:say|mention|tell you)|thanks|thank you|you won't "
        r"believe "
        r"(?:it|this)|guess what|good news|great news|fyi|by the way|btw|update|finally|phew)(?:,|:|;|\.|!| -)+ "
        r")+(?P<c>(?:i|we)"
        r"(?:'ve| have)? .+?)(?: btw| by the way)?",
        "{c}",
        "complete.",
    ),
    of(
        "finshed|finsihed|finised|fnished|complted|compelted|completd|finnished",
        r"(?:(?:i|we)(?:'ve| have)? (?:just )?)?(?:finshed|finsihed|finised|fnished|complted|compelted|completd|"
        r"finnished) "
        r"(?P<x>.+?)",
        "i finished {x}",
        "complete.",
    ),
    of(
        "did",
        r"did (?P<x>(?!i\b|we\b|you\b|he\b|she\b|they\b|it\b|the\b|my\b|that\b|this\b|any|some|every|no\b|not\b|our\b|"
        r"all\b|both\b)(?:\d+ [\w'-]+|[\w'-]+))(?: already| today| too| this morning)?",
        "i did {x}",
        "complete.",
    ),
    # Questions about the list.
    of(
        "just change|just do|just did|just changed|just added|just deleted|just moved|last change",
        r"(?:what|which (?:task|one)) (?:did|have|was it that) (?:i|you|we) just (?:change|do|add|delete|move|"
        r"changed|done|"
        r"added|deleted|moved)|what was (?:my|the|your) last change",
        "what changed today",
        "ask.changes",
    ),
    of(
        "see|hear|know|look|go over|check|review|run through",
        r"(?:(?:i|we)(?:'d| would)? (?:need|want|like|love|wish|wanna)|would like|wanna|let's|let us|time)(?: to)? "
        r"(?:hear|"
        r"know|see|go over|look at|have a look at|take a look at|check|review|run through)(?: about)? (?P<x>(?:my|"
        r"our|the|all|"
        rf"what is on|what's on)(?: [\w'-]+){{0,3}}? {_LIST_OF}\b.*?)",
        "show me {x}",
        "ask.",
    ),
    of(
        "about",
        r"(?:please |can you |could you )*(?:let me know|tell|inform me) about (?P<x>(?:the|my|all|any|our) "
        r"(?:[\w'-]+ )"
        r"{0,2}(?:alarms?|reminders?|events?|meetings?|appointments?|tasks))(?: (?:you|i|that|which) [^?]{1,40})?",
        "show me {x}",
        "ask.",
    ),
    of(
        "read",
        rf"(?:i|we)(?:'d like| would like| need| want) (?P<x>(?:my|our|the)(?: [\w'-]+){{0,3}}? {_LIST_OF}) (?:to be "
        rf")?read"
        r"(?: out| aloud| out loud| back| to me)*",
        "read me {x}",
        "ask.",
    ),
    of(
        "list of|overview of|summary of|rundown of|list with",
        r"(?:(?:please|can you|could you|i want you to|go ahead and),? )*(?:make|create|write|write up|compile|build|"
        r"generate|prepare|draw up|put together|give|get|send|need|want|i need|i want|i'd like|i would like)"
        r"(?: me| us)? (?:a|an|the) (?:(?:quick|full|short|complete|new) )?(?:list|overview|summary|rundown) (?:of|"
        r"with) "
        rf"(?P<x>{_OF_THE_LIST})\?*",
        "show me {x}",
        "ask.",
    ),
    of(
        "is there|are there|do i have|have i",
        rf"(?:on|in) (?P<x>(?:my|the|our)(?: [\w'-]+)? {_LIST_OF}),? (?P<q>(?:is there|are there|do i have|have i "
        rf"got) [^?]+?)"
        r"\?*",
        "{q} on {x}",
        "ask.",
    ),
    of(
        "from|between",
        r"(?P<v>(?:from|between) [^,?]{3,40}?),? (?P<q>(?:when|what|which|how many|do|am|have) (?:[\w'-]+ ){0,2}?i "
        r"[^?]+?)\?*",
        "{q} {v}",
        "ask.",
    ),
    of(
        "do my|do the",
        r"do (?P<x>(?:my|the|our)(?: [\w'-]+){0,2}? (?:list|calendar|schedule|agenda)) (?:have|has|contain|include|"
        r"hold) "
        r"(?P<q>[^?]+?)(?: (?:on|in) it)?\?*",
        "is {q} on {x}",
        "ask.",
    ),
    of(
        "status",
        rf"(?P<x>(?:(?:the|my|all) )?{_LIST_OF}) status|(?:the )?status of (?P<y>(?:(?:the|my|all) )*{_LIST_OF})",
        "show me my {x}{y}",
        "ask.",
    ),
    of(
        "confirm|verify|recap|double check|double-check",
        rf"(?:confirm|verify|recap|double[ -]check) (?P<x>(?:my|our|the|all)(?: [\w'-]+){{0,2}}? {_LIST_OF}(?: .+)?|"
        rf"my (?:day|"
        r"week|month))",
        "show me {x}",
        "ask.",
    ),
)  # fmt: skip
