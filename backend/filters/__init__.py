"""Saved filters: words that narrow the list, under a name, for whoever saved them."""
