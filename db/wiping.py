"""A book that the company took away is removed from the laptop: begun with a mark, gone on with at every start until done.

The mark comes first and stays: whichever door opens next finds it before it looks for a book.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from db.backup import sync_file, sync_folder
from db.encryption import erase, lock_file
from db.key_locks import drop_from_keyring
from db.keys import KEYRING, forget, is_encrypted, read_locks
from db.locking import workspace_lock
from sfa.errors import LockedError, SfaError, SignedOffError
from sfa.paths import Workspace

LOCK_TIMEOUT_S = 30
PRIVATE = 0o600
OURS = ("sales.*", "sales-damaged-*", "sfa-errors.log")
"""Files of the folder that hold the book or parts of it: database, log, key, drafts, what was put aside."""


def begin(workspace: Workspace, facts: Mapping[str, str]) -> None:
    """Put the mark: from here on no door opens the book.

    Args:
        workspace: whose book.
        facts: `company`, `on` (the day), and what is needed to tell the server that it is done.

    Raises:
        OSError: the disk does not take it; nothing was done.
    """
    _write(workspace, {**facts, "is_removed": False})


def facts_of(workspace: Workspace) -> dict[str, Any] | None:
    """Return what the mark says; None where there is none."""
    try:
        return dict(json.loads(Path(workspace.signed_off).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):  # whoever spoils the mark gets no book back
        return {}


def finish(workspace: Workspace) -> bool:
    """Remove what is still there, keys first; tell whether all of it is gone."""
    facts = facts_of(workspace) or {}
    with suppress(SfaError), workspace_lock(workspace, LOCK_TIMEOUT_S):
        _drop_key(workspace)
        for path in _files(workspace):
            with suppress(OSError):  # open elsewhere, or no right to: the next start tries again
                _remove(path)
        for folder in (workspace.backups, workspace.documents):
            shutil.rmtree(folder, ignore_errors=True)
        is_done = not any(_files(workspace)) and not workspace.backups.exists() and not workspace.documents.exists()
        if is_done and not facts.get("is_removed"):
            sync_folder(workspace.folder)
            _write(workspace, {**facts, "is_removed": True})
        return is_done
    return False


def confirmed(workspace: Workspace) -> None:
    """Keep that the server knows, and forget the way to it."""
    facts = facts_of(workspace) or {}
    _write(workspace, {name: facts[name] for name in ("company", "on", "is_removed") if name in facts})


def begin_anew(workspace: Workspace) -> None:
    """Let a new, empty book begin in the folder of one that was taken away.

    Raises:
        SignedOffError: some of the old one is still there.
    """
    if not finish(workspace):
        refuse(workspace)
    Path(workspace.signed_off).unlink(missing_ok=True)


def refuse(workspace: Workspace) -> NoReturn:
    """Finish a wipe that was begun, and say why there is no book.

    Raises:
        SignedOffError: always.
    """
    is_done = finish(workspace)
    facts = facts_of(workspace) or {}
    company, day = facts.get("company") or "the company", facts.get("on") or "an earlier day"
    left = "" if is_done else " Some of it is still in use: close other programs, then start sfa again."
    raise SignedOffError(
        f"This laptop was signed off by {company}'s server on {day}; the book was removed.{left}",
        hint="Begin anew with an empty book: sfa sync leave",
    )


def _drop_key(workspace: Workspace) -> None:
    """Forget the key everywhere: without it an encrypted book, its log and its backups are noise."""
    file = lock_file(workspace)
    with suppress(OSError, LockedError):
        locks = read_locks(str(file))
        forget(locks)
        if locks["holder"] == KEYRING:
            drop_from_keyring(locks)
    with suppress(OSError):
        erase(file)


def _files(workspace: Workspace) -> Iterator[Path]:
    for pattern in OURS:
        yield from sorted(workspace.folder.glob(pattern))
    if workspace.backups.is_dir():
        yield from sorted(path for path in workspace.backups.iterdir() if path.is_file())


def _remove(path: Path) -> None:
    if is_encrypted(path):
        path.unlink()
    else:
        erase(path)


def _write(workspace: Workspace, facts: Mapping[str, Any]) -> None:
    target = Path(workspace.signed_off)
    draft = target.with_suffix(".new")
    descriptor = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, PRIVATE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(dict(facts), stream)
    sync_file(draft)
    draft.replace(target)
    sync_folder(workspace.folder)
