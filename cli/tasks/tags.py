"""`./todo tags`: the tags, with their tasks counted."""

from cli.tasks.groups import group_command

command = group_command("tags", sign="#")
