"""Words around a date: those that lead it, and those that tell a date from what only looks like one."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that may stand before a date or a time and belong to it.
LEADS = _words(
    """
    on at by for before due from until till til in during over around about approximately circa @ ~ since through
    thru ending starting beginning effective sometime anytime scheduled this after exactly precisely roughly approx
    """
)
# What leads a rhythm and nothing else: "pay rent on the 1st, repeat monthly".
REPEATED = "repeat"
_REPEATING = {
    *((word,) for word in ("repeat", "repeats", "repeating", "repeated", "recurring", "recurs")),
    *(
        (before, word)
        for before in ("and", "it", "which", "that")
        for word in ("repeat", "repeats", "repeating", "recurs")
    ),
    *((*before, "it") for before in (("and", "make"), ("and", "have"))),
    *((*before, "set", "to", "repeat") for before in ((), ("and",))),
}
_REPEATING_LINKS: tuple[tuple[str, ...], ...] = ((), ("it",), ("on",), ("it", "on"))
# Leads of more than one word, and the lead that they amount to.
LEAD_PHRASES = {
    ("no", "later", "than"): "by", ("not", "later", "than"): "by", ("some", "time"): "on", ("any", "time"): "on",
    ("due", "date"): "on", ("due", "date", ":"): "on", ("due", ":"): "on", ("deadline",): "by", ("deadline", ":"): "by",
    ("deadline", "is"): "by", ("as", "of"): "from", ("due", "date", "is"): "on", ("when", ":"): "on",
    ("date", ":"): "on",
    ("starting", "from"): "starting", ("beginning", "on"): "starting", ("starting", "on"): "starting",
    ("up", "to"): "until", ("ending", "on"): "ending", ("ending", "in"): "ending", ("ending", "by"): "ending",
    ("up", "until"): "until", ("on", "or", "before"): "by", ("at", "the", "latest", "by"): "by",
    ("later", "than"): "after", ("earlier", "than"): "before", ("not", "before"): "from",
    ("no", "earlier", "than"): "from", ("not", "earlier", "than"): "from", ("no", "sooner", "than"): "from",
    ("approx", "."): "around", ("w", "/", "c"): "on",
    ("on", "or", "about"): "on", ("toward",): "by", ("towards",): "by", ("bright", "and", "early"): "on",
} | {(*words, *link): REPEATED for words in _REPEATING for link in _REPEATING_LINKS}  # fmt: skip
# After these a bare number is an hour ("at 5").
HOUR_LEADS = _words(
    """
    at by for before until till til around about @ ~ after from circa approximately since
    """
)
ENDS = frozenset({"until", "till", "til", "through", "thru", "ending", "ends"})
STARTS = frozenset({"starting", "beginning", "start", "from", "since", "commencing", "effective"})
# Words that begin a phrase after a date, so the date is not a noun's adjective: "call mom friday about the trip".
CONNECTORS = _words(
    """
    and or but then so to with for at on in by before after until till about from because if when while as that
    which who please pls plz thanks of via near regarding re using without through during since over is are was be
    remind also too not instead between around per off into onto if unless i i'm i'll i've we you he she they it me
    the a an my our your his her their its this these those
    """
)
DETERMINERS = _words(
    """
    the a an my our your his her their its
    """
)
# Before a bare number, these make it a label, an amount or a party: "chapter 5", "table for 4".
PARTIES = _words(
    """
    table tables dinner reservation reservations room rooms seats tickets cook recipe food enough party lunch brunch
    breakfast snacks book gifts presents
    """
)
LABELS = _words(
    """
    chapter room flight route size version v windows page pages step section part episode season unit lesson
    exercise question problem ticket issue bug pr invoice order number no nr gate platform track line bus train
    highway level phase grade class volume vol act scene apartment apt suite door bay lane exit article formula
    channel task form job code pin ext extension account case id model lot building block box zip postcode phone
    tel fax mobile psalm verse rule rfc iso isbn sku ref reference policy claim permit licence license
    plate aisle row seat table terminal locker pump sheet slide figure fig exhibit document doc receipt
    confirmation tracking parcel memo bulletin regulation paragraph para article
    """
)
AMOUNT_VERBS = _words(
    """
    task item pay send transfer owe withdraw deposit save dial read watch spend buy get
    """
)
# Verbs that open a task: after a date at the start, they show that the date is not a noun's adjective ("friday call
# mom").
TASK_VERBS = _words(
    """
    add answer apply arrange ask assemble attend back bake book bring brush build buy call cancel change charge
    check clean clear close collect confirm contact cook create cut decide declutter deliver deposit discuss do
    download draft drive drop edit email empty exercise feed file fill find finish fix fly fold follow get give go
    grab have help hire install invite iron join journal leave listen look mail make measure meet mend message move
    mow order organise organize pack paint pay phone pick plan plant post practice prepare print publish purchase
    put read record register remind renew rent repair replace reply request research reserve respond return review
    ring run schedule see sell send set ship shop sign sort start stop study submit sweep take talk tell test text
    tidy train try turn update upload vacuum visit wake walk wash watch water wipe work wrap write
    """
)
# Before a weekday these make it a name: "Blue Monday", "casual friday".
DAY_NAMERS = frozenset(
    {"blue", "black", "manic", "ruby", "cyber", "good", "casual", "super", "bloody", "giving", "fat"}
)
# Figures that look like a date: fractions, and names such as 24/7.
FIGURES = frozenset({"24/7", "9/11", "1/2", "1/3", "2/3", "1/4", "1/5", "1/8", "50/50", "7/11", "7/24"})
# What may follow a number in a phrase longer than the number: "3-5pm", "20 past", "5 times".
JOINED_TO_NUMBERS = _words(
    """
    - – — / . , : and of more times to till til until past after before through thru am pm a p ish half oclock o'clock o
    """
)
# Words that soften an amount: "in about an hour".
HEDGES = _words("next another just exactly under about approximately around like maybe roughly")
# The same of several words: "in less than a week".
LIMITS = (
    ("less", "than"), ("no", "more", "than"), ("not", "more", "than"), ("at", "most"), ("at", "the", "most"),
    ("fewer", "than"), ("a", "little", "under"), ("just", "under"), ("a", "little", "over"), ("just", "over"),
    ("more", "or", "less"), ("more", "than"), ("at", "least"),
)  # fmt: skip
# What one does with a meal, and what follows one that is a thing to do and no time of day.
HAVING_A_MEAL = _words("book plan cook have make host prepare order eat get organize organise schedule reserve arrange")
OF_A_MEAL = _words("with at for in party date reservation plans menu guests")
# What may stand between these and a day: "book next tuesday lunch".
BEFORE_A_DAY = _words("next this on coming for")
# What one goes to: no verb before is missing ("pay rent friday, gym monday" has no "pay gym").
OUTINGS = _words(
    """
    gym yoga pilates workout training practice rehearsal class lesson lecture seminar course swimming
    football soccer tennis choir church meeting standup stand-up sync retro interview appointment
    checkup check-up haircut massage lunch dinner breakfast brunch coffee drinks party wedding concert
    cinema movies theatre theater flight train exam game match trip picnic barbecue bbq
    """
)
# Of those, what can be bought as well.
REFRESHMENTS = _words("lunch dinner breakfast brunch coffee drinks picnic barbecue bbq")
# Whom one goes to, or calls: "call the dentist today and the vet tomorrow".
PRACTITIONERS = _words(
    """
    dentist doctor vet barber hairdresser optician therapist physio physiotherapist dermatologist
    orthodontist lawyer accountant
    """
)
