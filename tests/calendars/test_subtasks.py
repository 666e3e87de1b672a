"""Subtasks over CalDAV: RELATED-TO read and written, in whatever order the tasks come."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from tests.calendars.test_dav import NAMESPACES, D, Program, href, since, token_of
from tests.support.people import PAGE, Person
from tests.support.tokens import make_token


@pytest.fixture
async def program(app: FastAPI, person: Person) -> AsyncIterator[Program]:
    token = (await make_token(person))["token"]
    async with Program(app, person, token, url=PAGE.replace("http:", "https:")) as program:
        yield program


def todo(uid: str, *lines: str) -> str:
    inside = "".join(f"{line}\r\n" for line in (f"UID:{uid}", "DTSTAMP:20261101T000000Z", f"SUMMARY:{uid}", *lines))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//A//EN\r\nBEGIN:VTODO\r\n{inside}END:VTODO\r\nEND:VCALENDAR\r\n"


async def put(program: Program, uid: str, *lines: str, segment: str = "inbox") -> None:
    answer = await program.put(f"{segment}/{uid}.ics", todo(uid, *lines))
    assert answer.status_code in {201, 204}, answer.text


async def tree(person: Person) -> dict[object, object]:
    tasks = await person.all()
    titles = {task["id"]: task["title"] for task in tasks}
    return {task["title"]: titles.get(task["parent_id"]) for task in tasks}


async def text(program: Program, uid: str) -> str:
    answer = await program.get(f"{program.home}inbox/{uid}.ics")
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize("order", ["abc", "cba", "bca"])
async def test_a_tree_in_any_order(person: Person, program: Program, order: str) -> None:
    above = {"a": (), "b": ("RELATED-TO:a",), "c": ("RELATED-TO;RELTYPE=PARENT:b",)}
    for uid in order:
        await put(program, uid, *above[uid])
    assert await tree(person) == {"a": None, "b": "a", "c": "b"}
    assert "RELATED-TO;RELTYPE=PARENT:b\r\n" in await text(program, "c")


@pytest.mark.parametrize("line", ["RELATED-TO:", "RELATED-TO:nobody", "RELATED-TO;RELTYPE=SIBLING:a", "RELATED-TO:x"])
async def test_what_is_part_of_nothing_that_is_there_stands_by_itself(
    person: Person, program: Program, line: str
) -> None:
    await put(program, "a")
    await put(program, "x", line)
    assert await tree(person) == {"a": None, "x": None}
    assert f"{line}\r\n" in await text(program, "x")


async def test_what_is_moved_here_is_told_and_what_the_program_moves_is_moved(person: Person, program: Program) -> None:
    for uid in ("a", "b"):
        await put(program, uid)
    await put(program, "x", "RELATED-TO:a", "X-MINE:kept")
    ids = {task["title"]: task["id"] for task in await person.all()}
    await person.patch(f"/api/tasks/{ids['x']}", json={"parent_id": ids["b"]})
    now = await text(program, "x")
    assert ("RELATED-TO:b" in now, "RELATED-TO:a" in now, "X-MINE:kept" in now) == (True, False, True)
    await put(program, "x")
    assert (await tree(person))["x"] is None
    assert "RELATED-TO" not in await text(program, "x")


async def test_too_deep_or_in_a_circle_it_is_kept_and_stands_by_itself(person: Person, program: Program) -> None:
    for uid, above in zip("abcd", ("d", "a", "b", "c"), strict=True):
        await put(program, uid, f"RELATED-TO:{above}")
    assert await tree(person) == {"a": None, "b": "a", "c": "b", "d": None}
    await put(program, "a", "RELATED-TO:c")
    assert (await tree(person))["a"] is None
    assert "RELATED-TO:c\r\n" in await text(program, "a")


async def test_a_subtask_made_here_is_told_with_the_uid_of_its_parent(person: Person, program: Program) -> None:
    await put(program, "a")
    parent = (await person.all())[0]
    child = await person.add("made here", parent_id=parent["id"])
    assert "RELATED-TO:a\r\n" in (await program.get(f"{program.home}inbox/{child['id']}.ics")).text


async def test_a_subtask_stays_in_the_list_that_it_was_put_into(person: Person, program: Program) -> None:
    parent = await person.add("parent", project="Home")
    await put(program, "x", f"RELATED-TO:{parent['id']}")
    (child,) = await person.all(search="x")
    assert (child["parent_id"], child["project"]) == (parent["id"], None)


async def test_a_deleted_parent_takes_its_subtasks_along(person: Person, program: Program) -> None:
    await put(program, "a")
    await put(program, "b", "RELATED-TO:a")
    assert (await program.delete(f"{program.home}inbox/a.ics")).status_code == 204
    assert await person.all() == []
    assert (await program.get(f"{program.home}inbox/b.ics")).status_code == 404


async def test_moved_to_another_list_the_family_stays_together(person: Person, program: Program) -> None:
    await put(program, "a")
    await put(program, "b", "RELATED-TO:a")
    await person.add("there", project="Home")
    token = await token_of(program)
    names = f"<D:propfind {NAMESPACES}><D:prop><D:displayname/></D:prop></D:propfind>"
    lists = await program.ask("PROPFIND", program.home, names, Depth="1")
    home = next(href(one) for one in lists if one.findtext(f".//{D}displayname") == "Home")
    target = {"Destination": f"https://page.example{home}a.ics"}
    moved = await program.request("MOVE", f"{program.home}inbox/a.ics", headers=target)
    assert moved.status_code == 201, moved.text
    assert await tree(person) == {"a": None, "b": "a", "there": None}
    assert {task["title"]: task["project"] for task in await person.all()} == dict.fromkeys(("a", "b", "there"), "Home")
    gone = await since(program, token)
    assert {href(one).rsplit("/", 1)[1] for one in gone.iter(f"{D}response")} == {"a.ics", "b.ics"}
    assert "RELATED-TO:a" in (await program.get(f"{home}b.ics")).text
