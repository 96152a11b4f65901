"""The way to a collection's server, and the lock that lets one sync run at a time."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from db.queries.dav import Collection
from sfa.dav.session import Session, require_safe
from sfa.dav.signing import password_for
from sfa.dav.transport import HttpTransport, Transport
from sfa.errors import ConflictError
from sfa.services.desk import Desk


def open_session(
    collection: Collection,
    password: str | None = None,
    transport: Transport | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Session:
    """Return a signed-in way to a collection's server; nothing is sent yet.

    Args:
        collection: its address, user and certificates are used.
        password: found where it is kept, or asked for, if None.
        transport: what sends; HTTP if None.
        pause: waits so many seconds where the server is busy.

    Raises:
        UsageError: the address is not safe, or the password is not known.
        NotFoundError: its certificates cannot be read.
    """
    is_insecure = bool(collection.is_insecure)
    require_safe(collection.url, is_insecure=is_insecure)
    user = collection.user or ""
    if password is None:
        password = password_for(collection.url, user) if user else ""
    way = transport or HttpTransport(Path(collection.ca_file) if collection.ca_file else None)
    return Session(way, collection.url, user, password, pause, is_insecure=is_insecure)


@contextmanager
def alone(desk: Desk) -> Iterator[None]:
    """Let no other sync of the same workspace run inside.

    Raises:
        ConflictError: one does.
    """
    try:
        with FileLock(desk.store.workspace.folder / ".sfa-dav.lock", timeout=0):
            yield
    except Timeout as error:
        raise ConflictError("Another sync runs just now.", hint="Wait until it is done.") from error
