"""`./todo up`, `status` and `down`, in a checkout of their own."""

import json
import os
import shutil
import signal
import socket
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from cli.servers.processes import birth_of
from cli.servers.up import TRIAL_SECONDS
from tests.cli.conftest import Checkout


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310
        return str(answer.read().decode())


def test_up_detached_answers_until_down(checkout_with_backend: Checkout) -> None:
    checkout = checkout_with_backend
    started = checkout.run(*checkout.up, "--detach", "--json")
    assert started.returncode == 0, started.stderr
    addresses = json.loads(started.stdout)
    assert addresses["address"] == f"http://127.0.0.1:{checkout.port}"
    assert read(addresses["address"]) == addresses["api"] == f"http://127.0.0.1:{checkout.api_port}"
    assert json.loads(read(f"{addresses['api']}/health")) == {"status": "ok"}
    assert (checkout.data / "todo.db").exists()
    assert {server["state"] for server in checkout.status()} == {"answering"}
    numbers = [int(server["pid"]) for server in checkout.status()]

    stopped = checkout.run("down", "--data", str(checkout.data))
    assert (stopped.returncode, stopped.stdout) == (0, "Stopped.\n")
    assert not any(birth_of(number) for number in numbers)
    assert checkout.run("status", "--data", str(checkout.data)).returncode == 8


def test_second_up_says_where_it_runs(checkout: Checkout) -> None:
    assert checkout.run(*checkout.up, "--detach").returncode == 0
    again = checkout.run(*checkout.up, "--detach")
    assert again.returncode == 7
    assert again.stderr.count("\n") == 1
    assert f"http://127.0.0.1:{checkout.port}" in again.stderr


def test_interrupt_stops_both(checkout: Checkout) -> None:
    running = checkout.start(*checkout.up)
    assert running.stdout is not None
    assert running.stdout.readline() == f"Todo Chatbot runs at http://127.0.0.1:{checkout.port}\n"
    numbers = [int(server["pid"]) for server in checkout.status()]
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=90) == 0
    assert len(numbers) == 2
    assert not any(birth_of(number) for number in numbers)
    assert checkout.status() == []


def test_down_ends_an_up_that_was_not_detached(checkout: Checkout) -> None:
    running = checkout.start(*checkout.up)
    assert running.stdout is not None and running.stderr is not None
    running.stdout.readline()
    assert checkout.run("down", "--data", str(checkout.data)).returncode == 0
    assert running.wait(timeout=90) == 0
    assert running.stderr.read().endswith("Stopped by ./todo down.\n")


def test_a_server_that_ends_takes_the_other_with_it(checkout: Checkout) -> None:
    running = checkout.start(*checkout.up)
    assert running.stdout is not None and running.stderr is not None
    running.stdout.readline()
    backend, page = checkout.status()
    os.kill(int(page["pid"]), signal.SIGKILL)
    assert running.wait(timeout=90) == 6
    assert "The page ended by itself" in running.stderr.read()
    assert birth_of(int(backend["pid"])) is None


def test_taken_port_is_named_with_a_free_one(checkout: Checkout) -> None:
    with socket.create_server(("127.0.0.1", checkout.port)):
        refused = checkout.run(*checkout.up, "--detach")
    assert refused.returncode == 5
    assert refused.stderr.startswith(f"Port {checkout.port} is in use by python")
    assert f"(process {os.getpid()})" in refused.stderr
    assert "--port " in refused.stderr


def test_a_page_that_dies_at_start_leaves_nothing(checkout: Checkout) -> None:
    (checkout.frontend / "server.js").write_text('throw new Error("no such colour");')
    failed = checkout.run(*checkout.up, "--detach")
    assert failed.returncode == 6
    assert "no such colour" in failed.stderr
    assert checkout.status() == []
    with socket.create_server(("127.0.0.1", checkout.api_port)):
        pass  # the backend is gone too, or this would raise


def test_a_build_that_fails_shows_its_last_lines(checkout: Checkout) -> None:
    (checkout.frontend / "build.js").write_text('throw new Error("a comma too many");')
    failed = checkout.run(*checkout.up, "--detach")
    assert failed.returncode == 9
    assert "a comma too many" in failed.stderr


def test_the_page_is_built_again_only_when_its_sources_change(checkout: Checkout) -> None:
    def builds() -> int:
        assert checkout.run(*checkout.up, "--detach").returncode == 0
        assert checkout.run("down", "--data", str(checkout.data)).returncode == 0
        return len((checkout.frontend / ".next" / "builds.count").read_text())

    assert [builds(), builds()] == [1, 1]
    (checkout.frontend / "server.js").write_text((checkout.frontend / "server.js").read_text() + "// changed\n")
    assert builds() == 2


