"""Projects that the user has, named without saying that they are one: "what's in family?"."""

from ..conversation.scene import Scene
from ..normalise import fold
from ..pattern import phrase

_IN = phrase(r".*\b(?P<place>in|under|from|for) (?:the |my )?(?P<x>[^?!.]+?)[?.! ]*$")


def project_named(flat: str, scene: Scene) -> tuple[str, int]:
    """The project, as the user writes it, that the question ends with, and where what is asked of it ends.

    Empty, and the question's end, where it names none.
    """
    found = _IN.match(flat)
    known = {fold(task.project): task.project for task in scene.tasks if task.project} if found else {}
    project = known.get(found["x"], "") if found else ""
    return project, found.start("place") if found and project else len(flat)
