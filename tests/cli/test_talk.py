"""`./todo interpret` and `./todo chat`, as somebody calls them."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from cli.exits import CommandError, Exit
from cli.talk.session import save_token, saved_token, sign_in

ROOT = Path(__file__).parents[2]
NOW = ("--now", "2026-03-04T09:30", "--timezone", "America/New_York")


def todo(*words: str, said: str | None = None, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TODO_PASSWORD": "not-a-secret-1"}
    argv = [sys.executable, str(folder / "todo"), *words]
    return subprocess.run(
        argv, input=said, capture_output=True, text=True, check=False, cwd=folder, env=environment, timeout=120
    )


def test_interpret_prints_what_a_sentence_means() -> None:
    answer = json.loads(todo("interpret", *NOW, "paint the fence on friday at 3 #garden").stdout)
    assert answer == {
        "actions": [
            {
                "tool": "add_task",
                "arguments": {"title": "paint the fence", "due": "2026-03-06T15:00", "tags": ["garden"]},
            }
        ]
    }


def test_interpret_explains() -> None:
    answer = json.loads(todo("interpret", *NOW, "--explain", "paint the fence on friday").stdout)
    assert answer["spans"][0]["words"] == "on friday"
    assert answer["spans"][0]["label"] == "Fri 6 Mar"
    assert answer["sure"] is True
    assert answer["rules"]


def test_interpret_reads_a_batch_in_order() -> None:
    lines = [{"text": "call Ada tomorrow", "now": "2026-12-31T10:00", "timezone": "Asia/Kolkata"}, {"text": "hi"}]
    done = todo("interpret", "--batch", *NOW, said="".join(json.dumps(line) + "\n" for line in lines))
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["actions"][0]["arguments"]["due"] == "2027-01-01"
    assert second["actions"] == []
    assert second["reply"]


@pytest.mark.parametrize("words", [("--timezone", "Mars/Olympus"), ("--now", "soon")])
def test_interpret_refuses_what_cannot_be(words: tuple[str, str]) -> None:
    done = todo("interpret", *words, "hi")
    assert done.returncode == Exit.USAGE
    assert words[1] in done.stderr


def test_interpret_names_the_line_that_is_no_request() -> None:
    done = todo("interpret", "--batch", said='{"text": "hi"}\nnot json\n')
    assert done.returncode == Exit.USAGE
    assert "Line 2" in done.stderr


def test_chat_says_that_nothing_answers(tmp_path: Path) -> None:
    done = todo("chat", "--url", "http://127.0.0.1:9", "--data", str(tmp_path), "--email", "a@example.com", said="hi\n")
    assert done.returncode == Exit.NOT_RUNNING
    assert "./todo up" in done.stderr


def test_a_kept_session_is_for_its_owner_alone(tmp_path: Path) -> None:
    save_token(tmp_path, "http://one", "first")
    save_token(tmp_path, "http://two", "second")
    assert saved_token(tmp_path, "http://one") == "first"
    assert saved_token(tmp_path, "http://three") is None
    assert [stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()] == [0o600]


def test_a_refused_sign_in_tells_why() -> None:
    refusing = httpx.MockTransport(lambda _: httpx.Response(401, json={"message": "Invalid email or password"}))
    with httpx.Client(base_url="http://one", transport=refusing) as client, pytest.raises(CommandError) as refused:
        sign_in(client, email="a@example.com", password="wrong-password")
    assert "Invalid email or password" in refused.value.message
