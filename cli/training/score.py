"""How right the whole engine is on labelled sentences: as tables of plain figures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from backend.assistant.language import Request, interpret
from cli.bench.language.said import NOW, ZONE
from cli.training.sentences import NOTHING, Sentence

NONE = "none"
READ_ONLY = "list_tasks"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A sentence, the first tool that it calls for and the one that is called (``none``), and whether at once."""

    sentence: Sentence
    called: str
    sure: bool

    @property
    def wanted(self) -> str:
        return NONE if self.sentence.label in NOTHING else self.sentence.label

    @property
    def right(self) -> bool:
        return self.called == self.wanted

    @property
    def wrote(self) -> bool:
        """Whether something is called that changes the list."""
        return self.called not in (NONE, READ_ONLY)


@dataclass(frozen=True, kw_only=True)
class Score:
    """Of one source: the commands whose first tool is right, the talk that would write, what is right at once."""

    source: str
    commands: int
    commands_right: int
    nothing: int
    written: int
    at_once: int
    at_once_right: int

    @property
    def first_tool(self) -> float:
        return self.commands_right / max(1, self.commands)

    @property
    def false_writes(self) -> float:
        return self.written / max(1, self.nothing)

    @property
    def sure_right(self) -> float:
        return self.at_once_right / max(1, self.at_once)


def outcomes(sentences: Sequence[Sentence]) -> list[Outcome]:
    """What the engine makes of each sentence, with no list and no turns before."""
    return [_outcome(sentence) for sentence in sentences]


def _outcome(sentence: Sentence) -> Outcome:
    meaning = interpret(Request(text=sentence.text, now=NOW, timezone=ZONE))
    called = meaning.actions[0].tool if meaning.actions else NONE
    return Outcome(sentence=sentence, called=called, sure=meaning.sure)


def scores(found: Sequence[Outcome]) -> list[Score]:
    """A score for each source, in the order of their names."""
    sources = sorted({outcome.sentence.source for outcome in found})
    return [_score(source, [outcome for outcome in found if outcome.sentence.source == source]) for source in sources]


def _score(source: str, found: Sequence[Outcome]) -> Score:
    commands = [outcome for outcome in found if outcome.wanted != NONE]
    nothing = [outcome for outcome in found if outcome.wanted == NONE]
    at_once = [outcome for outcome in found if outcome.sure and outcome.wrote]
    return Score(
        source=source,
        commands=len(commands),
        commands_right=sum(outcome.right for outcome in commands),
        nothing=len(nothing),
        written=sum(outcome.wrote for outcome in nothing),
        at_once=len(at_once),
        at_once_right=sum(outcome.right for outcome in at_once),
    )


def confusion(found: Sequence[Outcome]) -> Counter[tuple[str, str]]:
    """How often one tool was wanted and another called."""
    return Counter((outcome.wanted, outcome.called) for outcome in found if not outcome.right)
