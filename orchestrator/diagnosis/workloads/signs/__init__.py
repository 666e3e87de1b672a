"""Pure functions from a store to signs, one module a kind of trouble."""
