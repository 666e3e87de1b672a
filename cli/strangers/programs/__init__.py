"""Programs that use others' libraries against the server; each prints a line of JSON for each of its checks."""
