"""What of the webhooks can be watched."""

from prometheus_client import Counter, Gauge

DELIVERIES = Counter("todo_webhook_deliveries", "Attempts to tell a webhook of an event", ["outcome"])
WAITING = Gauge("todo_webhooks_overdue", "Events whose time has come and that wait to be sent, at the last look")
