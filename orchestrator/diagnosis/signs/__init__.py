"""Pure functions from facts to signs, one module a kind of trouble."""
