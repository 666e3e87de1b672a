"""How far a turn has come, stored: who runs it, what it has done, and whether it still lives."""
