"""The built-in engine: plain English to actions on a todo list. Imports nothing of the app."""

from .interpret import interpret
from .types import Action, Choice, Interpretation, Request, Span, TaskView, Turn

__all__ = ["Action", "Choice", "Interpretation", "Request", "Span", "TaskView", "Turn", "interpret"]
