"""Better Auth's errors: its status, `code` and `message`, carried inside the problem+json that every error is."""

from http import HTTPStatus

from backend.errors import ProblemError

# Code -> (status, message), word for word from better-auth 1.7 (`@better-auth/core/error/codes`).
_ERRORS = {
    "CREDENTIAL_ACCOUNT_NOT_FOUND": (HTTPStatus.BAD_REQUEST, "Credential account not found"),
    "EMAIL_CAN_NOT_BE_UPDATED": (HTTPStatus.BAD_REQUEST, "Email can not be updated"),
    "INVALID_CALLBACK_URL": (HTTPStatus.FORBIDDEN, "Invalid callbackURL"),
    "INVALID_EMAIL": (HTTPStatus.BAD_REQUEST, "Invalid email"),
    "INVALID_EMAIL_OR_PASSWORD": (HTTPStatus.UNAUTHORIZED, "Invalid email or password"),
    "INVALID_PASSWORD": (HTTPStatus.BAD_REQUEST, "Invalid password"),
    "PASSWORD_TOO_LONG": (HTTPStatus.BAD_REQUEST, "Password too long"),
    "PASSWORD_TOO_SHORT": (HTTPStatus.BAD_REQUEST, "Password too short"),
    "SESSION_EXPIRED": (HTTPStatus.BAD_REQUEST, "Session expired. Re-authenticate to perform this action."),
    "SESSION_NOT_FRESH": (HTTPStatus.FORBIDDEN, "Session is not fresh"),
    "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "User already exists. Use another email.",
    ),
    "VALIDATION_ERROR": (HTTPStatus.BAD_REQUEST, "Validation Error"),
}


class AuthError(ProblemError):
    """An error that Better Auth's client knows by ``code``; ``detail`` says more than the code's own message."""

    def __init__(self, code: str, detail: str | None = None) -> None:
        self.status, message = _ERRORS[code]
        super().__init__(detail or message, code=code, message=detail or message)


class TooManyAttemptsError(ProblemError):
    """Too many attempts for an account or from an address; ``seconds`` says how long to wait."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, seconds: int) -> None:
        wait = f"{seconds} seconds" if seconds < 120 else f"{-(-seconds // 60)} minutes"
        detail = f"Too many attempts. Try again in {wait}."
        headers = {"Retry-After": str(seconds), "X-Retry-After": str(seconds)}
        super().__init__(detail, headers=headers, code="TOO_MANY_REQUESTS", message=detail)
