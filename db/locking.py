"""The workspace's own lock: what only one program may do at a time, on every platform."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from sfa.errors import StorageError
from sfa.paths import Workspace


@contextmanager
def workspace_lock(workspace: Workspace, timeout_s: int) -> Iterator[None]:
    """Hold the lock; the lock of a program that was killed is free at once.

    Raises:
        StorageError: another program held it for `timeout_s` seconds, or the folder cannot be written.
    """
    lock = FileLock(workspace.lock, timeout=timeout_s)
    try:
        lock.acquire()
    except Timeout as error:
        raise StorageError(
            f"Another sfa has been restoring, migrating or tidying {workspace.folder} for {timeout_s} seconds.",
            hint="Wait until it is done and repeat the command.",
        ) from error
    except OSError as error:
        raise StorageError(
            f"The folder {workspace.folder} cannot be written: {error.strerror or error}.",
            hint="Give yourself write permission, or set SFA_HOME to a folder of your own.",
        ) from error
    try:
        yield
    finally:
        lock.release()
