"""One sync: round after round, until nothing waits and nothing comes."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from db.store import Store
from sfa.domain.sharing.versions import Versions
from sfa.sync import outbox, upgrading
from sfa.sync.apply import MayRemove, Outcome, apply, forget_old, wait_again
from sfa.sync.protocol import (
    CODECS,
    MOST_ROWS,
    PROTOCOL,
    TOO_OLD,
    Mutation,
    ProtocolError,
    decode_answer,
    encode,
    mark_of,
)
from sfa.sync.shapes import LARGEST
from sfa.sync.state import EXPORTS, State

MOST_ANSWER = 64_000_000
MANY_ROWS = 5_000
"""So many rows at a time while much is coming; fewer otherwise, so that nobody waits for the database."""
MOST_ROUNDS = 10_000


class Transport(Protocol):
    """The way to the server."""

    def send(self, path: str, body: bytes) -> bytes:
        """Send a message and return the answer.

        Raises:
            ProtocolError: the server refused.
            OSError: there is no way to it just now.
        """


def _never(_gone: int, _held: int) -> bool:
    return False


def rounds(
    store: Store, transport: Transport, may_remove: MayRemove = _never, versions: Versions | None = None
) -> Iterator[Outcome]:
    """Sync, yielding what each round did; stop at any time, and the next sync goes on from there.

    Args:
        store: the laptop's.
        transport: the way to the server.
        may_remove: asked where much would leave the laptop.
        versions: of the schema, that this program knows; those that are shipped if None.

    Raises:
        ProtocolError: the server refused for good.
        OSError: the network went away; everything stays as the last round left it.
        TooManyGone: much would leave the laptop, and `may_remove` said no.
    """
    state, limit = State(store, versions), MOST_ROWS
    upgrading.prepare(store, state)
    for _ in range(MOST_ROUNDS):
        outbox.gather(store, state)
        sent = outbox.next_batch(store)
        refusal = None
        try:
            answer, refusal = _answer(transport, request(state, sent, limit))
        except ProtocolError as error:
            if error.status == 409 and skip_judged(store, state, error.detail):  # noqa: PLR2004 - a gap
                continue
            raise
        outcome = apply(store, state, sent, answer, may_remove)
        limit = MANY_ROWS if outcome.is_more else MOST_ROWS
        yield outcome
        if refusal is not None and not (outcome.sent and outbox.waiting(store)):
            raise refusal
        if not outcome.is_more and not outbox.waiting(store):
            if sent:
                forget_old(store)
            return


def _answer(transport: Transport, message: bytes) -> tuple[dict[str, Any], ProtocolError | None]:
    """Return an answer; that of a server of too different a version judges what it understood, and refuses the rest."""
    try:
        return _ask(transport, message), None
    except ProtocolError as error:
        if error.status != TOO_OLD or error.detail.get("re") != mark_of(message):
            raise
        return judged_in(error), error


def judged_in(refusal: ProtocolError) -> dict[str, Any]:
    """Return the answer that is in the refusal of a server of too different a version: verdicts and grants, no rows."""
    return {**refusal.detail, "changes": [], "more": False}


def _ask(transport: Transport, message: bytes) -> dict[str, Any]:
    answer = decode_answer(transport.send("/v1/sync", message), most=MOST_ANSWER)
    if answer.get("re") != mark_of(message):
        raise ProtocolError(400, "The answer is for another request; nothing of it was taken.")
    return answer


def request(state: State, sent: list[Mutation], limit: int = MOST_ROWS) -> bytes:
    """Return the message of one round."""
    renewing = state.renewing()
    message: Mapping[str, Any] = {
        "protocol": PROTOCOL,
        "schema": state.versions.newest,
        "mutations": [mutation.as_json() for mutation in sent],
        "seen_verdicts": state.acknowledged(),
        "cursors": state.cursors(),
        "limit": limit,
        "codecs": CODECS,
        **({"renew": renewing["buckets"], "renew_tables": renewing["tables"]} if renewing["buckets"] else {}),
    }
    return encode(message)


def skip_judged(store: Store, state: State, detail: Mapping[str, Any]) -> bool:
    """Send what a restored server has forgotten, or number anew what waits; tell whether there is anything to send.

    The answer was a gap: the server knows less than we sent.
    """
    expected = detail.get("expected_n")
    if not isinstance(expected, int) or isinstance(expected, bool) or not 0 < expected <= LARGEST:
        return False
    if wait_again(store, state, expected - 1):
        return True
    rows = store.rows("SELECT n FROM sync_out ORDER BY n")
    if not rows or rows[0][0] == expected:
        return False
    return _renumber(store, expected)


def _renumber(store: Store, first: int) -> bool:
    import json  # noqa: PLC0415 - after a disaster only

    connection = store.connection
    rows = connection.execute("SELECT operation_id, table_name, row_id, body FROM sync_out ORDER BY n").fetchall()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM sync_out")
    connection.executemany(
        "INSERT INTO sync_out (n, operation_id, table_name, row_id, body) VALUES (?, ?, ?, ?, ?)",
        [
            (first + place, operation, table, pk, json.dumps([first + place, *json.loads(body)[1:]]))
            for place, (operation, table, pk, body) in enumerate(rows)
        ],
    )
    state = State(store)
    state.keep(next_n=str(first + len(rows)))
    state.drop(EXPORTS)
    connection.execute("COMMIT")
    return True
