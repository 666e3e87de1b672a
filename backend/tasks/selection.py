"""Tasks by their ids, among many others."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, case

from backend.tasks.models import Task


def picked(user_id: str, ids: Collection[str]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """That a task is the user's, and one of these.

    The user is looked at only once a task is found by its id: SQLite's planner, which knows no statistics, takes a
    user's tasks for fewer than five, and would read them all.
    """
    return Task.id.in_(ids), veiled(Task.user_id == user_id)


def veiled(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same for each row, but no planner looks for an index of it."""
    return case((condition, 1), else_=0) == 1
