"""A pretend list for dialogues: does what the engine says, remembers the turns, and tells what happened in words."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from backend.assistant.language import Action, Choice, Interpretation, Request, TaskView, Turn, interpret
from backend.assistant.language.matching.filter import touched

NOW = datetime(2026, 3, 4, 9, 30)  # a Wednesday
ZONE = "America/New_York"
VERBS = {"complete_task": "done", "reopen_task": "reopened", "delete_task": "deleted", "update_task": "changed"}


@dataclass
class Stage:
    """The user's tasks and the conversation so far."""

    tasks: list[TaskView] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    before: list[list[TaskView]] = field(default_factory=list)
    last: int = 0

    def put(self, title: str, **fields: object) -> TaskView:
        """Put a task on the list, with the next number."""
        self.last += 1
        tags = fields.pop("tags", ())
        task = TaskView(number=self.last, title=title, tags=tuple(tags), **fields)  # type: ignore[arg-type]
        self.tasks.append(task)
        return task

    def say(self, text: str) -> tuple[list[str], str]:
        """What happened, one line an outcome, and the assistant's reply."""
        meaning = interpret(
            Request(text=text, now=NOW, timezone=ZONE, tasks=tuple(self.tasks), turns=tuple(self.turns))
        )
        lines, shown, changed = self._act(meaning) if meaning.sure else ([], [], [])
        lines += [f"offers: {choice.label}" for choice in meaning.choices]
        self.turns.append(
            Turn(
                text=text,
                actions=meaning.actions if meaning.sure else (),
                shown=tuple(shown),
                changed=tuple(changed),
                choices=meaning.choices,
            )
        )
        return lines or ["nothing"], meaning.reply

    def offer(self, *choices: Choice) -> None:
        """Have the assistant ask: the next words may answer."""
        self.turns.append(Turn(text="", choices=choices))

    def _act(self, meaning: Interpretation) -> tuple[list[str], list[int], list[int]]:
        lines: list[str] = []
        shown: list[int] = []
        changed: list[int] = []
        for action in meaning.actions:
            if action.tool == "list_tasks":
                numbers = touched({k: v for k, v in action.arguments.items() if k != "count"}, self.tasks, NOW)
                shown += numbers
                lines.append("shows: " + ("; ".join(self._task(number).title for number in numbers) or "no tasks"))
            elif action.tool == "redo":
                lines.append("redone")
            elif action.tool == "undo":
                lines.append("undone" if self._undo() else "nothing to undo")
            else:
                done = self._change(action)
                changed += [task.number for task in done]
                lines += [outcome(action.tool, task) for task in done]
        return lines, shown, changed

    def _task(self, number: int) -> TaskView:
        return next(task for task in self.tasks if task.number == number)

    def _undo(self) -> bool:
        if not self.before:
            return False
        self.tasks = self.before.pop()
        return True

    def _change(self, action: Action) -> list[TaskView]:
        self.before.append(list(self.tasks))
        if action.tool == "add_task":
            fields = {key: value for key, value in action.arguments.items() if key not in ("title", "notes")}
            return [self.put(str(action.arguments["title"]), **fields)]
        assert action.targets is not None, f"{action} names no task that is known"
        return [self._apply(action, self._task(number)) for number in action.targets]

    def _apply(self, action: Action, task: TaskView) -> TaskView:
        if action.tool == "delete_task":
            self.tasks.remove(task)
            return task
        changed = changed_task(action, task)
        self.tasks[self.tasks.index(task)] = changed
        return changed


def changed_task(action: Action, task: TaskView) -> TaskView:
    """The task after the action."""
    if action.tool in ("complete_task", "reopen_task"):
        return task._replace(done=action.tool == "complete_task")
    changes = dict(action.arguments.get("changes") or {})  # type: ignore[call-overload]
    changes.pop("notes", None)
    if "tags" in changes:
        changes["tags"] = tuple(changes["tags"] or ())
    shift = action.arguments.get("shift")
    if isinstance(shift, str) and task.due:
        changes["due"] = shifted(task.due, shift)
    return task._replace(**changes)


def shifted(due: str, duration: str) -> str:
    """A due time moved by a duration of days, weeks, hours or minutes."""
    sign, amount = (-1, duration[1:]) if duration.startswith("-") else (1, duration)
    number, unit = int("".join(c for c in amount if c.isdigit())), amount[-1]
    hours = {"D": 24, "W": 168, "H": 1}.get(unit, 0) * number if "T" not in amount or unit == "H" else 0
    minutes = number if "T" in amount and unit == "M" else 0
    moved = timedelta(hours=sign * hours, minutes=sign * minutes)
    if "T" in due:
        return (datetime.fromisoformat(due) + moved).isoformat(timespec="minutes")
    return (date.fromisoformat(due) + moved).isoformat()


def outcome(tool: str, task: TaskView) -> str:
    """What happened to a task, in the words of a dialogue: ``added: call mom | due 2026-03-05 | #home``."""
    verb = VERBS.get(tool, "added")
    if verb in ("done", "deleted", "reopened"):
        return f"{verb}: {task.title}"
    return " | ".join([f"{verb}: {task.title}", *described(task)])


def described(task: TaskView) -> list[str]:
    """A task's fields, as dialogues write them."""
    found = [f"due {task.due}"] if task.due else []
    found += [f"repeats {task.recurrence}"] if task.recurrence else []
    found += [f"{task.priority} priority"] if task.priority else []
    found += [f"#{tag}" for tag in task.tags]
    return found + ([f"in {task.project}"] if task.project else [])
