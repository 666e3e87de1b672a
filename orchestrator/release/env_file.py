"""The settings that a person gave: `.env` as people write it, read by python-dotenv, and the environment over it."""

import codecs
import io
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from orchestrator.errors import EnvironmentMissingError

_EXAMPLE = Path(__file__).resolve().parents[2] / ".env.example"
# Of one machine and not of a release: a pod keeps its files where its image says.
_LOCAL = frozenset({"TODO_DATA"})
_NAMED = re.compile(r"^#?[^\S\n]*([A-Z][A-Z0-9_]*)=", re.MULTILINE)
# Taken from the environment too; other names in it (LOG_LEVEL, say) are too common to be meant for the release.
_FROM_ENVIRONMENT = re.compile(r"DATABASE_URL|BETTER_AUTH_(SECRET|URL)|OPENAI_(API_KEY|BASE_URL)|(TODO|SMTP|VAPID)_\w+")
_SECRET = re.compile(r"SECRET|KEY|PASSWORD|TOKEN|URL")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@cache
def settings() -> frozenset[str]:
    """The names of the backend's settings that a release may have, as this version's `.env.example` lists them."""
    return frozenset(_NAMED.findall(_EXAMPLE.read_text(encoding="utf-8"))) - _LOCAL


def read(path: Path | None) -> dict[str, str]:
    """The names and values of the file; nothing where there is none.

    Raises EnvironmentMissingError with the line's number and name, never its value, for a line that is no NAME=VALUE,
    and for a file that is no text.
    """
    if path is None or not path.exists():
        return {}
    text = _decoded(path)
    for binding in parse_stream(io.StringIO(text)):
        if binding.error:
            raise _unreadable(path, binding.original.string, binding.original.line)
    return {name: value or "" for name, value in dotenv_values(stream=io.StringIO(text)).items()}


def merged(file: Mapping[str, str], environment: Mapping[str, str], known: frozenset[str]) -> dict[str, str]:
    """The settings of these names, the environment over the file; empty ones count as not given.

    A key of a model goes only to the host that it was given with. Raises EnvironmentMissingError where the key comes
    from one place and the address from the other.
    """
    over = {name: environment[name] for name in known if name in environment and _FROM_ENVIRONMENT.fullmatch(name)}
    _one_place(file, over)
    together = {**file, **over}
    return {name: together[name] for name in sorted(known) if together.get(name)}


def secret_values(told: Mapping[str, str]) -> tuple[str, ...]:
    """The values to be masked wherever they appear: those whose name says that they are secret or hold an address."""
    return tuple(value for name, value in told.items() if _SECRET.search(name))


def _one_place(file: Mapping[str, str], over: Mapping[str, str]) -> None:
    together = {**file, **over}
    key, address = together.get("OPENAI_API_KEY"), together.get("OPENAI_BASE_URL")
    other_key = "OPENAI_API_KEY" in over and over["OPENAI_API_KEY"] != file.get("OPENAI_API_KEY")
    other_address = "OPENAI_BASE_URL" in over and over["OPENAI_BASE_URL"] != file.get("OPENAI_BASE_URL")
    if key and address and other_key != other_address:
        places = ("the environment", ".env") if other_key else (".env", "the environment")
        raise EnvironmentMissingError(
            f"OPENAI_API_KEY comes from {places[0]} and OPENAI_BASE_URL from {places[1]}: a key is sent only to the "
            "address that it was given with.",
            remedy="Give both in one place, or unset one of them.",
        )


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise EnvironmentMissingError(
            f"{path.name} is no text in UTF-8 or UTF-16 (byte {error.start}).", remedy="Save it as UTF-8."
        ) from error
    if "\0" in text:
        raise EnvironmentMissingError(f"{path.name} holds a NUL character.", remedy="Save it as UTF-8 text.")
    return text


def _unreadable(path: Path, lines: str, first: int) -> EnvironmentMissingError:
    """The error of what the parser could not read. It names no value: the line may hold a secret."""
    before = len(lines) - len(lines.lstrip("\r\n"))
    number = first + lines[:before].count("\n")
    name, sign, value = lines.strip().partition("=")
    quoted = sign and value.strip()[:1] in {"'", '"'} if value else False
    subject = f" ({name.strip()})" if sign and re.fullmatch(r"(export\s+)?[\w.-]+", name.strip()) else ""
    reason = "its quote is not closed" if quoted else "it is no NAME=VALUE"
    return EnvironmentMissingError(
        f"line {number} of {path.name}{subject} cannot be read: {reason}.", remedy="Mend the line, or take it out."
    )
