"""Every regular expression of the program, and how the program applies it: those its modules hold, and those its
functions write."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import FunctionType, ModuleType

ROOT = Path(__file__).parents[2]
PACKAGES = ("backend", "cli", "orchestrator")
# They run on import, or need packages that only a comparison with other programs installs.
NOT_IMPORTED = re.compile(
    r"backend\.migrations\.(env|versions)|cli\.bench\.language|cli\.screenshots|cli\.training\.|cli\.strangers\.programs\."
)
METHODS = frozenset(("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split"))
LOOSE = ("pattern", "seam", "reader", "")  # what a loop or a table calls the pattern it applies
ANYWHERE = METHODS - {"match", "fullmatch"}  # they try every place of a text


@dataclass(frozen=True)
class Used:
    """A pattern, where it stands (``module.name`` or ``file:line``), and the methods by which it is applied."""

    pattern: re.Pattern[str]
    where: str
    methods: frozenset[str]


def patterns() -> list[Used]:
    """All of them, those that are held first; each once."""
    found: dict[tuple[str, int], Used] = {}
    for used in (*_held(), *_written()):
        key = (used.pattern.pattern, used.pattern.flags)
        before = found.get(key)
        found[key] = Used(used.pattern, before.where, before.methods | used.methods) if before else used
    return list(found.values())


@cache
def modules() -> tuple[ModuleType, ...]:
    """The modules of the program, imported."""
    names = [
        info.name
        for package in PACKAGES
        for info in pkgutil.walk_packages([str(ROOT / package)], f"{package}.", onerror=_raise)
        if not NOT_IMPORTED.match(info.name) and not info.name.endswith("__main__")
    ]
    return tuple(importlib.import_module(name) for name in (*PACKAGES, *names))


def _raise(name: str) -> None:
    raise ImportError(name)


def _held() -> Iterator[Used]:
    calls = {module.__name__: _calls(module) for module in modules()}
    by_name: dict[str, set[str]] = {}
    for module_calls in calls.values():
        for name, method in module_calls:
            by_name.setdefault(name, set()).add(method)
    for module in modules():
        for name, pattern in _patterns_in(module):
            said = {method for called, method in calls[module.__name__] if called == name}
            said = said or (by_name.get(name, set()) if not name.startswith("_") else set())
            loose = {method for called, method in calls[module.__name__] if called in LOOSE}
            yield Used(pattern, f"{module.__name__}.{name}", frozenset(said or loose or METHODS))


def _patterns_in(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    seen: set[int] = set()
    for name, value in vars(module).items():
        for pattern in _reach(value, module.__name__, seen):
            yield name, pattern


def _reach(value: object, module: str, seen: set[int]) -> Iterator[re.Pattern[str]]:
    """The patterns that a module's value leads to: itself, what it contains, closes over, or holds as attributes."""
    if id(value) in seen or isinstance(value, str | bytes | int | float | ModuleType | None):
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
        return
    for inner in _inside(value, module):
        yield from _reach(inner, module, seen)


def _inside(value: object, module: str) -> list[object]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    if isinstance(value, partial):
        return [value.func, *value.args, *value.keywords.values()]
    if isinstance(value, FunctionType):
        cells = [cell.cell_contents for cell in value.__closure__ or () if _filled(cell)]
        return [*cells, *(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values()]
    wrapped = getattr(value, "__wrapped__", None)
    own = getattr(type(value) if not isinstance(value, type) else value, "__module__", "") == module
    return [wrapped, *(vars(value).values() if own and hasattr(value, "__dict__") else ())]


def _filled(cell: object) -> bool:
    try:
        return bool(cell.cell_contents) or True  # type: ignore[attr-defined]
    except ValueError:
        return False


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _calls(module: ModuleType) -> list[tuple[str, str]]:
    """The name and the method of each call in the module that may apply a pattern."""
    return [
        (_called(node.func.value), node.func.attr)
        for node in ast.walk(_tree(Path(str(module.__file__))))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name | ast.Call)
        and node.func.attr in (METHODS if isinstance(node.func.value, ast.Name) else ("match", "search", "fullmatch"))
        and getattr(node.func.value, "id", "") != "re"
    ]


def _called(value: ast.expr) -> str:
    """The name of what is called: ``TABLE`` also in ``TABLE.get(word).match(…)``."""
    while isinstance(value, ast.Call | ast.Attribute):
        value = value.func if isinstance(value, ast.Call) else value.value
    return value.id if isinstance(value, ast.Name) else ""


def _written() -> Iterator[Used]:
    """The patterns that functions write in place: ``re.search(r"…", words)``."""
    for module in modules():
        path = Path(str(module.__file__))
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Call) and _applies(node.func) and not isinstance(node.args[0], ast.Name):
                source = _source(node.args[0])
                yield Used(
                    re.compile(source, _flags(node)),
                    f"{path.relative_to(ROOT)}:{node.lineno}",
                    frozenset({node.func.attr}),  # type: ignore[attr-defined]
                )


def chosen_at_run_time() -> set[str]:
    """The files whose functions apply a pattern that a variable holds: it is in no module and not in the source."""
    return {
        str(Path(str(module.__file__)).relative_to(ROOT))
        for module in modules()
        for node in ast.walk(_tree(Path(str(module.__file__))))
        if isinstance(node, ast.Call) and _applies(node.func) and isinstance(node.args[0], ast.Name)
    }


def _applies(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
        and function.attr in METHODS
    )


def _source(written: ast.expr) -> str:
    """The pattern's source; a word stands for what is put in at run time."""
    if isinstance(written, ast.Constant):
        return str(written.value)
    if isinstance(written, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "word" for part in written.values)
    raise AssertionError(f"a pattern that cannot be read from the source: {ast.unparse(written)}")


def _flags(call: ast.Call) -> int:
    given = [word.value for word in call.keywords if word.arg == "flags"]
    given += [value for value in call.args if isinstance(value, ast.Attribute) and value.attr.isupper()]
    names = [node.attr for value in given for node in ast.walk(value) if isinstance(node, ast.Attribute)]
    return int(sum({getattr(re, name).value for name in names}))
