"""The key of an encrypted book: in memory, with the kernel, in the keyring; in no file but under a lock.

Standard library alone, and as little of it as there is to do: the fast door imports this where a book is encrypted.
"""

from __future__ import annotations

import os

from sfa.errors import LockedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

Locks = dict[str, str]

KEY_FILE = "sales.key"
KEYRING, PASSPHRASE, RECOVERY = "keyring", "passphrase", "recovery"
PASSPHRASE_FILE = "SFA_PASSPHRASE_FILE"  # noqa: S105 - the name of a variable
PLAIN_HEADER = b"SQLite format 3\0"
_IN_MIND: dict[str, str] = {}


def is_encrypted(path: Path | str) -> bool:
    """Tell whether a database file is encrypted, by its first bytes."""
    try:
        with open(path, "rb") as stream:
            header = stream.read(len(PLAIN_HEADER))
    except FileNotFoundError:
        return False
    return bool(header) and header != PLAIN_HEADER


def key_file_of(path: Path | str) -> str | None:
    """Return the file with the locks of a database or a backup; None where the book has none."""
    folder = os.path.dirname(os.path.abspath(path))
    for place in (folder, os.path.dirname(folder)):
        name = os.path.join(place, KEY_FILE)
        if os.path.exists(name):
            return name
    return None


def read_locks(file: str) -> Locks:
    """Return what stands in a file of locks.

    Attributes by name: `id` of the key, `check` (a hash of it), `holder` (who gives it out: keyring or passphrase), and
    the key under its locks, `passphrase` and `recovery`.

    Raises:
        LockedError: it is no such file.
    """
    with open(file, encoding="ascii", errors="replace") as stream:
        locks = dict(line.rstrip("\n").partition(" ")[::2] for line in stream)
    if not {"id", "check", "holder", RECOVERY} <= locks.keys():
        raise LockedError(
            f"The file of locks {file} cannot be read, so the book stays locked; it is not damaged.",
            hint=f"Put a copy of {KEY_FILE} back from where you keep your backups.",
        )
    return locks


def key_of(path: Path | str) -> str | None:
    """Return the key of a database or backup, as SQLCipher takes it (64 hexadecimal digits); None where it has no locks.

    Raises:
        LockedError: the keyring does not give it out, or somebody has to type the passphrase first.
    """
    file = key_file_of(path)
    if file is None:
        return None
    locks = read_locks(file)
    key = recalled(locks)
    if key is None:
        key = _given_out(locks)
        remember(locks, key)
    return key


def recalled(locks: Locks) -> str | None:
    """Return the key where this process or the kernel still knows it."""
    key = _IN_MIND.get(locks["id"])
    if key is None:
        from db.key_cache import recall  # noqa: PLC0415 - once in a process

        key = recall(locks["id"])
        if key is not None:
            _IN_MIND[locks["id"]] = key
    return key


def remember(locks: Locks, key: str) -> None:
    """Keep the key in this process, and for a while with the kernel where that is Linux's."""
    from db.key_cache import keep  # noqa: PLC0415 - once in a process

    _IN_MIND[locks["id"]] = key
    keep(locks["id"], key)


def forget(locks: Locks) -> None:
    """Forget the key: what opens the book next asks for it anew."""
    from db.key_cache import drop  # noqa: PLC0415 - as above

    _IN_MIND.pop(locks["id"], None)
    drop(locks["id"])


def _given_out(locks: Locks) -> str:
    """Return the key from the keyring, or by the passphrase in the file that SFA_PASSPHRASE_FILE names."""
    from db import key_locks  # noqa: PLC0415 - the keyring's library costs more than the rest of a command

    if locks["holder"] == KEYRING:
        key = key_locks.from_keyring(locks)
        if key is not None:
            return key
    name = os.environ.get(PASSPHRASE_FILE)
    if name:
        return key_locks.by_secret(locks, key_locks.secret_in(name))
    if locks["holder"] == KEYRING:
        raise LockedError(
            "The book is locked: the keyring of this computer does not hold its key (it is locked, missing, or another).",
            hint="Unlock the keyring, or type the recovery code: sfa encrypt unlock",
        )
    raise LockedError(
        "The book is locked.", hint=f"Type the passphrase: sfa encrypt unlock (scripts: {PASSPHRASE_FILE}=FILE)"
    )
