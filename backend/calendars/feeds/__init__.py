"""Secret addresses from which calendar programs read."""
