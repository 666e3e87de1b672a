"""The commands of a RUN instruction, read by a grammar of the shell (tree-sitter's), not by patterns.

Only constructs in `_CONSTRUCTS` are read. Anything else (a function, a loop without an end, a here-document) is told
as unreadable, so that the gate refuses what it does not know.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import tree_sitter_bash
from tree_sitter import Language, Node, Parser

# What a command may stand in. A comment is read over: it changes nothing, and proves nothing either.
_CONSTRUCTS = frozenset(
    {
        *("program", "list", "pipeline", "negated_command", "redirected_statement", "comment"),
        *("if_statement", "elif_clause", "else_clause", "for_statement", "do_group", "compound_statement", "subshell"),
    }
)
_OPERATORS = frozenset({"&&", "||", ";", "\n", "|", "!", "(", ")", "{", "}", "if", "then", "elif", "else", "fi"})
_LOOP = frozenset({"for", "in", "do", "done"})
_EXPANSIONS = frozenset({"simple_expansion", "expansion", "command_substitution"})


@dataclass(frozen=True)
class Word:
    """A word with its quotes taken off. Each expansion stands as `$`; `fixed` says that there is none."""

    text: str
    fixed: bool = True


@dataclass(frozen=True)
class Command:
    """One simple command: what it is called with, what it sets for itself, the files that it writes to."""

    words: tuple[Word, ...]
    assignments: tuple[tuple[str, Word], ...] = ()
    writes: tuple[Word, ...] = ()
    appends: bool = False

    @property
    def name(self) -> str:
        """The program as it was written; empty where it is told by an expansion or missing."""
        return self.words[0].text if self.words and self.words[0].fixed else ""

    @property
    def arguments(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.words[1:])


@dataclass(frozen=True)
class Unreadable:
    """A part of a script that is none of the constructs known here."""

    text: str


def read(script: str) -> tuple[Command | Unreadable, ...]:
    """Every command of a script, those within substitutions too, and every part that is not to be read."""
    listed = _listed(script)
    if listed is not None:
        return (Command(tuple(map(Word, listed))),)
    root = _parser().parse(script.encode()).root_node
    if root.has_error:
        return (Unreadable(script),)
    return tuple(_read(root))


def _listed(script: str) -> tuple[str, ...] | None:
    """The words of the exec form."""
    try:
        words = json.loads(script)
    except ValueError:
        return None
    return tuple(map(str, words)) if isinstance(words, list) else None


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_bash.language()))


def _read(node: Node, writes: tuple[Word, ...] = (), *, appends: bool = False) -> Iterator[Command | Unreadable]:
    if node.type == "command":
        yield _command(node, writes, appends=appends)
        yield from (Unreadable(_text(child)) for child in node.named_children if child.type == "herestring_redirect")
        yield from _substituted(node)
    elif node.type == "test_command":
        yield from _substituted(node)
    elif node.type == "variable_assignment":
        yield Command((), (_assignment(node),))
        yield from _substituted(node)
    elif node.type not in _CONSTRUCTS:
        yield Unreadable(_text(node))
    elif node.type == "redirected_statement":
        yield from _redirected(node)
    elif writes and node.type not in {"list", "pipeline"}:
        yield Unreadable(_text(node))
    else:
        yield from _parts(node, writes, appends=appends)


def _parts(node: Node, writes: tuple[Word, ...], *, appends: bool) -> Iterator[Command | Unreadable]:
    """The statements within one. The grammar hangs the redirection of the last command on the list around it."""
    for place, child in enumerate(node.children):
        if node.type == "for_statement" and node.field_name_for_child(place) in {"variable", "value"}:
            yield from _substituted(child)
        elif child.is_named:
            last = place == len(node.children) - 1
            yield from _read(child, writes if last else (), appends=appends and last)
        elif child.type not in _OPERATORS | _LOOP:  # `&`, say
            yield Unreadable(_text(node))


def _redirected(node: Node) -> Iterator[Command | Unreadable]:
    writes, appends = list[Word](), False
    for redirect in node.children_by_field_name("redirect"):
        target = redirect.child_by_field_name("destination")
        if redirect.type != "file_redirect" or target is None:
            yield Unreadable(_text(redirect))
            continue
        signs = {child.type for child in redirect.children if not child.is_named}
        if signs & {">", ">>", "&>", "&>>", ">|"}:
            writes.append(_word(target))
            appends = appends or bool(signs & {">>", "&>>"})
        elif not signs <= {"<", ">&"}:
            yield Unreadable(_text(redirect))
        yield from _substituted(target)
    body = node.child_by_field_name("body")
    if body is None:
        yield Unreadable(_text(node))
    else:
        yield from _read(body, tuple(writes), appends=appends)


def _command(node: Node, writes: tuple[Word, ...], *, appends: bool) -> Command:
    name = node.child_by_field_name("name")
    words = ([_word(name.children[0])] if name else []) + [
        _word(one) for one in node.children_by_field_name("argument")
    ]
    assignments = tuple(_assignment(child) for child in node.named_children if child.type == "variable_assignment")
    return Command(tuple(words), assignments, writes, appends)


def _assignment(node: Node) -> tuple[str, Word]:
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    return (_text(name) if name else "", _word(value) if value else Word(""))


def _word(node: Node) -> Word:
    if node.type in _EXPANSIONS:
        return Word("$", fixed=False)
    if node.type == "raw_string":
        return Word(_text(node)[1:-1])
    if node.type in {"string", "concatenation"}:
        parts = [_word(child) for child in node.named_children]
        return Word("".join(part.text for part in parts), fixed=all(part.fixed for part in parts))
    if node.type in {"word", "number", "string_content"}:
        return Word(_text(node).replace("\\", "") if node.type == "word" else _text(node))
    return Word("$", fixed=False)  # whatever else the shell would expand


def _substituted(node: Node) -> Iterator[Command | Unreadable]:
    """The commands that stand in place of a word, or of a part of one."""
    if node.type == "process_substitution":
        yield Unreadable(_text(node))
    elif node.type == "command_substitution":
        for child in node.named_children:
            yield from _read(child)
    else:
        for child in node.named_children:
            yield from _substituted(child)


def _text(node: Node) -> str:
    return (node.text or b"").decode()
