"""The date libraries that the language benchmark compares with, each run in its own program."""
