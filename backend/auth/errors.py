"""Better Auth's errors: its status, `code` and `message`, carried inside the problem+json that every error is."""

from http import HTTPStatus

from backend.errors import ProblemError

# Code -> (status, message), word for word from better-auth 1.7 (`@better-auth/core/error/codes` and its plugins
# two-factor and passkey). PASSKEY_NEEDS_A_NAME and TOO_MANY_PASSKEYS are this backend's own.
_ERRORS = {
    "ACCOUNT_TEMPORARILY_LOCKED": (
        HTTPStatus.TOO_MANY_REQUESTS,
        "Too many failed verification attempts. Your account is temporarily locked. Please try again later.",
    ),
    "AUTHENTICATION_FAILED": (HTTPStatus.BAD_REQUEST, "Authentication failed"),
    "BACKUP_CODES_NOT_ENABLED": (HTTPStatus.BAD_REQUEST, "Backup codes aren't enabled"),
    "CHALLENGE_NOT_FOUND": (HTTPStatus.BAD_REQUEST, "Challenge not found"),
    "CHANGE_EMAIL_DISABLED": (HTTPStatus.BAD_REQUEST, "Change email is disabled"),
    "CREDENTIAL_ACCOUNT_NOT_FOUND": (HTTPStatus.BAD_REQUEST, "Credential account not found"),
    "EMAIL_ALREADY_VERIFIED": (HTTPStatus.BAD_REQUEST, "Email is already verified"),
    "EMAIL_CAN_NOT_BE_UPDATED": (HTTPStatus.BAD_REQUEST, "Email can not be updated"),
    "EMAIL_IS_THE_SAME": (HTTPStatus.BAD_REQUEST, "Email is the same"),
    "EMAIL_MISMATCH": (HTTPStatus.BAD_REQUEST, "Email mismatch"),
    "FAILED_TO_VERIFY_REGISTRATION": (HTTPStatus.BAD_REQUEST, "Failed to verify registration"),
    "INVALID_BACKUP_CODE": (HTTPStatus.UNAUTHORIZED, "Invalid backup code"),
    "INVALID_CODE": (HTTPStatus.UNAUTHORIZED, "Invalid code"),
    "INVALID_TWO_FACTOR_COOKIE": (HTTPStatus.UNAUTHORIZED, "Invalid two factor cookie"),
    "INVALID_CALLBACK_URL": (HTTPStatus.FORBIDDEN, "Invalid callbackURL"),
    "INVALID_EMAIL": (HTTPStatus.BAD_REQUEST, "Invalid email"),
    "INVALID_EMAIL_OR_PASSWORD": (HTTPStatus.UNAUTHORIZED, "Invalid email or password"),
    "INVALID_PASSWORD": (HTTPStatus.BAD_REQUEST, "Invalid password"),
    "OTP_NOT_CONFIGURED": (HTTPStatus.BAD_REQUEST, "OTP is not available"),
    "PASSKEY_NEEDS_A_NAME": (HTTPStatus.BAD_REQUEST, "Passkeys need a host name"),
    "PASSKEY_NOT_FOUND": (HTTPStatus.NOT_FOUND, "Passkey not found"),
    "PASSWORD_TOO_LONG": (HTTPStatus.BAD_REQUEST, "Password too long"),
    "PASSWORD_TOO_SHORT": (HTTPStatus.BAD_REQUEST, "Password too short"),
    "INVALID_REDIRECT_URL": (HTTPStatus.FORBIDDEN, "Invalid redirectURL"),
    "INVALID_TOKEN": (HTTPStatus.UNAUTHORIZED, "Invalid token"),
    "INVALID_USER": (HTTPStatus.UNAUTHORIZED, "Invalid user"),
    "RESET_PASSWORD_DISABLED": (HTTPStatus.BAD_REQUEST, "Reset password isn't enabled"),
    "SESSION_EXPIRED": (HTTPStatus.BAD_REQUEST, "Session expired. Re-authenticate to perform this action."),
    "SESSION_NOT_FRESH": (HTTPStatus.FORBIDDEN, "Session is not fresh"),
    "TOKEN_EXPIRED": (HTTPStatus.UNAUTHORIZED, "Token expired"),
    "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE": (
        HTTPStatus.BAD_REQUEST,
        "Too many attempts. Please request a new code.",
    ),
    "TOO_MANY_PASSKEYS": (HTTPStatus.BAD_REQUEST, "Too many passkeys"),
    "TOTP_ALREADY_ENABLED": (HTTPStatus.BAD_REQUEST, "TOTP is already enabled"),
    "TOTP_NOT_ENABLED": (HTTPStatus.BAD_REQUEST, "TOTP not enabled"),
    "TWO_FACTOR_NOT_ENABLED": (HTTPStatus.BAD_REQUEST, "Two factor isn't enabled"),
    "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "User already exists. Use another email.",
    ),
    "USER_NOT_FOUND": (HTTPStatus.UNAUTHORIZED, "User not found"),
    "VALIDATION_ERROR": (HTTPStatus.BAD_REQUEST, "Validation Error"),
    "VERIFICATION_EMAIL_NOT_ENABLED": (HTTPStatus.BAD_REQUEST, "Verification email isn't enabled"),
}


class AuthError(ProblemError):
    """An error that Better Auth's client knows by ``code``; ``detail`` says more to a person than its own message.

    ``status`` is for a code that Better Auth answers with several.
    """

    def __init__(self, code: str, detail: str | None = None, *, status: HTTPStatus | None = None) -> None:
        known, message = _ERRORS[code]
        self.status = status or known
        super().__init__(detail or message, code=code, message=detail or message)


class TooManyAttemptsError(ProblemError):
    """Too many attempts for an account or from an address; ``seconds`` says how long to wait."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, seconds: int) -> None:
        wait = f"{seconds} seconds" if seconds < 120 else f"{-(-seconds // 60)} minutes"
        detail = f"Too many attempts. Try again in {wait}."
        headers = {"Retry-After": str(seconds), "X-Retry-After": str(seconds)}
        super().__init__(detail, headers=headers, code="TOO_MANY_REQUESTS", message=detail)
