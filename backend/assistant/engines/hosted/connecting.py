"""Connections to a hosted model. They are kept between requests, and the other end may have closed one meanwhile."""

from typing import Any

import httpx2
from openai import DefaultAsyncHttpxClient

_NO_ANSWER = (httpx2.ConnectError, httpx2.ReadError, httpx2.RemoteProtocolError, httpx2.WriteError)


class ReconnectingClient(DefaultAsyncHttpxClient):
    """Sends a request that got no answer at all once more, over another connection.

    That also holds in the middle of a turn, where the turn itself cannot be tried again.
    """

    async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        try:
            return await super().send(request, **options)
        except _NO_ANSWER:
            return await super().send(request, **options)
