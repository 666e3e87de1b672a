"""The programs that a RUN may call, a table: a name, and what its arguments may be. What is not here is refused."""

import ast
import re
from collections.abc import Callable, Mapping, Sequence

from orchestrator.contracts import DockerfileFacts
from orchestrator.gates.dockerfile import places
from orchestrator.gates.dockerfile.shell import Command, Word

Arguments = Sequence[str]
Rule = Callable[[Arguments, DockerfileFacts], bool]

# Compilers and the headers that the locked packages may be built with; none of them reaches the network at run time.
PACKAGES = frozenset(
    {
        *("binutils", "build-essential", "gcc", "g++", "make", "musl-dev", "libc-dev", "libc6-compat", "libffi-dev"),
        *("libpq5", "libpq-dev", "libpq", "postgresql-dev", "python3-dev", "ca-certificates", "tini", "dumb-init"),
    }
)
_TRUSTED = ("/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/opt/venv/bin")
_PIP_FLAGS = frozenset(
    {
        *("--no-cache-dir", "--no-compile", "--require-hashes", "--no-deps", "--user", "--quiet", "-q", "--no-input"),
        *("--disable-pip-version-check", "--no-warn-script-location", "--root-user-action=ignore", "--prefer-binary"),
        *("--break-system-packages", "--only-binary=:all:", "--ignore-installed"),
    }
)
_NPM_FLAGS = frozenset(
    {
        *("--no-audit", "--no-fund", "--ignore-scripts", "--omit=dev", "--include=dev", "--production", "--silent"),
        *("--only=production", "--prefer-offline", "--no-progress", "--force", "--loglevel=error"),
    }
)
_MODE = re.compile(r"0?[0-7][0-7][0145]|[ugo]*[+=-][rxX]+|u[+=][rwxX]+|g[+=][rwxX]+|a[+=-][rxX]+")
_OWNER = re.compile(r"[a-z][\w-]*(:[a-z][\w-]*)?|\d+(:\d+)?")
_SHELLS = frozenset({"/usr/sbin/nologin", "/sbin/nologin", "/bin/false", "/usr/bin/nologin", "/bin/sh", "/bin/bash"})


def is_allowed(command: Command, facts: DockerfileFacts) -> bool:
    """Whether the program and its arguments are known to do no more than build what the contract describes."""
    name = program(command.name)
    rule = RULES.get(name)
    return rule is not None and rule(command.arguments, facts) and writes_well(command, name, facts)


def program(name: str) -> str:
    """A program's plain name, python's without its version; nothing for one outside the system's own folders."""
    folder, _, base = name.rpartition("/")
    if folder and folder not in _TRUSTED:
        return ""
    return re.sub(r"^python3?(\.\d+)?$", "python", re.sub(r"^pip3?(\.\d+)?$", "pip", base))


def is_locked_install(command: Command, facts: DockerfileFacts) -> bool:
    """Whether this installs the packages of the lock file and nothing else."""
    words = _pip_words(command)
    if words is not None:
        return "install" in words and _pip(words, facts)
    return program(command.name) == "npm" and command.arguments[:1] == ("ci",)


def writes_well(command: Command, name: str, facts: DockerfileFacts) -> bool:
    """Whether its redirections make nothing that is run later: lists in /tmp, the user's own line, or nowhere."""
    return all(_target(word, command, name, facts) for word in command.writes)


def _target(word: Word, command: Command, name: str, facts: DockerfileFacts) -> bool:
    if not word.fixed:
        return False
    if word.text == "/dev/null":
        return True
    if word.text.startswith("/tmp/"):  # noqa: S108  (a path in the image, of the build's own)
        return name in {"ldd", "find", "ls", "grep", "sort"} and not places.climbs(word.text)
    user = facts.user
    lines = {
        "etc/passwd": rf"{user.name}:x?:{user.uid}:{user.gid}:[\w ]*:[/\w.-]*:[/\w.-]*",
        "etc/group": rf"{user.group}:x?:{user.gid}:",
    }
    pattern = lines.get(word.text)
    return pattern is not None and name == "echo" and re.fullmatch(pattern, " ".join(command.arguments)) is not None


def _pip_words(command: Command) -> tuple[str, ...] | None:
    """What pip is told, however it is started; None for another program."""
    words = (program(command.name), *command.arguments)
    if words[:3] == ("python", "-m", "pip"):
        return words[3:]
    return words[1:] if words[0] == "pip" else None


def _pip(words: Arguments, facts: DockerfileFacts) -> bool:
    words = _without(words, {"--python"})
    if not words:
        return False
    if words[0] == "uninstall":
        return all(re.fullmatch(r"-y|--yes|--root-user-action=ignore|[a-z]+", word) for word in words[1:])
    return words[0] == "install" and _locked(words[1:], facts)


