"""Heads of a chain: how far it went at a moment, where its writer cannot change it later without being found.

A head is signed with the person's SSH key where there is one (`ssh-keygen -Y sign`, OpenSSH's SSHSIG), so that whoever
rewrites the chain must also have that key.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from orchestrator.process import Door

HEADS = "phase-iv-audit.heads"
NAMESPACE = "todo-deploy"  # of the signature: one that was made for something else does not count here
_LIMIT = 20.0
_DEFAULT_KEYS = ("id_ed25519", "id_ecdsa", "id_rsa")


@dataclass(frozen=True)
class Head:
    """The entry at which a chain stood; `key` and `signature` are empty where no key was there to sign with."""

    chain: str
    sequence: int
    hash: str
    key: str = ""
    signature: str = ""

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.chain} {self.sequence} {self.hash}"

    def line(self) -> str:
        """The head as its file holds it."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False) + "\n"


def head_of(records: Sequence[Mapping[str, Any]]) -> Head | None:
    """Where the chain of the last record stands; None if nothing was logged."""
    if not records:
        return None
    last = records[-1]
    return Head(str(last.get("chain", "")), int(last["sequence"]), str(last["hash"]))


def read(folder: Path) -> list[Head]:
    """The heads that were kept in `folder`. Raises ValueError, with the line's number, for a line that is none."""
    path = folder / HEADS
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.exists() else (), start=1):
        try:
            found.append(Head(**json.loads(line)))
        except (ValueError, TypeError) as error:
            raise ValueError(f"{HEADS} line {number} is no head") from error
    return found


def keep(folder: Path, head: Head) -> None:
    """Add the head to those of `folder`, durably."""
    with (folder / HEADS).open("a", encoding="utf-8") as file:
        file.write(head.line())
        file.flush()
        os.fsync(file.fileno())


def signed(door: Door, head: Head, *, home: Path | None = None) -> Head:
    """The head with the signature of the person's key; as it is where no key, agent or ssh-keygen can sign.

    The key is git's `user.signingkey` where `gpg.format` is ssh, else the first of ~/.ssh/id_ed25519, id_ecdsa, id_rsa.
    A key with a passphrase signs through ssh-agent; nobody is asked for anything.
    """
    key = _key(door, home or Path.home())
    if key is None or not door.has("ssh-keygen"):
        return head
    with TemporaryDirectory() as folder:
        message = Path(folder) / "head"
        message.write_text(head.text, encoding="utf-8")
        argv = ["ssh-keygen", "-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(key), str(message)]
        done = door.run(argv, limit=_LIMIT, check=False)
        signature = message.with_suffix(".sig")
        if not done.ok or not signature.exists():
            return head
        text = signature.read_text(encoding="utf-8")
    checked = _checked(door, Head(head.chain, head.sequence, head.hash, "", text))
    return Head(head.chain, head.sequence, head.hash, checked, text) if checked else head


def faults(door: Door, heads: Sequence[Head], records: Sequence[Mapping[str, Any] | None]) -> tuple[str, ...]:
    """What of the heads does not fit: an entry that is not the one that was kept, a signature that does not hold."""
    known = {(one.get("chain", ""), one["sequence"]): one["hash"] for one in records if one}
    told = []
    for head in heads:
        if known.get((head.chain, head.sequence)) != head.hash:
            told.append(
                f"entry {head.sequence} of {named(head.chain)} is not the one that was there when its head was kept"
            )
        if head.signature and door.has("ssh-keygen") and _checked(door, head) != head.key:
            told.append(f"the signature of entry {head.sequence} of {named(head.chain)} does not hold")
    return tuple(told)


def named(chain: str) -> str:
    """A chain in words."""
    return f"the chain {chain}" if chain else "the first chain"


def _key(door: Door, home: Path) -> Path | None:
    for candidate in (_gits(door), *(home / ".ssh" / name for name in _DEFAULT_KEYS)):
        if candidate is not None and candidate.is_file():
            return candidate
    return None


def _gits(door: Door) -> Path | None:
    if not door.has("git"):
        return None
    told = [
        door.run(["git", "config", "--get", name], limit=10, check=False) for name in ("gpg.format", "user.signingkey")
    ]
    kind, key = (one.out.strip() if one.ok else "" for one in told)
    return Path(key).expanduser() if kind == "ssh" and key and not key.startswith(("key::", "ssh-")) else None


def _checked(door: Door, head: Head) -> str:
    """The fingerprint of the key whose signature of the head's text this is; empty if it is none."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "head.sig"
        path.write_text(head.signature, encoding="utf-8")
        argv = ["ssh-keygen", "-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(path)]
        done = door.run(argv, limit=_LIMIT, text=head.text, check=False)
    words = done.out.split()
    return next((word for word in words if word.startswith("SHA256:")), "") if done.ok else ""
