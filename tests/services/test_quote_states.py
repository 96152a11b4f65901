"""What a state allows, what it forbids, and what no door changes in a quote that was sent."""

from collections.abc import Callable
from contextlib import closing

import pytest

from db.connection import connect
from db.driver import sqlite
from sfa.domain.quoting.content import content_hash
from sfa.errors import ConflictError, NotAllowedError, SfaError
from sfa.services import (
    merging,
    quote_acceptance,
    quote_approvals,
    quote_copies,
    quote_lines,
    quote_states,
    quotes,
    trash,
)
from sfa.services.desk import Desk
from sfa.services.quote_acceptance import Signature
from sfa.services.quote_line_text import LineText
from sfa.services.quote_sheet import Meant, load
from tests.support.factories import an_account, clock_of
from tests.support.quotes import a_quote, accepted_quote, as_user, rows_of, seen, sent_quote, state, usual_rules


def _draft(desk: Desk) -> Meant:
    return a_quote(desk)


def _in_approval(desk: Desk) -> Meant:
    usual_rules(desk)
    meant = a_quote(desk, LineText(product="PS-1", discount="15%"))
    quote_approvals.submit(desk, meant)
    return meant


def _approved(desk: Desk) -> Meant:
    meant = a_quote(desk)
    quote_approvals.submit(desk, meant)
    return meant


def _rejected(desk: Desk) -> Meant:
    meant = sent_quote(desk)
    quote_states.reject(desk, meant, "price")
    return meant


def _expired(desk: Desk) -> Meant:
    meant = sent_quote(desk)
    clock_of(desk).advance(days=40)
    return meant


def _withdrawn(desk: Desk) -> Meant:
    meant = a_quote(desk)
    quote_states.withdraw(desk, meant)
    return meant


def _superseded(desk: Desk) -> Meant:
    meant = sent_quote(desk)
    quote_copies.revise(desk, meant)
    quote_states.send(desk, meant)
    return Meant(meant.id, 1)


STATES: dict[str, Callable[[Desk], Meant]] = {
    "draft": _draft,
    "in_approval": _in_approval,
    "approved": _approved,
    "sent": sent_quote,
    "accepted": accepted_quote,
    "rejected": _rejected,
    "expired": _expired,
    "withdrawn": _withdrawn,
    "superseded": _superseded,
}
ACTS: dict[str, Callable[[Desk, Meant], object]] = {
    "edit": lambda desk, meant: quote_lines.edit(desk, meant, [1], LineText(quantity="7")),
    "submit": quote_approvals.submit,
    "approve": quote_approvals.approve,
    "refuse": lambda desk, meant: quote_approvals.refuse(desk, meant, "no"),
    "send": quote_states.send,
    "accept": lambda desk, meant: quote_acceptance.accept(desk, meant, Signature("Jane")),
    "reject": lambda desk, meant: quote_states.reject(desk, meant, "price"),
    "withdraw": quote_states.withdraw,
    "extend": lambda desk, meant: quote_states.extend(desk, meant, "+90d"),
    "revise": quote_copies.revise,
}
FORBIDDEN = {
    "draft": "approve refuse accept reject extend revise",
    "in_approval": "submit send accept reject extend revise",
    "approved": "submit approve refuse accept reject extend revise",
    "sent": "edit submit approve refuse send",
    "accepted": "edit submit approve refuse send accept reject withdraw extend revise",
    "rejected": "edit submit approve refuse send accept reject withdraw extend",
    "expired": "edit submit approve refuse send accept reject withdraw",
    "withdrawn": "edit submit approve refuse send accept reject withdraw extend",
    "superseded": "edit submit approve refuse send accept reject withdraw extend",
}


