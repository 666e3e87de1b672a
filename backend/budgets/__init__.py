"""What one user may take of a process at once, so that nobody stops anybody else. docs/budgets.md has the table."""
