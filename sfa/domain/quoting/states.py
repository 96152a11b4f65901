"""The states of a version of a quote, and what may be done in each (domain.md 2.7)."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    IN_APPROVAL = "in_approval"
    APPROVED = "approved"
    SENT = "sent"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


OPEN: Final = (State.DRAFT, State.IN_APPROVAL, State.APPROVED, State.SENT)
EDITABLE: Final = (State.DRAFT, State.IN_APPROVAL, State.APPROVED)
_D, _I, _A, _S = OPEN

MOVES: Final[Mapping[str, Mapping[State, State]]] = {
    "edit": {_D: _D, _I: _D, _A: _D},
    "submit": {_D: _I},
    "approve": {_I: _A},
    "refuse": {_I: _D},
    "send": {_D: _S, _A: _S},
    "accept": {_S: State.ACCEPTED},
    "reject": {_S: State.REJECTED},
    "withdraw": dict.fromkeys(OPEN, State.WITHDRAWN),
    "extend": {_S: _S, State.EXPIRED: _S},
    "revise": dict.fromkeys((_S, State.REJECTED, State.EXPIRED, State.WITHDRAWN, State.SUPERSEDED), _D),
    "expire": {_S: State.EXPIRED},
    "supersede": {**dict.fromkeys(OPEN, State.SUPERSEDED), State.EXPIRED: State.SUPERSEDED},
}
"""The state that each verb leads to, by the state it starts from. Of `revise` it is that of the new revision; `submit`
goes on to approved, and `send` may start from a draft, where nothing needs an approval."""
_WORDS: Final = {
    "edit": "changed",
    "submit": "submitted",
    "approve": "approved",
    "refuse": "refused",
    "send": "sent",
    "accept": "accepted",
    "reject": "rejected",
    "withdraw": "withdrawn",
    "extend": "extended",
    "revise": "revised",
}


def state_on(state: str, valid_until: str | None, extended_until: str | None, today: date) -> State:
    """Return the state as it is on a day: what was sent and is no longer valid has expired.

    Args:
        state: as stored.
        valid_until: the last day on which it may be accepted, `YYYY-MM-DD`; None without end.
        extended_until: a later last day that somebody allowed.
        today: the day.
    """
    until = last_day(valid_until, extended_until)
    if state == State.SENT and until is not None and until < today.isoformat():
        return State.EXPIRED
    return State(state)


def last_day(valid_until: str | None, extended_until: str | None) -> str | None:
    """Return the last day on which a version may be accepted; None where there is no end."""
    return extended_until or valid_until


def after(verb: str, state: State) -> State | None:
    """Return the state that a verb leads to, None where it is not possible."""
    return MOVES[verb].get(state)


def possible(state: State) -> tuple[str, ...]:
    """Return the verbs that are possible in a state, in the order of a quote's life."""
    return tuple(verb for verb in _WORDS if state in MOVES[verb])


def words_of(verb: str) -> str:
    """Return what a verb does to a quote: `it cannot be sent`."""
    return _WORDS[verb]
