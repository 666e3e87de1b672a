"""`./todo projects`: the projects, with their tasks counted."""

from cli.tasks.groups import group_command

command = group_command("projects", sign="+")
