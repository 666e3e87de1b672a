"""Certificates: those that are over or not yet valid, and those that cert-manager has not issued."""

import base64
import binascii
from collections.abc import Iterator

from cryptography import x509

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.workloads.look import condition, kubectl, ref, sign, within
from orchestrator.diagnosis.workloads.store import Store, namespace_of
from orchestrator.release.snapshot import Object, instant, name_of

_ISSUES = 600.0  # seconds in which an issuer answers


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    for secret in store.of("Secret"):
        yield from _certificate(store, secret)
    for item in store.of("Certificate"):
        yield from _unissued(store, item)


def _unissued(store: Store, item: Object) -> Iterator[Sign]:
    """What the issuer waits for, as its Challenge or Order says, else as the Certificate does."""
    ready, space = condition(item, "Ready"), namespace_of(item)
    since = ready.get("lastTransitionTime") or item["metadata"].get("creationTimestamp")
    if ready.get("status") != "False" or _is_young(store, str(since or "")):
        return
    steps = [one for kind in ("Challenge", "Order", "CertificateRequest") for one in store.of(kind, space)]
    said = next((str(told) for one in steps if (told := one["status"].get("reason") or _state(one))), "")
    message = said or str(ready.get("message") or ready.get("reason") or "not ready")
    place = f"{ref(item)} .status.conditions[Ready]", f"False: {ready.get('message') or ready.get('reason') or ''}"
    fix = kubectl(space, "describe certificate,certificaterequest,order,challenge")
    yield sign(store, "CertificateNotIssued", item, f"it is not issued: {message}", place, subject=ref(item), fix=fix)


def _is_young(store: Store, since: str) -> bool:
    """Whether it was asked for a moment ago; where no other time is known, nobody can tell."""
    return bool(since) and store.now > instant(since) and within(store, since, _ISSUES)


def _state(item: Object) -> str:
    state = str(item["status"].get("state") or "")
    return f"its {item['kind']} {name_of(item)} is {state}" if state not in ("", "valid", "ready") else ""


def _certificate(store: Store, secret: Object) -> Iterator[Sign]:
    text = (secret.get("data") or {}).get("tls.crt")
    if not text:
        return
    try:
        loaded = x509.load_pem_x509_certificate(base64.b64decode(text))
    except (ValueError, binascii.Error):
        return  # masked, or another format: nothing is known of it
    end, begin = loaded.not_valid_after_utc, loaded.not_valid_before_utc
    if end < store.now or begin > store.now:
        message = f"the certificate is valid from {begin:%Y-%m-%d} to {end:%Y-%m-%d}"
        users = [
            one
            for one in store.of("Ingress", namespace_of(secret))
            if any(tls.get("secretName") == name_of(secret) for tls in one["spec"].get("tls") or [])
        ]
        yield sign(
            store,
            "CertificateExpired",
            users[0] if users else secret,
            message,
            (f"{ref(secret)} .data[tls.crt]", f"until {end:%Y-%m-%d %H:%M} UTC"),
            subject=ref(secret),
        )
