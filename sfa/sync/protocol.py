"""The words of sync: mutations, verdicts, answers, and their bytes (docs/sync.md is their description).

JSON in UTF-8, compressed with gzip, or zstd where both sides have it. Rows
go by column: `{"columns": [...], "values": [[...], ...]}`, a list per column.
"""

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from db.driver import SCHEMA_VERSION

PROTOCOL = 1
SCHEMA = SCHEMA_VERSION
MOST_MUTATIONS = 500
MOST_BYTES = 1_000_000
MOST_UNPACKED = 16 * MOST_BYTES
MOST_ROWS = 2_000
MOST_ROWS_AT_ONCE = 5_000
LONGEST_LEASE = 3650
GZIP, ZSTD = "gzip", "zstd"
SHORT = 2_000
"""Up to so many characters gzip packs as well, and is unpacked in a fifth of the time."""
CODECS = [GZIP, *([ZSTD] if find_spec("zstandard") else [])]
"""How this program can compress."""
_ZSTD_MAGIC, _OF_GZIP = b"\x28\xb5\x2f\xfd", 16
_LEVEL, _SMALL_WINDOW, _SMALL_MEMORY = 6, 12, 5
_TEXT_OF = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
CREATE, PATCH, DELETE = "create", "patch", "delete"
TOO_OLD, NO_ANSWER = 426, 502
_WHY_NO_ANSWER = {
    400: "What came is no answer of a server of sfa, or it broke off.",
    413: "What came as an answer is too large unpacked; it was not read.",
}
OK, MERGED, CONFLICT, REJECT, DUP = "ok", "merged", "conflict", "reject", "dup"


class ProtocolError(Exception):
    """A message that is not one of ours, or that the server refuses; `status` is that of HTTP.

    Attributes:
        status: 400, 401, 403, 409, 410, 413, 426, 429 or 503.
        detail: what a program needs to go on, such as the number that is expected.
    """

    def __init__(self, status: int, sentence: str, **detail: Any) -> None:  # noqa: ANN401 - JSON
        super().__init__(sentence)
        self.status, self.detail = status, detail


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change of one row.

    Attributes:
        n: its number on its device, from 1 without gaps.
        group: mutations of one group are taken all or none; empty for one that stands alone.
        op: create, patch or delete.
        values: the changed fields; of a creation all.
        base: what the changed fields were before.
        hlc: the hybrid logical clock of the operation.
        verb: the command of the user, such as `quote accept`.
        v: the version of the schema in whose words it is; 0 for that of its request.
    """

    n: int
    op: str
    table: str
    row_id: str
    values: Mapping[str, Any] = field(default_factory=dict)
    base: Mapping[str, Any] = field(default_factory=dict)
    hlc: str = ""
    group: str = ""
    verb: str = ""
    v: int = 0

    def as_json(self) -> list[Any]:
        """Return it as it is sent."""
        return [
            self.n, self.op, self.table, self.row_id, dict(self.values), dict(self.base), self.hlc, self.group, self.verb,
            self.v,
        ]  # fmt: skip

    @classmethod
    def from_json(cls, data: object) -> "Mutation":
        """Read one.

        Raises:
            ProtocolError: it has another shape.
        """
        shape = (int, str, str, str, dict, dict, str, str, str, int)
        if not isinstance(data, list) or len(data) not in (len(shape) - 1, len(shape)):
            raise ProtocolError(400, "A mutation is a list of nine parts, or ten with its version.")
        if not all(map(isinstance, data, shape)) or any(isinstance(part, bool) for part in data):
            raise ProtocolError(400, "A part of a mutation has the wrong type.")
        if any(isinstance(value, dict | list) for part in data[4:6] for value in part.values()):
            raise ProtocolError(400, "A field holds a text, a number or nothing.")
        if data[1] not in (CREATE, PATCH, DELETE):
            raise ProtocolError(400, "A mutation creates, patches or deletes.")
        return cls(*data)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the server made of a mutation; `row` is the row as it stands now where that differs from what was asked."""

    n: int
    status: str
    code: str = ""
    row: Mapping[str, Any] | None = None

    def as_json(self) -> list[Any]:
        """Return it as it is sent."""
        return [self.n, self.status, self.code, None if self.row is None else dict(self.row)]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened in a bucket: rows as they are now, and those that left it.

    Attributes:
        rows: by table, by column.
        gone: (table, id, why): deleted, moved, or no longer to be seen.
        is_reset: what the client had of this bucket before no longer counts.
        is_whole: there is nothing further in this bucket just now.
        floor: removals up to this version are forgotten.
    """

    bucket: str
    epoch: int
    after: int
    upto: int
    rows: Mapping[str, Mapping[str, Any]]
    gone: Sequence[Sequence[str]]
    is_reset: bool = False
    is_whole: bool = True
    floor: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return it as it is sent."""
        return {
            "bucket": self.bucket, "epoch": self.epoch, "from": self.after, "to": self.upto, "rows": self.rows,
            "gone": self.gone, "reset": self.is_reset, "whole": self.is_whole, "floor": self.floor,
        }  # fmt: skip


