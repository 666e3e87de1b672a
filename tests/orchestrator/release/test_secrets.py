"""Secrets: chosen, made, kept, refused; and never seen where they must not be."""

import json
from pathlib import Path

import pytest

from orchestrator.errors import EnvironmentMissingError
from orchestrator.redaction import Redactor
from orchestrator.release import secrets
from orchestrator.release.secrets import Existing
from orchestrator.targets.base import Cluster
from tests.orchestrator.standins import door, stand_in

CLUSTER = Cluster("minikube", "todo")
AUTH = "a" * 40


def test_nothing_given_makes_a_secret_and_chooses_the_bundled_postgres() -> None:
    wanted = secrets.want({}, None, None)
    assert len(wanted.backend["BETTER_AUTH_SECRET"]) >= 32
    assert wanted.postgres is not None
    password = wanted.postgres["POSTGRES_PASSWORD"]
    assert wanted.backend["DATABASE_URL"] == f"postgresql+psycopg://todo:{password}@todo-postgres:5432/todo"
    assert wanted.backend["OPENAI_API_KEY"] == ""
    assert secrets.want({}, None, None).backend["BETTER_AUTH_SECRET"] != wanted.backend["BETTER_AUTH_SECRET"]
    for value in (password, wanted.backend["BETTER_AUTH_SECRET"]):
        assert value not in repr(wanted) + " ".join(wanted.notes)


def test_a_second_run_keeps_what_the_first_one_made() -> None:
    first = secrets.want({}, None, None)
    assert first.postgres is not None
    again = secrets.want({}, Existing(first.backend, made=True), Existing(first.postgres, made=True))
    assert (again.backend, again.postgres) == (first.backend, first.postgres)
    assert secrets.checksum(again) == secrets.checksum(first)


def test_a_changed_value_changes_the_checksum_and_the_checksum_tells_no_value() -> None:
    told = {"DATABASE_URL": "postgresql://u:p@h/d", "BETTER_AUTH_SECRET": AUTH}
    one, two = (secrets.checksum(secrets.want({**told, "OPENAI_API_KEY": key}, None, None)) for key in ("k1", "k2"))
    assert one != two
    assert len(one) == 32


def test_the_other_settings_reach_the_secret_and_are_told_by_name_only() -> None:
    wanted = secrets.want({"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://proxy/v1", "TODO_MODEL": "m"}, None, None)
    assert wanted.backend["OPENAI_BASE_URL"] == "http://proxy/v1"
    assert wanted.backend["TODO_MODEL"] == "m"
    assert "with OPENAI_BASE_URL, TODO_MODEL" in wanted.notes


def test_a_setting_that_is_taken_out_leaves_the_secret() -> None:
    first = secrets.want({"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://proxy/v1"}, None, None)
    again = secrets.want({}, Existing(first.backend, made=True), Existing(first.postgres or {}, made=True))
    assert set(again.backend) == set(secrets.KEYS)


def test_the_key_of_push_stays_since_browsers_have_subscribed_under_it() -> None:
    first = secrets.want({"VAPID_PRIVATE_KEY": "v", "SMTP_URL": "smtp://mail"}, None, None)
    again = secrets.want({}, Existing(first.backend, made=True), Existing(first.postgres or {}, made=True))
    assert set(again.backend) == {*secrets.KEYS, "VAPID_PRIVATE_KEY"}
    other = secrets.want({"VAPID_PRIVATE_KEY": "w"}, Existing(first.backend, made=True), None)
    assert other.backend["VAPID_PRIVATE_KEY"] == "w"


@pytest.mark.parametrize("told", [{}, {"BETTER_AUTH_URL": "https://todo.example.com"}])
def test_mail_without_the_pages_address_is_told(told: dict[str, str]) -> None:
    wanted = secrets.want({"SMTP_URL": "smtp://u:hidden@mail", **told}, None, None)
    assert any("BETTER_AUTH_URL" in note and "lead nowhere" in note for note in wanted.notes) is not bool(told)
    assert "hidden" not in " ".join(wanted.notes)


def test_a_given_database_needs_no_postgres() -> None:
    wanted = secrets.want({"DATABASE_URL": "postgresql://u:p@h/d"}, None, None)
    assert wanted.postgres is None
    assert wanted.backend["DATABASE_URL"] == "postgresql://u:p@h/d"


