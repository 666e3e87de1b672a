"""Numbers, units, times of the day and rhythms. Clock times are minutes since 00:00; keys are lower case."""

CARDINALS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "twelveth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
VAGUE_AMOUNTS = {"couple": 2, "pair": 2, "few": 3, "several": 3}
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
# Parts of a day, and the clock time that they stand for (a user's defaults).
DAY_PARTS = {
    "morning": 9 * 60, "mornings": 9 * 60, "morn": 9 * 60, "afternoon": 15 * 60, "afternoons": 15 * 60, "arvo": 15 * 60,
    "evening": 18 * 60, "evenings": 18 * 60, "eve": 18 * 60, "aft": 15 * 60, "night": 20 * 60, "nights": 20 * 60,
}  # fmt: skip
PART_FAMILY = {
    "morning": "morning", "mornings": "morning", "morn": "morning", "afternoon": "afternoon", "afternoons": "afternoon",
    "arvo": "afternoon", "aft": "afternoon", "evening": "evening", "evenings": "evening", "eve": "evening",
    "night": "night",
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
    "noon": 12 * 60, "midday": 12 * 60, "noonish": 12 * 60, "noontime": 12 * 60, "lunchtime": 12 * 60,
    "midnight": 24 * 60,
    "bedtime": 22 * 60, "dinnertime": 18 * 60, "suppertime": 18 * 60, "breakfasttime": 8 * 60, "teatime": 16 * 60,
    "eod": 17 * 60, "cob": 17 * 60, "eob": 17 * 60, "eop": 17 * 60,
}  # fmt: skip
# How people clip or spell these words when they type fast.
CLIPPED = {
    "nite": "night", "nites": "nights", "evng": "evening", "aftn": "afternoon", "mornin": "morning", "wk": "week",
    "b4": "before",
}  # fmt: skip
TIME_PHRASES = {
    ("end", "of", "day"): 17 * 60, ("end", "of", "today"): 17 * 60,
    ("end", "of", "the", "day"): 17 * 60, ("end", "of", "business"): 17 * 60,
    ("close", "of", "business"): 17 * 60, ("end", "of", "business", "day"): 17 * 60, ("close", "of", "play"): 17 * 60,
    ("end", "of", "play"): 17 * 60, ("end", "of", "the", "work", "day"): 17 * 60,
    ("end", "of", "the", "workday"): 17 * 60,
    ("end", "of", "the", "working", "day"): 17 * 60, ("end", "of", "the", "business", "day"): 17 * 60,
    ("end", "of", "workday"): 17 * 60, ("close", "of", "the", "day"): 17 * 60,
    ("day", "end"): 17 * 60, ("days", "end"): 17 * 60, ("lunch", "time"): 12 * 60, ("mid", "day"): 12 * 60,
    ("mid", "night"): 24 * 60, ("bed", "time"): 22 * 60, ("dinner", "time"): 18 * 60,
}  # fmt: skip
# First and last light, roughly: what an almanac says of a place is not known here.
_LIGHT = {"dawn": 6, "sunrise": 6, "daybreak": 6, "dusk": 18, "sunset": 18, "sundown": 18}
# Meals and the working day, as points of time: read only after one of these words.
EVENT_TIMES = {
    ("at", "lunch"): 12 * 60, ("after", "lunch"): 13 * 60, ("before", "lunch"): 12 * 60, ("over", "lunch"): 12 * 60,
    ("during", "lunch"): 12 * 60, ("by", "lunch"): 12 * 60,
    ("around", "lunch"): 12 * 60, ("around", "dinner"): 18 * 60, ("by", "dinner"): 18 * 60,
    ("at", "breakfast"): 8 * 60, ("after", "breakfast"): 9 * 60, ("before", "breakfast"): 7 * 60,
    ("at", "dinner"): 18 * 60, ("after", "dinner"): 20 * 60, ("before", "dinner"): 18 * 60,
    ("before", "work"): 8 * 60, ("after", "work"): 18 * 60, ("after", "school"): 15 * 60, ("before", "school"): 8 * 60,
    ("before", "bed"): 22 * 60, ("after", "hours"): 18 * 60,
    **{(lead, name): at * 60 for name, at in _LIGHT.items() for lead in ("at", "before", "after", "by", "around")},
}  # fmt: skip
# "fiveish", "tennish": an hour, roughly.
HOURS_ISH = {f"{name}ish": hour for name, hour in CARDINALS.items() if 1 <= hour <= 12}
TIME_TAILS = frozenset({"sharp", "exactly", "precisely", "ish", "approximately", "prompt"})
EVERY = frozenset({"every", "each", "ev", "evry"})
OTHER = frozenset({"other", "alternate", "alternating"})
# Frequency adverbs: (FREQ, INTERVAL).
FREQUENCIES = {
    "daily": ("DAILY", 1), "everyday": ("DAILY", 1), "nightly": ("DAILY", 1), "weekly": ("WEEKLY", 1),
    "monthly": ("MONTHLY", 1), "yearly": ("YEARLY", 1), "annually": ("YEARLY", 1), "annual": ("YEARLY", 1),
    "hourly": ("HOURLY", 1), "quarterly": ("MONTHLY", 3), "fortnightly": ("WEEKLY", 2), "biweekly": ("WEEKLY", 2),
    "bimonthly": ("MONTHLY", 2), "biannually": ("MONTHLY", 6), "semiannually": ("MONTHLY", 6),
    "biyearly": ("YEARLY", 2),
    "biennially": ("YEARLY", 2),
}  # fmt: skip
UNIT_FREQUENCIES = {
    "minute": ("MINUTELY", 1), "hour": ("HOURLY", 1), "day": ("DAILY", 1), "week": ("WEEKLY", 1),
    "fortnight": ("WEEKLY", 2),
    "month": ("MONTHLY", 1), "quarter": ("MONTHLY", 3), "year": ("YEARLY", 1), "decade": ("YEARLY", 10),
}  # fmt: skip
