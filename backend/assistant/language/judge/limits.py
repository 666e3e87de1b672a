"""What the assistant answers where nothing may change: talk, questions for others, and what is done elsewhere."""

import re

from ..conversation.scene import Scene
from ..pattern import either, table
from ..replies.help import about_the_list, examples, shortened
from ..types import Interpretation
from ..words.references import NUMBERS

_ENGLISH = frozenset(
    table(
        """
    the, a, to, my, and, is, it, on, of, for, in, i, you, do, what, me, at, can, please, list, add, with, that, this,
    be, not, are, have, how, was, call, buy, get, from, tomorrow, today
    """
    )
)
# Little words of other languages that are no English words: two of them, and no English one, tell the language.
_FOREIGN = {
    "German": frozenset(
        table(
            "ich, und, der, das, ist, nicht, mir, mich, bitte, morgen, heute, einen, eine, für, den, auf, wie, was, zu"
        )
    ),
    "French": frozenset(
        table("je, le, les, des, une, est, pas, moi, mon, ma, pour, demain, aujourd'hui, dans, du, acheter, rappelle")
    ),
    "Spanish": frozenset(
        table("el, los, las, una, que, mi, para, por, mañana, hoy, comprar, llamar, con, es, recuérdame, de, lista")
    ),
    "Italian": frozenset(
        table("il, gli, una, che, mi, per, domani, oggi, comprare, chiamare, di, ricordami, della, è, lista, non")
    ),
    "Portuguese": frozenset(
        table("os, uma, não, meu, minha, para, amanhã, hoje, comprar, ligar, com, lembre, de, lembra, lista")
    ),
    "Dutch": frozenset(
        table("ik, het, een, niet, mij, voor, morgen, vandaag, kopen, bellen, van, naar, herinner, aan, mijn, de, me")
    ),
}
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_MOST_WORDS = 60
_ELSEWHERE = "I can't do that: I only keep your list."


def _of(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-]){either(table(words))}(?![\w'-])")


# What people ask for that there is not, and where it is done; the first whose words are said. General ones stand last.
_LIMITS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        _of("share, sharing, collaborator, collaborators, invite, give access, see my list, public, assign, delegate"),
        "I can't share a list or assign a task: each account has a list of its own.",
    ),
    (
        _of("sort, order my list, order by, reorder, group my tasks, alphabetically"),
        "I can't sort the list in the chat: the page shows it by what is due. Ask, say, “what's due this week?”.",
    ),
    (
        _of(
            "password, account, log me out, log out, sign out, sign me out, log in, email address, username, two factor"
        ),
        "I can't touch your account from the chat: that is done on the page, in the account menu.",
    ),
    (
        _of(
            "email me, email my, send my list, send me, print, export, excel, dropbox, outlook, google calendar, import"
        ),
        "I can't send, print or move your list from the chat.",
    ),
    (
        _of("timer, stopwatch, pomodoro"),
        "I have no timer. I can add a task with a time: “remind me in 10 minutes to check the oven”.",
    ),
    (
        _of("when i get to, when i leave, when i arrive, at the store, location, get home, get to"),
        "I don't know where you are, so I can't remind you at a place. Name a time instead.",
    ),
    (
        _of("attach, photo, picture, file, scan"),
        "Tasks hold no files. “add a note to …” keeps words with a task.",
    ),
    (
        _of(
            "music, song, songs, playlist, radio, podcast, album, volume, mute, louder, netflix, spotify, youtube, game"
        ),
        "I can't play or turn anything up or down: I only keep your list.",
    ),
    (
        _of("light, lights, lamp, thermostat, heating, oven, tv, wifi, bluetooth, vacuum cleaner, plug, socket"),
        "I can't switch anything in your home: I only keep your list.",
    ),
    (
        _of("uber, cab, taxi, flight, hotel, pizza, ride, table for"),
        "I can't book or order anything: I only keep your list, and can keep it as a task there.",
    ),
    (
        _of("text, call, tweet, post, facebook, twitter, message, reply to, email, venmo, transfer, phone"),
        "I can't reach anybody for you: I only keep your list, and can keep it as a task there.",
    ),
    (
        _of("language, speak, accent, voice, faster, slower, german, spanish, french"),
        "I read and write English, and have no voice to change.",
    ),
    (_of("dark mode, theme, font, colour, color, bigger"), "I can't change how the page looks from the chat."),
)


