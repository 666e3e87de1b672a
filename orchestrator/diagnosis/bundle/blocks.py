"""The text of `kubectl describe` as keys with values, and what stands indented beneath each."""

import re
from dataclasses import dataclass, field
from typing import Any

_FIELD = re.compile(r"^(?P<indent> *)(?P<key>[A-Za-z][\w ./()-]*?):(?:\s+(?P<value>.*)|\s*)$")


@dataclass
class Block:
    """A key of the text with its value and what stands indented beneath it."""

    value: str = ""
    below: dict[str, "Block"] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    """Every line beneath it, at any depth; of the blocks of the two uppermost levels only."""

    def text(self, *keys: str) -> str:
        """The value at a path of keys, empty if there is none."""
        block: Block | None = self
        for key in keys:
            block = block.below.get(key) if block else None
        return block.value if block else ""

    def under(self, key: str) -> "Block":
        """What stands beneath a key, an empty block if there is none."""
        return self.below.get(key, Block())

    def told(self, key: str) -> list[str]:
        """The value of a key and the lines beneath it, stripped; none for <none>."""
        lines = [self.text(key), *(line.strip() for line in self.under(key).lines)]
        return [line for line in lines if line and line != "<none>"]


def parse(text: str) -> Block:
    """The whole text as one block."""
    root = Block()
    stack: list[tuple[int, Block]] = [(-1, root)]
    for line in text.splitlines():
        while line.strip() and stack[-1][0] >= len(line) - len(line.lstrip()):
            stack.pop()
        stack[-1][1].lines.append(line)
        for _, open_ in stack[:3]:
            open_.raw.append(line)
        if found := _FIELD.match(line):
            below = Block((found["value"] or "").strip())
            stack[-1][1].below[found["key"]] = below
            stack.append((len(found["indent"]), below))
    return root


def pairs(lines: list[str]) -> dict[str, str]:
    """key=value of several lines or of one with commas."""
    words = [word for line in lines for word in line.split(",") if "=" in word and " " not in word.strip()]
    return {key.strip(): value.strip() for key, _, value in (word.partition("=") for word in words)}


def metadata(block: Block) -> dict[str, Any]:
    """Name, namespace, labels and owner."""
    found: dict[str, Any] = {
        "name": block.text("Name"),
        "namespace": block.text("Namespace"),
        "labels": pairs(block.told("Labels")),
    }
    kind, _, owner = block.text("Controlled By").partition("/")
    if owner:
        found["ownerReferences"] = [{"kind": kind, "name": owner, "controller": True}]
    return found
