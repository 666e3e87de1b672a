"""Every operation of the OpenAPI document, called with whatever its schema allows and much that it does not.

The backend is a real server; answers must be those that the document names, in the shape that it gives.
"""

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import allow_header_conformance, ignored_auth, positive_data_acceptance

from backend.main import app
from cli.bench.seed import Account, sign_up
from cli.bench.speed import BACKEND, running
from cli.servers.folder import Server

ENDLESS = "/api/events"  # a stream of events, which has tests of its own
# An empty If-Match breaks its schema too, and is then as stale as any other: 412.
REFUSALS = ["400", "401", "403", "404", "405", "406", "409", "412", "413", "415", "422", "429"]
config = schemathesis.Config.from_dict({"checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}}})
schema = schemathesis.openapi.from_dict(app.openapi(), config=config).exclude(path=ENDLESS)
# Some rules stand in no schema (a recurrence needs a date); the token is sent by us, not by the case; and the framework
# answers OPTIONS route by route.
NOT_OURS = [positive_data_acceptance, ignored_auth, allow_header_conformance]
bounded = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(BACKEND, folder=tmp_path_factory.mktemp("data")) as server:
        yield server


@pytest.fixture(scope="module")
def account(server: Server) -> Account:
    return sign_up(server.address, name="fuzzer")


@schema.exclude(path_regex="^/api/auth/").parametrize()
@bounded
def test_operation_answers_as_documented(case: schemathesis.Case, server: Server, account: Account) -> None:
    case.call_and_validate(
        base_url=server.address,
        headers={"Authorization": f"Bearer {account.token}"},
        excluded_checks=NOT_OURS,
        timeout=30,
    )


@schema.include(path_regex="^/api/auth/").parametrize()
@bounded
def test_sign_in_survives_anything(case: schemathesis.Case, server: Server) -> None:
    case.call_and_validate(base_url=server.address, checks=[not_a_server_error], timeout=30)
