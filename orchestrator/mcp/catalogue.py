"""The tools: what each takes, answers and does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mcp_types as types
from pydantic import BaseModel

from orchestrator.mcp import answers, arguments, change_tools, read_tools
from orchestrator.mcp.approval.intent import Intent
from orchestrator.mcp.progress import Progress
from orchestrator.mcp.schema import compact
from orchestrator.options import Options


@dataclass(frozen=True, kw_only=True)
class Tool:
    """A tool. `intend` tells what it would do: with it the tool changes something and needs approval.

    `destroys`: what it takes away does not come back by itself. `repeats`: twice is the same as once. `rehearses`: it
    has a `dry_run`, which changes nothing that stays.
    """

    name: str
    description: str
    takes: type[BaseModel]
    gives: type[BaseModel]
    run: Callable[[Options, Any, Progress], BaseModel]
    intend: Callable[[Options, Any], Intent] | None = None
    destroys: bool = False
    repeats: bool = False
    rehearses: bool = False

    @property
    def changes(self) -> bool:
        """Whether it changes something."""
        return self.intend is not None

    def needs_approval(self, given: Any) -> bool:
        """Whether a call with these arguments changes something."""
        return self.changes and not (self.rehearses and given.dry_run)

    def described(self) -> types.Tool:
        """As the protocol lists it."""
        return types.Tool(
            name=self.name,
            description=self.description,
            input_schema=compact(self.takes.model_json_schema()),
            output_schema=compact(self.gives.model_json_schema(mode="serialization")),
            annotations=types.ToolAnnotations(
                read_only_hint=not self.changes,
                destructive_hint=self.destroys if self.changes else None,
                idempotent_hint=self.repeats if self.changes else None,
                open_world_hint=True,
            ),
        )


TOOLS = (
    Tool(
        name="plan",
        description="What up would do, step by step, and why. Touches nothing.",
        takes=arguments.Plan,
        gives=answers.PlanAnswer,
        run=read_tools.plan,
    ),
    Tool(
        name="status",
        description="The release as it stands: pods, image tags, what was changed by hand, the page's address.",
        takes=arguments.Place,
        gives=answers.StatusAnswer,
        run=read_tools.status,
    ),
    Tool(
        name="verify",
        description="Diagnose the release: each root cause with evidence and fix. The diagnosis is logged.",
        takes=arguments.Verify,
        gives=answers.VerifyAnswer,
        run=read_tools.verify,
    ),
    Tool(
        name="audit",
        description="Check the audit log: complete, unbroken, and of the artefacts in the tree.",
        takes=arguments.Audit,
        gives=answers.AuditAnswer,
        run=read_tools.audit,
    ),
    Tool(
        name="logs",
        description="The last log lines of a part's pods, secrets masked.",
        takes=arguments.Logs,
        gives=answers.LogsAnswer,
        run=read_tools.logs,
    ),
    Tool(
        name="optimise",
        description=(
            "Size requests and limits by use under load. A dry run puts load on the release, by a throwaway account, "
            "and only recommends; else it applies, verifies and takes back what made it worse, and needs approval."
        ),
        takes=arguments.Optimise,
        gives=answers.ChangeAnswer,
        run=change_tools.optimise,
        intend=change_tools.intend_optimise,
        rehearses=True,
    ),
    Tool(
        name="up",
        description="Build, install, verify and use the release; what is unchanged is skipped. Needs approval.",
        takes=arguments.Up,
        gives=answers.ChangeAnswer,
        run=change_tools.up,
        intend=change_tools.intend_up,
        repeats=True,
    ),
    Tool(
        name="rollback",
        description="Go back to an earlier revision and wait for it. Needs approval.",
        takes=arguments.Rollback,
        gives=answers.ChangeAnswer,
        run=change_tools.rollback,
        intend=change_tools.intend_rollback,
        destroys=True,
    ),
    Tool(
        name="down",
        description="Take away what the tool made, and only that. Needs approval.",
        takes=arguments.Down,
        gives=answers.ChangeAnswer,
        run=change_tools.down,
        intend=change_tools.intend_down,
        destroys=True,
        repeats=True,
    ),
)
BY_NAME = {tool.name: tool for tool in TOOLS}
DESCRIBED = {tool.name: tool.described() for tool in TOOLS}
