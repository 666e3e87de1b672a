"""Questions that are surely for somebody else, and talk with the assistant about itself."""

from .kind import PLEASE, of

_TELL = (
    r"(?:tell|give|read|share|say|sing|recite|crack|know|hear|let me hear|let's hear|make)"
    r"(?: me| us)?(?: up)?(?: with)?"
)
_MEASURES = (
    r"(?:(?:square |cubic |fluid )?(?:kilo(?:gram|meter|metre)?s?|kgs?|lit(?:er|re)s?|(?:milli|centi)?(?:met(?:er|"
    r"re)|gram|"
    r"lit(?:er|re))s?|ounces?|oz|pounds?|lbs?|inch(?:es)?|feet|foot|ft|miles?|cups?|(?:tea|table)spoons?|gallons?|"
    r"pints?|"
    r"quarts?|yards?|acres?|hectares?|stones?|cm|mm|km|ml))"
)

QUESTIONS = (
    of(
        "elsewhere",
        "joke|pun|riddle|story|stories|fact|trivia|limerick|poem|rhyme|giggle|laugh|funny|interesting",
        rf"{PLEASE}{_TELL} (?:(?:a|an|another|some|one|any|more|your|the|something|best|good|funny|fun|random|silly|"
        rf"dirty|"
        r"interesting|bedtime|cool|new|few|really|very|short|dad|about|knock knock) )*(?:jokes?|puns?|riddles?|"
        r"stor(?:y|ies)|"
        r"facts?|trivia|limericks?|poems?|rhymes?|giggle|laugh|funny(?: things?| stuff)?|interesting)"
        r"(?: (?:about|on|of|regarding|that|involving|for|please|to me|now|i|related)\b[^?]{0,200})?[.!? ]*$",
    ),
    of(
        "elsewhere",
        "fact|trivia",
        r"(?!.{0,200}\b(?:remind|add)\b)(?:.{1,200} )?(?:facts?|trivia) (?:about|on|of|regarding) (?!the (?:meeting|"
        r"task))",
    ),
    of(
        "elsewhere",
        "weather|forecast|temperature|humidity|uv index|rain|snow|sunny|windy|umbrella|degrees",
        rf"{PLEASE}(?!.{{0,200}}\b(?:me to|lists?|tasks?|remind|todos?|calendar|schedule)\b)(?:what|how|when|where|is|"
        rf"are|"
        rf"will|does|do|should|would|can|tell|give|show|check|get|see|find|"
        r"let me know|look up|pull up|any|i want to know|i'd like to know|i need to know|know)\b.{0,200}\b(?:weather|"
        r"forecast|"
        r"temperature|humidity|uv index|rain(?:ing|y|fall)?|snow(?:ing|y|fall)?|sunny|windy|umbrella|degrees)"
        r"(?! (?:seals?|strips?|stripping|vane|station|app|coat|boots|gear|barrel|gutters?|jacket|pants)\b)\b",
    ),
    of(
        "elsewhere",
        "weather|forecast|temperature",
        r"(?:(?:the|today's|tomorrow's|current|local|ten|seven|five|three|\d{1,4}|day|hour|hourly|weekend|weekly) )*"
        r"(?:weather|forecast|temperature)(?: (?:report|forecast|update|condition|conditions))?(?: (?:for|on|in|at|of|"
        r"today|tomorrow|tonight|this|next|now|outside|please)\b.{0,200})?[.!? ]*$",
    ),
    of(
        "elsewhere",
        "what day|which day|what date|which date|what weekday|which weekday",
        r"(?!(?:add|remind|schedule|ask|tell|call|email|text)\b).{1,200} (?:(?:lands?|falls?|comes?|is|was|be|will be|"
        r"happens?|"
        r"occurs?) (?:on )?)(?:what|which) (?:day|date|weekday)(?: of the (?:week|month))?(?: (?:is|was) (?:it|"
        r"that))?[.!? ]*$",
    ),
    of(
        "elsewhere",
        "date|day",
        rf"{PLEASE}(?:(?:what|what's|whats|tell me|give me|let me know|know|do you know|i need to know|i want to know|"
        r"which|is|will|would|was) )+(?:the |today's )?(?:date|day|weekday|day of the week)(?: (?:is "
        r"it|it is|it|"
        r"will it be|it will be|is|will|be|are we on|today|tomorrow|yesterday|now|currently|in|on|of|for|the|this|week|"
        r"month|year|please|\d{1,4}|a|one|two|three|four|five|six|seven|eight|nine|ten|days?|weeks?|months?|from|after|"
        r"before|ago))*[.!? ]*$",
    ),
    of(
        "elsewhere",
        "spell|spelt|definition|synonym|antonym|translat|pronounce",
        rf"{PLEASE}(?:(?:remind me|tell me|show me|do you know|i forgot|i don't know|what's|what is|give me|find) )*"
        r"(?:how (?:to|do (?:you|i|we)|would (?:you|i)|can i|is|it is)(?: say)? ?(?:spell|spelt|pronounce|translate)|"
        r"(?:the |a |another )*(?:spelling|definition|synonyms?|antonyms?|translation|pronunciation) (?:of|for)|spell|"
        r"translate) .{1,200}",
    ),
    of(
        "elsewhere",
        "something|anything|tidbit|one thing",
        rf"{PLEASE}(?:tell|teach|give) me (?:something|anything|(?:an? |another |some )?(?:\w+ )?tidbits?)(?: "
        rf"(?!due|urgent|"
        r"important|overdue)\w+)?(?: (?:about|on|that|regarding) .{1,200})?[.!? ]*$|what(?:'s| is) (?:one|some)thing "
        r"(?:i|"
        r"that).{1,100} know about .{1,100}",
    ),
    of(
        "elsewhere",
        "kilo|liter|litre|gram|ounce|pound|inch|feet|foot|mile|meter|metre|cup|spoon|gallon|pint|quart|yard|celsius|"
        "fahrenheit|acre|stone|oz|cm|km|lbs",
        rf"{PLEASE}(?:tell me )?how many {_MEASURES} (?:(?:are|is|there|make|makes|equal|equals|do|does|go|goes|in|"
        rf"into|a|an|"
        rf"one|up|\d{{1,9}}) )+{_MEASURES}[.!? ]*$",
    ),
    of(
        "elsewhere",
        "traffic|expressway|freeway|beltway|interstate|turnpike|motorway",
        rf"{PLEASE}(?:is|are|how|how's|what|what's|will|does|tell me|any|check|show me)\b.{{0,100}}\b(?:traffic(?! (?:"
        r"ticket|court|school|fine|cones?))|expressway|freeway|beltway|interstate|turnpike|motorway)\b.{0,100}",
    ),
    of(
        "elsewhere",
        "mean|for",
        rf"{PLEASE}(?:(?:tell me|do you know|i want to know) )?(?:what (?:does|do) (?:the word |the term )?[\w' "
        rf"-]{{1,40}} mean|"
        r"what [\w'-]{1,30} means|what(?:'s| is) (?:the )?(?:spanish|french|german|italian|japanese|chinese|russian|"
        r"greek|"
        r"portuguese|korean|latin|english|arabic|hindi|dutch)(?: word)? for .{1,100})[.!? ]*$",
    ),
    of(
        "talk",
        "am i|everything",
        r"(?:am i your \w+|is everything (?:(?:going|all) )?(?:ok|okay|alright|all right|well|good|fine))(?: with you| "
        r"today)?[.!? ]*$",
    ),
    of(
        "elsewhere",
        "dice|die|coin|flip for|a number between|random number",
        rf"{PLEASE}(?:(?:roll|flip|toss|throw|complete a roll on|shake) .{{0,200}}\b(?:dice|die|d\d+|coin)\b|flip for "
        rf"it|"
        r"(?:pick|choose|give me|think of|generate) (?:a |any )(?:random )?number\b)",
    ),
    of(
        "elsewhere",
        "how hot|how cold|how warm|how old is|how tall|how deep|how fast|how heavy|how high|how big",
        rf"{PLEASE}(?:tell me )?how (?:hot|cold|warm|old|tall|deep|fast|heavy|high|big) (?:is|are|was|will|does|do|"
        rf"can|did)\b",
    ),
    of(
        "talk",
        "meaning of|purpose|point of",
        r"(?!.{0,200}\b(?:remind|add)\b)(?:.{1,200} )?(?:(?:meaning|purpose|point) of (?:\w+ )?(?:life|existence|"
        r"living|being)|"
        r"our purpose|life's (?:meaning|"
        r"purpose))\b",
    ),
    of(
        "talk",
        "your|you",
        rf"{PLEASE}(?:tell me|what|what's|whats|who|who's|when|where|do you|are you|let me know|know|i want to know|"
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
    of(
        "elsewhere",
        "new |unread|incoming|recent|latest",
        rf"{PLEASE}(?:(?:check|check for|find|report|list|show|read|get|look for|look up|see|any|all|are there|have i "
        r"got|let me know of|tell me about|tell me|update on|update me on) )*(?:(?:me|my|the|if|there|are|is|i|have|"
        r"any|"
        r"all|of) )*(?:new|unread|incoming|recent|latest) (?:e-?mails?|mails?|messages?|texts?|notifications? from "
        r"\S{1,40})(?: (?:i have|from [\w'-]+|for me|please|in my inbox|for the last hour))*[.!? ]*$",
    ),
    of(
        "elsewhere",
        "remind me",
        rf"{PLEASE}remind me (?:(?:again|of|about) )*(?:when|where|why|how|who|whether)(?: \w+){{0,3}}? (?:i|we) "
        r"(?:last|previously|had|did|was|were|went|got|have had|parked|put|left|used|paid|spent)\b.{0,120}",
    ),
)  # fmt: skip
