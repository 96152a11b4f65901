"""The server takes a laptop's book away: shown to be the server's own wish, obeyed, and confirmed."""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from db import wiping
from db.store import Store
from sfa.errors import NotFoundError, SfaError
from sfa.paths import Workspace
from sfa.sync import outbox
from sfa.sync.protocol import ProtocolError, encode
from sfa.sync.session import Transport, request
from sfa.sync.state import State

REVOKED = 401


@contextmanager
def obeyed(store: Store, transport: Transport) -> Iterator[None]:
    """Obey the server where it refuses this laptop for good and shows the secret whose hash the laptop has.

    Raises:
        SignedOffError: the book was removed; what waited is with the server.
        ProtocolError: it is refused without that secret, or on the way something else: the book stays.
    """
    try:
        yield
    except ProtocolError as error:
        if not _is_meant(error, State(store)):
            raise
        _send_the_rest(store, transport)
        _wipe(store, transport)


def _is_meant(error: ProtocolError, state: State) -> bool:
    secret, known = error.detail.get("wipe"), state.get("wipe")
    if error.status != REVOKED or not known or not isinstance(secret, str):
        return False
    return hmac.compare_digest(hashlib.sha256(secret.encode(errors="replace")).hexdigest(), known)


def _send_the_rest(store: Store, transport: Transport) -> None:
    """Send all that waits: the server refuses it and keeps it aside. Nothing is removed before all of it is there.

    Raises:
        ProtocolError: the server is too busy to take it; the next contact does.
        SfaError: the way to it broke off; as above.
    """
    state = State(store)
    batch = outbox.next_batch(store)
    while batch:
        try:
            transport.send("/v1/sync", request(state, batch))
        except ProtocolError as error:
            if error.status != REVOKED:
                raise
        batch = outbox.next_batch(store, batch[-1].n)


def _wipe(store: Store, transport: Transport) -> None:
    state, workspace = State(store), store.workspace
    facts = {name: state.get(name) or "" for name in ("company", "url", "ca_file", "token")}
    facts["on"] = store.clock.today().isoformat()
    wiping.begin(workspace, facts)
    store.close()
    if wiping.finish(workspace):
        _confirm(workspace, transport)
    wiping.refuse(workspace)


def tell_server(workspace: Workspace) -> None:
    """Tell the server that the book is gone, where it does not know yet; a way that is not there is no matter."""
    facts = wiping.facts_of(workspace) or {}
    if not facts.get("is_removed") or not facts.get("url"):
        return
    from sfa.sync.transport import HttpLine  # noqa: PLC0415 - once in the life of a laptop

    with suppress(NotFoundError):  # its certificates are gone
        _confirm(workspace, HttpLine(facts["url"], facts.get("token", ""), facts.get("ca_file") or None))


def _confirm(workspace: Workspace, transport: Transport) -> None:
    try:
        transport.send("/v1/wiped", encode({}))
    except ProtocolError as error:
        if error.status != REVOKED:  # it does not know this laptop any more: there is nobody to be told
            return
    except (SfaError, OSError):
        return
    wiping.confirmed(workspace)
