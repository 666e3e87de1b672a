"""`./todo list`, `add`, `done` and the others against a running server, as somebody calls them."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from cli.exits import CommandError, Exit
from cli.main import app
from cli.tasks.account import machine_zone
from cli.tasks.acts import Act, act_on_each
from cli.tasks.list import say_similar
from cli.tasks.reference import choose, names_of
from tests.support.servers import PASSWORD, Server, serving

Run = Callable[..., str]
people = iter(range(1000))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("data")
    with serving(folder, f"sqlite:///{folder / 'todo.db'}") as server:
        yield server


@pytest.fixture
def run(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command for a new user; what it prints."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    body = {"name": "Kim", "email": f"kim{next(people)}@example.com", "password": PASSWORD}
    token = str(httpx.post(f"{server.address}/api/auth/sign-up/email", json=body).json()["token"])

    def call(*words: str, said: str | None = None) -> str:
        account = ("--url", server.address, "--token", token, "--data", str(tmp_path))
        separator = words.index("--") if "--" in words else len(words)
        argv = [*words[:separator], *account, *words[separator:]]
        result = CliRunner().invoke(app, argv, input=said, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    return call


def refused(run: Run, *words: str, said: str | None = None) -> CommandError:
    with pytest.raises(CommandError) as error:
        run(*words, said=said)
    return error.value


def titles(run: Run, *words: str) -> list[str]:
    return [task["title"] for task in json.loads(run("list", "--json", *words))]


def test_plain_words_are_read_and_told(run: Run) -> None:
    assert re.fullmatch(
        r"Added 1: call mom  \w{3} \d{4}-\d\d-\d\d 17:00  !high  #family\n",
        run("add", "call", "mom", "tomorrow", "at", "5pm", "#family", "!high"),
    )
    (task,) = json.loads(run("show", "1", "--json"))
    assert (task["title"], task["priority"], task["tags"]) == ("call mom", "high", ["family"])
    assert task["timezone"] == "Europe/Berlin"


def test_each_line_of_standard_input_is_a_task(run: Run) -> None:
    run("add", "-", said="pay rent on 2027-03-01\n\r\n  \n買い物リスト\ndelete old photos\n")
    assert titles(run) == ["pay rent", "買い物リスト", "delete old photos"]


def test_plain_keeps_the_words(run: Run) -> None:
    run("add", "--plain", "call mom tomorrow !high")
    run("add", "--plain", "--", "--5 degrees")
    assert titles(run, "--sort", "created") == ["call mom tomorrow !high", "--5 degrees"]


def test_options_say_more_than_the_words(run: Run) -> None:
    run("add", "x", "--due", "2027-03-05 at 3pm", "--repeat", "every friday", "-t", "a", "-t", "b", "-p", "home work")
    (task,) = json.loads(run("list", "--json"))
    assert (task["due"], task["recurrence"]) == ("2027-03-05T15:00", "FREQ=WEEKLY;BYDAY=FR")
    assert (task["tags"], task["project"]) == (["a", "b"], "home work")
    assert run("projects") == "1 open  0 done  +home work\n"
    assert [group["name"] for group in json.loads(run("tags", "--json"))] == ["a", "b"]


def test_notes_come_from_standard_input_as_they_are(run: Run) -> None:
    run("add", "x", "--notes", "-", said="one\n\ntwo\n")
    assert json.loads(run("list", "--json"))[0]["notes"].rstrip() == "one\n\ntwo"
    assert refused(run, "add", "-", "--notes", "-", said="x").code == Exit.USAGE


@pytest.mark.parametrize("when", ["blah", "35", "2027-02-30", "soonish"])
def test_what_is_no_date_makes_no_task(run: Run, when: str) -> None:
    assert refused(run, "add", "x", "--due", when).code == Exit.USAGE
    assert refused(run, "list", "--due", when).code == Exit.USAGE
    assert titles(run) == []


def test_days_are_said_in_words(run: Run) -> None:
    run("add", "now today")
    run("add", "later on 2027-06-01")
    assert titles(run, "--due", "today") == ["now"]
    assert titles(run, "--due", "2027-06-01") == ["later"]
    assert titles(run, "--due-from", "2027-01-01") == ["later"]


def test_filters_are_those_of_the_interface(run: Run) -> None:
    run("add", "-", said="first #a\nsecond #a !low\nthird #b\n")
    run("done", "third")
    assert titles(run, "--tag", "a", "--priority", "low") == ["second"]
    assert titles(run, "--status", "all", "--sort", "-title") == ["third", "second", "first"]
    assert titles(run, "--completed-from", "2020-01-01") == ["third"]
    assert titles(run, "fir") == ["first"]
    assert titles(run, "--limit", "1", "--sort", "title") == ["first"]
    assert run("list", "--count") == "2\n"
    assert json.loads(run("list", "--count", "--json", "--status", "done")) == {"total": 1}
    assert "priority" in refused(run, "list", "--priority", "vast").message


def test_all_pages_are_listed(run: Run) -> None:
    run("add", "--plain", "-", said="".join(f"task {number}\n" for number in range(205)))
    assert len(titles(run)) == 205
    assert len(titles(run, "--limit", "203")) == 203


def test_done_by_number_id_range_and_words(run: Run) -> None:
    run("add", "--plain", "-", said="".join(f"{word}\n" for word in ("milk", "eggs", "bread", "old photos", "tea")))
    ids = {task["title"]: task["id"] for task in json.loads(run("list", "--json"))}
    assert run("done", "1") == "Done 1: milk\n"
    assert run("done", "#1") == "Was done already: 1: milk\n"
    assert run("done", "2-3,4", "2") == "Done 2: eggs\nDone 3: bread\nDone 4: old photos\n"
    assert run("done", ids["tea"].upper()) == "Done 5: tea\n"
    assert titles(run) == []
    assert run("reopen", "old", "PHOTOS") == "Open again 4: old photos\n"
    assert json.loads(run("done", "-", "--json", said="4\n"))[0]["status"] == "done"


def test_words_that_fit_several_change_nothing(run: Run) -> None:
    run("add", "--plain", "-", said="buy milk\nmilk the cow\nread\n")
    run("edit", "3", "--notes", "about soya")
    error = refused(run, "done", "milk")
    assert error.code == Exit.AMBIGUOUS
    assert "buy milk" in error.message
    assert "milk the cow" in error.message
    assert refused(run, "delete", "soya").code == Exit.AMBIGUOUS  # only its notes hold the word
    assert refused(run, "done", "cheese").code == Exit.NO_SUCH_TASK
    mistyped = refused(run, "delete", "mlik")
    assert (mistyped.code, "Is one of these meant?" in mistyped.message) == (Exit.NO_SUCH_TASK, True)
    assert "buy milk" in mistyped.message
    assert refused(run, "done", "1", "99").code == Exit.NO_SUCH_TASK
    assert refused(run, "done", "9-1").code == Exit.USAGE
    assert refused(run, "done", "-", said="\n").code == Exit.USAGE
    assert len(titles(run)) == 3


def test_a_whole_title_beats_a_part() -> None:
    tasks = [{"title": "milk"}, {"title": "buy milk"}]
    assert choose("Milk", tasks) == (tasks[0], [])
    assert choose("buy", tasks) == (tasks[1], [])
    assert choose("m", tasks) == (None, tasks)


def test_an_id_that_begins_with_digits_is_an_id() -> None:
    assert names_of(["80170269-5695-4d4c-8bc0-99895f73a8e3"]) == ["80170269-5695-4d4c-8bc0-99895f73a8e3"]
    assert names_of(["3..5", "#7"]) == ["3", "4", "5", "7"]
    assert names_of(["2, 3", "4,"]) == ["2", "3", "4"]
    assert names_of(["3", "milk"]) is None


def test_an_edit_sets_what_the_words_say(run: Run) -> None:
    run("add", "call mom #family")
    assert run("edit", "1", "2027-03-05", "at", "3pm", "!high", "#kin").endswith(
        ": call mom  Fri 2027-03-05 15:00  !high  #family  #kin\n"
    )
    assert "call dad  Fri 2027-03-05 15:00" in run("edit", "call mom", "call dad")
    assert run("edit", "1", "--clear", "due", "--clear", "priority", "--untag", "kin") == "1: call dad  #family\n"
    assert run("edit", "1", "--title", "see dad tomorrow") == "1: see dad tomorrow  #family\n"
    assert refused(run, "edit", "1").code == Exit.USAGE
    assert "--clear due" in refused(run, "edit", "1", "--due", "").message
    assert refused(run, "edit", "1", "--clear", "title").code == Exit.USAGE
    assert refused(run, "edit", "1", "--priority", "vast").code == Exit.USAGE


def test_undo_and_redo_tell_what_they_did(run: Run) -> None:
    run("add", "-", said="one\ntwo\n")
    assert run("delete", "1") == "Deleted 1: one\n"
    assert run("undo") == "Undone: 1 change\n  1: one  (there again)\n"
    assert run("redo") == "Done again: 1 change\n  1: one  (gone)\n"
    assert len(json.loads(run("undo", "--steps", "2", "--json"))) == 2
    assert titles(run) == []
    assert refused(run, "undo", "none-such").code == Exit.NO_SUCH_TASK


def test_a_task_that_comes_back_tells_when(run: Run) -> None:
    run("add", "standup every day from 2027-03-01 at 9:15")
    assert run("done", "standup") == "Done 1: standup  (next 2027-03-02 09:15)\n"


def test_a_token_that_is_not_valid_is_said(server: Server, tmp_path: Path) -> None:
    words = ["list", "--url", server.address, "--data", str(tmp_path)]
    for more in (["--token", "nonsense"], []):
        with pytest.raises(CommandError) as error:
            CliRunner().invoke(app, [*words, *more], input="milk\n", catch_exceptions=False)
        assert error.value.code == Exit.SIGNED_OUT


def test_the_machines_zone_is_what_its_link_says(tmp_path: Path) -> None:
    zone = tmp_path / "zoneinfo" / "Asia" / "Kolkata"
    zone.parent.mkdir(parents=True)
    zone.touch()
    (tmp_path / "localtime").symlink_to(zone)
    assert machine_zone(tmp_path / "localtime") == "Asia/Kolkata"
    assert machine_zone(tmp_path / "none") is None


def test_a_recurrence_is_said_in_words(run: Run) -> None:
    assert "↻ every month on the 1st" in run("add", "pay rent on the 1st of every month")
    assert "repeats   every month on the 1st" in run("show", "1")


def test_a_list_of_mistyped_words_says_what_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    say_similar({"appels": ["apples", "appeals"]})
    assert capsys.readouterr().err == "No task holds “appels”. These hold “apples” or “appeals”.\n"


@pytest.mark.parametrize(
    ("changed", "said"), [([True, True, False], "./todo undo --steps 2 takes them back.\n"), ([True, False], "")]
)
def test_several_changes_say_how_they_are_taken_back(
    changed: list[bool], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    acts = iter(Act(answer={}, sentence="Done", changed=one) for one in changed)
    tasks = [{"number": place, "title": "milk"} for place in range(len(changed))]
    act_on_each(tasks, lambda _: next(acts), as_json=False)
    assert capsys.readouterr().err == said


def test_subtasks_are_added_under_a_task_and_counted(run: Run) -> None:
    run("add", "pack for the trip")
    assert run("add", "-", "--under", "pack", said="socks\nshirts\nsoap\n").count("Added") == 3
    run("done", "socks")
    assert "1 of 3 done" in run("list")
    assert "subtasks  1 of 3 done" in run("show", "pack")
    assert refused(run, "add", "x", "--under", "nothing there").code == Exit.NO_SUCH_TASK
