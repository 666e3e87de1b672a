"""One module a format that is written: task documents in, text out. Pure."""
