"""`./todo bench faults`: faults put into a running release, and whether the diagnosis names exactly their causes."""
