"""`./todo reopen`: make done tasks open again."""

from cli.tasks.ticks import tick_command

command = tick_command(
    verb="reopen",
    status="done",
    done="Open again",
    same="Was open already:",
    summary="Make done tasks open again.",
)
