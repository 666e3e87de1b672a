"""A turn of phrase and the plain command that it stands for."""

import re
from dataclasses import dataclass

from ...pattern import phrase


@dataclass(frozen=True)
class Wording:
    """A turn of phrase, one of whose ``words`` it always holds; the command that it stands for; the rules that must
    read that command, by the beginnings of their names."""

    words: tuple[str, ...]
    said: re.Pattern[str]
    command: str
    rules: tuple[str, ...]


def of(words: str, said: str, command: str, *rules: str) -> Wording:
    """A wording: its words between bars, its pattern (see ``phrase``), the command with holes for its groups."""
    return Wording(tuple(words.split("|")), phrase(said + r"[.!]*$"), command, rules)
