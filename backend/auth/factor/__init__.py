"""The second factor: codes of an authenticator app, and codes to recover with (Better Auth's two-factor plugin)."""
