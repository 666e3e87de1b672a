"""Progress, plot and table for a person."""
