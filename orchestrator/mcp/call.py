"""One call of a tool: who asks, for what, with which options."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import mcp_types as types
from mcp.server.context import ServerRequestContext

from orchestrator.mcp.approval.intent import Intent
from orchestrator.mcp.background import work
from orchestrator.mcp.catalogue import Tool
from orchestrator.mcp.progress import Progress
from orchestrator.options import Options

T = TypeVar("T")
Context = ServerRequestContext[Any, Any]


@dataclass(frozen=True)
class Call:
    """`given` are the checked arguments, of the model that the tool takes."""

    context: Context
    params: types.CallToolRequestParams
    tool: Tool
    given: Any
    options: Options

    async def work(self, job: Callable[[Progress], T]) -> T:
        """What `job` returns or raises, run beside the loop; its progress goes to the client."""
        report = self.context.session.report_progress
        mask = self.options.caller.redactor.mask

        async def send(progress: float, total: float | None, message: str) -> None:
            await report(progress, total, mask(message))

        cancelled = self.options.caller.cancelled
        return await work(lambda tell: job(Progress(tell)), cancelled=cancelled, send=send)

    async def intent(self) -> Intent:
        """What a tool that changes something would do now."""
        intend = self.tool.intend
        assert intend is not None  # noqa: S101 - asked of tools that change something
        return await self.work(lambda progress: intend(self.options, self.given))


def asker(context: Context) -> str:
    """What the client calls itself."""
    told = context.session.client_params
    words = f"{told.client_info.name} {told.client_info.version}" if told else "a client that gave no name"
    return "".join(c for c in words if c.isprintable())[:80]
