"""What the sub-commands do; the CLI only parses and calls these."""
