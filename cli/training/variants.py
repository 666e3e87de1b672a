"""More of the same: sentences with other tasks and other people in them, so that no noun belongs to one command."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from cli.training.sentences import NOTHING, OWN, Sentence

THINGS = """
milk, eggs, bread, butter, coffee, cheese, batteries, stamps, soap, rice, apples, diapers, wine, nails, paint, flour
""".strip().split(", ")
TASKS = (
    """
report, essay, laundry, dishes, presentation, taxes, invoice, budget, contract, garage, thesis, newsletter, fence, form,
slides, application, homework, survey, backup, inspection, car wash, tax return, project plan, photo album
""".replace("\n", " ")
    .strip()
    .split(", ")
)
APPOINTMENTS = (
    """
dentist, gym, yoga, vet, meeting, haircut, checkup, interview, lunch, recital, piano lesson, swim class, optician,
physio, board meeting, parents evening, standup, concert, car service, book club, soccer practice, therapy
""".replace("\n", " ")
    .strip()
    .split(", ")
)
PEOPLE = "mom, bob, ana, tom, dad, jenny, grandma, steve, lisa, the landlord, the bank, my sister, dr lee, the plumber"
STAND_INS = {
    word: options
    for options in (THINGS, TASKS, APPOINTMENTS, PEOPLE.split(", "))
    for word in options
    if " " not in word
}


def variants(sentences: Sequence[Sentence], *, times: int, seed: int) -> list[Sentence]:
    """Each sentence that asks for something, ``times`` more with its nouns changed. The seed decides which."""
    chance = random.Random(seed)  # noqa: S311  (it mixes sentences, and guards nothing)
    return [
        made
        for sentence in sentences
        if sentence.label not in NOTHING
        for made in _changed(sentence, chance, times)
        if made.text != sentence.text
    ]


def things() -> list[Sentence]:
    """Things, errands and appointments by their names alone: a noun is a task."""
    names = sorted({*THINGS, *TASKS, *APPOINTMENTS})
    pairs = [f"{left} and {right}" for left, right in pairwise(THINGS)]
    return [Sentence(text=text, label="add_task", source=OWN, decides=False) for text in (*names, *pairs)]


def _changed(sentence: Sentence, chance: random.Random, times: int) -> list[Sentence]:
    words = sentence.text.split(" ")
    return [
        replace(sentence, text=" ".join(_other(word, chance) for word in words), decides=False) for _ in range(times)
    ]


def _other(word: str, chance: random.Random) -> str:
    bare = word.rstrip(",.?!:;")
    options = STAND_INS.get(bare)
    return chance.choice(options) + word[len(bare) :] if options else word