def _locked(words: Arguments, facts: DockerfileFacts) -> bool:
    """Options of an install that reads its packages from the lock file alone, with their hashes."""
    rest, files = list(_without(words, {"--prefix", "--target", "-t", "--root"})), list[str]()
    while rest:
        name, _, value = rest.pop(0).partition("=")
        if name in {"-r", "--requirement"} and (value or rest):
            files.append(value or rest.pop(0))
        elif (f"{name}={value}" if value else name) not in _PIP_FLAGS:
            return False
    return "--require-hashes" in words and bool(files) and all(_is_lock(file, facts) for file in files)


def _is_lock(file: str, facts: DockerfileFacts) -> bool:
    names = {form for lock in facts.lock_files for form in (lock, lock.rpartition("/")[2])}
    return file.removeprefix("/app/").removeprefix("./") in names


def _without(words: Arguments, places_of: set[str]) -> tuple[str, ...]:
    """The words without these options and the own folders that they name; one that names another stays, and fails."""
    kept, rest = list[str](), list(words)
    while rest:
        word = rest.pop(0)
        name, _, value = word.partition("=")
        if word in places_of and rest and _is_folder(rest[0]):
            rest.pop(0)
        elif not (name in places_of and value and _is_folder(value)):
            kept.append(word)
    return tuple(kept)


def _is_folder(path: str) -> bool:
    return places.is_own(path) or places.is_installed(path)


def _python(words: Arguments, facts: DockerfileFacts) -> bool:
    if words[:2] == ("-m", "pip"):
        return _pip(words[2:], facts)
    if words[:2] == ("-m", "venv"):
        flags = {"--without-pip", "--copies", "--clear"}
        return all(word in flags or places.is_own(word) for word in words[2:])
    if words[:2] == ("-m", "compileall"):
        return all(re.fullmatch(r"-[qfj]\d?", word) or places.is_own(word) for word in words[2:])
    if words[:1] == ("-c",) and len(words) == 2:
        return _only_imports(words[1], facts.entry_point.partition(":")[0])
    return words in (("--version",), ("-V",))


def _only_imports(code: str, module: str) -> bool:
    """Whether the code does nothing but import the program."""
    try:
        statements = ast.parse(code).body
    except SyntaxError:
        return False
    names = [alias.name for one in statements if isinstance(one, ast.Import) for alias in one.names]
    return bool(names) and len(names) == len(statements) and set(names) <= {module, module.partition(".")[0]}


def _npm(words: Arguments, _facts: DockerfileFacts) -> bool:
    flags = {word for word in words if word.startswith("-")}
    plain = tuple(word for word in words if not word.startswith("-"))
    return plain in {("ci",), ("run", "build"), ("prune",), ("cache", "clean")} and flags <= _NPM_FLAGS


def _apt(words: Arguments, _facts: DockerfileFacts) -> bool:
    return _packages(words, verbs={"install", "remove", "purge"}, bare={"update", "upgrade", "clean", "autoremove"})


def _apk(words: Arguments, _facts: DockerfileFacts) -> bool:
    return _packages(_without_virtual(words), verbs={"add", "del"}, bare={"update", "upgrade"})


def _packages(words: Arguments, *, verbs: set[str], bare: set[str]) -> bool:
    flags = {"-y", "--yes", "--assume-yes", "-q", "-qq", "--quiet", "--no-install-recommends", "--no-cache", "--purge"}
    plain = [word for word in words if word not in flags]
    if not plain:
        return False
    return (plain[0] in bare and len(plain) == 1) or (plain[0] in verbs and PACKAGES.issuperset(plain[1:]))


def _without_virtual(words: Arguments) -> tuple[str, ...]:
    """`apk add --virtual .NAME`: the name of a group of packages is no package."""
    return tuple(word for word in words if word not in {"--virtual", "-t"} and not re.fullmatch(r"\.[a-z-]+", word))


def _user(words: Arguments, facts: DockerfileFacts) -> bool:
    """Making the contract's own user and group, without a password or another group."""
    user = facts.user
    known = {user.name, user.group, str(user.uid), str(user.gid), "", "/app", f"/home/{user.name}", *_SHELLS}
    flags = {
        *("--gid", "--uid", "-g", "-u", "-G", "--ingroup", "--system", "-S", "-r", "-D", "-H", "-M", "-m", "-l"),
        *("--no-create-home", "--create-home", "--disabled-password", "--shell", "-s", "--home", "-h", "--home-dir"),
        *("--gecos", "-d", "--no-log-init"),
    }
    parts = [part for word in words for part in (word.split("=", 1) if word.startswith("--") else [word])]
    return bool(parts) and all(part in flags or part in known for part in parts)


