"""How people name time zones beside a clock time, and the IANA zone that each is."""

# "EST" is said all year for the wall clock of the east, so these are places and not fixed offsets.
_ABBREVIATIONS = {
    "America/New_York": "est edt eastern",
    "America/Chicago": "cst cdt central",
    "America/Denver": "mst mdt mountain",
    "America/Los_Angeles": "pst pdt pacific",
    "America/Anchorage": "akst akdt",
    "Pacific/Honolulu": "hst hawaiian",
    "UTC": "utc gmt zulu",
    "Europe/London": "bst",
    "Europe/Berlin": "cet cest",
    "Europe/Athens": "eet eest",
    "Europe/Moscow": "msk",
    "Asia/Kolkata": "ist",
    "Asia/Tokyo": "jst",
    "Asia/Seoul": "kst",
    "Asia/Singapore": "sgt",
    "Asia/Hong_Kong": "hkt",
    "Australia/Sydney": "aest aedt",
    "Australia/Perth": "awst",
    "Pacific/Auckland": "nzst nzdt",
}
# Of two letters: read only in capitals, or behind a time that says its half of the day ("5pm pt").
_SHORT = {
    "America/New_York": "et",
    "America/Chicago": "ct",
    "America/Denver": "mt",
    "America/Los_Angeles": "pt",
}
# Places whose name stands before "time": "9am london time".
_PLACES = {
    "Europe/London": "london|uk|british|english|edinburgh",
    "Europe/Dublin": "dublin|irish",
    "Europe/Paris": "paris|french|france",
    "Europe/Berlin": "berlin|german|germany|munich|hamburg|frankfurt|central european",
    "Europe/Madrid": "madrid|barcelona|spanish|spain",
    "Europe/Rome": "rome|milan|italian|italy",
    "Europe/Amsterdam": "amsterdam|dutch",
    "Europe/Brussels": "brussels",
    "Europe/Zurich": "zurich|geneva|swiss",
    "Europe/Vienna": "vienna",
    "Europe/Stockholm": "stockholm|swedish",
    "Europe/Lisbon": "lisbon",
    "Europe/Athens": "athens|greek",
    "Europe/Istanbul": "istanbul",
    "Europe/Moscow": "moscow",
    "Asia/Dubai": "dubai",
    "Asia/Jerusalem": "tel aviv|jerusalem|israel",
    "Asia/Kolkata": "india|indian|mumbai|delhi|bangalore",
    "Asia/Singapore": "singapore",
    "Asia/Hong_Kong": "hong kong",
    "Asia/Shanghai": "china|chinese|beijing|shanghai",
    "Asia/Tokyo": "tokyo|japan|japanese",
    "Asia/Seoul": "seoul|korean",
    "Australia/Sydney": "sydney|melbourne",
    "Australia/Perth": "perth",
    "Pacific/Auckland": "auckland|new zealand",
    "America/New_York": "new york|nyc|ny|boston|miami|toronto|eastern standard|eastern daylight|east coast",
    "America/Chicago": "chicago|texas|dallas|houston|central standard|central daylight",
    "America/Denver": "denver|mountain standard|mountain daylight",
    "America/Los_Angeles": "la|los angeles|san francisco|sf|seattle|california|pacific standard|pacific daylight|"
    "west coast|vancouver",
    "America/Sao_Paulo": "sao paulo|brazil",
    "Pacific/Honolulu": "hawaii",
}
ZONES = {name: zone for zone, names in _ABBREVIATIONS.items() for name in names.split()}
SHORT_ZONES = {name: zone for zone, names in _SHORT.items() for name in names.split()}
ZONED_PLACES = {tuple(name.split()): zone for zone, names in _PLACES.items() for name in names.split("|")}
