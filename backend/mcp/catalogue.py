"""The tools by name: what each says of itself, takes and does. The hackathon's five come first."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import mcp_types as types

from backend.mcp import arguments, outputs, read_tools, reminders, write_tools
from backend.mcp.answers import Answer
from backend.mcp.caller import Caller
from backend.mcp.schema import input_schema


@dataclass(frozen=True, kw_only=True)
class Tool:
    """A tool. ``gives`` is the schema of its answer.

    ``destroys``: it may lose what only undo brings back; ``repeats``: twice is the same as once; ``clears``: its
    schema says that fields take null; ``of_contract``: it is one of the hackathon's five.
    """

    name: str
    description: str
    takes: type[arguments.Arguments]
    run: Callable[[Caller, Any], Awaitable[Answer]]
    gives: outputs.Schema
    writes: bool = True
    destroys: bool = False
    repeats: bool = False
    clears: bool = False
    of_contract: bool = False

    def described(self) -> types.Tool:
        return types.Tool(
            name=self.name,
            description=self.description,
            input_schema=input_schema(self.takes, shows_user_id=self.of_contract, shows_null=self.clears),
            output_schema=self.gives,
            annotations=types.ToolAnnotations(
                read_only_hint=not self.writes,
                destructive_hint=self.destroys if self.writes else None,
                idempotent_hint=self.repeats if self.writes else None,
                open_world_hint=False,
            ),
        )


TOOLS = (
    Tool(
        name="add_task",
        description="Add one task. A recurring one without due begins at its first occurrence.",
        takes=arguments.AddTask,
        run=write_tools.add_task,
        gives=outputs.ONE,
        of_contract=True,
    ),
    Tool(
        name="list_tasks",
        description="List tasks by due date: task_id, status, title, due.",
        takes=arguments.ListTasks,
        run=read_tools.list_tasks,
        gives=outputs.PAGE,
        writes=False,
        of_contract=True,
    ),
    Tool(
        name="complete_task",
        description="Mark a task completed. A recurring one moves to next_due instead.",
        takes=arguments.CompleteTask,
        run=write_tools.complete_task,
        gives=outputs.ONE,
        of_contract=True,
    ),
    Tool(
        name="delete_task",
        description="Delete a task.",
        takes=arguments.OneTask,
        run=write_tools.delete_task,
        gives=outputs.ONE,
        destroys=True,
        repeats=True,
        of_contract=True,
    ),
    Tool(
        name="update_task",
        description="Change the fields given; null clears one.",
        takes=arguments.UpdateTask,
        run=write_tools.update_task,
        gives=outputs.ONE,
        destroys=True,
        repeats=True,
        clears=True,
        of_contract=True,
    ),
    Tool(
        name="add_tasks",
        description="Add up to 100 tasks at once: all or none.",
        takes=arguments.AddTasks,
        run=write_tools.add_tasks,
        gives=outputs.MANY,
    ),
    Tool(
        name="reopen_task",
        description="Make a completed task pending again.",
        takes=arguments.OneTask,
        run=write_tools.reopen_task,
        gives=outputs.ONE,
        repeats=True,
    ),
    Tool(
        name="reschedule_task",
        description="Move a task to due, or by shift; it keeps its recurrence, and its time if due is a date alone.",
        takes=arguments.RescheduleTask,
        run=write_tools.reschedule_task,
        gives=outputs.ONE,
    ),
    Tool(
        name="search_tasks",
        description="Find tasks by words and filters; all given must hold.",
        takes=arguments.SearchTasks,
        run=read_tools.search_tasks,
        gives=outputs.PAGE,
        writes=False,
    ),
    Tool(
        name="list_projects",
        description="List the projects with their numbers of pending and completed tasks.",
        takes=arguments.Arguments,
        run=read_tools.list_projects,
        gives=outputs.PROJECTS,
        writes=False,
    ),
    Tool(
        name="undo",
        description="Take back one change by its undo_token, or all since a time (to); its own token redoes it.",
        takes=arguments.Undo,
        run=write_tools.undo,
        gives=outputs.UNDONE,
        destroys=True,
    ),
    Tool(
        name="redo",
        description="Do again what the latest undo took back.",
        takes=arguments.Redo,
        run=write_tools.redo,
        gives=outputs.UNDONE,
        destroys=True,
    ),
    Tool(
        name="list_changes",
        description="What was changed in the list or in one task, newest first, with undo_tokens.",
        takes=arguments.ListChanges,
        run=read_tools.list_changes,
        gives=outputs.CHANGES,
        writes=False,
    ),
    Tool(
        name="set_reminders",
        description="Replace, add to or remove from a task's reminders.",
        takes=arguments.SetReminders,
        run=reminders.set_task_reminders,
        gives=outputs.REMINDED,
        repeats=True,
        clears=True,
    ),
    Tool(
        name="snooze_task",
        description="Remind of a task again later, once.",
        takes=arguments.SnoozeTask,
        run=reminders.snooze_task,
        gives=outputs.REMINDED,
    ),
    Tool(
        name="list_reminders",
        description="What will be reminded of, the next first.",
        takes=arguments.ListReminders,
        run=reminders.list_reminders,
        gives=outputs.COMING,
        writes=False,
    ),
    Tool(
        name="change_reminder_settings",
        description="Default reminders, daily digest, quiet hours, pause. null ends quiet hours or a pause.",
        takes=arguments.ChangeReminderSettings,
        run=reminders.change_reminder_settings,
        gives=outputs.SETTINGS,
        repeats=True,
        clears=True,
    ),
)
BY_NAME = {tool.name: tool for tool in TOOLS}
DESCRIBED = {tool.name: tool.described() for tool in TOOLS}