def test_a_build_leaves_a_running_page_alone(checkout: Checkout) -> None:
    assert checkout.run(*checkout.up, "--detach").returncode == 0
    shutil.rmtree(checkout.frontend / ".next")
    assert read(f"http://127.0.0.1:{checkout.port}") == f"http://127.0.0.1:{checkout.api_port}"
    page = next(server for server in checkout.status() if server["name"] == "page")
    assert Path(f"/proc/{page['pid']}/cwd").readlink() == checkout.data / "page"


def test_a_number_used_by_another_process_is_left_alone(checkout: Checkout) -> None:
    assert checkout.run(*checkout.up, "--detach").returncode == 0
    record = checkout.data / "servers.json"
    entries = json.loads(record.read_text())
    assert checkout.run("down", "--data", str(checkout.data)).returncode == 0
    for entry in entries["servers"]:
        entry["process"]["pid"] = os.getpid()
    record.write_text(json.dumps(entries))
    after = checkout.run("down", "--data", str(checkout.data))
    assert (after.returncode, after.stdout) == (0, f"Nothing ran on {checkout.data} any more.\n")


def test_same_port_twice_is_refused(checkout: Checkout) -> None:
    refused = checkout.run("up", "--port", "3300", "--api-port", "3300", "--data", str(checkout.data))
    assert (refused.returncode, refused.stderr) == (2, "The page and the backend cannot both have port 3300.\n")


def test_data_folder_that_cannot_be_is_refused(checkout: Checkout) -> None:
    checkout.data.write_text("a file")
    refused = checkout.run(*checkout.up, "--detach")
    assert (refused.returncode, refused.stderr) == (
        2,
        f"The data folder {checkout.data} cannot be written (File exists): choose another with --data.\n",
    )
    checkout.data.unlink()


def wait_until(met: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_a_detached_server_that_is_killed_comes_back(checkout: Checkout) -> None:
    assert checkout.run(*checkout.up, "--detach").returncode == 0
    killed = {server["name"]: int(server["pid"]) for server in checkout.status()}
    for number in killed.values():
        os.kill(number, signal.SIGKILL)

    def back() -> bool:
        states = checkout.status()
        return all(s["state"] == "answering" and int(s["pid"]) != killed[s["name"]] for s in states)

    wait_until(back)
    watch = json.loads(checkout.run("status", "--json", "--data", str(checkout.data)).stdout)["watch"]
    assert (watch["state"], watch["restarts"]) == ("watching", 2)
    assert "backend ended by itself" in Path(watch["log"]).read_text()
    assert checkout.run("down", "--data", str(checkout.data)).stdout == "Stopped.\n"
    assert birth_of(int(watch["pid"])) is None


def test_a_detached_server_that_ends_too_often_is_given_up_with_the_reason(checkout: Checkout) -> None:
    assert checkout.run(*checkout.up, "--detach", "--restarts", "1").returncode == 0
    (checkout.data / "page" / "server.js").write_text('throw new Error("no such colour");')
    page = next(server for server in checkout.status() if server["name"] == "page")
    os.kill(int(page["pid"]), signal.SIGKILL)
    wait_until(lambda: checkout.run("status", "--data", str(checkout.data)).stdout.count("Given up") == 1)
    shown = checkout.run("status", "--data", str(checkout.data))
    assert shown.returncode == 6
    assert "The page ended by itself 2 times" in shown.stdout
    assert "no such colour" in shown.stdout
    assert {server["state"] for server in checkout.status()} == {"ended"}
    with socket.create_server(("127.0.0.1", checkout.api_port)):
        pass  # the backend is gone too, or this would raise


def test_a_server_at_the_terminal_comes_back_after_its_first_seconds(checkout: Checkout) -> None:
    running = checkout.start(*checkout.up)
    assert running.stdout is not None and running.stderr is not None
    running.stdout.readline()
    time.sleep(TRIAL_SECONDS + 1)
    backend = checkout.status()[0]
    os.kill(int(backend["pid"]), signal.SIGKILL)
    wait_until(lambda: checkout.status()[0]["pid"] != backend["pid"])
    wait_until(lambda: checkout.status()[0]["state"] == "answering")
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=90) == 0
    assert "The backend ended by itself, and is started again in 1 s" in running.stderr.read()


def test_down_needs_no_servers_to_stop_the_supervisor(checkout: Checkout) -> None:
    assert checkout.run(*checkout.up, "--detach").returncode == 0
    record = json.loads((checkout.data / "servers.json").read_text())
    for entry in record["servers"]:
        os.kill(entry["process"]["pid"], signal.SIGKILL)
    assert checkout.run("down", "--data", str(checkout.data)).stdout == "Stopped.\n"
    assert birth_of(record["watcher"]["process"]["pid"]) is None
    assert checkout.status() == []
