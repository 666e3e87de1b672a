"""How long reading takes, whatever is typed, and whether it holds others up."""
