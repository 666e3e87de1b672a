"""Tasks as lines: columns, widths, colours."""

import pytest
from rich.cells import cell_len

from cli.tasks.table import rows, shown

BARE = {
    "number": 1, "title": "milk", "due": None, "due_at": None, "recurrence": None, "priority": None, "project": None,
    "tags": [], "status": "open",
}  # fmt: skip
FULL = BARE | {
    "number": 12, "title": "買い物リストを作る " * 4, "due": "2020-03-05T17:00", "due_at": "2020-03-05T16:00:00Z",
    "recurrence": "FREQ=DAILY", "priority": "high", "project": "家", "tags": ["émigré", "👩‍🚀"],
}  # fmt: skip


@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
def test_lines_fit_the_terminal(width: int) -> None:
    assert all(cell_len(row) <= width for row in rows([BARE, FULL], width=width, styled=False))


def test_wide_characters_count_two_columns() -> None:
    first, second = rows([FULL, BARE | {"title": "家" * 3, "due": "2020-03-05"}], width=80, styled=False)
    assert cell_len(first[: first.index("Thu")]) == cell_len(second[: second.index("Thu")])


def test_nothing_is_cut_without_a_terminal() -> None:
    (row,) = rows([BARE | {"title": "x" * 500}], width=None, styled=False)
    assert "x" * 500 in row


def test_colour_marks_what_is_late_and_changes_no_width() -> None:
    (plain,), (styled,) = (rows([FULL], width=80, styled=styled) for styled in (False, True))
    assert "\x1b[31mThu 2020-03-05 17:00\x1b[0m" in styled
    assert "\x1b" not in plain


@pytest.mark.parametrize("text", ["a\x1b[2Jb", "a\tb", "a\nb", "a\u202eb", "a\x9bb", "a\rb"])
def test_a_text_cannot_steer_the_terminal(text: str) -> None:
    assert shown(text).isprintable()
    assert shown(text)[0] + shown(text)[-1] == "ab"


@pytest.mark.parametrize("text", ["\U0001f469\u200d\U0001f680", "\u0645\u06cc\u200c\u062e\u0648"])
def test_what_joins_signs_stays(text: str) -> None:
    assert shown(text) == text
