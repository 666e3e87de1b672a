"""When a change is made at once, and when the user is asked first. Pure."""

SAFE_AT_ONCE = 5


def must_ask(tool: str, count: int, *, changed_already: int, typed: bool) -> bool:
    """``count`` tasks would change, beside ``changed_already`` in this turn. ``typed``: by rule, from the user's words.

    A single deletion that the user typed happens at once, since it can be undone. A model's never does.
    """
    if tool == "add_task" and typed:
        return False
    if tool == "delete_task" and (count > 1 or not typed):
        return True
    return count + changed_already > SAFE_AT_ONCE
