"""One backend for the tests of a module, and people who are strangers to each other."""

from tests.support.shared import app, database_url, settings

__all__ = ["app", "database_url", "settings"]
