"""Sync by file: what waits goes into a bundle, and the server's answer comes in one; the same messages as over HTTP."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from db.store import Store
from sfa.errors import ConflictError, UsageError
from sfa.services.desk import Desk
from sfa.sync import bundle, outbox, upgrading
from sfa.sync.apply import MayRemove, apply_all, forget_old
from sfa.sync.bundle import ANSWER, REQUEST, Bundle, Label
from sfa.sync.protocol import TOO_OLD, ProtocolError, decode
from sfa.sync.session import MANY_ROWS, MOST_ANSWER, judged_in, request, skip_judged
from sfa.sync.state import State
from sfa.sync.syncing import Report, alone, finished, plain_words

GAP = 409
Advance = Callable[[int], None]


def export(desk: Desk, path: Path, advance: Advance | None = None) -> int:
    """Write all that waits, and how far this laptop has come, for the server; return how many changes that are.

    Nothing is taken out of what waits: only the answer does that, so a bundle may be lost, or written again.

    Args:
        desk: the laptop's.
        path: the bundle.
        advance: told how many changes more were written.

    Raises:
        UsageError: the laptop belongs to no server.
        SfaError: the file cannot be written.
    """
    store, state = desk.store, State(desk.store)
    label = Label(REQUEST, _joined(state, "org"), _joined(state, "device"))
    with alone(desk):
        upgrading.prepare(store, state)
        outbox.gather(store, state)
        messages = _requests(store, state, advance or _ignore)
        state.note_export(bundle.write(path, label, _secret(state), messages))
        return outbox.waiting(store)


def _requests(store: Store, state: State, advance: Advance) -> Iterator[bytes]:
    """Yield a request for each batch; the last one asks for the rows too."""
    batch = outbox.next_batch(store)
    while following := outbox.next_batch(store, after=batch[-1].n) if batch else []:
        yield request(state, batch, limit=0)
        advance(len(batch))
        batch = following
    yield request(state, batch, limit=MANY_ROWS)
    advance(len(batch))


def _no(_gone: int, _held: int) -> bool:
    return False


def take(desk: Desk, path: Path, advance: Advance | None = None, may_remove: MayRemove = _no) -> Report:
    """Put the server's answer in place, all of it or nothing.

    Args:
        desk: the laptop's.
        path: the bundle.
        advance: told how many rows and mutations more were read.
        may_remove: asked where much of the book would leave: how many rows, of how many.

    Raises:
        ConflictError: it is for another laptop, or for a request that was answered already.
        SfaError: the file is not one of ours, or the server refused.
    """
    store, state, report = desk.store, State(desk.store), Report()
    own = _joined(state, "device")

    def find_secret(label: Label) -> str:
        if label.device != own:
            raise ConflictError("This bundle is for another laptop.", hint="Each laptop has an answer of its own.")
        return _secret(state)

    with alone(desk), plain_words(), bundle.read(path, ANSWER, find_secret) as found:
        if found.label.re not in state.exports():
            raise ConflictError(
                "This answer is for no export that still counts: it was put in place already, or a later one was.",
                hint="Nothing is lost. What waits goes with the next: sfa sync export FILE",
            )
        answers = _answers(found, advance or _ignore)
        try:
            report.add(apply_all(store, state, answers, partial(outbox.numbered, store), may_remove))
        except ProtocolError as error:
            if error.status == GAP and skip_judged(store, state, error.detail):
                raise ConflictError(
                    "The server was put back from a backup, and asks again for what it has forgotten.",
                    hint="Send it: sfa sync export FILE",
                ) from error
            if error.status == TOO_OLD and "verdicts" in error.detail:
                apply_all(store, state, [judged_in(error)], partial(outbox.numbered, store), may_remove)
            raise
        forget_old(store)
        return finished(desk, report)


def _answers(found: Bundle, advance: Advance) -> Iterator[dict[str, Any]]:
    """Yield the answers of a bundle.

    Raises:
        ProtocolError: the server refused, and the bundle says only that.
    """
    for body in found:
        message = decode(body, most=MOST_ANSWER)
        if "error" in message:
            raise _refusal(message)
        yield message
        advance(size_of(message))


def size_of(answer: Mapping[str, Any]) -> int:
    """Return how many rows, removals and verdicts an answer has."""
    told = (*answer["changes"], *answer.get("renewed", ()))
    tables = [table for change in told for table in change["rows"].values()]
    gone = sum(len(change["gone"]) for change in answer["changes"])
    return sum(len(table["values"][0]) for table in tables) + gone + len(answer["verdicts"])


def _refusal(message: dict[str, Any]) -> ProtocolError:
    return ProtocolError(message.pop("status"), message.pop("error"), **message)


def _joined(state: State, key: str) -> str:
    found = state.get(key)
    if found is None:
        raise UsageError("This laptop belongs to no server.", hint="Join one: sfa sync join URL CODE")
    return found


def _secret(state: State) -> str:
    return bundle.secret_of(_joined(state, "token"))


def _ignore(_count: int) -> None:
    pass
