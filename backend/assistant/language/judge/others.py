"""What is plainly for somebody else, whatever the rules made of it: sums, jokes, the weather, devices, the assistant.

The judge's weights learn what is likely; these turns of phrase are sure. They stand against a question about the list
that names nothing on it and against a task of bare words, never against words that say "add" or "remind me to".
"""

import re
from dataclasses import dataclass

from ..pattern import either, phrase, table
from ..words.references import NUMBERS

_LONGEST = 200  # characters
_TENS = "twenty, thirty, forty, fifty, sixty, seventy, eighty, ninety, hundred, thousand, million, billion"
_TEENS = "eleven, twelve, thirteen, fourteen, fifteen, sixteen, seventeen, eighteen, nineteen"
_NUMBERS = frozenset((*NUMBERS, *table(f"{_TENS}, {_TEENS}, half, pi"))) - {"a", "an"}
_OPERATORS = frozenset(
    table(
        "plus, minus, times, divided, divide, multiply, multiplied, subtract, subtracted, sum, squared, cubed, root, "
        "percent, divisible, modulo, difference, product, quotient, x"
    )
)
_OF_SUMS = frozenset(
    table(
        "what, what's, whats, is, are, the, of, by, from, with, to, and, a, an, it, can, could, you, please, do, "
        "does, how, "
        "much, many, go, into, calculate, compute, solve, tell, me, for, add, equals, equal, square, cube, take, "
        "between, "
        "together, point, up, give, answer, number, find, result, value, i, need, know, let, if, then, when, get, "
        "us, say"
    )
)
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+(?:'[a-z]+)?|[+*/^=\u00d7\u00f7-]")
_SIGNS = frozenset("+*/^=\u00d7\u00f7")
_MOST_WORDS = 24
_PLEASE = (
    r"(?:(?:hey|ok|okay|so|please|can you|could you|will you|would you|i want you to|i need you to|i'd like you to|"
    r"just|now|"
    r"go|lets|let's),? )*"
)
_TELL = (
    r"(?:tell|give|read|share|say|sing|recite|crack|know|hear|let me hear|let's hear|make)"
    r"(?: me| us)?(?: up)?(?: with)?"
)
_DEVICES = (
    r"(?:tv|television|telly|lights?|lamps?|netflix|spotify|youtube|hulu|music|radio|stereo|speakers?|thermostat|"
    r"air conditioner|ac|volume|brightness|wifi|bluetooth|camera|flashlight|torch|vacuum|roomba|smart plug|smart "
    r"socket|"
    r"channel|podcasts?|playlist|song|songs|news|microphone|screen)"
)
_LISTS = (
    r"(?:(?:it|them|everything|all)|(?:(?:my|the|all|our) )+(?:[\w'-]+ )?(?:lists?|tasks|todos|to-dos|to dos|items|"
    r"reminders))"
)


@dataclass(frozen=True)
class _Kind:
    """One of ``words`` always stands in the text; ``kind`` is the judge's class of what it asks for. ``added``: it is
    so even behind "add"."""

    kind: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    added: bool = False


def _of(kind: str, words: str, said: str, *, added: bool = False) -> _Kind:
    return _Kind(kind, tuple(words.split("|")), phrase(said), added)


_KINDS = (
    _of(
        "elsewhere",
        "joke|pun|riddle|story|stories|fact|trivia|limerick|poem|rhyme|giggle|laugh|funny|interesting",
        rf"{_PLEASE}{_TELL} (?:(?:a|an|another|some|one|any|more|your|the|something|best|good|funny|fun|random|silly|"
        rf"dirty|"
        r"interesting|bedtime|cool|new|few|really|very|short|dad|about|knock knock) )*(?:jokes?|puns?|riddles?|"
        r"stor(?:y|ies)|"
        r"facts?|trivia|limericks?|poems?|rhymes?|giggle|laugh|funny(?: things?| stuff)?|interesting)"
        r"(?: (?:about|on|of|regarding|that|involving|for|please|to me|now|i|related)\b[^?]{0,200})?[.!? ]*$",
    ),
    _of(
        "elsewhere",
        "fact|trivia",
        r"(?!.{0,200}\b(?:remind|add)\b)(?:.{1,200} )?(?:facts?|trivia) (?:about|on|of|regarding) (?!the (?:meeting|"
        r"task))",
    ),
    _of(
        "elsewhere",
        "weather|forecast|temperature|humidity|uv index|rain|snow|sunny|windy|umbrella|degrees",
        rf"{_PLEASE}(?!.{{0,200}}\b(?:me to|lists?|tasks?|remind|todos?|calendar|schedule)\b)(?:what|how|when|where|is|"
        rf"are|"
        rf"will|does|do|should|would|can|tell|give|show|check|get|see|find|"
        r"let me know|look up|pull up|any|i want to know|i'd like to know|i need to know|know)\b.{0,200}\b(?:weather|"
        r"forecast|"
        r"temperature|humidity|uv index|rain(?:ing|y|fall)?|snow(?:ing|y|fall)?|sunny|windy|umbrella|degrees)"
        r"(?! (?:seals?|strips?|stripping|vane|station|app|coat|boots|gear|barrel|gutters?|jacket|pants)\b)\b",
    ),
    _of(
        "elsewhere",
        "weather|forecast|temperature",
        r"(?:(?:the|today's|tomorrow's|current|local|ten|seven|five|three|\d{1,4}|day|hour|hourly|weekend|weekly) )*"
        r"(?:weather|forecast|temperature)(?: (?:report|forecast|update|condition|conditions))?(?: (?:for|on|in|at|of|"
        r"today|tomorrow|tonight|this|next|now|outside|please)\b.{0,200})?[.!? ]*$",
    ),
    _of(
        "elsewhere",
        "what day|which day|what date|which date|what weekday|which weekday",
        r"(?!(?:add|remind|schedule|ask|tell|call|email|text)\b).{1,200} (?:(?:lands?|falls?|comes?|is|was|be|will be|"
        r"happens?|"
        r"occurs?) (?:on )?)(?:what|which) (?:day|date|weekday)(?: of the (?:week|month))?(?: (?:is|was) (?:it|"
        r"that))?[.!? ]*$",
    ),
    _of(
        "elsewhere",
        "date|day",
        rf"{_PLEASE}(?:(?:what|what's|whats|tell me|give me|let me know|know|do you know|i need to know|i want to know|"
        r"which|is|will|would|was) )+(?:the |today's )?(?:date|day|weekday|day of the week)(?: (?:is "
        r"it|it is|it|"
        r"will it be|it will be|is|will|be|are we on|today|tomorrow|yesterday|now|currently|in|on|of|for|the|this|week|"
        r"month|year|please|\d{1,4}|a|one|two|three|four|five|six|seven|eight|nine|ten|days?|weeks?|months?|from|after|"
        r"before|ago))*[.!? ]*$",
    ),
    _of(
        "elsewhere",
        "spell|spelt|definition|synonym|antonym|translat|pronounce",
        rf"{_PLEASE}(?:(?:remind me|tell me|show me|do you know|i forgot|i don't know|what's|what is|give me|find) )*"
        r"(?:how (?:to|do (?:you|i|we)|would (?:you|i)|can i|is|it is)(?: say)? ?(?:spell|spelt|pronounce|translate)|"
        r"(?:the |a |another )*(?:spelling|definition|synonyms?|antonyms?|translation|pronunciation) (?:of|for)|spell|"
        r"translate) .{1,200}",
    ),
    _of(
        "elsewhere",
        "dice|die|coin|flip for|a number between|random number",
        rf"{_PLEASE}(?:(?:roll|flip|toss|throw|complete a roll on|shake) .{{0,200}}\b(?:dice|die|d\d+|coin)\b|flip for "
        rf"it|"
        r"(?:pick|choose|give me|think of|generate) (?:a |any )(?:random )?number\b)",
    ),
    _of(
        "elsewhere",
        "how hot|how cold|how warm|how old is|how tall|how deep|how fast|how heavy|how high|how big",
        rf"{_PLEASE}(?:tell me )?how (?:hot|cold|warm|old|tall|deep|fast|heavy|high|big) (?:is|are|was|will|does|do|"
        rf"can|did)\b",
    ),
    _of(
        "talk",
        "meaning of|purpose|point of",
        r"(?!.{0,200}\b(?:remind|add)\b)(?:.{1,200} )?(?:(?:meaning|purpose|point) of (?:\w+ )?(?:life|existence|"
        r"living|being)|"
        r"our purpose|life's (?:meaning|"
        r"purpose))\b",
    ),
    _of(
        "talk",
        "your|you",
        rf"{_PLEASE}(?:tell me|what|what's|whats|who|who's|when|where|do you|are you|let me know|know|i want to know|"
        rf"i'd like "
        r"to know|which|how|describe|remember|remind me|give me|any)\b.{0,200}\b(?:your (?:\w+ )?(?:name|age|"
        r"birthday|hobby|"
        r"hobbies|boss|pets?|job|creator|maker|purpose|favou?rite|origin|hometown|gender|family|friends?|parents?|"
        r"owner|"
        r"designer|developer|company)|(?:made|created|built|designed|programmed|developed|compiled|invented|own|owns|"
        r"employs) you|you (?:were|are|was) (?:made|created|built|designed|programmed|born|developed|from)|you work "
        r"for|"
        r"you're (?:made|from|called))\b",
    ),
    _of(
        "beyond",
        "turn|switch|put|start|open|launch|play|stop|pause|set|mute|dim|raise|lower|change|resume|skip|brighten",
        rf"{_PLEASE}(?:turn|switch|put|start|open|launch|play|stop|pause|mute|dim|brighten|resume|unmute)(?: (?:on|"
        rf"off|up|down|"
        rf"out|over|on to|to))?(?: (?:the|my|some|all|all the|a|this|that))*(?: (?:living room|bedroom|kitchen|"
        rf"bathroom|"
        rf"hallway|office|house|room|smart))? {_DEVICES}(?: (?:on|off|up|down|over|out))?(?: (?:to|by|at|in|for) "
        rf".{{1,200}})?"
        r"(?: (?:please|now))?[.!? ]*$",
    ),
    _of(
        "beyond",
        "thermostat|heating|volume|brightness|lights|temperature",
        rf"{_PLEASE}(?:set|change|raise|lower|increase|decrease|adjust|put|bring) (?:the|my) (?:[\w'-]+ "
        rf")?(?:thermostat|"
        r"heating|volume|brightness|lights|temperature) (?:to|up|down|by|at|in) .{1,200}",
    ),
    _of(
        "beyond",
        "sort|order|group|arrange|reorder|rearrange|organize|organise",
        rf"{_PLEASE}(?:sort|order|group|arrange|reorder|rearrange|organi[sz]e) {_LISTS}\b(?: (?:in|by|alphabetically|"
        r"chronologically|from|so|with|into|for me|please|again|now)\b.{0,200})?[.!? ]*$",
    ),
    _of(
        "beyond",
        "collaborator|member|contacts|public|private|premium|subscription to this|subscription to the app",
        rf"{_PLEASE}(?:(?:add|make|invite) .{{1,200}} (?:as )?(?:a |an )?(?:collaborator|member)(?: .{{0,200}})?|add "
        rf".{{1,200}} to my "
        rf"contacts|make "
        r"(?:my|this|the) (?:[\w'-]+ )?lists? (?:public|private)|upgrade me .{0,200}|(?:cancel|end|stop) my "
        r"(?:subscription|"
        r"membership) (?:to|of|for) (?:this|the|your) (?:app|program|service))[.!? ]*$",
        added=True,
    ),
    _of(
        "beyond",
        "playlist|contact",
        rf"{_PLEASE}(?:add|put|save) (?:.{{1,200}} (?:to|on|in|into) (?:my |the |a |our )?(?:[\w'-]+ "
        rf"){{0,3}}(?:playlists?|"
        r"contacts?(?: list| book)?)|(?:to|on) (?:my |the )?(?:[\w'\"-]+ ){0,3}playlists? .{1,200})[.!? ]*$",
        added=True,
    ),
    _of(
        "beyond",
        "pin|password|passcode|passphrase|volume|brightness",
        rf"{_PLEASE}(?:(?:go ahead and|i (?:want|need|would like)(?: you)? to|i'd like to) )?(?:change|set|reset|"
        rf"update|"
        r"make) (?:the |my |our )?(?:[\w'-]+ ){0,3}(?:pin|password|passcode|passphrase)(?: (?:number|code))?"
        r"(?: (?:on|for|of|to) .{1,80})?? (?:to|as)(?: be)? \S{1,40}[.!? ]*$|"
        r"(?:the )?(?:volume|brightness) (?:should|must|needs to|has to) be .{1,80}",
    ),
    _of(
        "beyond",
        "robot|coffee m|smart",
        rf"{_PLEASE}(?:(?:start|stop|activate|deactivate|enable|disable|run|launch|initiate|turn|switch|open)(?: (?:on|"
        r"off|up))?|get|make) (?:(?:the|my|our|a) )?(?:robot(?:ic)?s?(?: vacuum)?(?: cleaner)?|vacuum robot|cleaner "
        r"robot|coffee (?:maker|machine)|smart (?:plug|socket|plug socket|bulb|speaker))(?: (?:on|off|up|start(?:ed)?|"
        r"running|going|please|now|for me|in the [\w'-]+))*[.!? ]*$",
    ),
    _of(
        "elsewhere",
        "new |unread|incoming|recent|latest",
        rf"{_PLEASE}(?:(?:check|check for|find|report|list|show|read|get|look for|look up|see|any|all|are there|have i "
        r"got|let me know of|tell me about|tell me|update on|update me on) )*(?:(?:me|my|the|if|there|are|is|i|have|"
        r"any|"
        r"all|of) )*(?:new|unread|incoming|recent|latest) (?:e-?mails?|mails?|messages?|texts?|notifications? from "
        r"\S{1,40})(?: (?:i have|from [\w'-]+|for me|please|in my inbox|for the last hour))*[.!? ]*$",
    ),
    _of(
        "beyond",
        "reservation|booking",
        r"(?:(?:please|hey|so),? )*(?:(?:can|could|will|would) you|i(?:'d| would)? (?:want|need|like) you to)(?: "
        r"please)? "
        r"(?:confirm|verify|check|double check|make sure)(?: (?:on|if|that|for me|whether))*"
        r" (?:(?:i|we) (?:still )?have |(?:my|our|the) )(?:[\w':-]+ ){0,4}(?:reservations?|bookings?)\b.{0,120}",
    ),
    _of(
        "elsewhere",
        "remind me",
        rf"{_PLEASE}remind me (?:(?:again|of|about) )*(?:when|where|why|how|who|whether)(?: \w+){{0,3}}? (?:i|we) "
        r"(?:last|previously|had|did|was|were|went|got|have had|parked|put|left|used|paid|spent)\b.{0,120}",
    ),
    _of(
        "beyond",
        "tweet|twitter|facebook|instagram",
        rf"{_PLEASE}(?:tweet (?:that|this|at|to|about)\b.{{1,200}}|(?:send|create|write|compose|make|post) (?:a|an|the|"
        r"this|my)? ?(?:new )?(?:tweet|status|facebook post)\b.{0,200}|post (?:to|on) (?:twitter|facebook|instagram)\b"
        r".{0,200}|open (?:up )?(?:twitter|facebook|instagram)\b.{0,200})",
    ),
    _of(
        "beyond",
        "sync",
        rf"{_PLEASE}sync(?:hroni[sz]e)?(?: (?:my|the|all|this|these|it|them|everything))*(?: [\w'-]+){{0,2}}? "
        rf"(?:with|to|and)"
        rf" (?:my |the |a )?(?:{either(('google', 'outlook', 'apple', 'phone', 'ical', 'icloud', 'calendar'))})",
    ),
)  # fmt: skip


def for_others(flat: str, *, added: bool = False) -> str | None:
    """The judge's class (``talk``, ``elsewhere``, ``beyond``) of words that surely ask for nothing of a list; None of
    any others, and of nearly all that begin with a verb of adding (``added``)."""
    if len(flat) > _LONGEST:
        return None
    if not added and _is_sum(flat):
        return "elsewhere"
    kinds = (one for one in _KINDS if one.added or not added)
    return next((one.kind for one in kinds if _is_said(one.pattern, one.words, flat)), None)


def _is_said(pattern: re.Pattern[str], words: tuple[str, ...], flat: str) -> bool:
    """The words are looked for first: most texts hold none of them."""
    return any(word in flat for word in words) and pattern.match(flat) is not None


def _is_sum(flat: str) -> bool:
    """Whether the words are numbers, what is done with them, and what leads to a question of it."""
    words = _TOKEN.findall(flat)
    if not words or len(words) > _MOST_WORDS:
        return False
    numbers = sum(word[0].isdigit() or word in _NUMBERS for word in words)
    joined = any(word in _OPERATORS or word in _SIGNS for word in words) or "go into" in flat
    known = all(
        word[0].isdigit() or word in _NUMBERS or word in _OPERATORS or word in _SIGNS or word == "-" or word in _OF_SUMS
        for word in words
    )
    return known and joined and (numbers > 1 or (numbers == 1 and "root" in words))
