"""One backend a module."""

from tests.support.shared import app, database_url, settings

__all__ = ["app", "database_url", "settings"]
