"""The states of a quote's version, and what is possible in each."""

from datetime import date

import pytest

from sfa.domain.quoting.states import MOVES, State, after, possible, state_on

DAY = date(2026, 3, 10)
ALLOWED = {
    State.DRAFT: "edit submit send withdraw",
    State.IN_APPROVAL: "edit approve refuse withdraw",
    State.APPROVED: "edit send withdraw",
    State.SENT: "accept reject withdraw extend revise",
    State.ACCEPTED: "",
    State.REJECTED: "revise",
    State.EXPIRED: "extend revise",
    State.WITHDRAWN: "revise",
    State.SUPERSEDED: "revise",
}


@pytest.mark.parametrize("state", State)
def test_each_state_allows_what_it_should_and_nothing_else(state: State) -> None:
    assert set(possible(state)) == set(ALLOWED[state].split())
    for verb in MOVES:
        if verb not in ("expire", "supersede"):
            assert (after(verb, state) is not None) == (verb in ALLOWED[state].split())


def test_a_refusal_and_an_edit_lead_back_to_the_draft() -> None:
    assert after("refuse", State.IN_APPROVAL) is State.DRAFT
    assert after("edit", State.APPROVED) is State.DRAFT


@pytest.mark.parametrize(
    ("state", "valid", "extended", "expected"),
    [
        ("sent", "2026-03-10", None, State.SENT),
        ("sent", "2026-03-09", None, State.EXPIRED),
        ("sent", "2026-03-09", "2026-03-10", State.SENT),
        ("sent", None, None, State.SENT),
        ("draft", "2026-03-09", None, State.DRAFT),
        ("accepted", "2026-03-09", None, State.ACCEPTED),
    ],
)
def test_only_what_was_sent_expires_after_its_last_day(
    state: str, valid: str | None, extended: str | None, expected: State
) -> None:
    assert state_on(state, valid, extended, DAY) is expected
