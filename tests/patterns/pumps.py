"""Texts that make a pattern work hard: each part that repeats, repeated, and then what it cannot end in."""

import random
import re
from collections.abc import Iterator, Sequence
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Item = tuple[Any, Any]
MANY = 8  # a part that may repeat so often is a loop
PLAIN = ("a", " ", "1", ",", ".", "!", "-", "'", '"', "#", ":", "\x00", "\n", "(", "@", "é", "to ", "a ", ", ", "1 ")
ENDS = ("", "\x01", "!\x01", " \x01")
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_CATEGORIES = {codes.CATEGORY_DIGIT: "1", codes.CATEGORY_SPACE: " ", codes.CATEGORY_WORD: "a"}
_LETTERS = "ax 1.,-_!'\"#:/\x00\n(é"


def pumped(pattern: re.Pattern[str], length: int, *, seed: int = 1) -> Iterator[str]:
    """Texts of about ``length`` characters; the same ones each time."""
    chance = random.Random(seed)  # noqa: S311
    tree = list(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))
    vocabulary = _vocabulary(tree, chance)
    for before, body, wide in _loops(tree, []):
        starts = {_sample(before, chance) for _ in range(3)}
        units = {_sample(body, chance) for _ in range(6)} | (vocabulary if wide else set())
        for unit in sorted(unit for unit in units if unit):
            for start in sorted(starts):
                yield from (start + unit * (length // len(unit)) + end for end in ENDS)
    for unit in sorted(vocabulary):
        yield from (unit * (length // len(unit)) + end for end in ENDS)


def _vocabulary(tree: Sequence[Item], chance: random.Random) -> set[str]:
    """Words that the pattern asks for, plain characters, and pairs of both."""
    words = [_sample([item], chance) for item in tree for _ in range(2)]
    words += [_sample(body, chance) for _, body, _ in _loops(tree, [])]
    known = sorted({word for word in (*words, *PLAIN) if 0 < len(word) < 40})
    pairs = {"".join(chance.sample(known, 2)) for _ in range(24)} if len(known) > 1 else set()
    return {*known, *pairs}


def _loops(tree: Sequence[Item], before: list[Item]) -> Iterator[tuple[list[Item], list[Item], bool]]:
    """Each part that repeats: what stands before it, its body, and whether it takes nearly any character."""
    for place, item in enumerate(tree):
        ahead = [*before, *tree[:place]]
        code, value = item
        if code in _REPEATS:
            _, most, body = value
            if most is codes.MAXREPEAT or most >= MANY:
                yield ahead, list(body), _is_wide(list(body))
            yield from _loops(list(body), ahead)
        else:
            for inner in _children(code, value):
                yield from _loops(inner, ahead)


def _children(code: Any, value: Any) -> list[list[Item]]:
    if code is codes.SUBPATTERN:
        return [list(value[-1])]
    if code is codes.ATOMIC_GROUP:
        return [list(value)]
    if code is codes.BRANCH:
        return [list(branch) for branch in value[1]]
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [list(value[1])]
    return []


def _is_wide(body: list[Item]) -> bool:
    return sum(bool(_takes(item, letter)) for item in body[:1] for letter in _LETTERS) > 6 or len(body) > 1


def _takes(item: Item, letter: str) -> bool:
    code, value = item
    if code is codes.ANY:
        return letter != "\n"
    if code is codes.NOT_LITERAL:
        return ord(letter) != int(value)
    if code is codes.IN:
        return _in_set(value, letter)
    return bool(code is codes.LITERAL and int(value) == ord(letter))


def _in_set(members: Sequence[Item], letter: str) -> bool:
    negated = members[0][0] is codes.NEGATE
    return negated != any(_is_member(code, value, letter) for code, value in members)


def _is_member(code: Any, value: Any, letter: str) -> bool:
    if code is codes.LITERAL:
        return int(value) == ord(letter)
    if code is codes.RANGE:
        return int(value[0]) <= ord(letter) <= int(value[1])
    if code is codes.CATEGORY:
        tests = {"DIGIT": letter.isdigit(), "SPACE": letter.isspace(), "WORD": letter.isalnum() or letter == "_"}
        name = str(value).rsplit("_", 1)[-1]
        return tests[name] != ("NOT" in str(value))
    return False


def _sample(tree: Sequence[Item], chance: random.Random) -> str:
    """A text that the items may match; what only looks around counts as nothing."""
    return "".join(_one(code, value, chance) for code, value in tree)


def _one(code: Any, value: Any, chance: random.Random) -> str:  # noqa: PLR0911  (one return a code)
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.ANY:
        return "a"
    if code is codes.NOT_LITERAL:
        return "b" if chr(value) != "b" else "c"
    if code is codes.IN:
        return _member(value, chance)
    if code in _REPEATS:
        least, most, body = value
        return "".join(_sample(list(body), chance) for _ in range(chance.randint(least, min(most, least + 1))))
    if code is codes.BRANCH:
        return _sample(list(chance.choice(value[1])), chance)
    children = [] if code in (codes.ASSERT, codes.ASSERT_NOT) else _children(code, value)
    return "".join(_sample(child, chance) for child in children)


def _member(members: Sequence[Item], chance: random.Random) -> str:
    fitting = [letter for letter in _LETTERS if _in_set(members, letter)]
    literals = [chr(value) for code, value in members if code is codes.LITERAL and members[0][0] is not codes.NEGATE]
    starts = [chr(value[0]) for code, value in members if code is codes.RANGE and members[0][0] is not codes.NEGATE]
    return chance.choice(fitting or literals or starts or ["~"])
