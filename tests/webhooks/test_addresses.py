"""A webhook leads to no address of the inside, however it is written."""

import pytest

from backend.settings import Settings
from tests.support.backend import settings_for
from tests.support.people import Person


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    data = tmp_path_factory.mktemp("data")
    return settings_for(data, f"sqlite:///{data / 'todo.db'}")


@pytest.mark.parametrize(
    "url",
    [
        "https://10.0.0.1/hook",
        "https://192.168.1.10/",
        "https://169.254.169.254/latest/meta-data/",
        "https://168.63.129.16/",
        "https://100.64.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[fd00::1]/",
        "https://0.0.0.0/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://localhost/",
        "https://localhost./",
        "http://example.com/hook",
        "https://user:password@example.com/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "https://",
        "https:///hook",
        "https://exa mple.com/",
        "https://example.com:99999/",
        "https://müller.example/",
        "https://nothing.invalid/",
        "not an address",
        "gopher://127.0.0.1:9/_x",
        "http://127.0.0.1:9@10.0.0.1/",
    ],
)
async def test_an_address_that_may_not_be_reached_is_refused(person: Person, url: str) -> None:
    answer = await person.post("/api/webhooks", json={"url": url, "events": ["task.created"]})
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["field"] == "url"
    assert (await person.get("/api/webhooks")).json() == []
