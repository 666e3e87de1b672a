"""Projects and tags that the user has, named without saying that they are one: "what's in family?"."""

from ..conversation.scene import Scene
from ..matching.match import find
from ..normalise import fold
from ..pattern import phrase
from ..types import Arguments

_IN = phrase(r".*\b(?P<place>in|under|from|for) (?:the |my )?(?P<x>[^?!.]+?)[?.! ]*$")


def as_place(arguments: Arguments, scene: Scene) -> Arguments:
    """The filter with a topic that is no task's word, and a tag's or a project's name, as that tag or project."""
    if tag := _tag_instead(arguments, scene):
        return {**{key: value for key, value in arguments.items() if key != "project"}, "tag": tag}
    topic = fold(str(arguments.get("search") or ""))
    if not topic or not scene.known or find(topic, scene.tasks).tasks:
        return arguments
    rest = {key: value for key, value in arguments.items() if key != "search"}
    tags = {fold(tag): tag for task in scene.tasks for tag in task.tags}
    projects = {fold(task.project): task.project for task in scene.tasks if task.project}
    if topic in tags and "tag" not in arguments:
        return {**rest, "tag": tags[topic]}
    return {**rest, "project": projects[topic]} if topic in projects and "project" not in arguments else arguments


def _tag_instead(arguments: Arguments, scene: Scene) -> str:
    """The tag of that name, where there is no such project: "money stuff"."""
    place = fold(str(arguments.get("project") or ""))
    if not place or "tag" in arguments or any(fold(task.project or "") == place for task in scene.tasks):
        return ""
    return next((tag for task in scene.tasks for tag in task.tags if fold(tag) == place), "")


def project_named(flat: str, scene: Scene) -> tuple[str, int]:
    """The project, as the user writes it, that the question ends with, and where what is asked of it ends.

    Empty, and the question's end, where it names none.
    """
    found = _IN.match(flat)
    known = {fold(task.project): task.project for task in scene.tasks if task.project} if found else {}
    project = known.get(found["x"], "") if found else ""
    return project, found.start("place") if found and project else len(flat)
