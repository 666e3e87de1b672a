"""Says what a file is that is no backup, from its first bytes, and what to do with it."""

from backend.backup.errors import NotRestorableError

GZIP = b"\x1f\x8b"
_ENCRYPTED = "it is encrypted ({}): decrypt it first"
_PACKED = "it is packed by {}: unpack it first"
_FILES: tuple[tuple[bytes, str], ...] = (
    (b"age-encryption.org/", _ENCRYPTED.format("age -d")),
    (b"-----BEGIN AGE ENCRYPTED FILE", _ENCRYPTED.format("age -d")),
    (b"-----BEGIN PGP MESSAGE", _ENCRYPTED.format("gpg -d")),
    (b"Salted__", _ENCRYPTED.format("openssl enc -d")),
    (b"\x28\xb5\x2f\xfd", _PACKED.format("zstd")),
    (b"\xfd7zXZ\x00", _PACKED.format("xz")),
    (b"BZh", _PACKED.format("bzip2")),
    (b"7z\xbc\xaf\x27\x1c", _PACKED.format("7-Zip")),
    (b"SQLite format 3\x00", "it is an SQLite database itself: start the app on its folder, and make a backup of that"),
    (b"PGDMP", "it is a dump of pg_dump: pg_restore reads that"),
    (b"--\n-- PostgreSQL database dump", "it is a dump of pg_dump: psql reads that"),
    (b'{"format":"todo-chatbot-backup"', "it was unpacked: pack it again with gzip"),
)
_ZIP = b"PK\x03\x04"
_PGP_TAGS = frozenset({0x84, 0x85, 0x86, 0x8C, 0x8D, 0xC1, 0xC3, 0xD2})  # RFC 9580, 4.2: packets that open a message


def refuse_unless_gzip(head: bytes) -> None:
    """Raise NotRestorableError, saying what the file is, unless its first bytes are gzip's."""
    if not head.startswith(GZIP):
        raise NotRestorableError(f"This is no backup of Todo Chatbot: {_describe(head)}.")


def _describe(head: bytes) -> str:
    if not head:
        return "the file is empty"
    if not head.strip(b"\0"):
        return "the file holds nothing but zeros; its disk or a copy has lost what it held"
    if head.startswith(_ZIP):
        encrypted = len(head) > 6 and head[6] & 1
        return "it is a zip archive with a password" if encrypted else "it is a zip archive of another program"
    known = next((text for start, text in _FILES if head.startswith(start)), None)
    if known is None and head[257:262] == b"ustar":
        known = "it is a tar archive of another program"
    if known is None and head[0] in _PGP_TAGS:
        known = _ENCRYPTED.format("gpg -d")
    return known or "it is another program's file"
