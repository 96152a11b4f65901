"""An encrypted book: who opens it, what a wrong key says, and that copying between plain and encrypted loses nothing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import KeyringLocked

from db import backup, key_cache, key_locks, keys, restoring
from db.connection import connect, storage_errors
from db.driver import Connection
from db.rescue import open_copy
from sfa.errors import ConflictError, LockedError, StorageError, UsageError
from sfa.paths import Workspace
from sfa.services import care, encrypting
from sfa.services.desk import open_desk
from tests.services.test_doors import FAST, a_book, journal, rows, through
from tests.support.factories import an_account, make_desk
from tests.support.migrating import NEXT, migrate_to_next, schema_of

pytestmark = pytest.mark.usefixtures("cheap_locks")

PASSPHRASE = "horse battery staple"  # noqa: S105 - of no book but these


class MemoryKeyring(KeyringBackend):
    """A keyring in this process."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.words: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise KeyringLocked("locked")
        return self.words.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.words[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.words.pop((service, username))


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    before, ring = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return the folder of a closed book with an account and a backup."""
    desk = make_desk(tmp_path)
    an_account(desk, name="Acme")
    care.back_up(desk)
    desk.close()
    return tmp_path


def names(folder: Path) -> list[str]:
    with closing(open_desk(folder)) as desk:
        return [row[0] for row in desk.store.rows("SELECT name FROM account ORDER BY name")]


def every_row(connection: Connection) -> dict[str, list[Any]]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'")
    return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in tables.fetchall()}


def encrypted(folder: Path, passphrase: str | None = PASSPHRASE) -> str:
    """Encrypt a book, forget its key, and return its recovery code."""
    code = key_locks.new_code()
    encrypting.turn_on(code, passphrase, folder)
    encrypting.lock(folder)
    return code


def test_a_book_and_its_backups_are_the_same_before_and_after(book: Path) -> None:
    database = book / "sales.db"
    with closing(connect(database)) as connection:
        before = every_row(connection)
    encrypted(book)
    files = [database, *(info.path for info in backup.list_backups(Workspace(book)))]
    assert all(keys.is_encrypted(path) for path in files)
    assert b"Acme" not in b"".join(path.read_bytes() for path in book.rglob("*") if path.is_file())
    encrypting.unlock(PASSPHRASE, book)
    with closing(connect(database)) as connection:
        assert every_row(connection) == before
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert encrypting.turn_off(book) == len(files)
    assert not any(keys.is_encrypted(path) for path in files)
    assert not (book / keys.KEY_FILE).exists()
    with closing(connect(database)) as connection:
        assert every_row(connection) == before


def test_a_locked_book_is_locked_and_not_damaged(book: Path) -> None:
    encrypted(book)
    with pytest.raises(LockedError, match="locked") as told:
        names(book)
    assert told.value.exit_code == 5
    with pytest.raises(LockedError, match="neither its passphrase nor its recovery code"):
        encrypting.unlock("horse battery stable", book)
    with pytest.raises(LockedError):
        restoring.restore(Workspace(book), care.find_backup(None, book), make_desk(book / "else").store.clock.now())
    assert not list(book.glob("sales-damaged*"))


def test_the_passphrase_may_come_from_a_file(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encrypted(book)
    secret = book / "secret.txt"
    secret.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    monkeypatch.setenv(keys.PASSPHRASE_FILE, str(secret))
    assert names(book) == ["Acme"]


def test_the_recovery_code_opens_the_book_however_it_is_typed(book: Path) -> None:
    code = encrypted(book)
    encrypting.unlock(code.lower().replace("-", " ").replace("0", "o").replace("1", "l"), book)
    assert names(book) == ["Acme"]
    other = key_locks.new_code()
    encrypting.change_code(other, book)
    encrypting.lock(book)
    with pytest.raises(LockedError):
        encrypting.unlock(code, book)
    encrypting.unlock(other, book)


def test_another_passphrase_opens_the_book_and_the_old_one_does_not(book: Path) -> None:
    encrypted(book)
    encrypting.unlock(PASSPHRASE, book)
    with pytest.raises(UsageError, match="at least 8"):
        encrypting.change_holder("short", book)
    encrypting.change_holder("correct horse battery", book)
    encrypting.lock(book)
    with pytest.raises(LockedError):
        encrypting.unlock(PASSPHRASE, book)
    encrypting.unlock("correct horse battery", book)
    assert names(book) == ["Acme"]


def test_the_keyring_opens_the_book_without_a_question(book: Path, ring: MemoryKeyring) -> None:
    encrypted(book, None)
    assert names(book) == ["Acme"]
    (key,) = ring.words.values()
    assert not any(key.encode() in path.read_bytes() for path in book.rglob("*") if path.is_file())


@pytest.mark.parametrize("loss", ["missing", "changed", "locked", "null"])
def test_a_keyring_that_lost_the_key_locks_the_book_until_the_recovery_code_comes(
    book: Path, ring: MemoryKeyring, loss: str
) -> None:
    code = encrypted(book, None)
    (place,) = ring.words
    if loss == "missing":
        ring.words.clear()
    elif loss == "changed":
        ring.words[place] = key_locks.new_key()
    elif loss == "locked":
        ring.is_locked = True
    else:
        keyring.set_keyring(NullKeyring())  # type: ignore[no-untyped-call]
    with pytest.raises(LockedError, match="keyring") as told:
        names(book)
    assert "recovery code" in (told.value.hint or "")
    encrypting.unlock(code, book)
    assert names(book) == ["Acme"]
    if loss in ("missing", "changed"):
        keys.forget(keys.read_locks(str(book / keys.KEY_FILE)))
        assert names(book) == ["Acme"], "the keyring has the key again"


def test_a_keyring_that_keeps_nothing_is_not_taken(book: Path, ring: MemoryKeyring) -> None:
    keyring.set_keyring(NullKeyring())  # type: ignore[no-untyped-call]
    assert not key_locks.has_keyring()
    with pytest.raises(StorageError, match="no keyring"):
        encrypting.turn_on(key_locks.new_code(), None, book)
    assert names(book) == ["Acme"]
    assert not keys.is_encrypted(book / "sales.db")


def test_a_book_that_is_open_elsewhere_stays_as_it_is(book: Path) -> None:
    with closing(open_desk(book)) as desk:
        assert desk.store.value("SELECT count(*) FROM account") == 1
        with pytest.raises(ConflictError, match="Another sfa has the book open"):
            encrypting.turn_on(key_locks.new_code(), PASSPHRASE, book)
        an_account(desk, name="Bolt")
    assert names(book) == ["Acme", "Bolt"]
    encrypted(book)
    encrypting.unlock(PASSPHRASE, book)
    assert names(book) == ["Acme", "Bolt"]


def test_backups_and_restores_work_on_an_encrypted_book(book: Path) -> None:
    plain = backup.list_backups(Workspace(book))[0].path.read_bytes()
    encrypted(book)
    encrypting.unlock(PASSPHRASE, book)
    with closing(open_desk(book)) as desk:
        made = care.back_up(desk)
        an_account(desk, name="Bolt")
        desk_clock = desk.store.clock
    assert keys.is_encrypted(made.path)
    care.restore(made, book, desk_clock)
    assert names(book) == ["Acme"]
    (book / "sales.db").unlink()
    care.restore(made, book, desk_clock)
    assert names(book) == ["Acme"]
    old = book / "backups" / "20200101T000000-manual.db"
    old.write_bytes(plain)
    care.restore(care.find_backup(old.stem, book), book, desk_clock)
    assert names(book) == ["Acme"]
    assert keys.is_encrypted(book / "sales.db")


def test_an_encrypted_book_is_migrated_and_stays_encrypted_with_its_backup(book: Path) -> None:
    encrypted(book)
    with pytest.raises(LockedError):
        migrate_to_next(book)
    encrypting.unlock(PASSPHRASE, book)
    migrate_to_next(book)
    assert schema_of(book / "sales.db")[0] == NEXT
    made = backup.list_backups(Workspace(book))
    assert "migration" in {info.reason for info in made}
    assert all(keys.is_encrypted(path) for path in (book / "sales.db", *(info.path for info in made)))
    for info in made:
        backup.verify(info.path)


def test_a_copy_for_reading_is_made_of_an_encrypted_book(book: Path) -> None:
    encrypted(book)
    encrypting.unlock(PASSPHRASE, book)
    connection, note = open_copy(Workspace(book))
    assert connection.execute("SELECT name FROM account").fetchall() == [("Acme",)]
    assert "copy" in note
    connection.close()


def test_every_flipped_bit_is_seen_and_told_as_damage(book: Path) -> None:
    encrypted(book)
    encrypting.unlock(PASSPHRASE, book)
    database = book / "sales.db"
    whole = database.read_bytes()
    seen = [at for at in [20, *Random(7).sample(range(4096, len(whole)), 59)] if is_seen(database, whole, at)]
    assert len(seen) == 60


def is_seen(database: Path, whole: bytes, at: int) -> bool:
    """Flip a bit, and tell whether the daily check calls the file damaged."""
    database.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    try:
        with storage_errors(), closing(connect(database)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
    except StorageError as error:
        return "damaged" in error.message


def test_doctor_tells_what_lies_in_clear_beside_an_encrypted_book(book: Path) -> None:
    encrypted(book)
    encrypting.unlock(PASSPHRASE, book)

    def privacy() -> care.Finding:
        with closing(open_desk(book)) as desk:
            return next(found for found in care.examine(desk) if found.subject == "privacy")

    assert privacy().is_good
    with closing(connect(book / "sales.db")) as connection:
        assert connection.execute("SELECT count(*) FROM account").fetchone() == (1,)
    aside = book / "sales-damaged-20260101T000000.db"
    aside.write_bytes(b"SQLite format 3\0 and the rest")
    assert aside.name in privacy().words
    assert not privacy().is_good


def test_a_new_book_beside_old_locks_is_encrypted_at_once(book: Path) -> None:
    encrypted(book)
    (book / "sales.db").unlink()
    encrypting.unlock(PASSPHRASE, book)
    assert names(book) == []
    assert keys.is_encrypted(book / "sales.db")


def test_both_doors_write_the_same_into_an_encrypted_book(tmp_path: Path) -> None:
    written = []
    for name, is_full in (("fast", False), ("full", True)):
        a_book(tmp_path / name).close()
        encrypted(tmp_path / name)
        encrypting.unlock(PASSPHRASE, tmp_path / name)
        desk = make_desk(tmp_path / name, currency="EUR", seed=2)
        for line in FAST[:8]:
            through(desk, line, is_full=is_full)
        written.append((rows(desk), journal(desk)))
        desk.close()
        assert keys.is_encrypted(tmp_path / name / "sales.db")
    assert written[0] == written[1]


def test_a_plain_book_imports_nothing_of_encryption(book: Path) -> None:
    code = (
        "import sys; from db.store import open_store; from pathlib import Path;"
        f"open_store(Path({str(book)!r})); print([m for m in sys.modules if m.startswith(('db.key', 'keyring', 'ctypes'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_guess_costs_a_quarter_of_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = iter([0.0, 0.1])
    monkeypatch.setattr(key_locks, "stopwatch", lambda: next(taken))
    monkeypatch.setattr(key_locks, "WANTED_S", 0.25)
    assert key_locks._costly_enough("words", b"salt" * 4).startswith("argon2id:8:")


def test_without_argon2_scrypt_makes_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.kdf.argon2", None)
    key = key_locks.new_key()
    lock = key_locks.locked(key, PASSPHRASE)
    assert lock.startswith("scrypt:")
    opened = key_locks.opened(lock, PASSPHRASE)
    assert opened is not None
    assert opened.hex() == key
    assert key_locks.opened(lock, "another") is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a kernel that keeps keys")
def test_the_kernel_keeps_a_key_until_it_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    name, key = f"test{os.getpid()}", key_locks.new_key()
    key_cache.keep(name, key)
    if key_cache.recall(name) is None:
        pytest.skip("this kernel keeps no keys for us")
    assert key_cache.recall(name) == key
    key_cache.drop(name)
    assert key_cache.recall(name) is None
