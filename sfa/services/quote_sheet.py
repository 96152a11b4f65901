"""A version of a quote as the use cases hold it: rows with their lines, and what may be done with them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from db.queries import quotes as queries
from db.queries.records import record
from db.store import UnitOfWork
from sfa.domain.fields import NOUNS
from sfa.domain.quoting.states import OPEN, State, after, possible, state_on, words_of
from sfa.errors import ConflictError, NotFoundError
from sfa.services.desk import Desk, Saved
from sfa.services.records import saved
from sfa.services.references import resolve

Row = dict[str, Any]
SPEC: Final = NOUNS["quote"]
_REVISION = re.compile(r"(.*\S)[-\s]+R(\d{1,4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meant:
    """What a person named: a quote, and a revision of it where they named one."""

    id: str
    revision: int | None = None


@dataclass(slots=True)
class Sheet:
    """A quote with one of its versions, as rows."""

    quote: Row
    version: Row
    lines: list[Row]
    allowances: list[Row]

    @property
    def id(self) -> str:
        """Return the id of the quote."""
        return str(self.quote["id"])

    @property
    def version_id(self) -> str:
        """Return the id of the version."""
        return str(self.version["id"])

    @property
    def number(self) -> str:
        """Return the number with its revision: `Q-2026-A7-000123-R2`; the first one has none."""
        return numbered(self.quote["number"], self.version["revision"])

    @property
    def currency(self) -> str:
        """Return the currency of all amounts."""
        return str(self.quote["currency"])


def numbered(number: str, revision: int) -> str:
    """Return a number as people write it: a revision after the first is told."""
    return number if revision == 1 else f"{number}-R{revision}"


def find(desk: Desk, words: str | Sequence[str]) -> Meant:
    """Return the quote that words mean: a number, with or without `-R2`, its last digits, a reference, id or name.

    Raises:
        NotFoundError: there is none.
        ConflictError: several are called so.
    """
    text = words if isinstance(words, str) else " ".join(words)
    asked = _REVISION.fullmatch(text.strip())
    if asked:
        return Meant(resolve(desk, "quote", asked[1]).id, int(asked[2]))
    return Meant(resolve(desk, "quote", text).id)


def load(desk: Desk, meant: Meant) -> Sheet:
    """Return a quote with the version meant: the newest where none was named.

    Raises:
        NotFoundError: there is no such quote or revision, or it is in the trash.
    """
    quote = record(desk.store, "quote", meant.id)
    if quote is None:
        raise NotFoundError(f"No quote {meant.id}.", hint="List them with: sfa quote list")
    if quote["deleted_at"]:
        raise NotFoundError(
            f"{quote['number']} is in the trash.", hint=f"Bring it back: sfa trash restore {quote['ref']}"
        )
    found = queries.versions(desk.store, meant.id)
    wanted = [row for row in found if meant.revision in (None, row["revision"])]
    if not wanted:
        raise NotFoundError(
            f"{quote['number']} has no revision {meant.revision}.",
            hint=f"It has {', '.join(str(row['revision']) for row in found)}.",
        )
    return load_version(desk, quote, wanted[-1])


def load_version(desk: Desk, quote: Row, version: Row) -> Sheet:
    """Return a version with its lines, of rows that were read."""
    return Sheet(
        quote, version, queries.lines(desk.store, version["id"]), queries.allowances(desk.store, version["id"])
    )


def state_of(desk: Desk, version: Row) -> State:
    """Return the state of a version today."""
    return state_on(version["state"], version["valid_until"], version["extended_until"], desk.today)


def settle(desk: Desk, work: UnitOfWork, sheet: Sheet) -> None:
    """Write down what has expired among the versions of a quote."""
    for version in queries.versions(desk.store, sheet.id):
        if version["state"] == State.SENT and state_of(desk, version) is State.EXPIRED:
            work.update("quote_version", version["id"], {"state": State.EXPIRED.value})
            if version["id"] == sheet.version_id:
                sheet.version["state"] = State.EXPIRED.value


def require(desk: Desk, sheet: Sheet, verb: str) -> State:
    """Return the state that a verb leads to.

    Raises:
        ConflictError: it is not possible in the state of the version; what is possible is in the hint.
    """
    state = state_of(desk, sheet.version)
    then = after(verb, state)
    if then is None:
        shown = state.replace("_", " ")
        verbs = ", ".join(possible(state))
        hint = f"Possible now: {verbs}." if verbs else f"Make a new one of it: sfa quote clone {sheet.quote['number']}"
        raise ConflictError(f"{sheet.number} is {shown}: it cannot be {words_of(verb)}.", hint=hint)
    return then


def move(work: UnitOfWork, sheet: Sheet, state: State, **values: object) -> None:
    """Put a version into a state, with what else changes."""
    row = {"state": state.value, **values}
    work.update("quote_version", sheet.version_id, row)
    sheet.version |= row


def close_others(
    desk: Desk, work: UnitOfWork, sheet: Sheet, state: State, *, origins: Sequence[State] = OPEN
) -> list[int]:
    """Put the other versions of a quote that stand in one of the states into another; return their revisions."""
    changed = []
    for version in queries.versions(desk.store, sheet.id):
        if version["id"] != sheet.version_id and State(version["state"]) in origins:
            work.update("quote_version", version["id"], {"state": state.value})
            _withdraw_requests(desk, work, sheet.id, version["id"])
            changed.append(int(version["revision"]))
    return changed


def _withdraw_requests(desk: Desk, work: UnitOfWork, quote_id: str, version_id: str) -> None:
    for request in queries.requests(desk.store, quote_id):
        if request["version_id"] == version_id and request["status"] == "waiting":
            work.update("approval_request", request["id"], {"status": "withdrawn"})


def take_requests_back(desk: Desk, work: UnitOfWork, sheet: Sheet) -> None:
    """Withdraw what still waits for an approver of this version."""
    _withdraw_requests(desk, work, sheet.id, sheet.version_id)


def told(desk: Desk, work: UnitOfWork, quote_id: str, *, is_dry_run: bool) -> Saved:
    """Return what an operation on a quote did."""
    ref = (record(desk.store, "quote", quote_id) or {}).get("ref")
    return saved(work, is_dry_run=is_dry_run, record_id=quote_id, ref=ref)
