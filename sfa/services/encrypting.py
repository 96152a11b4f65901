"""Encryption of the laptop's book: on, off, who holds the key, and the way back when a passphrase is forgotten."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from db import encryption, key_locks
from db.key_cache import KEPT_S
from db.keys import (
    KEYRING,
    PASSPHRASE,
    RECOVERY,
    Locks,
    forget,
    is_encrypted,
    key_of,
    read_locks,
    recalled,
    remember,
)  # fmt: skip
from sfa.errors import ConflictError, StorageError, UsageError
from sfa.paths import Workspace

SHORTEST = 8
MINUTES = KEPT_S // 60


@dataclass(frozen=True, slots=True)
class Status:
    """How the book lies on the disk.

    Attributes:
        holder: who gives the key out, `keyring` or `passphrase`; None for a plain book.
        is_open: whether the key is remembered just now.
        left: files that should be encrypted and are not.
    """

    is_encrypted: bool
    holder: str | None
    is_open: bool
    left: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


def status(folder: Path | None = None) -> Status:
    """Return how the book lies on the disk; the book itself is not opened."""
    workspace = _workspace(folder)
    if not is_encrypted(workspace.database):
        return Status(is_encrypted=False, holder=None, is_open=False, left=())
    locks = read_locks(str(encryption.lock_file(workspace)))
    left = tuple(str(path) for path in encryption.files_in_other_form(workspace, wanted=True))
    return Status(is_encrypted=True, holder=locks["holder"], is_open=recalled(locks) is not None, left=left)


def has_passphrase(folder: Path | None = None) -> bool:
    """Tell whether the book is encrypted and a passphrase opens it; the keyring opens with the login."""
    workspace = _workspace(folder)
    file = encryption.lock_file(workspace)
    return is_encrypted(workspace.database) and file.exists() and read_locks(str(file))["holder"] == PASSPHRASE


def is_begun(folder: Path | None = None) -> bool:
    """Tell whether the book or one of its backups is encrypted, so that its key is made and its code shown."""
    workspace = _workspace(folder)
    return encryption.lock_file(workspace).exists() and bool(encryption.files_in_other_form(workspace, wanted=False))


def turn_on(code: str, passphrase: str | None, folder: Path | None = None) -> int:
    """Encrypt the book and its backups, and return how many files were changed.

    Args:
        code: the recovery code, from `key_locks.new_code`, which the person has by now.
        passphrase: None lets the keyring of the computer hold the key.
        folder: of the workspace; the process's own where None.

    Raises:
        ConflictError: another program has the book open.
        StorageError: there is no book yet, the keyring does not hold the key, or the disk does not take the copy.
        UsageError: the passphrase is too short.
    """
    workspace = _workspace(folder)
    if not workspace.database.exists():
        raise StorageError("There is no book here yet.", hint="Open the desk once: sfa")
    key = key_locks.new_key()
    locks = key_locks.new_locks(key)
    _hold(locks, key, passphrase)
    locks[RECOVERY] = key_locks.locked(key, code)
    encryption.save_locks(workspace, locks)
    remember(locks, key)
    return encryption.convert(workspace, key)


def go_on(folder: Path | None = None) -> int:
    """Encrypt what is not encrypted yet, with the key that is there; return how many files were changed.

    Raises:
        LockedError: the key is not at hand.
        ConflictError, StorageError: as `turn_on`.
    """
    workspace = _workspace(folder)
    return encryption.convert(workspace, key_of(workspace.database))


def turn_off(folder: Path | None = None) -> int:
    """Make the book and its backups plain, and forget the key; return how many files were changed.

    Raises:
        LockedError: the key is not at hand.
        ConflictError: the book is plain already, or another program has it open.
        StorageError: the disk does not take the copy.
    """
    workspace = _workspace(folder)
    file = encryption.lock_file(workspace)
    if not file.exists():
        raise ConflictError("The book is not encrypted.")
    locks = read_locks(str(file))
    key_of(workspace.database)
    changed = encryption.convert(workspace, None)
    if not encryption.files_in_other_form(workspace, wanted=False):
        file.unlink()
        key_locks.drop_from_keyring(locks)
        forget(locks)
    return changed


def unlock(secret: str, folder: Path | None = None) -> Locks:
    """Open the book by its passphrase or recovery code; a keyring that lost the key gets it again.

    Raises:
        LockedError: it is neither.
    """
    locks = _locks(folder)
    key = key_locks.by_secret(locks, secret)
    remember(locks, key)
    if locks["holder"] == KEYRING:
        key_locks.to_keyring(locks, key)
    return locks


def lock(folder: Path | None = None) -> None:
    """Forget the key: who opens the book next needs the keyring or the passphrase."""
    forget(_locks(folder))


def change_holder(passphrase: str | None, folder: Path | None = None) -> None:
    """Let another passphrase, or with None the keyring, hold the key from now on; the key stays the same.

    Raises:
        LockedError: the key is not at hand.
        StorageError: the keyring does not hold the key.
        UsageError: the passphrase is too short.
    """
    workspace = _workspace(folder)
    locks = _locks(folder)
    key = key_of(workspace.database) or ""
    was_in_keyring = locks["holder"] == KEYRING
    _hold(locks, key, passphrase)
    encryption.save_locks(workspace, locks)
    if was_in_keyring and passphrase is not None:
        key_locks.drop_from_keyring(locks)


def change_code(code: str, folder: Path | None = None) -> None:
    """Put a new recovery code in the place of the old one.

    Raises:
        LockedError: the key is not at hand.
    """
    workspace = _workspace(folder)
    locks = _locks(folder)
    locks[RECOVERY] = key_locks.locked(key_of(workspace.database) or "", code)
    encryption.save_locks(workspace, locks)


def _hold(locks: Locks, key: str, passphrase: str | None) -> None:
    if passphrase is None:
        if not key_locks.to_keyring(locks, key):
            raise StorageError(
                "This computer has no keyring that would keep the key.",
                hint="Use a passphrase instead: sfa encrypt --passphrase",
            )
        locks["holder"] = KEYRING
        locks.pop(PASSPHRASE, None)
        return
    if len(passphrase) < SHORTEST:
        raise UsageError(
            f"A passphrase has at least {SHORTEST} characters.", hint="Four words that do not belong together are good."
        )
    locks["holder"] = PASSPHRASE
    locks[PASSPHRASE] = key_locks.locked(key, passphrase)


def _locks(folder: Path | None) -> Locks:
    file = encryption.lock_file(_workspace(folder))
    if not file.exists():
        raise ConflictError("The book is not encrypted.", hint="Encrypt it: sfa encrypt")
    return read_locks(str(file))


def _workspace(folder: Path | None) -> Workspace:
    return Workspace(folder) if folder else Workspace.default()
