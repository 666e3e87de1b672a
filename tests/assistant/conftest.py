"""A conversation to talk in."""

import pytest

from tests.assistant.chatting import Chat
from tests.support.people import Person


@pytest.fixture
def chat(person: Person) -> Chat:
    return Chat(person)