NEW_LIST = (
    "A list begins with its first task: say, for example, “add socks to the packing list”. I can keep these words as a "
    "task instead."
)
_NEW = r"(?:an? |the |another )?(?:brand )?"
_KIND_OF_LIST = r"(?:[a-z]{1,20} )?(?:to do |todo |to-do )?(?:check)?list"
_NEW_LIST = re.compile(
    r"(?:(?:please|can you|could you|i (?:want|need|would like|'d like)(?: you)? to) )?"
    rf"(?:(?:start|create|make|begin|set up|generate|build)(?: me| us| up)? {_NEW}(?:new |fresh |blank |separate )?"
    rf"{_KIND_OF_LIST}\b(?! of (?:all|every|what|(?:my|the|our) (?:[\w'-]+ )?(?:tasks|todos|to-dos|reminders))|"
    r" (?:with|containing|including)\b|:)|"
    r"(?:(?:open|bring up|show|give me|i need|i want)(?: me| us| up)? (?:an? |another ))?"
    rf"(?:new|fresh|blank) {_KIND_OF_LIST}(?: please)?[.!? ]*$)"
)
_OF_SUMS = frozenset(
    table(
        "and, plus, minus, to, from, please, for, me, up, times, by, together, with, hundred, thousand, point, million"
    )
)


def asks_for_list(flat: str) -> bool:
    """Whether a new list is asked for, which there is not without a task."""
    return _NEW_LIST.match(flat) is not None


def is_sum(text: str, reading: Interpretation) -> bool:
    """Whether "add" joins numbers and nothing else; what is quoted is a title, whatever it says."""
    if reading.rules[:1] != ("add.verb",) or any(mark in text for mark in '"“”'):
        return False
    words = _SUM_WORD.findall(str(reading.actions[0].arguments.get("title", "")).lower())
    numbers = [word for word in words if word[0].isdigit() or word in _NUMBERS]
    return len(numbers) > 1 and all(word in _OF_SUMS or word in numbers for word in words)


_SUM_WORD = re.compile(r"[a-z]+|\d+")
_TENS = "twenty, thirty, forty, fifty, sixty, seventy, eighty, ninety"
_TEENS = "eleven, twelve, thirteen, fourteen, fifteen, sixteen, seventeen, eighteen, nineteen"
_NUMBERS = frozenset((*NUMBERS, *table(f"{_TENS}, {_TEENS}")))


def limit(flat: str) -> str:
    """Why this program does not do what the words ask for, and where it is done."""
    return next((answer for words, answer in _LIMITS if words.search(flat, 0, 400)), _ELSEWHERE)


def question_for_others(scene: Scene) -> str:
    """The answer to a question that a todo list does not know the answer to."""
    return f"I can't answer that. {about_the_list(scene)}"


def small_talk(text: str, scene: Scene) -> str:
    """The answer to talk that asks for nothing."""
    return (
        f"I took “{shortened(text)}” as talk, so I changed nothing. To keep something, say “add” and what there is to "
        f"do, for example “{examples(scene)[0]}”."
    )


def other_language(flat: str) -> str | None:
    """The language that the words are in, where it is plainly not English; None otherwise."""
    words = _WORD.findall(flat[: _MOST_WORDS * 12])[:_MOST_WORDS]
    if len(words) < 3:
        return None
    counts = {language: sum(word in said for word in words) for language, said in _FOREIGN.items()}
    language = max(counts, key=lambda name: counts[name])
    english = sum(word in _ENGLISH and not any(word in said for said in _FOREIGN.values()) for word in words)
    return (
        language
        if counts[language] >= 2 and counts[language] > 2 * english and 3 * counts[language] >= len(words)
        else None
    )


def not_english(language: str) -> str:
    """The answer to words in another language."""
    return f"That looks like {language}. I read English only; to keep these words as they are, choose below."