def _find(words: Arguments, facts: DockerfileFacts) -> bool:
    """Looking through the program's folders; what is done with what is found is a command like any other."""
    if "-exec" in words:
        place = list(words).index("-exec")
        end = next((at for at in range(place, len(words)) if words[at] in {"+", ";"}), None)
        if end is None or not _called(words[place + 1 : end], facts, {"strip", "rm", "chmod", "chown"}):
            return False
        return _find((*words[:place], *words[end + 1 :]), facts)
    starts = [word for word in words if word.startswith(("/", ".")) and "*" not in word]
    tests = {"-name", "-type", "-path", "-delete", "-o", "-a", "-not", "!", "(", ")", "-prune", "-depth", "-mindepth"}
    known = (word in tests or not word.startswith("-") for word in words if word != "-maxdepth")
    return bool(starts) and all(map(places.is_readable, starts)) and all(known)


def _called(words: Arguments, facts: DockerfileFacts, names: set[str]) -> bool:
    """Whether a command given as words to another is one of these, and allowed; `{}` is a file that was found."""
    call = tuple(Word("found" if word == "{}" else word) for word in words)
    return bool(call) and program(call[0].text) in names and is_allowed(Command(call), facts)


def _xargs(words: Arguments, facts: DockerfileFacts) -> bool:
    rest = [word for word in words if word not in {"-r", "-0", "-n1"}]
    return _called([*rest, "found"], facts, {"strip", "rm"})


def _paths(is_place: Callable[[str], bool], *, flags: str = "", first: re.Pattern[str] | None = None) -> Rule:
    """Flags of these letters, then (for `first`) one word of that form, then only paths that `is_place` allows."""
    pattern = re.compile(rf"-[{flags}]+|--parents|--recursive|--force|--strip-\w+") if flags else None

    def rule(words: Arguments, _facts: DockerfileFacts) -> bool:
        plain = [word for word in words if not (pattern and pattern.fullmatch(word))]
        if first is not None:
            return len(plain) > 1 and first.fullmatch(plain[0]) is not None and all(map(is_place, plain[1:]))
        return bool(plain) and all(map(is_place, plain))

    return rule


def _copy(words: Arguments, _facts: DockerfileFacts) -> bool:
    """Files of the image itself, into the program's folders; nothing from /tmp, where a step could have written."""
    plain = [word for word in words if not re.fullmatch(r"-[aLrRpf]+", word)]
    sources, target = plain[:-1], plain[-1] if plain else ""
    clean = not any(source.startswith(("/tmp", "-")) or places.climbs(source) for source in sources)  # noqa: S108
    return bool(sources) and clean and places.is_own(target)


def _harmless(words: Arguments, _facts: DockerfileFacts) -> bool:
    """For programs that only read and print: no argument makes them write or start another."""
    return True


def _sort(words: Arguments, _facts: DockerfileFacts) -> bool:
    return all(re.fullmatch(r"-[nru]+", word) for word in words)


def _set(words: Arguments, _facts: DockerfileFacts) -> bool:
    return all(re.fullmatch(r"-[euxo]+|pipefail", word) for word in words)


def _which(words: Arguments, _facts: DockerfileFacts) -> bool:
    return words[:1] == ("-v",)


RULES: Mapping[str, Rule] = {
    "apk": _apk,
    "apt-get": _apt,
    "pip": _pip,
    "python": _python,
    "npm": _npm,
    **dict.fromkeys(("addgroup", "adduser", "groupadd", "useradd"), _user),
    "chmod": _paths(places.is_own, flags="R", first=_MODE),
    "chown": _paths(places.is_own, flags="Rh", first=_OWNER),
    "mkdir": _paths(places.is_own, flags="p"),
    "touch": _paths(places.is_own),
    "cd": _paths(places.is_own),
    "rm": _paths(places.is_removable, flags="rRf"),
    "strip": _paths(places.is_own, flags="sgx"),
    "cp": _copy,
    "find": _find,
    "xargs": _xargs,
    "sort": _sort,
    "set": _set,
    "command": _which,
    "node": lambda words, _facts: words in (("--version",), ("-v",)),
    **dict.fromkeys(("basename", "cat", "dirname", "echo", "grep", "head", "ldd", "ls", "printf", "tail"), _harmless),
    **dict.fromkeys(("test", "[", "true", ":", "which", "id", "du"), _harmless),
}
