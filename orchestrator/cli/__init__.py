"""`./todo deploy`: from source to a healthy release. Commands parse, call one function, print what it gave."""

from orchestrator.cli import agent_commands, backups, change_commands, group, read_commands
from orchestrator.cli.group import app

__all__ = ["agent_commands", "app", "backups", "change_commands", "group", "read_commands"]
