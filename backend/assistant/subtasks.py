"""Subtasks in the chat: which task "under" means, what becomes of the open ones, what a deletion takes along."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_ai import RunContext
from sqlalchemy.ext.asyncio import AsyncSession

from backend.assistant.asking.grounds import is_grounded
from backend.assistant.language.matching import find
from backend.assistant.language.types import Action, Choice
from backend.assistant.reply.outcomes import Outcome, report_unsure
from backend.assistant.reply.receipts import join_words
from backend.assistant.state import TurnState
from backend.assistant.targets import Found, to_target
from backend.assistant.turn.views import task_views
from backend.errors import InvalidError
from backend.tasks import service
from backend.tasks.models import Task
from backend.tasks.subtasks.tree import subtasks_of

NAMED = 3


async def parent_named(session: AsyncSession, state: TurnState, words: str, *, number: int | None = None) -> Task:
    """The task that the words, or the number that the engine resolved them to, name.

    Raises InvalidError, in words for the user, where they name none or several.
    """
    user_id = state.actor.user_id
    if number is not None:
        return await service.by_number(session, user_id, number)
    found = find(words, await task_views(session, user_id, words))
    fitting = [view for view in found.tasks if not view.done] or list(found.tasks)
    if len(fitting) == 1:
        return await service.by_number(session, user_id, fitting[0].number)
    named = [f'{view.number}. "{view.title}"' for view in (fitting or found.near)[:NAMED]]
    what = f'several tasks match "{words}"' if fitting else f'no task is called "{words}"'
    more = f": {join_words(named)}. Say the number of the one that you mean." if named else "; add it first."
    raise InvalidError(f"{what[0].upper()}{what[1:]}{more}")


async def resolved(session: AsyncSession, state: TurnState, filters: Mapping[str, Any]) -> dict[str, Any]:
    """Filters as the list takes them: the words that name a parent become its id. Raises as `parent_named` does."""
    values = dict(filters)
    if "parent" not in values:
        return values
    words = values.pop("parent")
    return {**values, "parent_id": (await parent_named(session, state, str(words))).id}


async def ask_of_rest(
    session: AsyncSession, context: RunContext[TurnState], arguments: Mapping[str, Any], found: Found
) -> Outcome | None:
    """The question what becomes of the open subtasks of the task that is to be completed; None where none is due."""
    state = context.deps
    if arguments.get("subtasks") or len(found.tasks) != 1 or arguments.get("filter"):
        return None
    target = found.tasks[0]
    task = await service.get(session, state.actor.user_id, target.id)
    left = await service.open_subtasks(session, task)
    if task.done or task.recurrence or not left:
        return None
    below = await subtasks_of(session, state.actor.user_id, [target.id])
    titles = [f'"{one.title}"' for one in below if not one.done]
    names = join_words(titles) if left <= NAMED else f"{', '.join(titles[:NAMED])} and {left - NAMED} more"
    trusted = state.typed or is_grounded("complete_task", arguments, [target.title], heard=state.heard)
    both = "both" if left == 1 else f"all {left + 1}"
    labels = {"complete": f"Complete {both}", "keep": f'Complete only "{target.title}"'}
    choices = tuple(
        Choice(
            label=label,
            actions=(
                Action(
                    tool="complete_task", arguments={"match": target.title, "subtasks": rest}, targets=(target.number,)
                ),
            ),
        )
        for rest, label in labels.items()
    )
    noun = "an open subtask" if left == 1 else f"{left} open subtasks"
    question = f'"{target.title}" has {noun}: {names}. What should I complete?'
    said = {name: value for name, value in arguments.items() if value is not None}
    return report_unsure(state, said, question, choices, trusted=trusted)


async def with_subtasks(session: AsyncSession, state: TurnState, found: Found, *, agreed: bool) -> Found:
    """What a deletion takes along, so that the user is asked about all of it.

    Of what was ``agreed`` to, a task stays that has got a subtask since, or of which one has changed.
    """
    ids = {target.id for target in found.tasks}
    below = await subtasks_of(session, state.actor.user_id, [target.id for target in found.tasks])
    if not agreed:
        more = [to_target(task) for task in below if task.id not in ids]
        return Found(tasks=(*found.tasks, *dict.fromkeys(more)), changed=found.changed)
    parents = {task.id: task.parent_id for task in below}
    spared = _above({task.id for task in below} - ids, parents)
    kept = tuple(target for target in found.tasks if target.id not in spared)
    return Found(tasks=kept, changed=found.changed + len(found.tasks) - len(kept))


def _above(ids: set[str], parents: Mapping[str, str | None]) -> set[str]:
    """All that these tasks stand under."""
    found: set[str] = set()
    while ids := {parent for task_id in ids if (parent := parents.get(task_id))} - found:
        found |= ids
    return found


def say_left(tasks: Sequence[Task], left: int) -> str:
    """What a receipt adds where open tasks stay within what was completed."""
    if not left:
        return ""
    where = f'within "{tasks[0].title}"' if len(tasks) == 1 else "within them"
    return f" {left} {'task' if left == 1 else 'tasks'} {where} {'is' if left == 1 else 'are'} still open."
