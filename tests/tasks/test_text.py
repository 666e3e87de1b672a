"""What a person typed, made fit for a task: once is enough."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.tasks.text import clean_project, clean_tag, clean_title

LETTERS = st.text(st.sampled_from("#@+ -/a1\t\u2060\u200b\u00a0é"), max_size=10)


@pytest.mark.parametrize("clean", [clean_tag, clean_project, clean_title])
@settings(deadline=None)
@given(text=LETTERS)
def test_what_was_cleaned_stays_as_it_is(clean: Callable[[str], str], text: str) -> None:
    try:
        once = clean(text)
    except ValueError:
        return
    assert clean(once) == once


@pytest.mark.parametrize(("typed", "tag"), [("#home", "home"), ("##home", "home"), ("# #home", "home"), ("c#", "c#")])
def test_a_tag_is_kept_without_its_marks(typed: str, tag: str) -> None:
    assert clean_tag(typed) == tag