@pytest.mark.parametrize(
    ("told", "match"),
    [({"DATABASE_URL": "sqlite:///todo.db"}, "SQLite"), ({"BETTER_AUTH_SECRET": "short"}, "shorter than 32")],
)
def test_values_that_cannot_work_are_refused_without_being_told(told: dict[str, str], match: str) -> None:
    with pytest.raises(EnvironmentMissingError, match=match) as caught:
        secrets.want(told, None, None)
    assert "short." not in str(caught.value)


@pytest.mark.parametrize(
    ("values", "told", "match"),
    [
        ({"DATABASE_URL": "x", "OTHER": "y"}, {}, "lacks BETTER_AUTH_SECRET"),
        ({"PASSWORD": "x"}, {}, "lacks DATABASE_URL, BETTER_AUTH_SECRET"),
        ({"DATABASE_URL": "x", "BETTER_AUTH_SECRET": AUTH}, {"DATABASE_URL": "z"}, "other values for DATABASE_URL"),
        ({"DATABASE_URL": "x", "BETTER_AUTH_SECRET": AUTH}, {"OPENAI_BASE_URL": "z"}, "lacks OPENAI_BASE_URL"),
    ],
)
def test_a_secret_that_someone_else_made_with_other_keys_is_refused(
    values: dict[str, str], told: dict[str, str], match: str
) -> None:
    with pytest.raises(EnvironmentMissingError, match=match):
        secrets.want(told, Existing(values, made=False), None)


def test_a_complete_secret_that_someone_else_made_is_used_as_it_is() -> None:
    values = {"DATABASE_URL": "postgresql://u:p@h/d", "BETTER_AUTH_SECRET": AUTH, "MORE": "x"}
    assert secrets.want({}, Existing(values, made=False), None).backend == values


def test_values_go_over_standard_input_and_are_on_no_command_line(tmp_path: Path) -> None:
    stand_in(tmp_path / "bin", "kubectl", f'printf "%s\\n" "$@" > {tmp_path}/argv; cat > {tmp_path}/input')
    one = door(tmp_path, programs=tmp_path / "bin")
    secrets.apply(one, CLUSTER, "todo-backend-secret", {"BETTER_AUTH_SECRET": AUTH})
    assert (tmp_path / "argv").read_text().split() == [
        "--context", "minikube", "--namespace", "todo", "apply", "--server-side", "--force-conflicts",
        "--field-manager", "todo-deploy", "--filename", "-",
    ]  # fmt: skip
    told = json.loads((tmp_path / "input").read_text())
    assert told["data"] == {"BETTER_AUTH_SECRET": "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYQ=="[:56]}
    assert told["metadata"]["labels"] == {"app.kubernetes.io/managed-by": "todo-deploy"}
    assert one.redactor.mask(f"oh {AUTH}") == "oh ****"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("postgresql://todo:pa55word@db:5432/x", "postgresql://todo:****@db:5432/x"),
        ("Authorization: Bearer abcdefgh.ijkl", "Authorization: Bearer ****"),
        ("key sk-abcdefghijklmnop end", "key **** end"),
        ("BETTER_AUTH_SECRET=abc and more", "BETTER_AUTH_SECRET=**** and more"),
        ('{"POSTGRES_PASSWORD": "abc"}', '{"POSTGRES_PASSWORD": "****"}'),
        ("the secretary's tokens", "the secretary's tokens"),
        ("secretKeyRef: todo-backend-secret", "secretKeyRef: todo-backend-secret"),
    ],
)
def test_what_looks_like_a_secret_is_masked_and_nothing_else(text: str, kept: str) -> None:
    assert Redactor().mask(text) == kept


def test_a_known_value_is_masked_in_its_quoted_form_and_its_password_alone() -> None:
    one = Redactor()
    one.learn("postgresql://u:p%40ss/word!@h/d", "a value/with space")
    assert "a%20value%2Fwith%20space" not in one.mask("x a%20value%2Fwith%20space")
    one.learn("postgresql://u:longpassword@h/d")
    assert one.mask("failed for longpassword") == "failed for ****"
