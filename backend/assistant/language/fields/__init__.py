"""Priority, tags and project in English text: marks (``p1``, ``#tag``, ``+project``) and phrases ("to my shopping
list")."""

from backend.assistant.language.fields.find import find_fields

__all__ = ["find_fields"]
