"""The words that say when. To teach the engine an expression, add it here; the readers in ``read/`` say how words join.

All keys are lower case, apostrophes straight. Clock times are minutes since 00:00.
"""

WEEKDAYS = {
    "monday": 0, "mon": 0, "tuesday": 1, "tue": 1, "tues": 1, "wednesday": 2, "wed": 2, "weds": 2,
    "thursday": 3, "thu": 3, "thur": 3, "thurs": 3, "friday": 4, "fri": 4, "saturday": 5, "sat": 5, "sunday": 6, "sun": 6,
    "wensday": 2, "wednsday": 2, "wendesday": 2, "thrusday": 3, "tueday": 1, "tuseday": 1, "saterday": 5, "firday": 4,
}  # fmt: skip
WEEKDAYS_PLURAL = {
    "mondays": 0, "tuesdays": 1, "wednesdays": 2, "thursdays": 3, "fridays": 4, "saturdays": 5, "sundays": 6,
}  # fmt: skip
SHORT_WEEKDAYS = frozenset({"mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun"})
DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY_SETS = {
    "weekday": (0, 1, 2, 3, 4), "weekdays": (0, 1, 2, 3, 4), "workday": (0, 1, 2, 3, 4), "workdays": (0, 1, 2, 3, 4),
    "weeknight": (0, 1, 2, 3, 4), "weeknights": (0, 1, 2, 3, 4),
    "weekend": (5,), "weekends": (5, 6),
}  # fmt: skip

MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "febuary": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5,
    "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9, "october": 10,
    "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

# Days by their distance from today.
RELATIVE_DAYS = {
    "today": 0, "2day": 0, "tday": 0, "tomorrow": 1, "tmrw": 1, "tmw": 1, "tmr": 1, "tmrrw": 1, "tomorow": 1,
    "tommorow": 1, "tommorrow": 1, "tomorro": 1, "tomoro": 1, "tomo": 1, "2moro": 1, "2morrow": 1, "2mrw": 1, "2mro": 1,
    "tomorrows": 1, "morrow": 1, "overmorrow": 2, "yesterday": -1, "yday": -1, "tonight": 0, "tonite": 0, "2nite": 0, "2night": 0,
}  # fmt: skip
TONIGHT = frozenset({"tonight", "tonite", "2nite", "2night"})

# Words whose "'s" is dropped: "today's tasks", "in a week's time".
OWNERS = frozenset(
    {*RELATIVE_DAYS, *WEEKDAYS, *MONTHS, "week", "month", "fortnight", "hour", "minute", "day", "morning"}
)

UNITS = {
    "second": "second", "seconds": "second", "sec": "second", "secs": "second",
    "minute": "minute", "minutes": "minute", "min": "minute", "mins": "minute", "m": "minute",
    "hour": "hour", "hours": "hour", "hr": "hour", "hrs": "hour", "h": "hour",
    "day": "day", "days": "day", "d": "day", "night": "day", "nights": "day",
    "week": "week", "weeks": "week", "wk": "week", "wks": "week", "w": "week",
    "fortnight": "fortnight", "fortnights": "fortnight",
    "month": "month", "months": "month", "mth": "month", "mths": "month", "mo": "month", "mos": "month",
    "quarter": "quarter", "quarters": "quarter", "qtr": "quarter",
    "year": "year", "years": "year", "yr": "year", "yrs": "year", "y": "year",
    "decade": "decade", "decades": "decade",
}  # fmt: skip
# Units that are one letter, or a word with another sense: read only right after a digit ("2h", "3 d").
SHORT_UNITS = frozenset({"m", "h", "d", "w", "y", "mo", "mos"})
WORKDAY_WORDS = frozenset({"workday", "workdays", "weekday", "weekdays", "business", "working", "work"})

CARDINALS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
VAGUE_AMOUNTS = {"couple": 2, "pair": 2, "few": 3, "several": 3}

NEXT = frozenset({"next", "nxt", "following"})
COMING = frozenset({"this", "coming", "upcoming", "current"})
LAST = frozenset({"last", "past", "previous", "prior"})
EVERY = frozenset({"every", "each", "ev", "evry"})
OTHER = frozenset({"other", "alternate", "alternating"})