@pytest.mark.parametrize("name", STATES)
def test_what_a_state_forbids_is_refused_with_what_is_possible(desk: Desk, name: str) -> None:
    meant = STATES[name](desk)
    assert state(desk, meant) == name
    before = rows_of(desk, meant)
    with as_user(desk, "Boss"):
        for verb in FORBIDDEN[name].split():
            with pytest.raises(ConflictError) as caught:
                ACTS[verb](desk, meant)
            assert caught.value.hint, verb
    assert rows_of(desk, meant) == before


def test_a_rep_does_not_extend(desk: Desk) -> None:
    with pytest.raises(NotAllowedError, match="Only a manager"):
        quote_states.extend(desk, sent_quote(desk), "+14d")


def test_a_quote_whose_last_day_is_past_is_not_sent(desk: Desk) -> None:
    meant = a_quote(desk)
    clock_of(desk).advance(days=31)
    with pytest.raises(ConflictError, match="was valid until 2026-04-09"):
        quote_states.send(desk, meant)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE quote_version SET net_minor = 1",
        "UPDATE quote_version SET valid_until = '2030-01-01'",
        "UPDATE quote_version SET state = 'draft'",
        "UPDATE quote_version SET content_hash = 'x'",
        "DELETE FROM quote_version",
        "UPDATE quote_line SET quantity_dec6 = 1",
        "DELETE FROM quote_line",
        (
            "INSERT INTO quote_line (id, version_id, ordinal, kind, description) SELECT substr(id, 1, 35) || '0', id, 9, 'text', 'x'"
            " FROM quote_version"
        ),
        (
            "INSERT INTO quote_allowance (id, version_id, reason, percent_ppm) SELECT substr(id, 1, 35) || '0', id, 'x', 1"
            " FROM quote_version"
        ),
        "UPDATE quote SET currency = 'USD'",
        "UPDATE quote SET number = 'Q-1'",
    ],
)
def test_no_door_changes_what_was_sent(desk: Desk, statement: str) -> None:
    sent_quote(desk)
    with closing(connect(desk.store.workspace.database)) as shell, pytest.raises(sqlite.IntegrityError, match="quote_"):
        shell.execute(statement)


def test_an_acceptance_is_final(desk: Desk) -> None:
    accepted_quote(desk)
    with (
        closing(connect(desk.store.workspace.database)) as shell,
        pytest.raises(sqlite.IntegrityError, match="acceptance"),
    ):
        shell.execute("UPDATE acceptance SET signer = 'Mallory'")


def test_the_hash_of_what_was_sent_never_changes(desk: Desk) -> None:
    meant = sent_quote(desk)

    def computed() -> str:
        sheet = load(desk, Meant(meant.id, 1))
        return content_hash(sheet.quote, sheet.version, sheet.lines, sheet.allowances)

    said = computed()
    assert seen(desk, meant).content_hash == said
    desk.store.connection.execute("UPDATE product SET price_dec6 = 5, name = 'Renamed'")
    quotes.edit(desk, [meant.id], {"name": "Another name"})
    with as_user(desk, "Boss"):
        quote_states.extend(desk, meant, "+90d")
    quote_copies.revise(desk, meant)
    quote_states.send(desk, meant)
    assert computed() == said


def test_two_accounts_that_are_one_keep_their_sent_quotes(desk: Desk) -> None:
    meant = sent_quote(desk)
    old = load(desk, meant).quote["account_id"]
    keep = an_account(desk, name="Acme International")
    merging.merge(desk, "account", keep, old)
    assert seen(desk, meant).account == "Acme International"


def test_a_sent_quote_goes_to_the_trash_on_insistence_alone_and_never_for_good(desk: Desk) -> None:
    meant = sent_quote(desk)
    with pytest.raises(ConflictError, match="was sent"):
        quotes.remove(desk, [meant.id])
    quotes.remove(desk, [meant.id], is_forced=True)
    with pytest.raises(SfaError):
        trash.purge(desk, [("quote", meant.id)])
    trash.empty(desk)
    quotes.restore(desk, [meant.id])
    assert state(desk, meant) == "sent"
