"""Commands that bring a list in from a file, and out to one."""
