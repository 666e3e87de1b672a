"""What stands around every request: its id, its log line and count, the limit on its size, the end of the process."""
