"""What is true of any workload in any namespace: objects, logs and events in, root causes out. Pure."""
