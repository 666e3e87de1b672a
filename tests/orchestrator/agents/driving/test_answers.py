"""An agent's answer read: what stays on the screen, and the one file in it."""

import pytest

from orchestrator.agents.base import Kind
from orchestrator.agents.driving.answers import draws_interface, fenced, one_file, plain
from orchestrator.contracts import load
from orchestrator.redaction import Redactor
from tests.orchestrator.agents.stage import ROOT, SECRET, right


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("\x1b[1;32mFROM\x1b[0m scratch", "FROM scratch"),
        ("\x1b]0;Gordon\x07hello \x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "hello link"),
        ("⠋ thinking\r⠙ thinking\rdone", "done"),
        ("one\r\ntwo\r\n", "one\ntwo\n"),
        ("a\x08\x00b\tc\x1b(B", "ab\tc"),
        ("\x1bP+q544e\x1b\\x", "x"),
    ],
)
def test_control_sequences_leave_nothing_behind(raw: str, seen: str) -> None:
    assert plain(raw) == seen


@pytest.mark.parametrize("raw", ["\x1b[?1049hx", "\x1b[2J", "\x1b[H", "\x1b[3;10H"])
def test_an_interface_is_told_from_colours(raw: str) -> None:
    assert draws_interface(raw)
    assert not draws_interface("\x1b[31mred\x1b[0m \x1b[K")


def test_a_block_loses_its_fence_and_the_fences_indentation() -> None:
    text = "  Sure:\n\n  ~~~yaml\n  kind: Service   \n  spec:\n    type: ClusterIP\n  ~~~\n"
    assert fenced(text).blocks == ["kind: Service\nspec:\n  type: ClusterIP\n"]


def test_a_longer_fence_holds_a_shorter_one() -> None:
    assert fenced("````\na\n```\nb\n````\n").blocks == ["a\n```\nb\n"]


@pytest.mark.parametrize(
    ("answer", "kind", "rule"),
    [
        ("", Kind.EMPTY, None),
        (" \n\n", Kind.EMPTY, None),
        ("I would use a multi-stage build.", Kind.REFUSED, "fenced"),
        ("```\nFROM a\n```\nand\n```\nnode_modules\n```\n", Kind.REFUSED, "one-file"),
        ("```dockerfile\nFROM python:3.11-slim\nRUN pip", Kind.TRUNCATED, "whole"),
        (f"```\nENV KEY={SECRET}\n```\n", Kind.REFUSED, "secret"),
        ("```\nENV OPENAI_API_KEY=sk-abcdefghijklmnopq\n```\n", Kind.REFUSED, "secret"),
    ],
)
def test_what_is_not_one_whole_file_is_told_as_what_it_is(answer: str, kind: Kind, rule: str | None) -> None:
    redactor = Redactor()
    redactor.learn(SECRET)
    outcome = one_file(answer, "Dockerfile.backend", redactor)
    assert (outcome.kind, outcome.text, outcome.answer) == (kind, "", answer)
    assert [finding.rule for finding in outcome.findings] == ([rule] if rule else [])
    assert SECRET not in str(outcome.findings) + outcome.detail


@pytest.mark.parametrize("name", [contract.name for contract in load(ROOT)])
def test_no_right_artefact_looks_like_a_secret(name: str) -> None:
    text = right(name)
    assert one_file(f"```\n{text}```", name, Redactor()).text == text
