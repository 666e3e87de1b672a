"""What belongs to a user's account as a whole: everything of theirs as one file."""
