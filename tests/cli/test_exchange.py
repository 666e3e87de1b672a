"""`./todo import` and `./todo export` against a running server."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner, Result

from cli.exits import CommandError, Exit
from cli.main import app
from tests.support.servers import PASSWORD, Server, serving

TASKS = "TYPE,CONTENT,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE\ntask,Sweep,1,1,,,every day,en,\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("data")
    with serving(folder, f"sqlite:///{folder / 'todo.db'}") as server:
        yield server


@pytest.fixture(scope="module")
def token(server: Server) -> str:
    body = {"name": "Kim", "email": "kim@example.com", "password": PASSWORD}
    return str(httpx.post(f"{server.address}/api/auth/sign-up/email", json=body).json()["token"])


def run(server: Server, token: str, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--url", server.address, "--token", token], catch_exceptions=False)


def test_a_folder_in_taken_back_and_out(server: Server, token: str, tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "Home.csv").write_text(TASKS)
    (folder / "more.md").write_text("- [ ] Read\n")
    (folder / "picture.png").write_bytes(b"\x89")
    shown = run(server, token, "import", str(folder), "--preview")
    assert "2 of 2 tasks would be made" in shown.output
    made = json.loads(run(server, token, "import", str(folder), "--json").stdout)
    assert (made["new"], made["event"]) == (2, "done")
    assert "0 of 2 tasks made (2 duplicates)" in run(server, token, "import", str(folder)).output
    assert "Undone: 2 changes." in run(server, token, "import", "--undo", made["undo_token"]).output
    assert "2 of 2 tasks made" in run(server, token, "import", str(folder)).output
    file = tmp_path / "out.md"
    run(server, token, "export", str(file), "--project", "home")
    assert "- [ ] Sweep" in file.read_text()
    assert "Read" not in file.read_text()


def test_what_cannot_be_done_is_said(server: Server, token: str, tmp_path: Path) -> None:
    (tmp_path / "there.json").write_text("{}")
    (tmp_path / "empty.csv").write_text("")
    for words, code, sentence in (
        (("import",), Exit.USAGE, "Name a file"),
        (("import", str(tmp_path / "none.csv")), Exit.USAGE, "cannot be read"),
        (("import", str(tmp_path / "empty.csv")), Exit.FAILED, "The file is empty"),
        (("import", str(tmp_path / "there.json")), Exit.FAILED, "no format that is known"),
        (("export", str(tmp_path / "there.json")), Exit.OCCUPIED, "is there already"),
    ):
        with pytest.raises(CommandError, match=sentence) as error:
            run(server, token, *words)
        assert error.value.code == code
