"""One thing done to many tasks that were chosen: all in one turn, or none."""