def mark_of(request: bytes) -> str:
    """Return what an answer says to show which request it is for."""
    return hashlib.sha256(request).hexdigest()[:32]


def encode(message: Mapping[str, Any], codec: str = GZIP) -> bytes:
    """Return a message as bytes; the same message gives the same bytes."""
    text = _TEXT_OF(message)
    if codec == ZSTD and len(text) > SHORT:
        import zstandard  # noqa: PLC0415 - an extra

        return bytes(zstandard.ZstdCompressor(level=3).compress(text.encode()))
    return _zipped(text.encode())


def _zipped(text: bytes) -> bytes:
    """Return gzip of a text; a short one does with 32 KB of memory, and the usual 256 KB take longer than the packing."""
    window, memory = (
        (_SMALL_WINDOW, _SMALL_MEMORY) if len(text) <= 1 << _SMALL_WINDOW else (zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL)
    )
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _OF_GZIP + window, memory)
    return packer.compress(text) + packer.flush()


def decode(data: bytes, *, most: int = MOST_UNPACKED) -> dict[str, Any]:
    """Return the message of some bytes.

    Raises:
        ProtocolError: too large, not compressed as one of ours, not JSON, or no object.
    """
    text = _unpacked(data, most)
    if len(text) > most:
        raise ProtocolError(413, "The message is too large unpacked.")
    try:
        message = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ProtocolError(400, "The message is no JSON.") from error
    if not isinstance(message, dict):
        raise ProtocolError(400, "The message is no object.")
    return message


def decode_answer(data: bytes, *, most: int = MOST_UNPACKED) -> dict[str, Any]:
    """Return what a server answered.

    Raises:
        ProtocolError: 502: it is none of a server of ours, or not whole.
    """
    if data.lstrip()[:1] == b"<":
        raise ProtocolError(NO_ANSWER, "Something on the way to the server answered with a web page.")
    try:
        return decode(data, most=most)
    except ProtocolError as error:
        raise ProtocolError(NO_ANSWER, _WHY_NO_ANSWER[error.status]) from error


def _refuse(name: str) -> float:
    raise ValueError(name)


def _unpacked(data: bytes, most: int) -> bytes:
    """Return at most one byte more than is allowed, whatever a message swells to."""
    try:
        if data.startswith(_ZSTD_MAGIC) and ZSTD in CODECS:
            import zstandard  # noqa: PLC0415 - an extra

            with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(data) as reader:
                return bytes(reader.read(most + 1))
        # A sixth of the time that the module gzip takes for a short message.
        stream = zlib.decompressobj(zlib.MAX_WBITS | _OF_GZIP)
        text = stream.decompress(data, most + 1)
        if len(text) <= most and (not stream.eof or stream.unused_data):
            raise ValueError  # noqa: TRY301 - cut off, or followed by something
    except (OSError, EOFError, ValueError, zlib.error, RuntimeError) as error:
        raise ProtocolError(400, "The message is not compressed with gzip.") from error
    return text


def lease_days_of(answer: Mapping[str, Any]) -> int:
    """Return the lease that an answer gives; 0, none, where it names no number of days."""
    days = answer.get("lease_days")
    return min(days, LONGEST_LEASE) if isinstance(days, int) and days > 0 else 0
