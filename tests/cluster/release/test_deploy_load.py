"""An upgrade under load: pods are replaced while people use the page, and no request fails."""

import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import httpx
import pytest

from tests.cluster.tree import Tree

pytestmark = pytest.mark.cluster
PATHS = ("/", "/api/auth/get-session")
PARTS = ("backend", "frontend")
WORKERS = 3
PAUSE = 0.05  # seconds between a worker's requests


@dataclass
class Load:
    """Workers that ask until told to stop; each request over a connection of its own, as new visitors come."""

    url: str
    stop: threading.Event = field(default_factory=threading.Event)
    answers: Counter[str] = field(default_factory=Counter)

    def work(self) -> None:
        """Count each answer by path and status, or by what went wrong."""
        while not self.stop.is_set():
            for path in PATHS:
                try:
                    status = str(httpx.get(self.url + path, timeout=20, trust_env=False).status_code)
                except httpx.HTTPError as error:
                    status = f"{type(error).__name__}: {error}"
                self.answers[f"{path} {status}"] += 1
            time.sleep(PAUSE)


def test_an_upgrade_of_both_parts_fails_no_request(tree: Tree) -> None:
    tree.deployed()
    before = (tree.uids("todo-backend"), tree.uids("todo-frontend"))
    values = tree.root / "more.yaml"
    resources = {"resources": {"requests": {"cpu": "60m", "memory": "96Mi"}}}
    values.write_text(json.dumps(dict.fromkeys(PARTS, resources)))
    load = Load(tree.url)
    workers = [threading.Thread(target=load.work, daemon=True) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    try:
        tree.deployed("--values", str(values))
        time.sleep(8)  # the replaced pods drain
    finally:
        load.stop.set()
        for worker in workers:
            worker.join(timeout=60)
    assert not tree.uids("todo-backend") & before[0]
    assert not tree.uids("todo-frontend") & before[1]
    assert sum(load.answers.values()) > 50
    assert set(load.answers) == {f"{path} 200" for path in PATHS}, load.answers
