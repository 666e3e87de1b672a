"""The history says which personal access token made a change, by the name that it had then."""

from fastapi import FastAPI

from tests.mcp.calling import calling
from tests.support.people import Person
from tests.support.tokens import Program, make_token


async def _names(person: Person) -> list[tuple[str, str | None]]:
    items = (await person.get("/api/history")).json()["items"]
    return [(item["surface"], item["token_name"]) for item in items]


async def test_each_way_in_leaves_the_name(app: FastAPI, person: Person) -> None:
    await person.add("with a session")
    made = await make_token(person, name="my editor")
    async with Program(app, made["token"]) as program:
        assert (await program.post("/api/tasks", json={"title": "by the API"})).status_code == 201
        assert (await program.post("/api/chat", json={"message": "add by the chat"})).status_code == 200
        assert (await program.post("/api/undo")).status_code == 200
    async with calling(app, made["token"]) as client:
        await client.do("add_task", title="by MCP")
    named = "my editor"
    assert await _names(person) == [("mcp", named), ("api", named), ("chat", named), ("api", named), ("api", None)]


async def test_the_name_outlives_the_token(app: FastAPI, person: Person) -> None:
    made = await make_token(person, name="old robot")
    async with Program(app, made["token"]) as program:
        task = (await program.post("/api/tasks", json={"title": "stays"})).json()
    assert (await person.delete(f"/api/tokens/{made['id']}")).status_code == 204
    await make_token(person, name="new robot")
    assert await _names(person) == [("api", "old robot")]
    page = (await person.get(f"/api/history?task={task['id']}")).json()
    assert page["items"][0]["token_name"] == "old robot"


async def test_two_tokens_are_told_apart(app: FastAPI, person: Person) -> None:
    for name in ("one", "two"):
        async with Program(app, (await make_token(person, name=name))["token"]) as program:
            await program.post("/api/tasks", json={"title": name})
    assert await _names(person) == [("api", "two"), ("api", "one")]


async def test_the_chat_and_mcp_tell_it(app: FastAPI, person: Person) -> None:
    made = await make_token(person, name="my editor")
    async with calling(app, made["token"]) as client:
        await client.do("add_task", title="milk")
        [change] = (await client.do("list_changes"))["changes"]
        assert (change["through"], change["token"]) == ("mcp", "my editor")
    answer = (await person.post("/api/chat", json={"message": "what changed today?"})).json()
    assert "over MCP by the token “my editor”" in answer["response"]
