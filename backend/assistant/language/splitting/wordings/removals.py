"""What is to be taken back, deleted or opened again, with the reason in front of it or as a wish."""

from .phrase import of

_WHY_UNDO = (
    r"(?:(?:oh no|no|oops|whoa|wait|sorry|thanks|ugh|hey|hmm|damn|but|and|well|ok|argh),? )*(?:that(?:'s| is| was)? "
    r"(?:not right|not what i (?:meant|wanted|said|asked(?: for)?)|wrong|the wrong (?:one|task|thing)|a mistake)|"
    r"(?:the )?wrong (?:one|task|thing)|my (?:mistake|bad)|i (?:didn't|did not) (?:want|mean|ask for) (?:that|this|it|"
    r"to(?: do (?:that|this|it))?))"
)
_TAKE_BACK = r"(?:undo|revert|reverse|take (?:it|that|this) back|roll (?:it|that|this) back|put (?:it|that|this) back)"
_REMOVE_IT = (
    r"(?:,|;|\.| -| so| and)+ (?:(?:please|just|you can|can you|so|go ahead and) )*(?:(?:delete|remove|cancel|drop|"
    r"scratch|erase|get rid of) (?:it|that|this|them|those)|(?:take|cross|strike) (?:it|that|this|them|those) off)"
    r"(?: (?:of |from )?(?:the|my) (?:[\w'-]+ )?list)?"
)

