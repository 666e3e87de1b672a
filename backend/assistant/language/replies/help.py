"""What the assistant says when there is nothing to do: help with the user's own tasks, and small talk."""

from ..conversation.scene import Scene


def examples(scene: Scene) -> tuple[str, ...]:
    """Sentences to try, made of the user's own tasks where there are any."""
    open_tasks = [task for task in scene.tasks if not task.done]
    first = open_tasks[0].title if open_tasks else "call mom"
    second = open_tasks[1].title if len(open_tasks) > 1 else "the dentist"
    return (
        "add buy milk tomorrow at 5pm #errands",
        f"mark {first} as done",
        f"move {second} to friday",
        "what's due this week?",
        "undo",
    )


def help_text(scene: Scene) -> str:
    """What the assistant understands, with examples."""
    lines = "\n".join(f"• {example}" for example in examples(scene))
    return (
        "Tell me in plain English what to do with your list: add, change, finish, move, delete or find "
        f"tasks. For example:\n{lines}"
    )


def about_the_list(scene: Scene) -> str:
    """The answer to a question that a todo list cannot answer."""
    return (
        f"I only know your todo list. You can ask, for example, “what's due this week?”, or say “{examples(scene)[1]}”."
    )


def not_understood(text: str, scene: Scene) -> str:
    """The answer to words without a meaning for the list."""
    return f"I didn't understand “{shortened(text)}”, so I changed nothing. Try “{examples(scene)[0]}” or “help”."


def remark(text: str) -> str:
    """The answer to a sentence that tells something and asks for nothing."""
    return (
        f"I read “{shortened(text)}” as a remark, so I changed nothing. To keep it, say “add” and what there is to do."
    )


def empty(scene: Scene) -> str:
    """The answer to nothing."""
    return f"There was nothing to read. Try “{examples(scene)[0]}”, or “help” to see what I understand."


def shortened(text: str, length: int = 60) -> str:
    """The text on one line, cut to a length that a reply can quote."""
    words = " ".join(text.split())
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"
