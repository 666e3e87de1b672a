"""What of the reminders can be watched: how late they come, what fails, what waits."""

from prometheus_client import Counter, Gauge, Histogram

LATENESS = Histogram(
    "todo_reminder_lateness_seconds",
    "Time between a reminder's moment, or the end of what held it back, and its start",
    buckets=(0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600, 86400),
)
SENT = Counter("todo_reminders_sent", "Notices that a channel took", ["channel"])
FAILED = Counter("todo_reminder_failures", "Notices that a channel did not take", ["channel", "outcome"])
WAITING = Gauge("todo_reminders_overdue", "Notices whose time has come and that wait to be sent, at the last look")
CYCLES = Counter("todo_reminder_cycles", "Looks of this process's worker at what is due", ["outcome"])