REMOVALS = (
    # The last change taken back.
    of(
        "undo|back|revert|reverse",
        rf"{_WHY_UNDO}(?:,|;|:|\.|!| -| so| and)+ (?:(?:please|just|so|and|can you|let's) )*{_TAKE_BACK}"
        r"(?: (?:it|that|this))?",
        "undo",
        "undo.",
    ),
    of(
        "last|latest|previous",
        r"(?:please )?(?:cancel|drop|forget|scratch|reverse|discard|remove) (?:that|the|my|your) (?:very )?(?:last|"
        r"latest|"
        r"previous) (?:change|action|edit|step|update|move)(?: (?:i|you) (?:did|made))?",
        "undo",
        "undo.",
    ),
    of(
        "back",
        r"(?:(?:please|just) )*(?:(?:put|set|change|bring|get|turn) (?:it|that|this|them|everything|things|it all) "
        r")?back "
        r"(?:to (?:how|what|the way|where|as)|the way|how|like|as) (?:it|that|they|things|everything) (?:was|were|"
        r"had been)"
        r"(?: before)?",
        "undo",
        "undo.",
    ),
    of(
        "back",
        r"(?:go|take|roll|step) (?:(?:it|that|this|things) )?back(?: (?:a|one) (?:step|change))?",
        "undo",
        "undo.",
    ),
    of("undo", r"undo (?:both|the two|those two)(?: (?:of (?:them|those)|changes))?", "undo the last two", "undo."),
    of(
        "udno|undoo|unod|unddo|uundo|undp",
        r"(?:udno|undoo+|unod|unddo|uundo|undp)(?: (?:it|that|this))?",
        "undo",
        "undo.",
    ),
    # Removals with their reason in front.
    of("it|that|this", rf"{_WHY_UNDO}{_REMOVE_IT}(?: one)?", "delete it", "delete.", "bad.pointing"),
    of(
        "enough|plenty|some|already",
        r"(?:(?:i|we)(?:'ve| have)? )?(?:already |just )?(?:got|have|bought|found) (?:enough |plenty of |some |more "
        r"than "
        rf"enough )?(?P<x>(?!it\b|that\b|them\b)[^,;.]+?)(?: already| at home| in the (?:fridge|pantry|house|"
        rf"cupboard))?{_REMOVE_IT}",
        "delete {x}",
        "delete.",
    ),
    of(
        "decided",
        r"(?:so )?(?:i|we)(?:'ve| have)? (?:just |actually )?decided (?:against|not to (?:do |go to |have |attend )?)"
        rf" ?(?P<x>[^,;.]+?)(?:{_REMOVE_IT})?",
        "delete {x}",
        "delete.",
    ),
    of(
        "changed my mind|changed our mind",
        r"(?:actually,? )?(?:i|we)(?:'ve| have)? changed (?:my|our) minds? (?:about|on) (?:going to |doing )?"
        rf"(?P<x>(?!it\b|that\b)[^,;.]+?){_REMOVE_IT}",
        "delete {x}",
        "delete.",
    ),
    of(
        "need to be reminded|have to remind|need to remind|need you to remind",
        r"(?:i|we|you)(?: really)? (?:no longer|don't|do not|won't)(?: really)? (?:need|have|want)(?: you)? to (?:be "
        r"reminded|remind me) (?:to|about|of) (?P<x>.+?)(?: any ?more| any longer)?",
        "don't remind me to {x}",
        "reminders.",
    ),
    of(
        "send me|give me",
        r"(?:please )?(?:don't|do not|no need to|stop) (?:send|give|sending|giving) me (?:a |an |any |the )?"
        r"(?:reminders?|notice|notifications?|alerts?|heads up) (?:to|about|of|for) (?P<x>.+?)(?: any ?more)?",
        "don't remind me to {x}",
        "reminders.",
    ),
    of(
        "mistake|accident|accidentally|twice",
        r"(?:i|we)(?:'ve| have)? (?:accidentally )?(?:added|put|made|created|entered) (?P<x>[^,;.]+?)(?: on(?: "
        r"there)?| in)?"
        rf"(?: by (?:mistake|accident)| accidentally| twice){_REMOVE_IT}",
        "delete {x}",
        "delete.",
    ),
    # Alarms and events that are not wanted.
    of(
        "alarm|wake up call|wake-up call|wakeup call",
        r"(?:please )?(?:permanently )?(?:stop|silence|unset|deactivate|disable|reset|quiet|shut up|mute) "
        r"(?P<x>(?:(?:the|my|"
        r"all|that|our) )*(?:[\w:'-]+ ){0,4}?(?:alarms?|wake[ -]?up calls?)(?: (?!to\b|from\b)[^,;]+?)??)(?: for good| "
        r"permanently)?",
        "delete {x}",
        "delete.",
    ),
    of(
        "wake me",
        r"(?:please )?(?:do not|don't|no need to|you don't have to|you don't need to|stop) (?:wake|waking) me(?: "
        r"up)?(?P<x>.*?)",
        "delete the wake up alarm{x}",
        "delete.",
    ),
    of(
        "calendar|schedule|agenda|diary|planner",
        r"(?:(?:please|can you|could you|let's|go ahead and) )*(?:take|get|cross|strike|scratch|drop|clear|cut|wipe|"
        r"remove|delete|erase) (?P<x>.+?) (?:off of|off|out of|from) (?:the|my|our) (?:calendar|schedule|agenda|diary|"
        r"planner) (?P<d>(?:for|on|at|this|next|today|tomorrow|tonight)\b.{1,40})",
        "delete {x} {d}",
        "delete.",
    ),
    of("cancels|deletes|removes", r"(?:cancels|deletes|removes) (?P<x>.+?)", "delete {x}", "delete."),
    of(
        "to be ",
        r"(?:i|we)(?:'d| would)? (?:wish|want|need|like|prefer) (?:for )?(?P<x>[^,;]+?) to be (?:removed|deleted|"
        r"cancell?ed|"
        r"erased|taken off|taken out)(?: (?:from|off|of|out of) (?:the|my|our) .+?)?",
        "delete {x}",
        "delete.",
    ),
    of(
        "longer|more",
        r".+? i (?:do not|don't|won't|no longer) need (?P<x>(?:the|my|that) [^,;]+?) (?:any ?more|any longer)",
        "delete {x}",
        "delete.",
    ),
    of(
        "list|calendar|schedule",
        r"(?:i|we)(?:'ve| have)? (?:already |just )?[a-z]+(?:ed|en|t) .+? (?:please|so|,) (?:please "
        r")?(?P<c>(?:remove|delete|"
        r"erase|cancel) .+ (?:from|on|off) (?:my|the|our) (?:[\w'-]+ ){0,3}(?:list|calendar|schedule))",
        "{c}",
        "delete.",
    ),
    # What is not done after all.
    of(
        "thought",
        r"(?:oh )?(?:i|we) thought (?:i|we)(?:'d|'ve| had| have)? (?P<v>[a-z]+) (?P<x>[^,;]+?),? but (?:i|we) "
        r"(?:didn't|haven't|"
        r"hadn't|did not|have not|never did)(?: actually| really)?(?: yet)?",
        "i haven't {v} {x}",
        "reopen.",
    ),
    of(
        "not|n't",
        r"(?P<x>(?!it\b|that\b|this\b|i\b|what|which|show|list|all\b)(?:(?:the|my|our) )?[\w-]+(?: "
        r"[\w'-]+){0,3}?)(?:(?:'s not| is not| are not| isn't| aren't| was not| wasn't)(?: actually| really)? (?:done|"
        r"finished|completed?)(?: actually| yet| after all)+|'s (?:still )?not (?:done|finished|completed?))",
        "mark {x} as not done",
        "reopen.",
    ),
    of("again", r"(?:please )?(?:open|activate|open up|reactivate) (?P<x>[^,;]+?) again", "reopen {x}", "reopen."),
    of(
        "by accident|by mistake|accidentally|wrong one",
        r"(?:oops,? )?(?:i|we) (?:accidentally )?(?:ticked|checked|crossed|marked)(?: off)? (?P<x>(?!the "
        r"wrong)[^,;]+?)(?: off| as "
        r"done| done)?(?: by (?:accident|mistake)| accidentally)(?:(?:,|;|\.| -| so)+ (?:please )?(?:open|reopen|"
        r"uncheck|untick|"
        r"unmark) (?:it|that)(?: again)?)?",
        "reopen {x}",
        "reopen.",
    ),
    of(
        "wrong one|wrong task|wrong thing|by mistake",
        r"(?:oops,? )?(?:i|we) (?:ticked|checked|crossed|marked) (?:off )?(?:the wrong (?:one|task|thing)|[^,;]+ by "
        r"mistake)"
        r"(?: off| done)?(?:,|;|\.| -| so)+ (?P<c>(?:please )?(?:uncheck|untick|reopen|unmark) (?!it\b|that\b).+?)",
        "{c}",
        "reopen.",
    ),
    of(
        "reopen|uncheck|untick",
        r"(?:i|we) (?:still )?(?:have|need) to (?:do|finish|complete) (?P<x>[^,;]+?)(?:,|;|\.| -| so)+ (?:please "
        r")?(?:reopen|"
        r"uncheck|untick|unmark) (?:it|that)(?: again)?",
        "reopen {x}",
        "reopen.",
    ),
)  # fmt: skip
