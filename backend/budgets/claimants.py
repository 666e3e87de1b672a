"""On whose budget a piece of work goes: the user's or, before a request's user is known, the caller's address."""

from collections import OrderedDict
from contextvars import ContextVar
from hashlib import sha256

KEPT = 20_000
_ADDRESS = "address "
_claimant: ContextVar[str | None] = ContextVar("claimant", default=None)


def claimant() -> str | None:
    """Who claims the work of this context; None for the program's own, which has no budget."""
    return _claimant.get()


def claim(who: str | None) -> None:
    """From here on this context, and the tasks it starts, work on the budget of ``who``."""
    _claimant.set(who)


def of_address(address: str) -> str:
    """The claimant that stands for an address."""
    return _ADDRESS + address


def is_address(who: str) -> bool:
    return who.startswith(_ADDRESS)


class Claimants:
    """Whose each token was when it was last read. It lets nobody in: it only tells on whose budget to look them up."""

    def __init__(self) -> None:
        self._users: OrderedDict[bytes, str] = OrderedDict()

    def user_of(self, token: str) -> str | None:
        return self._users.get(_digest(token))

    def learn(self, token: str, user_id: str) -> None:
        """The token was found to be this user's: the rest of the request goes on their budget."""
        claim(user_id)
        key = _digest(token)
        self._users[key] = user_id
        self._users.move_to_end(key)
        if len(self._users) > KEPT:
            self._users.popitem(last=False)


def _digest(token: str) -> bytes:
    return sha256(token.encode(errors="surrogateescape")).digest()
