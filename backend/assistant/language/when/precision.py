"""How sure a reading is: what surrounds words that only may be a date ("may", "at 5", "sun", "the 5th", "the friday
report")."""

from backend.assistant.language.when import words as w
from backend.assistant.language.when.parts import Piece, Scene, Strength
from backend.assistant.language.when.text import Tokens

_STOPS = frozenset(".,;:!?)(-–—…\n&\"'/")
_POINTED = frozenset(
    {"in", "on", "by", "until", "till", "til", "before", "during", "due", "this", "from", "since", "starting"}
)
_BEFORE_A_DAY = frozenset(
    {"next", "this", "on", "every", "each", "by", "before", "until", "due", "coming", "in", "at", "from", "starting"}
)
_ALWAYS_CAPITAL = frozenset({*w.WEEKDAYS, *w.WEEKDAYS_PLURAL, *w.MONTHS})


def judge(tokens: Tokens, group: list[Piece]) -> Strength | None:
    """The strength of pieces side by side; None where the words are no date at all."""
    scene = _scene(tokens, group)
    if scene.owner or _named(tokens, group, scene):
        return "weak"
    if len(group) > 1 and any(piece.shape not in ("part", "adverb") for piece in group):
        return _plain(tokens, group[0], scene)
    if group[0].rule == "meal":
        return None
    return max((_alone(tokens, piece, scene) for piece in group), key=("weak", "likely", "sure").index)


def _scene(tokens: Tokens, group: list[Piece]) -> Scene:
    start, end = group[0].start, group[-1].end
    before, after = tokens.words[start - 1] if start else "", tokens.words[end]
    glued = tokens.glued[end] and after not in _STOPS
    starts = start == 0 or before in _STOPS or before in ("and", "then", "but", "or")
    word = after[:1].isalpha() and after not in w.CONNECTORS
    named = after[:1].isalpha() and after not in w.CONNECTORS and not (starts and after in w.TASK_VERBS)
    noun = glued or named or after == "\0"
    hyphen = after == "-" and tokens.glued[end] and tokens.glued[end + 1]
    return Scene(
        before=before,
        after=after,
        starts=starts,
        ends=after == "" or after in _STOPS,
        word_after=word,
        noun_after=noun or hyphen or after == "'s",
        title_after=tokens.raw(end)[:1].isupper()
        and not tokens.raw(end).isupper()
        and after not in ("i", "i'm", "i'll"),
        owner=tokens.raw(end - 1).lower().replace("’", "'").endswith(("'s", "tomorrows"))
        and after not in ("", "time")
        and group[-1].shape != "holiday",
        determined=(group[0].article and not group[0].lead) or before in w.DETERMINERS,
        rank=start,
    )


def _named(tokens: Tokens, group: list[Piece], scene: Scene) -> bool:
    """Whether capitals make it part of a name: "The 5th Wave", "Saturday Night Fever", "The Day After Tomorrow"."""
    if not _mixed(tokens, group):
        return False
    first = tokens.raw(group[0].start)
    capital = first[:1].isupper()
    if scene.title_after and capital and scene.noun_after:
        return True
    start, end = group[0].start, group[-1].end
    sentence = start == 0 or tokens.words[start - 1] in _STOPS
    if tokens.words[start] in _ALWAYS_CAPITAL or group[0].shape == "holiday" or sentence or not capital:
        return False
    if scene.ends and tokens.words[start] in _BEFORE_A_DAY:  # "buy milk Next Sunday": a name has a word behind it
        return False
    return end - start > 1 and all(not tokens.raw(at)[:1].islower() for at in range(start, end))


def _mixed(tokens: Tokens, group: list[Piece]) -> bool:
    """Whether capitals say anything: some word outside the pieces begins with a small letter."""
    start, end = group[0].start, group[-1].end
    near = (*range(max(start - 12, 0), start), *range(end, min(end + 12, tokens.count)))
    return any(tokens.raw(at)[:1].islower() and len(tokens.words[at]) > 2 for at in near)


