"""What people paste of their troubles: the cause comes first, commands are well formed, what is well is not sick."""

import re
import shlex
from pathlib import Path

import pytest

from orchestrator.diagnosis.bundle.read import read
from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.decide import decide
from orchestrator.diagnosis.workloads.store import Store, namespace_of
from tests.orchestrator.diagnosis.workloads.pastes import Paste, pastes

_FAULTS = [one for one in pastes() if one.code]
_WELL = [one for one in pastes() if not one.code]
_VERBS = frozenset(
    {
        "annotate", "create", "delete", "describe", "edit", "expose", "get", "label", "logs", "patch", "rollout",
        "scale", "set", "uncordon", "wait",
    }
)  # fmt: skip
_SUBVERBS = ("undo", "restart", "resume", "resources", "env")
_WITH_OBJECT = frozenset({"delete", "label", "patch", "rollout", "scale", "uncordon"})


@pytest.mark.parametrize("paste", _FAULTS, ids=[f"{one.family}-{at}-{one.code}" for at, one in enumerate(_FAULTS)])
def test_the_cause_comes_first(paste: Paste, tmp_path: Path) -> None:
    store = read(paste.write(tmp_path))
    found = decide(store)
    told = [(sign.code, sign.subject) for sign in found]
    assert told[:1] == [(paste.code, paste.subject)], [str(one) for one in found]
    assert found[0].evidence
    assert found[0].remedy
    for sign in found:
        for command in _commands(sign):
            _check(command, sign, store)


@pytest.mark.parametrize("paste", _WELL, ids=[f"{at}-{one.source[:40]}" for at, one in enumerate(_WELL)])
def test_what_is_well_is_not_called_sick(paste: Paste, tmp_path: Path) -> None:
    found = decide(read(paste.write(tmp_path)))
    assert found == (), [str(sign) for sign in found]


def _commands(sign: Sign) -> list[str]:
    """The lines of a fix of this object that begin with kubectl; the rule's own words have placeholders."""
    return [line.split(", or ")[0] for line in sign.fix.splitlines() if line.startswith("kubectl ")]


def _check(command: str, sign: Sign, store: Store) -> None:
    """As kubectl takes it: a namespace that is the object's, a verb, kind and name of what is there or is made."""
    words = shlex.split(command)[1:]
    space = ""
    if words[0] == "--namespace":
        space, words = words[1], words[2:]
    assert words[0] in _VERBS, command
    known = {namespace_of(item) for item in store.objects}
    assert not space or space in known or space == sign.namespace, command
    if words[0] in _WITH_OBJECT:
        plain = [word for word in words[1:] if not word.startswith("-") and word not in _SUBVERBS]
        named = re.fullmatch(r"[a-z]+/[a-z0-9.-]+", plain[0]) or re.fullmatch(r"[a-z0-9.-]+", plain[-1])
        assert named, command
