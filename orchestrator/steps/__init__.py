"""One module a step of the specification."""
