"""Messages of sync in a file, for a way without a network: locked and signed for one laptop and its server.

The file begins with a line that names its kind, a line of JSON that says for whom it is, and a signature over all of it.
What follows is an SQLCipher database with the messages: the driver of every door brings that lock, so it is always there.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

from db.connection import storage_errors, use_key
from db.driver import Connection, sqlite, uri_of
from sfa.errors import ConflictError, NotFoundError, SfaError, StorageError, UsageError

REQUEST, ANSWER = "request", "answer"
MAGIC: Final = b"sfa bundle 1\n"
LARGEST: Final = 1_000_000_000
_LONGEST_LABEL: Final = 1_000
_SIGNATURE: Final = hashlib.sha256().digest_size
_CHUNK: Final = 1 << 20
_PRIVATE: Final = 0o600
_HINTS: Final = {
    REQUEST: "This one is for a laptop: sfa sync import FILE",
    ANSWER: "This one is for the server: sfa server bundle FILE ANSWER",
}


@dataclass(frozen=True, slots=True)
class Label:
    """What a bundle says to anybody.

    Attributes:
        kind: REQUEST, of a laptop, or ANSWER, of its server.
        org: the company.
        device: the laptop's id.
        re: of an answer, the mark of the request that it is for.
    """

    kind: str
    org: str
    device: str
    re: str = ""


class Bundle:
    """A bundle whose signature is good.

    Attributes:
        label: for whom it is.
        mark: what an answer names it by.
    """

    def __init__(self, label: Label, mark: str, connection: Connection) -> None:
        self.label, self.mark, self._connection = label, mark, connection

    def __iter__(self) -> Iterator[bytes]:
        """Return the messages in their order."""
        return (body for (body,) in self._connection.execute("SELECT body FROM message ORDER BY seq"))


def secret_of(token: str) -> str:
    """Return what laptop and server both know and nobody else: what the server keeps of the laptop's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def write(path: Path, label: Label, secret: str, messages: Iterable[bytes]) -> str:
    """Write a bundle, whole or not at all, and return its mark.

    Raises:
        ConflictError: there is a file, and it is no bundle of this kind.
        SfaError: the place cannot be written to, or the disk is full.
    """
    _require_free(path, label.kind)
    with TemporaryDirectory() as folder:
        inner = Path(folder) / "inner"
        with storage_errors(), closing(_open(inner, secret, "rwc")) as connection:
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("BEGIN")
            connection.execute("CREATE TABLE message (seq INTEGER PRIMARY KEY, body BLOB NOT NULL)")
            for body in messages:
                connection.execute("INSERT INTO message (body) VALUES (?)", (body,))
            connection.execute("COMMIT")
        head = MAGIC + json.dumps(asdict(label)).encode() + b"\n"
        with inner.open("rb") as source:
            signature = _signature(secret, head, source)
        try:
            _write(path, head + signature, inner)
        except OSError as error:
            raise SfaError(
                f"{path} cannot be written: {error.strerror or error}.", hint="Choose another place."
            ) from error
    return _mark(signature)


def _require_free(path: Path, kind: str) -> None:
    """An older bundle gives way to a newer one, and no other file does."""
    if not path.exists():
        return
    try:
        with path.open("rb") as stream:
            label, _ = _head(path, stream)
    except (OSError, SfaError):
        label = None
    if label is None or label.kind != kind:
        raise ConflictError(f"{path} is there already, and is something else.", hint="Name another file.")


def _write(path: Path, head: bytes, inner: Path) -> None:
    draft = path.with_name(f".{path.name}.part")
    try:
        with open(draft, "wb", opener=_private) as target:
            target.write(head)
            with inner.open("rb") as source:
                while chunk := source.read(_CHUNK):
                    target.write(chunk)
            target.flush()
            os.fsync(target.fileno())  # a stick is pulled out as soon as the command says that it is done
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, _PRIVATE)


@contextmanager
def read(path: Path, kind: str, find_secret: Callable[[Label], str]) -> Iterator[Bundle]:
    """Lend a bundle whose signature is good.

    Args:
        path: the file.
        kind: which kind is expected.
        find_secret: returns the secret of whom the label names, or raises.

    Raises:
        NotFoundError: there is no such file.
        UsageError: it is no bundle, or one of the other kind.
        StorageError: it was changed, is cut off, or cannot be read.
    """
    with TemporaryDirectory() as folder:
        inner = Path(folder) / "inner"
        try:
            label, secret, signature = _unpack(path, kind, find_secret, inner)
        except FileNotFoundError as error:
            raise NotFoundError(f"There is no file {path}.") from error
        except OSError as error:
            raise StorageError(f"{path} cannot be read: {error.strerror or error}.") from error
        with closing(_open(inner, secret, "ro")) as connection:
            yield Bundle(label, _mark(signature), connection)


def _unpack(path: Path, kind: str, find_secret: Callable[[Label], str], inner: Path) -> tuple[Label, str, bytes]:
    """Copy what is within aside, and return label, secret and signature; nobody looks into it before it is known whose it is."""
    with path.open("rb") as stream:
        label, head = _head(path, stream)
        if label.kind != kind:
            raise UsageError(f"{path} is {'a request' if kind == ANSWER else 'an answer'}.", hint=_HINTS[kind])
        secret = find_secret(label)
        signature = stream.read(_SIGNATURE)
        with inner.open("wb+") as target:
            while chunk := stream.read(_CHUNK):
                target.write(chunk)
            target.seek(0)
            if not hmac.compare_digest(_signature(secret, head, target), signature):
                raise StorageError(
                    f"{path} was changed or is damaged; nothing of it was taken.",
                    hint="Have it written and copied again.",
                )
    return label, secret, signature


def _head(path: Path, stream: IO[bytes]) -> tuple[Label, bytes]:
    """Return the label of a file, and the bytes up to its end.

    Raises:
        UsageError: it is no bundle, or too large for one.
    """
    magic = stream.read(len(MAGIC))
    line = stream.readline(_LONGEST_LABEL) if magic == MAGIC else b""
    try:
        parts = json.loads(line)
        label = Label(*(parts[name] for name in ("kind", "org", "device", "re")))
    except (ValueError, TypeError, KeyError, RecursionError):
        label = None
    is_sound = label is not None and all(isinstance(part, str) for part in asdict(label).values())
    if label is None or not is_sound or label.kind not in _HINTS:
        raise UsageError(f"{path} is no bundle of sfa.", hint="One is made by: sfa sync export FILE")
    if os.fstat(stream.fileno()).st_size > LARGEST:
        raise UsageError(f"{path} is too large for a bundle.", hint=f"At most {LARGEST:,} bytes.")
    return label, magic + line


def _signature(secret: str, head: bytes, inner: IO[bytes]) -> bytes:
    made = hmac.new(_key(secret, "sign"), head, hashlib.sha256)
    while chunk := inner.read(_CHUNK):
        made.update(chunk)
    return made.digest()


def _mark(signature: bytes) -> str:
    return signature.hex()[:32]


def _key(secret: str, purpose: str) -> bytes:
    return hmac.new(secret.encode(), f"sfa bundle: {purpose}".encode(), hashlib.sha256).digest()


def _open(path: Path, secret: str, mode: str) -> Connection:
    connection = sqlite.connect(f"{uri_of(path)}?mode={mode}", uri=True, isolation_level=None)
    use_key(connection, _key(secret, "lock").hex())
    return connection
