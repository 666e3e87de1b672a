"""Names of days, weeks, months and holidays. All keys are lower case, apostrophes straight."""

WEEKDAYS = {
    "monday": 0, "mon": 0, "tuesday": 1, "tue": 1, "tues": 1, "wednesday": 2, "wed": 2, "weds": 2,
    "thursday": 3, "thu": 3, "thur": 3, "thurs": 3, "friday": 4, "fri": 4, "saturday": 5, "sat": 5, "sunday": 6,
    "sun": 6,
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
WEEKEND = frozenset({"weekend", "wkend", "wknd", "week-end"})
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
    "tomorrows": 1, "morrow": 1, "overmorrow": 2, "yesterday": -1, "yday": -1, "tonight": 0, "tonite": 0, "2nite": 0,
    "2night": 0,
}  # fmt: skip


def misspelt(names: dict[str, int]) -> dict[str, int]:
    """Long names with a letter left out, or two changed about: "satuday", "setpember", "tomorrwo"."""
    slips: dict[str, int] = {}
    for name, number in names.items():
        for at in range(1, len(name) if len(name) > 5 and name.isalpha() else 0):
            swapped = name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
            slips.update({name[:at] + name[at + 1 :]: number, swapped: number})
    return {slip: number for slip, number in slips.items() if slip not in names and slip not in _OTHER_WORDS}


_OTHER_WORDS = frozenset({"frida"})
WEEKDAYS |= misspelt(WEEKDAYS)
MONTHS |= misspelt(MONTHS)
RELATIVE_DAYS |= misspelt({"tomorrow": 1, "yesterday": -1})
TONIGHT = frozenset({"tonight", "tonite", "2nite", "2night"})
# Words whose "'s" is dropped: "today's tasks", "in a week's time".
OWNERS = frozenset(
    {*RELATIVE_DAYS, *WEEKDAYS, *MONTHS, "week", "month", "fortnight", "hour", "minute", "day", "morning"}
    | {"afternoon", "evening", "night"}
)
# What people call the holidays of ``days.HOLIDAYS``, word by word.
HOLIDAY_NAMES = {
    "new year's eve": ("new year's eve", "new years eve", "new year eve", "nye"),
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
    "mlk day": (
        "mlk day",
        "martin luther king day",
        "martin luther king jr day",
        "martin luther king jr . day",
        "martin luther king's day",
    ),
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
    "ascension day": ("ascension day", "ascension thursday"),
    "whit monday": ("whit monday", "pentecost monday"),
    "maundy thursday": ("maundy thursday", "holy thursday"),
    "holy saturday": ("holy saturday",),
    "corpus christi": ("corpus christi",),
    "all souls' day": ("all souls day", "all souls' day"),
    "lunar new year": ("lunar new year", "chinese new year", "lunar new year's day"),
    "mid-autumn festival": ("mid - autumn festival", "mid autumn festival", "moon festival"),
    "dragon boat festival": ("dragon boat festival",),
    "diwali": ("diwali", "deepavali", "divali"),
    "holi": ("holi",),
    "raksha bandhan": ("raksha bandhan", "rakhi"),
    "dussehra": ("dussehra", "vijayadashami"),
    "navratri": ("navratri", "navaratri"),
    "hanukkah": ("hanukkah", "chanukah", "hanukah"),
    "passover": ("passover", "pesach"),
    "purim": ("purim",),
    "rosh hashanah": ("rosh hashanah", "rosh hashana", "jewish new year"),
    "yom kippur": ("yom kippur",),
    "sukkot": ("sukkot", "succot"),
    "shavuot": ("shavuot", "shavuos"),
    "ramadan": ("ramadan", "ramadhan"),
    "eid al-fitr": ("eid al fitr", "eid al - fitr", "eid ul fitr", "eid ul - fitr", "eid"),
    "eid al-adha": ("eid al adha", "eid al - adha", "eid ul adha", "bakrid", "bakra eid"),
    "islamic new year": ("islamic new year", "hijri new year"),
    "ashura": ("ashura",),
    "orthodox easter": ("orthodox easter", "greek easter"),
    "epiphany": ("epiphany", "three kings day"),
    "guy fawkes night": ("guy fawkes night", "guy fawkes day", "bonfire night"),
    "canada day": ("canada day",),
    "bastille day": ("bastille day",),
    "australia day": ("australia day",),
    "anzac day": ("anzac day",),
    "tax day": ("tax day",),
    "star wars day": ("star wars day",),
    "giving tuesday": ("giving tuesday",),
    "boss's day": ("boss's day", "bosses day", "boss day"),
    "administrative professionals day": (
        "administrative professionals day",
        "administrative professionals' day",
        "secretaries day",
        "admin day",
    ),
    "military spouse day": ("military spouse day", "military spouse appreciation day"),
    "grandparents day": ("grandparents day", "grandparents' day"),
}
# Astronomical seasons: the first day of each, by month and day.
SEASONS = {"spring": (3, 20), "summer": (6, 21), "autumn": (9, 22), "fall": (9, 22), "winter": (12, 21)}
NEXT = frozenset({"next", "nxt", "following"})
COMING = frozenset({"this", "coming", "upcoming", "current"})
LAST = frozenset({"last", "past", "previous", "prior"})
