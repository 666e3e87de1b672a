"""Matching of tasks by the words that name them."""

from .match import Found, find

__all__ = ["Found", "find"]
