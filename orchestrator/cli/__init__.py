"""`./todo deploy`: from source to a healthy release. Commands parse, call one function, print what it gave."""

from orchestrator.cli import backups, group, looking, making, serving
from orchestrator.cli.group import app

__all__ = ["app", "backups", "group", "looking", "making", "serving"]
