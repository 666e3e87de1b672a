"""`uvicorn backend.main:app` serves the backend."""

import gc

gc.disable()  # an import makes what stays: passes over it found nothing, and took a fifth of its time

from backend.application import app, create_app  # noqa: E402

gc.enable()

__all__ = ["app", "create_app"]
