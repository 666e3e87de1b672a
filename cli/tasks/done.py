"""`./todo done`: tick tasks off."""

from cli.tasks.ticks import tick_command

command = tick_command(
    verb="complete",
    status="open",
    done="Done",
    same="Was done already:",
    summary="Tick tasks off; one that recurs moves to its next time. ./todo undo takes it back.",
)