# Frequency adverbs: (FREQ, INTERVAL).
FREQUENCIES = {
    "daily": ("DAILY", 1), "everyday": ("DAILY", 1), "nightly": ("DAILY", 1), "weekly": ("WEEKLY", 1),
    "monthly": ("MONTHLY", 1), "yearly": ("YEARLY", 1), "annually": ("YEARLY", 1), "annual": ("YEARLY", 1),
    "hourly": ("HOURLY", 1), "quarterly": ("MONTHLY", 3), "fortnightly": ("WEEKLY", 2), "biweekly": ("WEEKLY", 2),
    "bimonthly": ("MONTHLY", 2), "biannually": ("MONTHLY", 6), "semiannually": ("MONTHLY", 6), "biyearly": ("YEARLY", 2),
    "biennially": ("YEARLY", 2),
}  # fmt: skip
UNIT_FREQUENCIES = {
    "minute": ("MINUTELY", 1), "hour": ("HOURLY", 1), "day": ("DAILY", 1), "week": ("WEEKLY", 1), "fortnight": ("WEEKLY", 2),
    "month": ("MONTHLY", 1), "quarter": ("MONTHLY", 3), "year": ("YEARLY", 1), "decade": ("YEARLY", 10),
}  # fmt: skip

# Parts of a day, and the clock time that they stand for (a user's defaults).
DAY_PARTS = {
    "morning": 9 * 60, "mornings": 9 * 60, "morn": 9 * 60, "afternoon": 15 * 60, "afternoons": 15 * 60, "arvo": 15 * 60,
    "evening": 18 * 60, "evenings": 18 * 60, "eve": 18 * 60, "night": 20 * 60, "nights": 20 * 60,
}  # fmt: skip
PART_FAMILY = {
    "morning": "morning", "mornings": "morning", "morn": "morning", "afternoon": "afternoon", "afternoons": "afternoon",
    "arvo": "afternoon", "evening": "evening", "evenings": "evening", "eve": "evening", "night": "night",
    "nights": "night",
}  # fmt: skip
SHIFTED_PARTS = {
    ("early", "morning"): 7 * 60, ("mid", "morning"): 10 * 60, ("late", "morning"): 11 * 60,
    ("early", "afternoon"): 13 * 60, ("mid", "afternoon"): 15 * 60, ("late", "afternoon"): 17 * 60,
    ("early", "evening"): 18 * 60, ("mid", "evening"): 19 * 60, ("late", "evening"): 21 * 60,
    ("early", "night"): 20 * 60, ("mid", "night"): 24 * 60, ("late", "night"): 22 * 60,
}  # fmt: skip
# Names of a clock time. Midnight is that of the coming night: the end of the day it is said of.
NAMED_TIMES = {
    "noon": 12 * 60, "midday": 12 * 60, "noonish": 12 * 60, "noontime": 12 * 60, "lunchtime": 12 * 60, "midnight": 24 * 60,
    "bedtime": 22 * 60, "dinnertime": 18 * 60, "suppertime": 18 * 60, "breakfasttime": 8 * 60, "teatime": 16 * 60,
    "eod": 17 * 60, "cob": 17 * 60, "eob": 17 * 60, "eop": 17 * 60,
}  # fmt: skip
TIME_PHRASES = {
    ("end", "of", "day"): 17 * 60, ("end", "of", "the", "day"): 17 * 60, ("end", "of", "business"): 17 * 60,
    ("close", "of", "business"): 17 * 60, ("end", "of", "business", "day"): 17 * 60, ("close", "of", "play"): 17 * 60,
    ("end", "of", "play"): 17 * 60, ("end", "of", "the", "work", "day"): 17 * 60, ("end", "of", "the", "workday"): 17 * 60,
    ("end", "of", "the", "working", "day"): 17 * 60, ("end", "of", "the", "business", "day"): 17 * 60,
    ("end", "of", "workday"): 17 * 60, ("close", "of", "the", "day"): 17 * 60,
    ("day's", "end"): 17 * 60, ("days", "end"): 17 * 60, ("lunch", "time"): 12 * 60, ("mid", "day"): 12 * 60,
    ("mid", "night"): 24 * 60, ("bed", "time"): 22 * 60, ("dinner", "time"): 18 * 60,
}  # fmt: skip
# Meals and the working day, as points of time: read only after one of these words.
EVENT_TIMES = {
    ("at", "lunch"): 12 * 60, ("after", "lunch"): 13 * 60, ("before", "lunch"): 12 * 60, ("over", "lunch"): 12 * 60,
    ("during", "lunch"): 12 * 60, ("by", "lunch"): 12 * 60,
    ("at", "breakfast"): 8 * 60, ("after", "breakfast"): 9 * 60, ("before", "breakfast"): 7 * 60,
    ("at", "dinner"): 18 * 60, ("after", "dinner"): 20 * 60, ("before", "dinner"): 18 * 60,
    ("before", "work"): 8 * 60, ("after", "work"): 18 * 60, ("after", "school"): 15 * 60, ("before", "school"): 8 * 60,
    ("before", "bed"): 22 * 60, ("after", "hours"): 18 * 60,
}  # fmt: skip

