"""Passkeys: signing in with a device's own lock (WebAuthn; Better Auth's passkey plugin)."""
