"""What there is none of any more and is to be put on a list, and lists by the names that shops have for them."""

from .phrase import of

_A_LIST = r"(?P<l>(?:my|the|our) (?:[\w'-]+ ){0,2}list)"
_SHOPPING = r"(?:shopping|groceries|grocery|packing|reading|wish|christmas|gifts)"

ADDITIONS = (
    of(
        "out of|low on|short on|short of|run out|running out",
        r"(?:(?:i'm|i am|we're|we are|i|we|we've|i've) )?(?:(?:just|all|almost|nearly|getting|running|run|ran|got|have|"
        r"completely) )*(?:out of|low on|short on|short of) (?P<x>[^,;.]+?)(?:(?:,|;|\.| -| so| and)+|(?= (?:can|"
        r"could|will|would) you\b)) (?:(?:so|and|please|"
        r"can|could|will|would|you|just|i|we|need|want|to|have) )*(?:(?:put|add|stick|write|get|place|throw) (?:that|"
        r"it|"
        r"them|those|some|more)(?: down)?|(?:that|it|them|those|some|more) (?:to be )?(?:put|added|placed|written))"
        rf" (?:on|to|onto|in) {_A_LIST}(?: please)?",
        "add {x} to {l}",
        "add.",
    ),
    of(
        "block",
        r"(?:please |can you |could you |let's )*block(?: off| out)? "
        r"(?P<w>(?=(?:this|next|on|every|tomorrow|today|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)"
        r"[^,;]{2,40}?) (?:for|to) (?P<x>(?!me\b|\d).+?)",
        "add {x} {w}",
        "add.",
    ),
    of(
        "list for",
        r"(?P<c>(?:(?:please|can you|can we|could you|will you|let's) )*(?:add|put|take|remove|delete|cross|get) .+?"
        rf"(?:to|on|onto|off|from|off of) (?:my|the|our)) list for (?P<l>{_SHOPPING})(?: please)?",
        "{c} {l} list",
        "add.",
        "delete.",
    ),
    of(
        "cart|basket|trolley",
        r"(?P<c>(?:(?:please|can you|can we|could you|will you|let's) )*(?:add|put) .+?(?:to|in|into|on) (?:my|the|"
        r"our)) "
        r"(?:shopping|grocery) (?:cart|basket|trolley)(?: please)?",
        "{c} shopping list",
        "add.",
    ),
    of(
        "list of",
        r"(?P<c>(?:(?:please|can you|could you|will you|let's) )*(?:add|put|take|remove|delete|cross|get) .+?(?:to|"
        r"on|onto|"
        r"off|from|off of) (?:my|the|our)) list of (?:tasks|things|chores|jobs|stuff)(?: to (?:complete|accomplish|do|"
        r"finish|get done))?(?: please)?",
        "{c} list",
        "add.",
        "delete.",
    ),
)  # fmt: skip