def _alone(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    return _JUDGES.get(piece.shape, _plain)(tokens, piece, scene)


def _plain(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    if piece.rule in ("numeric date", "clock time") and not piece.lead and not scene.starts:
        clock = piece.meaning.clock
        counted = scene.noun_after and clock is not None and clock.open
        if counted or scene.before in w.LABELS:
            return "weak"
    if scene.determined and scene.noun_after:
        return "likely" if scene.starts and piece.end - piece.core > 1 and not piece.meaning.clock else "weak"
    return "sure"


def _title_word(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    """ "noon", "late night": a noun's adjective where one follows ("midnight snack")."""
    return "weak" if scene.noun_after and not piece.lead else "sure"


def _plural(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    """ "tuesdays": a rhythm after "on" or at an end of the text."""
    if scene.noun_after or scene.determined:
        return "weak"
    return "sure" if piece.lead or scene.ends or scene.starts else "weak"


def _weekday(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    if piece.lead in _POINTED or piece.lead == "for":
        return "weak" if scene.noun_after and piece.article else "sure"
    if scene.determined:
        return "weak" if scene.noun_after else "likely"
    if scene.starts and scene.after in w.OUTINGS | w.PRACTITIONERS:  # "friday dinner with Ana"
        return "sure"
    if scene.noun_after or scene.before == "about" or scene.before in w.DAY_NAMERS:
        return "weak"
    return "sure"


def _short(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    if scene.after in ("and", "n", "&", "/", "or") and tokens.words[piece.end + 1] in w.WEEKDAYS:
        return "likely" if scene.rank and not scene.determined else "weak"
    if scene.noun_after:
        return "weak"
    if piece.lead in _POINTED or piece.lead == "for":
        return "weak" if piece.article else "sure"
    return "weak" if scene.determined or not scene.ends or not scene.rank else "likely"


def _month(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    if piece.rule == "modified month":
        return "weak" if scene.word_after else "sure"
    day = piece.meaning.day
    if day and day.kind == "weekend" and not piece.lead and not scene.determined and not scene.noun_after:
        plain = tokens.raw(piece.core).islower() or not _mixed(tokens, [piece])
        return "likely" if scene.rank > 1 and scene.ends and plain else "weak"
    if piece.lead not in _POINTED and piece.lead not in ("for", "over", "at", "during", "within"):
        return "weak"
    if scene.noun_after or scene.before == "come":
        return "weak"
    if piece.lead == "for" and piece.meaning.day and piece.meaning.day.kind != "month":
        return "weak"
    return "likely" if piece.lead in ("for", "from", "on") else "sure"


def _hour(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    """ "at 5": an hour, unless it counts what follows or is the number of what is before ("table for 4", "by one")."""
    word = tokens.words[piece.core]
    if scene.noun_after or scene.after in ("$", "€", "%", "£", "of", "x", "/") or (scene.after == "\0"):
        return "weak"
    if piece.lead == "for" and (scene.before in w.PARTIES or word in ("one", "two", "free")):
        return "weak"
    if piece.lead == "by" and word in ("one", "two", "half"):
        return "weak"
    if piece.lead in ("from", "after", "before", "since", "~"):
        return "weak" if scene.before not in ("", "and") and piece.lead == "from" else "likely"
    return "sure" if piece.lead in ("at", "@") else "likely"


def _four(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    """ "1730": a time after "at" or "by"; alone only at the end, on a five-minute mark, and not like a year or an
    amount."""
    if scene.noun_after or scene.after in ("$", "€", "%", "£"):
        return "weak"
    if piece.lead in ("at", "by", "@", "until", "till", "before", "after"):
        return "sure"
    minutes = piece.meaning.clock.minutes if piece.meaning.clock else 0
    code = tokens.words[piece.start - 2] if piece.start > 1 else ""
    labelled = code in w.LABELS or scene.before in w.LABELS | w.AMOUNT_VERBS | w.DETERMINERS | {"$", "#", "to"}
    like_year = tokens.words[piece.core][:2] in ("19", "20")
    return "likely" if scene.ends and scene.rank and minutes % 5 == 0 and not labelled and not like_year else "weak"


def _monthday(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    """ "on the 5th" is a day; "the 5th wave" and "our 20th" are not; "the second" alone is more often a choice."""
    small = tokens.words[piece.core] in ("first", "second", "third")
    if scene.noun_after or scene.before in w.DETERMINERS:
        return "weak"
    if piece.lead in ("on", "by", "before", "until", "till", "due", "from", "starting", "for"):
        return "likely" if small or piece.lead == "for" else "sure"
    if piece.rule == "nth weekday":
        return "likely"
    if small or not (piece.article or scene.ends):
        return "weak"
    return "likely" if scene.rank or piece.article else "weak"


def _adverb(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    """ "daily", "after lunch": an adjective where a noun follows ("daily standup")."""
    return "weak" if scene.word_after or scene.determined else "sure"


def _holiday(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    if not scene.rank and scene.after in (":", "-", "–") and tokens.words[piece.end + 1]:
        return "sure"
    if scene.noun_after or scene.determined:
        return "weak"
    if piece.lead:
        return "sure" if piece.lead in ("on", "by", "before", "until", "till", "due") else "likely"
    return "likely" if scene.rank > 1 and scene.ends else "weak"


def _part(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    """ "morning" alone is weak; "for the evening", "by morning" and "at night" may be meant."""
    return "likely" if piece.lead and scene.ends else "weak"


def _year(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    return "weak" if scene.noun_after else "likely"


def _now(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    return "likely" if scene.ends and scene.rank else "weak"


def _slash(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    """ "3/4": a date after a lead; alone, unless it is a common fraction or figure, or counts a noun ("1/2 cup")."""
    said = tokens.text[tokens.starts[piece.core] : tokens.ends[piece.end - 1]]
    if said in w.FIGURES or scene.noun_after:
        return "weak" if not piece.lead or scene.noun_after else "likely"
    if piece.lead:
        return "sure"
    return "likely" if scene.ends or scene.starts else "weak"


def _pair(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    """ "march 10", "five thirty": sure, unless a verb or an amount is as likely ("march 10 miles")."""
    if piece.lead or not scene.noun_after:
        return "sure" if piece.meaning.day or piece.meaning.problem or piece.lead else "likely"
    return "weak" if tokens.words[piece.core] in ("may", "march", "mar") or not piece.meaning.day else "likely"


def _today(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    return "weak" if scene.determined and scene.noun_after else "sure"


def _numbered_week(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    """ "week 20": of the calendar at the end of a text; "week 20 scan" and "our week 3" are others'."""
    ahead = scene.ends and scene.rank != 1 and not scene.determined and scene.before not in w.LABELS
    return "likely" if ahead or piece.lead == "for" else "weak"


def _impossible(tokens: Tokens, piece: Piece, scene: Scene) -> Strength:
    """ "at 25:00", "on the 32nd", "13pm": a slip where only a time can stand; else it is a score, a verse, a street."""
    last = tokens.words[piece.end - 1]
    if piece.rule == "impossible time":
        said = piece.lead in w.HOUR_LEADS or not last.isdigit()
        return "sure" if said or scene.before in w.RELATIVE_DAYS or scene.before in w.WEEKDAYS else "weak"
    named = piece.rule == "impossible day of a month" and (not last.isdigit() or (scene.ends and scene.rank > 1))
    return "sure" if named or piece.lead in _POINTED else "weak"


_JUDGES = {
    "weekday": _weekday, "short": _short, "month": _month, "hour": _hour, "four": _four, "monthday": _monthday,
    "adverb": _adverb, "holiday": _holiday, "part": _part, "year": _year, "now": _now, "slash": _slash, "pair": _pair,
    "impossible": _impossible, "week": _numbered_week, "day": _today, "named": _title_word, "plural": _plural,
}  # fmt: skip
