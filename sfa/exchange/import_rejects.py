"""Where rejected rows go: beside the file, never over what somebody may have mended."""

import io
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final

from sfa.errors import StorageError, UsageError
from sfa.exchange.writers import Rejected, write_rejected

_ENDING: Final = ".rejected"
_MAY_WRITE: Final = 0o222


def keep_rejected(
    rows: Sequence[Rejected], columns: Sequence[str], source: Path, asked: Path | None, workspace: Path
) -> Path:
    """Write rejected rows with their reasons, in the columns of their file, and return where.

    Args:
        rows: what was rejected.
        columns: the header of the file.
        source: the file that they are of; never written to.
        asked: where the user wants them; else beside the file, or in the workspace where that cannot be written.
        workspace: the folder of the book.

    Raises:
        UsageError: the place is the file itself.
        StorageError: no place can be written.
    """
    stream = io.StringIO(newline="")
    write_rejected(rows, columns, stream)
    content = stream.getvalue().encode()
    if asked is not None:
        if asked.exists() and source.exists() and asked.samefile(source):
            raise UsageError(f"{asked} is the file that is imported.", hint="Name another one: --rejects FILE")
        return _write(asked, content)
    stem = _plain_stem(source)
    if not _is_protected(source.parent):
        with suppress(StorageError):
            return _write(next(_free(source.parent / stem, content)), content)
    return _write(next(_free(workspace / stem, content)), content)


def _is_protected(folder: Path) -> bool:
    """Tell whether nobody is meant to write into a folder, even somebody who could."""
    try:
        return not folder.stat().st_mode & _MAY_WRITE
    except OSError:
        return True


def _plain_stem(source: Path) -> str:
    """Return the name without ending; what was mended and is imported again keeps the name of the first file."""
    stem, _, number = source.stem.partition(f"{_ENDING}")
    return stem if not number.strip("-0123456789") else source.stem


def _free(stem: Path, content: bytes) -> Iterator[Path]:
    """Yield a name that no file has, or that of one which holds just this."""
    for number in count(1):
        target = stem.with_name(f"{stem.name}{_ENDING}{f'-{number}' if number > 1 else ''}.csv")
        if not target.exists() or _holds(target, content):
            yield target


def _holds(target: Path, content: bytes) -> bool:
    try:
        return target.is_file() and target.read_bytes() == content
    except OSError:
        return False


def _write(target: Path, content: bytes) -> Path:
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(content)
        draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise StorageError(
            f"The rejected rows cannot be written to {target}: {error.strerror or error}.",
            hint="Say where: --rejects FILE",
        ) from error
    return target
