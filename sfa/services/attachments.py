"""Attachments: files that belong to a record, kept where they are and known by what they held."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from db.queries import records as queries
from sfa.domain.fields import NOUNS, NounSpec
from sfa.domain.text import clean
from sfa.errors import NotFoundError, UsageError
from sfa.services.desk import Desk, Saved
from sfa.services.records import described, live

CARRIERS = ("account", "contact", "opportunity", "activity", "quote")
LONGEST_NAME = 200
LONGEST_PATH = 4096
_SPEC = NounSpec("attachment", "attachment", "attachments")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a record.

    Attributes:
        path: where it was when it was attached.
        sha256: of its content then; lowercase hex.
        is_present: whether a file is there now.
    """

    id: str
    ref: str
    name: str
    path: str
    size_bytes: int
    sha256: str
    is_present: bool


def attachments(desk: Desk, noun: str, record_id: str) -> list[Attachment]:
    """Return the files of a record, oldest first."""
    rows = queries.linked(desk.store, "attachment", f"{_carrier(noun)}_id", record_id)
    return [
        Attachment(
            row["id"], row["ref"], row["name"], row["path"], row["size_bytes"] or 0, row["sha256"] or "",
            Path(row["path"]).is_file(),
        )
        for row in rows
        if row["deleted_at"] is None
    ]  # fmt: skip


def attach(desk: Desk, noun: str, record_id: str, path: Path, *, is_dry_run: bool = False) -> Saved:
    """Attach a file by reference; it stays where it is.

    Raises:
        UsageError: this noun takes no files, or the path is too long.
        NotFoundError: no such record or file.
    """
    carrier = _carrier(noun)
    live(desk, NOUNS[noun], [record_id])
    size, digest = _measured(path)
    name = clean(path.name)[:LONGEST_NAME]
    place = str(path.resolve())
    if len(place) > LONGEST_PATH or clean(place) != place:
        raise UsageError("The path of that file cannot be kept.", hint="Move the file to a plainer folder.")
    with desk.store.write("attachment.add", is_dry_run=is_dry_run) as work:
        values = {"name": name, "path": place, "size_bytes": size, "sha256": digest, f"{carrier}_id": record_id}
        attachment_id = work.insert("attachment", values)
        work.summary = f"Attached {name} to {described(desk, NOUNS[noun], record_id)}"
    ref = (queries.record(desk.store, "attachment", attachment_id) or {}).get("ref")
    return Saved(work.summary, None if is_dry_run else work.operation_id, attachment_id, ref, 1, is_dry_run)


def detach(desk: Desk, ids: Sequence[str], *, is_dry_run: bool = False) -> Saved:
    """Take files off their records; the files themselves stay.

    Raises:
        NotFoundError: no such attachment.
    """
    with desk.store.write("attachment.remove", is_dry_run=is_dry_run) as work:
        rows = live(desk, _SPEC, ids)
        for row in rows:
            work.remove("attachment", row["id"])
        work.summary = f"Detached {rows[0]['name'] if len(rows) == 1 else f'{len(rows)} files'}"
    return Saved(work.summary, None if is_dry_run else work.operation_id, count=len(rows), is_dry_run=is_dry_run)


def _carrier(noun: str) -> str:
    if noun not in CARRIERS:
        raise UsageError(f"Files hang on {', '.join(CARRIERS)}, not on {noun}.")
    return noun


def _measured(path: Path) -> tuple[int, str]:
    """Return size and SHA-256 of a file, read piece by piece."""
    from hashlib import file_digest  # noqa: PLC0415 - only where a file is attached

    try:
        with path.open("rb") as stream:
            digest = file_digest(stream, "sha256").hexdigest()
        return path.stat().st_size, digest
    except OSError as error:
        reason = error.strerror or str(error)
        raise NotFoundError(f"The file {clean(str(path))} cannot be read: {reason}.") from error
