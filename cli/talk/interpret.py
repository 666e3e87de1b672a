"""`./todo interpret`: what a sentence means to the built-in engine, as JSON. Executes nothing."""

import json
import os
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from backend.assistant.language import Interpretation, Request
from backend.assistant.language.budget import interpret_within
from backend.assistant.language.interpret import read_by_rules
from backend.assistant.language.judge.explanation import candidates
from cli.exits import CommandError, Exit


def command(
    *,
    text: Annotated[str | None, typer.Argument(help="The sentence. Without it, standard input is read.")] = None,
    now: Annotated[
        str | None, typer.Option(help="The local time to read it at: YYYY-MM-DDTHH:MM. Default: now.")
    ] = None,
    timezone: Annotated[
        str | None, typer.Option(help="The IANA zone, as Europe/Berlin. Default: the machine's, or UTC.")
    ] = None,
    batch: Annotated[
        bool, typer.Option("--batch", help='Read JSON lines {"text", "now", "timezone"}; print one object each.')
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also tell which rule read which words, and how the judge weighed it.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON (which it always does).")] = False,
) -> None:
    """Print what a sentence means, as the tool calls it would become."""
    del as_json
    if batch:
        for line in answers(sys.stdin, now=now, timezone=timezone, explain=explain):
            print(line)
        return
    said = sys.stdin.read() if text is None else text
    print(json.dumps(answer(request(said, now=now, timezone=timezone), explain=explain), ensure_ascii=False))


def answers(lines: Iterable[str], *, now: str | None, timezone: str | None, explain: bool) -> Iterable[str]:
    """One JSON object for each line of JSON, in order. Raises ``CommandError`` at a line that is no request."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            said = str(asked["text"])
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(f'Line {number} is not a JSON object with "text".', code=Exit.USAGE) from error
        made = request(said, now=asked.get("now") or now, timezone=asked.get("timezone") or timezone)
        yield json.dumps(answer(made, explain=explain), ensure_ascii=False)


def request(text: str, *, now: str | None, timezone: str | None) -> Request:
    """The engine's request; ``now`` and the zone are the machine's where they are not given."""
    zone = timezone or os.environ.get("TZ") or "UTC"
    try:
        known = ZoneInfo(zone)
    except (ValueError, OSError, KeyError) as error:
        raise CommandError(f"There is no time zone {zone!r}.", code=Exit.USAGE) from error
    try:
        moment = datetime.fromisoformat(now) if now else datetime.now(known)
    except ValueError as error:
        raise CommandError(f"--now is YYYY-MM-DDTHH:MM, not {now!r}.", code=Exit.USAGE) from error
    local = moment.astimezone(known) if moment.tzinfo else moment
    return Request(text=text, now=local.replace(tzinfo=None, second=0, microsecond=0), timezone=zone)


def answer(asked: Request, *, explain: bool = False) -> dict[str, object]:
    """What the request means, as plain data."""
    meaning = interpret_within(asked)
    found: dict[str, object] = {
        "actions": [{"tool": action.tool, "arguments": action.arguments} for action in meaning.actions]
    }
    if meaning.reply:
        found["reply"] = meaning.reply
    if meaning.choices:
        found["choices"] = [choice.label for choice in meaning.choices]
    return found | explanation(asked.text, meaning) | judged(asked) if explain else found


def judged(asked: Request) -> dict[str, object]:
    """What the rules alone would do, and the chances that the judge gives, with what decided."""
    by_rules = read_by_rules(asked)
    return {
        "by_rules": [{"tool": action.tool, "arguments": action.arguments} for action in by_rules.actions],
        "candidates": [
            {"label": one.label, "chance": one.chance, "features": dict(one.reasons)}
            for one in candidates(asked.text, by_rules)
        ],
    }


def explanation(text: str, meaning: Interpretation) -> dict[str, object]:
    """Which rule read which words, and whether the reading is sure."""
    spans = [
        {
            "words": text[span.start : span.end],
            "start": span.start,
            "end": span.end,
            "kind": span.kind,
            "label": span.label,
            "rule": span.rule,
        }
        for span in meaning.spans
    ]
    return {"rules": list(meaning.rules), "spans": spans, "sure": meaning.sure}
