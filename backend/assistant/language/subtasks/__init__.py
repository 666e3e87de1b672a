"""What is said of tasks within tasks."""
