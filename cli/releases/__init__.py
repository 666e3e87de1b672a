"""A version of the project: its number, its heading in the changelog, its commit and its tag."""
