"""Live events for a program: as long as its token works."""

from pathlib import Path

import httpx

from tests.journal.test_events import listening, soon
from tests.support.servers import serving, signed_up


async def test_a_token_follows_changes_until_it_is_revoked(database_url: str, tmp_path: Path) -> None:
    with serving(tmp_path, database_url) as server:
        async with signed_up(server.address) as person:
            made = (await person.post(f"{server.address}/api/tokens", json={"name": "a display"})).json()
            bearer = {"Authorization": f"Bearer {made['token']}"}
            async with httpx.AsyncClient(headers=bearer) as program, listening(program, server.address) as events:
                assert (await soon(events))[0] == "ready"
                await person.post(f"{server.address}/api/tasks", json={"title": "seen"})
                kind, _, change = await soon(events)
                assert (kind, change["after"]["title"]) == ("change", "seen")
                await person.delete(f"{server.address}/api/tokens/{made['id']}")
                await person.post(f"{server.address}/api/tasks", json={"title": "not seen"})
                assert (await soon(events))[0] == "signed-out"
