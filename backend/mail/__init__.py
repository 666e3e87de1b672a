"""Mail: how one is made, how one is handed to the server, and a line for those that nobody waits for."""
