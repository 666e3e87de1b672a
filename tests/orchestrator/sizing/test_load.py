"""The load against a real HTTP server: bounded in pace and number, and no account is left however it ends."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from orchestrator.sizing.measuring.load import MIXTURE, Load, people

SAID: list[str] = []


class App:
    """A server with the paths of the page that the load uses; `accounts` are those that stand."""

    def __init__(self) -> None:
        self.accounts: set[str] = set()
        self.asked: Counter[str] = Counter()
        self.broken = 0
        self.lock = threading.Lock()
        app = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                app.answer(self, {})

            def do_POST(self) -> None:
                app.answer(self, json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}"))

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, request: BaseHTTPRequestHandler, body: dict[str, str]) -> None:
        path = request.path.split("?")[0]
        status, cookie, told = 200, None, json.dumps({"id": "7", "changes": [{"kind": "create", "task_id": "7"}]})
        with self.lock:
            self.asked[path] += 1
            user = (request.headers.get("Cookie") or "user=").split("=", 1)[1]
            if path == "/api/auth/sign-up/email":
                cookie = body["email"]
                self.accounts.add(cookie)
            elif path == "/api/auth/delete-user" and self.broken:
                self.broken, status = self.broken - 1, 503
            elif path == "/api/auth/delete-user":
                status = 200 if user in self.accounts else 401
                self.accounts.discard(user)
        request.send_response(status)
        request.send_header("Content-Length", str(len(told)))
        if cookie:
            request.send_header("Set-Cookie", f"user={cookie}; Path=/")
        request.end_headers()
        request.wfile.write(told.encode())


@pytest.fixture
def app() -> Iterator[App]:
    one = App()
    SAID.clear()
    yield one
    one.server.shutdown()


def test_the_load_keeps_its_pace_and_its_number(app: App) -> None:
    with people(app.url, 50, SAID.append) as persons:
        load = Load(app.url, persons, rate=40, seconds=1.5, chat=True)
        began = time.monotonic()
        with load.running():
            while time.monotonic() - began < 1.6:
                time.sleep(0.05)
    assert len(load.visits) == 60
    assert all(visit.ok for visit in load.visits)
    assert {visit.kind for visit in load.visits} == set(MIXTURE)
    assert app.asked["/api/chat"] > 0
    assert app.asked["/api/tasks/7/complete"] > 0
    assert not app.accounts
    assert not SAID


def test_without_chat_nothing_goes_to_a_model(app: App) -> None:
    with people(app.url, 50, SAID.append) as persons:
        load = Load(app.url, persons, rate=100, seconds=0.6, chat=False)
        with load.running():
            time.sleep(0.7)
    assert app.asked["/api/chat"] == 0
    assert app.asked["/api/tasks"] > 0


@pytest.mark.parametrize("failure", [KeyboardInterrupt, RuntimeError])
def test_no_account_is_left_when_it_is_cut_short(app: App, failure: type[BaseException]) -> None:
    with pytest.raises(failure), people(app.url, 3, SAID.append) as persons:
        assert len(app.accounts) == 3
        with Load(app.url, persons, 10, 60, True).running():
            raise failure
    assert not app.accounts


def test_removing_is_tried_again_while_the_release_answers_badly(app: App) -> None:
    with people(app.url, 1, SAID.append):
        app.broken = 2
    assert not app.accounts
    assert app.asked["/api/auth/delete-user"] == 3
    assert not SAID
