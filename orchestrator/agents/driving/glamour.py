"""Markdown that a terminal's renderer has drawn (glamour, https://github.com/charmbracelet/glamour), taken back.

Without a terminal it gives text a margin of two columns and a block of code four, fills each line up with blanks, and
drops the fences.
"""

_PROSE, _CODE = 2, 4  # columns


def taken_back(text: str) -> str:
    """The Markdown: what stands at four columns or further in is a fenced block again.

    Blocks with no prose between them come back as one, and a list in a list looks like a block.
    """
    lines = [line.rstrip() for line in text.splitlines()]
    found: list[str] = []
    start = 0
    while start < len(lines):
        end = _block_end(lines, start)
        if end > start:
            found += ["```", *(line[_CODE:] for line in lines[start:end]), "```"]
        else:
            found.append(lines[start][min(_PROSE, _indentation(lines[start])) :])
        start = max(end, start + 1)
    return "\n".join(found) + "\n"


def _block_end(lines: list[str], start: int) -> int:
    """Where the block that begins at `start` ends: behind its last line that is not empty; `start` if none begins."""
    end = start
    for place in range(start, len(lines)):
        if not lines[place]:
            if place == start:
                break
            continue
        if _indentation(lines[place]) < _CODE:
            break
        end = place + 1
    return end


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
