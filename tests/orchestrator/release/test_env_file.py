"""`.env` as people write it: read, or refused with the line and never the value."""

from pathlib import Path

import pytest

from orchestrator.errors import EnvironmentMissingError
from orchestrator.release import env_file, secrets

AS_PEOPLE_WRITE = """
# a comment
export DATABASE_URL="postgresql://u:p#w@h/d"  # the office's
OPENAI_API_KEY=sk-1234567890 # mine
BETTER_AUTH_SECRET='with = and spaces ' # behind quotes
  INDENTED = yes
HASH=a#b
EMPTY=
BARE
TWO="first
second"
"""
READ = {
    "DATABASE_URL": "postgresql://u:p#w@h/d",
    "OPENAI_API_KEY": "sk-1234567890",
    "BETTER_AUTH_SECRET": "with = and spaces ",
    "INDENTED": "yes",
    "HASH": "a#b",
    "EMPTY": "",
    "BARE": "",
    "TWO": "first\nsecond",
}


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / ".env"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_file_is_read_as_people_write_it(tmp_path: Path, encoding: str, ending: str) -> None:
    mark = "\ufeff" if encoding in {"utf-16-le", "utf-16-be"} else ""
    content = (mark + AS_PEOPLE_WRITE.replace("\n", ending)).encode(encoding)
    found = env_file.read(written(tmp_path, content))
    assert {name: value.replace("\r\n", "\n") for name, value in found.items()} == READ


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("A=1\nthis is no setting\n", "line 2 of .env cannot be read: it is no NAME=VALUE"),
        ("\n\nA=1\n=hunter2\n", "line 4 of .env cannot be read"),
        ('OPENAI_API_KEY="hunter2\nB=2\n', "line 1 of .env (OPENAI_API_KEY) cannot be read: its quote is not closed"),
        ("A='hunter2' more\n", "line 1 of .env (A) cannot be read"),
        (b"A=1\nB=hunter2\xff\xfe\xfd\n", ".env is no text in UTF-8 or UTF-16"),
        (b"A\x00=\x001\x00", ".env holds a NUL character"),
    ],
)
def test_what_cannot_be_read_is_named_without_its_value(tmp_path: Path, content: str | bytes, sentence: str) -> None:
    with pytest.raises(EnvironmentMissingError) as caught:
        env_file.read(written(tmp_path, content))
    assert sentence in str(caught.value)
    assert "hunter2" not in f"{caught.value} {caught.value.remedy}"


def test_no_file_is_no_settings(tmp_path: Path) -> None:
    assert env_file.read(None) == env_file.read(tmp_path / ".env") == {}


def test_the_environment_wins_over_the_file_and_other_names_are_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, "DATABASE_URL=file\nOPENAI_API_KEY=file\nOTHER=x\nTODO_DATA=/home/me\nLOG_LEVEL=DEBUG\n")
    environment = {"DATABASE_URL": "environment", "OPENAI_API_KEY": "", "HOME": "/root", "LOG_LEVEL": "ERROR"}
    told = secrets.given(path, environment)
    assert told == {"DATABASE_URL": "environment", "LOG_LEVEL": "DEBUG"}


def test_every_setting_of_a_release_can_be_given(tmp_path: Path) -> None:
    names = env_file.settings()
    assert {"OPENAI_BASE_URL", "TODO_MODEL", "BETTER_AUTH_URL", "LOG_LEVEL"} <= names
    assert "TODO_DATA" not in names
    path = written(tmp_path, "".join(f"{name}=value-of-{name}\n" for name in names))
    assert secrets.given(path, {}) == {name: f"value-of-{name}" for name in names}


PROXY = {"OPENAI_API_KEY": "sk-proxy", "OPENAI_BASE_URL": "http://proxy/v1"}
KNOWN = frozenset({"OPENAI_API_KEY", "OPENAI_BASE_URL"})


@pytest.mark.parametrize(
    ("file", "environment"),
    [
        (PROXY, {"OPENAI_API_KEY": "sk-other"}),
        (PROXY, {"OPENAI_BASE_URL": "https://evil.example/v1"}),
        ({"OPENAI_API_KEY": "sk-a"}, {"OPENAI_BASE_URL": "http://proxy/v1"}),
        ({"OPENAI_BASE_URL": "http://proxy/v1"}, {"OPENAI_API_KEY": "sk-a"}),
    ],
)
def test_a_key_never_goes_to_an_address_that_it_was_not_given_with(
    file: dict[str, str], environment: dict[str, str]
) -> None:
    with pytest.raises(EnvironmentMissingError, match="a key is sent only to the address"):
        env_file.merged(file, environment, KNOWN)


@pytest.mark.parametrize(
    ("file", "environment", "told"),
    [
        (PROXY, {}, PROXY),
        (PROXY, PROXY, PROXY),
        (PROXY, {"OPENAI_API_KEY": "sk-proxy"}, PROXY),
        (PROXY, {"OPENAI_API_KEY": ""}, {"OPENAI_BASE_URL": "http://proxy/v1"}),
        ({}, PROXY, PROXY),
        ({"OPENAI_API_KEY": "sk-a"}, {"OPENAI_API_KEY": "sk-b"}, {"OPENAI_API_KEY": "sk-b"}),
        (PROXY, {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "u"}, {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "u"}),
    ],
)
def test_a_key_and_its_address_of_one_place_are_taken(
    file: dict[str, str], environment: dict[str, str], told: dict[str, str]
) -> None:
    assert env_file.merged(file, environment, KNOWN) == told


def test_only_what_may_be_secret_is_masked() -> None:
    told = {"LOG_LEVEL": "WARNING", "OPENAI_API_KEY": "sk-1", "DATABASE_URL": "postgresql://h/d", "TODO_MODEL": "gpt"}
    assert env_file.secret_values(told) == ("sk-1", "postgresql://h/d")
