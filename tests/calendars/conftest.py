"""One backend a module: the people of these tests are strangers to each other."""

from tests.support.shared import app, database_url, settings

__all__ = ["app", "database_url", "settings"]
