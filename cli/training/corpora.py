"""Public sets of labelled sentences, read from files that stay where they are: JSON lines.

A line has ``text``, ``intent`` (the set's own), and ``tool``.

``tool`` is there where the sentence surely calls for one here, ``none`` where it is talk or a question for somebody
else. Of the other intents those that a todo list plainly can't do are taken as such, and the rest is left out: "email
my friend about tonight" may well be a task.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cli.exits import CommandError, Exit
from cli.training.sentences import Sentence


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """A public set: its file's name, and who made it, under which licence."""

    file: str
    name: str
    citation: str
    licence: str


CORPORA = (
    Corpus(
        file="hwu64-train.jsonl",
        name="HWU64",
        citation="Liu, Eshghi, Swietojanski and Rieser, “Benchmarking Natural Language Understanding Services for "
        "building Conversational Agents”, IWSDS 2019",
        licence="CC BY 4.0",
    ),
    Corpus(
        file="clinc150-train.jsonl",
        name="CLINC150",
        citation="Larson et al., “An Evaluation Dataset for Intent Classification and Out-of-Scope Prediction”, "
        "EMNLP 2019",
        licence="CC BY 3.0",
    ),
    Corpus(
        file="slurp-devel.jsonl",
        name="SLURP (development set)",
        citation="Bastianelli, Vanzo, Swietojanski and Rieser, “SLURP: A Spoken Language Understanding Resource "
        "Package”, EMNLP 2020",
        licence="CC BY 4.0",
    ),
)
# Talk with the assistant itself, and answers to it; what is left of "none" asks for something that others know.
TALK = ("general_", "goodbye", "greeting", "thank_you", "yes", "no", "maybe", "are_you", "what_", "who_", "where_are")
TALK_TOO = ("how_old_are_you", "do_you_have_pets", "repeat", "how_", "user_name")
BEYOND = frozenset(
    """
    audio_volume_down audio_volume_mute audio_volume_up iot_hue_lightchange iot_hue_lightdim iot_hue_lightoff
    iot_hue_lighton iot_hue_lightup iot_wemo_off iot_wemo_on music_settings music_likeness play_audiobook play_game
    play_music play_podcasts play_radio change_accent change_ai_name change_language change_speed change_user_name
    change_volume find_phone next_song reset_settings share_location smart_home sync_device timer whisper_mode uber
    transport_taxi
    """.split()  # noqa: SIM905 - a list of names is read better as words
)
ELSEWHERE = frozenset(
    """
    music_query recommendation_events recommendation_locations recommendation_movies social_query takeaway_query
    email_querycontact balance calories carry_on cook_time credit_score current_location directions exchange_rate
    flight_status food_last gas gas_type how_busy income ingredient_substitution ingredients_list interest_rate
    international_fees international_visa meal_suggestion mpg nutrition_info order_status plug_type recipe
    restaurant_reviews restaurant_suggestion rewards_balance spending_history taxes timezone tire_pressure
    transactions travel_alert travel_suggestion vaccines what_song pto_balance credit_limit routing min_payment
    """.split()  # noqa: SIM905 - a list of names is read better as words
)
NAMES = frozenset(("event_name", "food_type", "device_type", "business_type", "ingredient", "meal_type", "drink_type"))
REPEAT = frozenset(("repeat", "general_repeat"))


def read_corpora(folder: Path) -> list[Sentence]:
    """The labelled sentences of every set in the folder. Raises ``CommandError`` where it holds none of them."""
    found = [(corpus, folder / corpus.file) for corpus in CORPORA if (folder / corpus.file).is_file()]
    if not found:
        names = ", ".join(corpus.file for corpus in CORPORA)
        raise CommandError(f"{folder} holds none of {names}.", code=Exit.USAGE)
    return [sentence for corpus, path in found for sentence in _read(corpus, path)]


def _read(corpus: Corpus, path: Path) -> Iterator[Sentence]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            held = json.loads(line)
            text, label = str(held["text"]), label_of(str(held["intent"]), held.get("tool"))
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{path.name}, line {number}, is not a labelled sentence.", code=Exit.USAGE) from error
        yield from _names(held, corpus.name)
        if label:
            decides = "tool" in held
            yield Sentence(text=text, label=label, source=corpus.name, decides=decides)


def _names(held: dict[str, object], source: str) -> Iterator[Sentence]:
    """The things and events that a sentence names, by themselves: bare nouns, which are tasks."""
    entities = held.get("entities")
    for start, end, kind in entities if isinstance(entities, list) else ():
        if kind in NAMES:
            yield Sentence(text=str(held["text"])[start:end], label="add_task", source=source, decides=False)


def label_of(intent: str, tool: str | None) -> str | None:
    """The judge's class of a sentence; None where it may be several."""
    if tool and tool != "none":
        return tool
    if intent in REPEAT:
        return "talk"
    if tool == "none":
        return "talk" if intent.startswith(TALK) and intent not in _ASKING else "elsewhere"
    return "beyond" if intent in BEYOND else "elsewhere" if intent in ELSEWHERE else None


_ASKING = frozenset(("general_joke",))
