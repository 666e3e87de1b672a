"""Words of dates in the languages that to-do programs export in, each with its English one.

The language engine reads English alone. Here is no grammar: an exporter writes few and simple phrases ("jeden Montag
um 9 Uhr"), and what these tables do not make English stays unread and goes to the notes.
"""

import re
from functools import cache

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
# Of each language its months and days, from January and Monday, several ways to write one parted by a bar.
_CALENDARS = {
    "de": (
        "januar|jan|jänner februar|feb märz|mär|mrz april|apr mai juni|jun juli|jul august|aug september|sep|sept "
        "oktober|okt november|nov dezember|dez",
        "montag|mo dienstag|di mittwoch|mi donnerstag|do freitag|fr samstag|sa|sonnabend sonntag|so",
    ),
    "fr": (
        "janvier|janv février|févr|fév|fevrier mars avril|avr mai juin juillet|juil août|aout septembre|sept "
        "octobre|oct novembre|nov décembre|déc|decembre",
        "lundi|lun mardi|mar mercredi|mer jeudi|jeu vendredi|ven samedi|sam dimanche|dim",
    ),
    "es": (
        "enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago "
        "septiembre|sep|sept|setiembre "
        "octubre|oct noviembre|nov diciembre|dic",
        "lunes|lun martes miércoles|miercoles|mié jueves|jue viernes|vie sábado|sabado|sáb domingo|dom",
    ),
    "it": (
        "gennaio|gen febbraio|feb marzo|mar aprile|apr maggio|mag giugno|giu luglio|lug agosto|ago settembre|set|sett "
        "ottobre|ott novembre|nov dicembre|dic",
        "lunedì|lunedi|lun martedì|martedi mercoledì|mercoledi|mer giovedì|giovedi|gio venerdì|venerdi|ven "
        "sabato|sab domenica|dom",
    ),
    "pt": (
        "janeiro|jan fevereiro|fev março|mar|marco abril|abr maio|mai junho|jun julho|jul agosto|ago setembro|set "
        "outubro|out novembro|nov dezembro|dez",
        "segunda|segunda-feira|seg terça|terça-feira|terca|ter quarta|quarta-feira|qua quinta|quinta-feira|qui "
        "sexta|sexta-feira|sex sábado|sabado|sáb domingo|dom",
    ),
    "nl": (
        "januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug september|sep|sept "
        "oktober|okt november|nov december|dec",
        "maandag|ma dinsdag|di woensdag|wo donderdag|do vrijdag|vr zaterdag|za zondag|zo",
    ),
}
_PHRASES = {
    "de": {
        "werktags": "every weekday", "täglich": "every day", "wöchentlich": "every week", "monatlich": "every month",
        "jährlich": "every year", "jeden|jede|jedes|alle": "every", "tag|tage|tagen": "day", "woche|wochen": "week",
        "monat|monate|monaten": "month", "jahr|jahre|jahren": "year", "wochentag|werktag|arbeitstag": "weekday",
        "heute": "today", "morgen": "tomorrow", "um|ab": "at", "uhr": "", "zweiten|2.": "2nd", "am": "on", "und": "and",
    },
    "fr": {
        "tous les jours|chaque jour": "every day", "toutes les semaines|chaque semaine": "every week",
        "tous les mois|chaque mois": "every month", "tous les ans|chaque année": "every year",
        "tous les|toutes les|chaque": "every", "jour|jours": "day", "semaine|semaines": "week", "mois": "month",
        "an|ans|année": "year", "jour ouvré|jour de semaine": "weekday", "aujourd'hui": "today", "demain": "tomorrow",
        "à": "at", "le": "on", "et": "and",
    },
    "es": {
        "todos los días|todos los dias|cada día|cada dia": "every day", "cada|todos los|todas las": "every",
        "día|días|dia|dias": "day", "semana|semanas": "week", "mes|meses": "month", "año|años": "year",
        "día laborable|día de semana": "weekday", "hoy": "today", "mañana": "tomorrow", "a las": "at", "y": "and",
        "de": "",
    },
    "it": {
        "ogni|tutti i": "every", "giorno|giorni": "day", "settimana|settimane": "week", "mese|mesi": "month",
        "anno|anni": "year", "giorno feriale": "weekday", "oggi": "today", "domani": "tomorrow", "alle": "at",
        "e": "and",
    },
    "pt": {
        "todos os dias|todo dia|cada dia": "every day", "todo|toda|todos os|todas as|cada": "every", "dia|dias": "day",
        "semana|semanas": "week", "mês|meses|mes": "month", "ano|anos": "year", "dia útil|dia de semana": "weekday",
        "hoje": "today", "amanhã": "tomorrow", "às": "at", "e": "and", "de": "",
    },
    "nl": {
        "dagelijks": "every day", "wekelijks": "every week", "maandelijks": "every month", "elke|iedere|elk": "every",
        "dag|dagen": "day", "week|weken": "week", "maand|maanden": "month", "jaar|jaren": "year", "werkdag": "weekday",
        "vandaag": "today", "morgen": "tomorrow", "om": "at", "uur": "", "en": "and", "op": "on",
    },
}  # fmt: skip
_CLOCK = re.compile(r"(\d{1,2})[h.](\d{2})\b")


def language_of(code: str) -> str:
    """The two letters of a language tag (``pt-BR``, ``de_AT``); English for none."""
    return re.split(r"[-_]", code.strip().lower(), maxsplit=1)[0] or "en"


def is_known(code: str) -> bool:
    return language_of(code) in {"en", *_CALENDARS}


def to_english(text: str, code: str) -> str:
    """The phrase word by word in English; as it is for a language that is not known here."""
    language = language_of(code)
    if language not in _CALENDARS:
        return text
    pattern, table = _table(language)
    folded = _CLOCK.sub(r"\1:\2", text.casefold()) if language == "fr" else text.casefold()
    english = pattern.sub(lambda match: table[match[0]], folded)
    return " ".join(re.sub(r"(\d)\.(?=\s|$)", r"\1", english).split())


@cache
def _table(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    months, days = _CALENDARS[language]
    table: dict[str, str] = {}
    for forms, english in (*zip(days.split(), DAYS, strict=True), *zip(months.split(), MONTHS, strict=True)):
        table |= dict.fromkeys(forms.split("|"), english)
    for phrases, english in _PHRASES[language].items():
        table |= dict.fromkeys(phrases.split("|"), english)
    longest_first = sorted(table, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"), table