# Words that may stand before a date or a time and belong to it.
LEADS = frozenset(
    "on at by for before due from until till til in during over around about approximately circa @ ~ "
    "since through thru starting beginning effective sometime anytime scheduled this after".split()
)
# After these a bare number is an hour ("at 5").
HOUR_LEADS = frozenset({"at", "by", "for", "before", "until", "till", "til", "around", "about", "@", "~", "after", "from", "circa", "approximately", "since"})  # fmt: skip
ENDS = frozenset({"until", "till", "til", "through", "thru", "ending", "ends"})
STARTS = frozenset({"starting", "beginning", "start", "from", "since", "commencing", "effective"})
TIME_TAILS = frozenset({"sharp", "exactly", "precisely", "ish", "approximately", "prompt"})

# Words that begin a phrase after a date, so the date is not a noun's adjective: "call mom friday about the trip".
CONNECTORS = frozenset(
    "and or but then so to with for at on in by before after until till about from because if when while as that which "
    "who please pls plz thanks of via near regarding re using without through during since over is are was be remind "
    "also too not instead between around per off into onto if unless i i'm i'll i've we you he she they it me "
    "the a an my our your his her their its this these those".split()
)
DETERMINERS = frozenset("the a an my our your his her their its".split())
# Before a bare number, these make it a label, an amount or a party: "chapter 5", "table for 4".
PARTIES = frozenset("table tables dinner reservation reservations room rooms seats tickets cook recipe food enough party lunch brunch breakfast snacks book gifts presents 2".split())  # fmt: skip
LABELS = frozenset(
    "chapter room flight route size version v windows page pages step section part episode season unit lesson exercise "
    "question problem ticket issue bug pr invoice order number no nr gate platform track line bus train highway level "
    "phase grade class volume vol act scene apartment apt suite door bay lane exit article formula channel task".split()
)
AMOUNT_VERBS = frozenset("task item pay send transfer owe withdraw deposit save dial read watch spend buy get".split())

