"""What goes between the reader's two processes: a body behind its length, and the sign that the child is ready."""

READY = b"\x01"
LENGTH = 4  # bytes of a length


def framed(body: bytes) -> bytes:
    """The body behind its length."""
    return len(body).to_bytes(LENGTH, "big") + body
