"""`./todo bench reminders`: how late reminders come, what an idle schedule costs, and what they add to a write."""
