"""Tasks within tasks: a task, its subtasks, and theirs."""