# What people call the holidays of ``days.HOLIDAYS``, word by word.
HOLIDAY_NAMES = {
    "new year's eve": ("new year's eve", "new years eve", "new year eve", "nye", "new year’s eve"),
    "new year's day": ("new year's day", "new years day", "new year's", "new years", "new year day"),
    "valentine's day": ("valentine's day", "valentines day", "valentine day", "valentine's", "valentines"),
    "st patrick's day": (
        "st patrick's day",
        "st patricks day",
        "st . patrick's day",
        "saint patrick's day",
        "st paddy's day",
    ),
    "april fools": ("april fools", "april fool's day", "april fools day", "april fools' day"),
    "earth day": ("earth day",),
    "may day": ("may day",),
    "cinco de mayo": ("cinco de mayo",),
    "juneteenth": ("juneteenth",),
    "independence day": ("independence day",),
    "halloween": ("halloween", "hallowe'en", "halloween day", "halloween night"),
    "veterans day": ("veterans day", "veteran's day", "veterans' day"),
    "christmas eve": ("christmas eve", "xmas eve"),
    "christmas": ("christmas", "christmas day", "xmas", "xmas day", "x mas"),
    "boxing day": ("boxing day",),
    "groundhog day": ("groundhog day",),
    "women's day": ("women's day", "international women's day"),
    "pi day": ("pi day",),
    "all saints' day": ("all saints day", "all saints' day"),
    "ides of march": ("ides of march",),
    "thanksgiving": ("thanksgiving", "thanksgiving day", "turkey day"),
    "mother's day": ("mother's day", "mothers day", "mothers' day", "mother day"),
    "father's day": ("father's day", "fathers day", "fathers' day", "father day"),
    "memorial day": ("memorial day",),
    "labor day": ("labor day", "labour day"),
    "mlk day": ("mlk day", "martin luther king day", "martin luther king jr day", "martin luther king's day"),
    "presidents day": ("presidents day", "president's day", "presidents' day"),
    "columbus day": ("columbus day", "indigenous peoples day", "indigenous peoples' day"),
    "black friday": ("black friday",),
    "cyber monday": ("cyber monday",),
    "easter": ("easter", "easter sunday", "easter day"),
    "easter monday": ("easter monday",),
    "good friday": ("good friday",),
    "palm sunday": ("palm sunday",),
    "ash wednesday": ("ash wednesday",),
    "mardi gras": ("mardi gras", "fat tuesday", "shrove tuesday", "pancake day"),
    "pentecost": ("pentecost", "whit sunday"),
}
# Astronomical seasons: the first day of each, by month and day.
SEASONS = {"spring": (3, 20), "summer": (6, 21), "autumn": (9, 22), "fall": (9, 22), "winter": (12, 21)}
# Figures that look like a date: fractions, and names such as 24/7.
FIGURES = frozenset({"24/7", "9/11", "1/2", "1/3", "2/3", "1/4", "1/5", "1/8", "50/50", "7/11", "7/24"})

WEEKEND = frozenset({"weekend", "wkend", "wknd", "week-end"})
# "fiveish", "tennish": an hour, roughly.
HOURS_ISH = {f"{name}ish": hour for name, hour in CARDINALS.items() if 1 <= hour <= 12}
# Leads of more than one word, and the lead that they amount to.
LEAD_PHRASES = {
    ("no", "later", "than"): "by", ("not", "later", "than"): "by", ("some", "time"): "on", ("any", "time"): "on",
    ("due", "date"): "on", ("due", "date", ":"): "on", ("due", ":"): "on", ("deadline",): "by", ("deadline", ":"): "by",
    ("deadline", "is"): "by", ("as", "of"): "from", ("due", "date", "is"): "on", ("when", ":"): "on", ("date", ":"): "on",
    ("starting", "from"): "starting", ("beginning", "on"): "starting", ("starting", "on"): "starting", ("up", "to"): "until",
    ("up", "until"): "until", ("on", "or", "before"): "by", ("at", "the", "latest", "by"): "by", ("on", "or", "about"): "on",
}  # fmt: skip
# Verbs that open a task: after a date at the start, they show that the date is not a noun's adjective ("friday call mom").
TASK_VERBS = frozenset(
    "add answer apply arrange ask assemble attend back bake book bring brush build buy call cancel change charge check clean "
    "clear close collect confirm contact cook create cut decide declutter deliver deposit discuss do download draft drive drop "
    "edit email empty exercise feed file fill find finish fix fly fold follow get give go grab have help hire install invite "
    "iron join journal leave listen look mail make measure meet mend message move mow order organise organize pack paint pay "
    "phone pick plan plant post practice prepare print publish purchase put read record register remind renew rent repair "
    "replace reply request research reserve respond return review ring run schedule see sell send set ship shop sign sort "
    "start stop study submit sweep take talk tell test text tidy train try turn update upload vacuum visit wake walk wash "
    "watch water wipe work wrap write".split()
)
# Before a weekday these make it a name: "Blue Monday", "casual friday".
DAY_NAMERS = frozenset(
    {"blue", "black", "manic", "ruby", "cyber", "good", "casual", "super", "bloody", "giving", "fat"}
)
