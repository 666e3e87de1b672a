"""The judge's part of `./todo bench language`: the unseen fifth, false writes, confusion, time by length."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from cli.bench.language.said import said
from cli.training.language import sentences
from cli.training.score import Outcome, Score, confusion, outcomes, scores

LENGTHS = (40, 200, 1000, 4000)
KINDS = {
    "words": "walk the old brown dog along the river ",
    "dates": "tomorrow at 5 on friday ",
    "commas": "milk, eggs, ",
    "talk": "well you know how it is with them, ",
}
MOST_CONFUSED = 10
MOST_WRONG = 20


@dataclass(frozen=True, kw_only=True)
class JudgeFigures:
    """What the whole engine does with sentences that nothing was trained on; milliseconds for texts by length."""

    scores: Sequence[Score]
    confused: Counter[tuple[str, str]]
    wrong: Sequence[Outcome]
    milliseconds: dict[str, dict[int, float]]

    def summary(self) -> dict[str, object]:
        """The figures as plain data."""
        return {
            "unseen": [
                asdict(score)
                | {
                    "first_tool": score.first_tool,
                    "false_writes": score.false_writes,
                    "sure_right": score.sure_right,
                }
                for score in self.scores
            ],
            "confused": [[*pair, count] for pair, count in self.confused.most_common(MOST_CONFUSED)],
            "milliseconds": self.milliseconds,
        }

    def table(self) -> str:
        """The figures for a person."""
        rows = [
            f"{score.source}: first tool right {score.first_tool:.1%} of {score.commands} commands; would write "
            f"{score.false_writes:.1%} of {score.nothing} that ask for nothing; at once and right "
            f"{score.sure_right:.1%} of {score.at_once}"
            for score in self.scores
        ]
        rows += [f"{wanted} taken for {called}: {count}" for (wanted, called), count in self.confused.most_common(10)]
        rows += [f"“{one.sentence.text}”: {one.called}, not {one.wanted}" for one in self.wrong[:MOST_WRONG]]
        rows += [
            f"{kind}: " + ", ".join(f"{length:,} characters {spent:.2f} ms" for length, spent in times.items())
            for kind, times in self.milliseconds.items()
        ]
        return "\n".join(["### The unseen fifth, and time by length", "", *(f"- {row}" for row in rows)])


def judge_figures(corpora: Path | None) -> JudgeFigures:
    """Measure. Raises ``CommandError`` where the folder holds no public set."""
    known = sentences(corpora)
    found = outcomes([sentence for sentence in known if sentence.unseen and sentence.decides])
    return JudgeFigures(
        scores=scores(found),
        confused=confusion(found),
        wrong=[outcome for outcome in found if not outcome.right],
        milliseconds={kind: {length: _spent(words, length) for length in LENGTHS} for kind, words in KINDS.items()},
    )


def _spent(words: str, length: int) -> float:
    text = (words * (length // len(words) + 1))[:length]
    times = []
    for _ in range(3):
        before = time.perf_counter()
        said(text)
        times.append((time.perf_counter() - before) * 1000)
    return median(times)
