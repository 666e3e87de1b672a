"""Two-factor sign-in by an authenticator app: codes count once, tries are limited, trust ends with the password."""

from types import SimpleNamespace
from typing import Any

import httpx
import pyotp
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from backend.auth.factor import challenge
from backend.auth.factor.codes import matching_step, new_recovery_codes, without
from backend.main import create_app
from backend.settings import Settings
from tests.auth.conftest import browser_of, settings_like, started
from tests.auth.people import PASSWORD, Person, sign_in, sign_up

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
AT = 1_800_000_000


@pytest.fixture(autouse=True)
def _standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No step ends between a code and its check."""
    monkeypatch.setattr(challenge, "time", SimpleNamespace(time=lambda: AT))


def _code(uri: str, away: int = 0) -> str:
    app = pyotp.parse_uri(uri)
    assert isinstance(app, pyotp.TOTP)
    return app.at(AT + 30 * away)


async def _post(browser: httpx.AsyncClient, path: str, **body: Any) -> httpx.Response:
    return await browser.post(f"/api/auth/two-factor/{path}", json=body)


async def _enrol(browser: httpx.AsyncClient) -> tuple[Person, str, list[str]]:
    """A person with the second factor on, signed out; what the QR code says and the recovery codes."""
    person = await sign_up(browser)
    made = (await _post(browser, "enable", password=PASSWORD)).json()
    assert (await _post(browser, "verify-totp", code=_code(made["totpURI"], -1))).status_code == 200
    await browser.post("/api/auth/sign-out", json={})
    return person, made["totpURI"], made["backupCodes"]


@pytest.mark.parametrize(
    ("typed", "away"),
    [
        ("123 456", 0),
        (" 123-456 ", 0),
        ("\uff11\uff12\uff13\uff14\uff15\uff16", 0),
        ("\u0661\u0662\u0663\u0664\u0665\u0666", 0),
        ("123456", 1),
        ("123456", -1),
    ],
)
def test_a_code_is_read_as_it_is_typed(typed: str, away: int, monkeypatch: pytest.MonkeyPatch) -> None:
    step = AT // 30
    monkeypatch.setattr(pyotp.TOTP, "generate_otp", lambda _, at: "123456" if at == step + away else "999999")
    assert matching_step(SECRET, typed, seconds=AT) == step + away


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "12345²3", "0" * 100, "\x00\x00"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert matching_step(SECRET, typed, seconds=AT) is None


def test_the_codes_are_those_of_rfc_6238() -> None:
    seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # appendix B's, whose codes end in these six digits
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")):
        assert matching_step(seed, code, seconds=seconds) == seconds // 30


@pytest.mark.parametrize("write", [str, str.upper, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_a_recovery_code_is_read_as_it_is_typed(write: Any) -> None:
    codes = new_recovery_codes()
    assert without(codes, write(codes[3])) == codes[:3] + codes[4:]
    assert without(codes, "aaaaa-aaaaa") is None
    assert without(codes, "") is None


async def test_it_counts_from_its_first_right_code_on(browser: httpx.AsyncClient) -> None:
    person = await sign_up(browser)
    assert (await _post(browser, "enable", password="not the password")).json()["code"] == "INVALID_PASSWORD"
    await _post(browser, "enable", password=PASSWORD)
    assert "token" in (await sign_in(browser, person.email)).json()  # begun, not ended: nobody is locked out
    made = (await _post(browser, "enable", password=PASSWORD)).json()
    assert (await _post(browser, "verify-totp", code="000000")).json()["code"] == "INVALID_CODE"
    assert (await _post(browser, "verify-totp", code=_code(made["totpURI"]))).json()["user"]["twoFactorEnabled"]
    assert (await _post(browser, "enable", password=PASSWORD)).json()["code"] == "TOTP_ALREADY_ENABLED"


async def test_a_recovery_code_does_not_begin_it(browser: httpx.AsyncClient) -> None:
    await sign_up(browser)
    made = (await _post(browser, "enable", password=PASSWORD)).json()
    answer = await _post(browser, "verify-backup-code", code=made["backupCodes"][0])
    assert answer.json()["code"] == "BACKUP_CODES_NOT_ENABLED"


async def test_a_code_counts_once(app: FastAPI, browser: httpx.AsyncClient) -> None:
    person, uri, _ = await _enrol(browser)
    code = _code(uri)
    await sign_in(browser, person.email)
    assert (await _post(browser, "verify-totp", code=code)).status_code == 200
    async with browser_of(app) as thief:
        await sign_in(thief, person.email)
        again = await _post(thief, "verify-totp", code=code)
        assert (again.status_code, again.json()["code"]) == (401, "INVALID_CODE")
        assert (await thief.get("/api/auth/get-session")).json() is None


async def test_a_sign_in_has_five_tries(browser: httpx.AsyncClient) -> None:
    person, uri, _ = await _enrol(browser)
    await sign_in(browser, person.email)
    codes = [(await _post(browser, "verify-totp", code="000000")).json()["code"] for _ in range(6)]
    assert codes == ["INVALID_CODE"] * 5 + ["TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE"]
    assert (await _post(browser, "verify-totp", code=_code(uri))).json()["code"] == "INVALID_TWO_FACTOR_COOKIE"


async def test_an_account_has_ten_tries_over_all_sign_ins_and_replicas(
    app: FastAPI, browser: httpx.AsyncClient, settings: Settings
) -> None:
    person, uri, codes = await _enrol(browser)
    replica = create_app(settings_like(settings))
    async with started(replica), browser_of(replica) as other:
        for client in (browser, other):
            await sign_in(client, person.email)
            for _ in range(5):
                assert (await _post(client, "verify-backup-code", code="wrong")).status_code == 401
    await sign_in(browser, person.email)
    for path, code in (("verify-totp", _code(uri)), ("verify-backup-code", codes[0])):
        locked = await _post(browser, path, code=code)
        assert (locked.status_code, locked.json()["code"]) == (429, "ACCOUNT_TEMPORARILY_LOCKED")
    await _let_time_pass(app, 900)
    assert (await _post(browser, "verify-totp", code=_code(uri))).status_code == 200


async def test_trust_is_one_users_on_one_browser_until_the_password_changes(
    app: FastAPI, browser: httpx.AsyncClient
) -> None:
    person, uri, _ = await _enrol(browser)
    await sign_in(browser, person.email)
    assert (await _post(browser, "verify-totp", code=_code(uri), trustDevice=True)).status_code == 200
    async with browser_of(app) as other:
        other_person, _, _ = await _enrol(other)
        assert "twoFactorRedirect" in (await sign_in(other, person.email)).json()
    assert "twoFactorRedirect" in (await sign_in(browser, other_person.email)).json()
    assert "token" in (await sign_in(browser, person.email)).json()
    change = {"currentPassword": PASSWORD, "newPassword": f"{PASSWORD} staple"}
    assert (await browser.post("/api/auth/change-password", json=change)).status_code == 200
    assert "twoFactorRedirect" in (await sign_in(browser, person.email, f"{PASSWORD} staple")).json()


async def test_a_half_done_sign_in_ends_with_the_account_or_its_second_factor(
    app: FastAPI, browser: httpx.AsyncClient
) -> None:
    person, uri, _ = await _enrol(browser)
    async with browser_of(app) as owner:
        await sign_in(browser, person.email)
        await sign_in(owner, person.email)
        await _post(owner, "verify-totp", code=_code(uri))
        assert (await _post(owner, "disable", password=PASSWORD)).status_code == 200
    assert (await _post(browser, "verify-totp", code=_code(uri, 1))).json()["code"] == "INVALID_TWO_FACTOR_COOKIE"
    assert "token" in (await sign_in(browser, person.email)).json()


async def test_who_did_not_want_to_be_remembered_is_not(browser: httpx.AsyncClient) -> None:
    person, uri, _ = await _enrol(browser)
    await browser.post(
        "/api/auth/sign-in/email", json={"email": person.email, "password": PASSWORD, "rememberMe": False}
    )
    answer = await _post(browser, "verify-totp", code=_code(uri))
    cookie = next(line for line in answer.headers.get_list("set-cookie") if "session_token" in line)
    assert "Max-Age" not in cookie


async def test_secrets_are_sealed_where_they_are_kept(app: FastAPI, browser: httpx.AsyncClient) -> None:
    _, uri, codes = await _enrol(browser)
    async with app.state.database.read() as session:
        kept = str((await session.execute(text('SELECT secret, "backupCodes" FROM "twoFactor"'))).all())
    assert pyotp.parse_uri(uri).secret not in kept
    assert not any(code in kept for code in codes)


async def test_a_changed_server_secret_is_told(browser: httpx.AsyncClient, settings: Settings) -> None:
    person, _, codes = await _enrol(browser)
    changed = create_app(settings_like(settings, better_auth_secret="another secret of forty characters, long"))
    async with started(changed), browser_of(changed) as other:
        await sign_in(other, person.email)
        answer = await _post(other, "verify-backup-code", code=codes[0])
    assert answer.status_code == 503
    assert "BETTER_AUTH_SECRET" in answer.json()["detail"]


async def _let_time_pass(app: FastAPI, seconds: int) -> None:
    async with app.state.database.write() as session:
        await session.execute(
            text('UPDATE "rateLimit" SET "lastRequest" = "lastRequest" - :ms'), {"ms": seconds * 1000}
        )
