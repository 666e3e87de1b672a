"""What is said of reminders: when to be told of a task, by what, again, or not at all."""
