"""Projects that the user has, named without saying that they are one: "what's in family?"."""

from ..conversation.scene import Scene
from ..normalise import fold
from ..pattern import phrase

_IN = phrase(r".*\b(?:in|under|from) (?:the |my )?(?P<x>[^?!.]+?)[?.! ]*$")


def project_named(flat: str, scene: Scene) -> str | None:
    """The project of that name, as the user writes it, that the question ends with."""
    found = _IN.match(flat)
    known = {fold(task.project): task.project for task in scene.tasks if task.project} if found else {}
    return known.get(found["x"]) if found else None
