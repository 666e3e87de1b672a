"""Conversations of several turns, from the files in ``dialogues/``."""

import pytest

from tests.language.reading import Dialogue, dialogues
from tests.language.stage import Stage

DIALOGUES = dialogues()


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=[dialogue.name for dialogue in DIALOGUES])
def test_dialogue(dialogue: Dialogue) -> None:
    stage = Stage()
    for title, fields in dialogue.tasks:
        stage.put(title, **fields)
    for step in dialogue.steps:
        outcomes, reply = stage.say(step.said)
        assert outcomes == step.outcomes, f"after “{step.said}” (reply: {reply})"
        for words in step.replies:
            assert words in reply


def test_there_are_many() -> None:
    assert len([dialogue for dialogue in DIALOGUES if len(dialogue.steps) > 1]) >= 40
