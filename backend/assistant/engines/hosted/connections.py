"""Connections to a hosted model. They are kept between requests, and the other end may have closed one meanwhile."""

from typing import Any

import httpx2
from openai import DefaultAsyncHttpxClient

from backend.assistant.engines.hosted.limits import Budget, current_budget, limited, within

_NO_ANSWER = (httpx2.ConnectError, httpx2.ReadError, httpx2.RemoteProtocolError, httpx2.WriteError)


class ReconnectingClient(DefaultAsyncHttpxClient):
    """Sends a request that got no answer at all once more, over another connection.

    That also holds in the middle of a turn, where the turn itself cannot be tried again. Answers are taken within the
    turn's budget; a redirection is not followed, since its body would be read without one.
    """

    async def send(self, request: httpx2.Request, *, stream: bool = False, **options: Any) -> httpx2.Response:
        budget = current_budget()
        if budget is None:
            return await self._sent(request, stream=stream, **options)
        request.headers["Accept-Encoding"] = "identity"
        async with within(budget):
            response = await self._sent(request, stream=True, **options | {"follow_redirects": False})
        return await self._taken(response, budget, stream=stream)

    async def _sent(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        try:
            return await super().send(request, **options)
        except _NO_ANSWER:
            return await super().send(request, **options)

    async def _taken(self, response: httpx2.Response, budget: Budget, *, stream: bool) -> httpx2.Response:
        response = await limited(response, budget)
        if not stream:
            await response.aread()
        return response
