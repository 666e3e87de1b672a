"""Lists that come in from other programs, and go out to them: docs/import.md has the formats."""
