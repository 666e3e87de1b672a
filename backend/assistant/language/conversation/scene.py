"""What the last turns left on the stage: the tasks shown and changed, and what was asked."""

import re
from dataclasses import dataclass
from datetime import datetime

from ..normalise import fold
from ..pattern import either, phrase
from ..types import Action, Request, TaskView, Turn
from ..words.references import MANY, NUMBERS, ONE, ORDINALS, OTHER, TWO
from ..words.starts import CHANGING

_COUNT = rf"(?P<count>\d{{1,2}}|{either(NUMBERS)})"
_ORDINAL = phrase(
    r"(?:the |my )?(?P<which><words>)(?: (?:one|task|item|todo|option|choice|in the list|on the list|entry|thing))*",
    words=ORDINALS,
)
_SPAN = phrase(rf"(?:the )?(?P<which>first|last|top) {_COUNT}(?: (?:ones|tasks|items|todos|of them|things))*")
_SEVERAL = phrase(
    r"(?:the )?(?:<words>)(?:(?: one)?(?:,? and |,? & |, )(?:the )?(?:<words>))+(?: (?:ones?|tasks?|items?))*",
    words=ORDINALS,
)
_COMMAND = phrase(r"(?:please )?(?:<words>) ", words=CHANGING)
_WORD = re.compile(r"[\w]+")


@dataclass(frozen=True)
class Scene:
    """The user's tasks, and the last turns, newest last."""

    now: datetime
    tasks: tuple[TaskView, ...]
    turns: tuple[Turn, ...]

    @property
    def last(self) -> Turn | None:
        return self.turns[-1] if self.turns else None

    @property
    def known(self) -> bool:
        """Whether the user's tasks were given; without them, words are passed on as they were said."""
        return bool(self.tasks)

    def task(self, number: int) -> TaskView | None:
        """The task of that number, if it is among those given."""
        return next((task for task in self.tasks if task.number == number), None)

    def shown(self) -> tuple[int, ...]:
        """The tasks of the newest turn that showed or changed any, in the order shown."""
        for turn in reversed(self.turns[-4:]):
            if turn.shown or turn.changed:
                return turn.shown or turn.changed
        return ()

    def changed(self) -> tuple[int, ...]:
        """The tasks that the newest turn with an outcome changed; those shown, where it changed none."""
        for turn in reversed(self.turns[-4:]):
            if turn.changed or turn.shown:
                return turn.changed or turn.shown
        return ()

    @property
    def only_shown(self) -> bool:
        """Whether the newest turn with an outcome showed several tasks and changed none: "it" is then none of them."""
        turn = next((turn for turn in reversed(self.turns[-4:]) if turn.changed or turn.shown), None)
        return bool(turn and not turn.changed and len(turn.shown) > 1)

    @property
    def lost(self) -> bool:
        """Whether the last message asked which task was meant, or named one that there is not: "it" is then none."""
        last = self.last
        if not last or last.actions or last.changed or last.shown:
            return False
        return bool(last.choices) or bool(_COMMAND.match(fold(last.text)))

    def last_action(self, *tools: str) -> Action | None:
        """The newest action of these tools in the last turns."""
        for turn in reversed(self.turns[-4:]):
            for action in reversed(turn.actions):
                if action.tool in tools:
                    return action
        return None

    def refer(self, words: str) -> tuple[int, ...] | None:
        """The numbers that pointing words mean: ``()`` where they point at nothing, None where they do not point."""
        words = " ".join(words.split()).strip(" .,!?").removesuffix(" then")  # "delete that then"
        if words in ONE:
            if self.lost:
                return ()
            changed = tuple(number for number in self.changed() if self.task(number) or not self.known)
            return changed[:1] if len(changed) == 1 else changed[-1:] if self.last and self.last.changed else ()
        if words in MANY:
            numbers = self.shown() if not (self.last and self.last.changed) else self.changed()
            return numbers if words not in TWO or len(numbers) == 2 else self._last_two()
        if words in OTHER:
            return tuple(number for number in self._wider() if number not in self.changed()) if self.turns else ()
        return self._ordinal(words)

    def _wider(self) -> tuple[int, ...]:
        """The newest list of several tasks: what "the other one" chooses from."""
        for turn in reversed(self.turns[-4:]):
            if len(turn.shown) > 1:
                return turn.shown
            if len(offered := _offered(turn)) > 1:
                return offered
        return self.shown()

    def _last_two(self) -> tuple[int, ...]:
        """The tasks of the last two turns, where each changed one: "wash the car", "and vacuum", "both at 10"."""
        changed = [turn.changed for turn in self.turns[-2:]]
        one, two = changed if len(changed) == 2 else ((), ())
        return (*one, *two) if len(one) == len(two) == 1 and one != two else ()

    def _ordinal(self, words: str) -> tuple[int, ...] | None:
        span = _SPAN.fullmatch(words)
        if span:
            size = int(span["count"]) if span["count"].isdigit() else NUMBERS[" ".join(span["count"].split())]
            return self.shown()[-size:] if span["which"] == "last" else self.shown()[:size]
        if not (_ORDINAL.fullmatch(words) or _SEVERAL.fullmatch(words)):
            return None
        places = [ORDINALS[word] for word in _WORD.findall(words) if word in ORDINALS]
        shown = self.shown()
        return tuple(shown[place] for place in places if -len(shown) <= place < len(shown))


def _offered(turn: Turn) -> tuple[int, ...]:
    """The tasks that the numbered answers of a question would change."""
    numbers = (number for choice in turn.choices for action in choice.actions for number in action.targets or ())
    return tuple(dict.fromkeys(numbers))


def scene_of(request: Request) -> Scene:
    """The stage on which the request is read."""
    return Scene(now=request.now, tasks=request.tasks, turns=request.turns)
