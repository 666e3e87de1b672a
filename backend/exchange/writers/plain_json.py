"""JSON: everything, as the API shows tasks. docs/import.md has the form, the OpenAPI document its schema."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from backend.exchange.readers.own import NAME, VERSION
from backend.journal.values import instant


def write(documents: Sequence[dict[str, Any]], now: datetime, *, labels: Sequence[dict[str, Any]] = ()) -> str:
    """``labels`` are how the projects and tags of the documents look, as `GET /api/labels` tells it."""
    head = json.dumps({"format": NAME, "version": VERSION, "exported_at": instant(now), "labels": list(labels)})
    tasks = ",\n".join(json.dumps(document, ensure_ascii=False) for document in documents)
    return f'{head[:-1]}, "tasks": [\n{tasks}\n]}}\n' if documents else f'{head[:-1]}, "tasks": []}}\n'
