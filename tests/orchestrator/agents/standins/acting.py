"""What the stand-in programs share: a scenario beside the program says how it behaves this time.

`scenario.json` is {"version": …, "rules": [{"when": part of the prompt, …}]}; the first rule whose `when` is in the
prompt plays (no `when`: always). A rule may hold:
  say, err     text for standard output and standard error
  code         the exit code (0)
  write        {path: text}: files that it tries to write itself, relative ones in its working folder
  hang         sleeps, deaf to SIGTERM
  flood        writes without end
  report       prints, as JSON, its arguments, environment, folder and standard input
"""

import json
import os
import signal
import stat
import sys
import time
from pathlib import Path
from typing import Any


def scenario() -> dict[str, Any]:
    """The one beside the program, as it was called."""
    path = Path(sys.argv[0]).parent / f"{Path(sys.argv[0]).name}.scenario.json"
    told: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    return told


def rule_for(prompt: str) -> dict[str, Any]:
    """The rule that plays; silence if there is none."""
    rules = scenario().get("rules", [])
    return next((rule for rule in rules if rule.get("when", "") in prompt), {})


def play(rule: dict[str, Any], **more: str) -> None:
    """Behave as the rule says, and end."""
    if rule.get("hang"):
        hang()
    if rule.get("flood"):
        flood()
    for name, text in rule.get("write", {}).items():
        try:
            Path(name).write_text(text)
        except OSError as error:
            print(f"cannot write {name}: {error.strerror}", file=sys.stderr)
    if rule.get("report"):
        print(json.dumps({**situation(), **more}))
    sys.stdout.write(rule.get("say", ""))
    sys.stderr.write(rule.get("err", ""))
    sys.exit(rule.get("code", 0))


def situation() -> dict[str, Any]:
    """Arguments, environment, folder and what standard input is."""
    mode = os.fstat(0).st_mode
    stdin = "device" if stat.S_ISCHR(mode) else "pipe" if stat.S_ISFIFO(mode) else "other"
    folder = Path.cwd()
    return {
        "argv": sys.argv[1:],
        "environment": dict(os.environ),
        "folder": str(folder),
        "files": sorted(str(path) for path in folder.iterdir()),
        "stdin": stdin,
    }


def hang() -> None:
    """Do nothing for long, and do not listen."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(600)


def flood() -> None:
    """Write without end, and without a line's end."""
    while True:
        sys.stdout.write("all work and no play " * 1000)
