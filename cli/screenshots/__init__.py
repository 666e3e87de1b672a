"""`./todo screenshots`: the pictures in `docs/screenshots`."""
