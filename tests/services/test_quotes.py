"""Quotes from draft to acceptance, their numbers, what they follow and what follows them; and every verb undone."""

from collections.abc import Callable

import pytest

from db.journal import last_to_undo, undo
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services import (
    approval_rules,
    quote_acceptance,
    quote_approvals,
    quote_copies,
    quote_deals,
    quote_headers,
    quote_lines,
    quote_states,
    quotes,
)
from sfa.services.desk import Desk
from sfa.services.quote_acceptance import Signature
from sfa.services.quote_headers import Header
from sfa.services.quote_line_text import LineText
from sfa.services.quote_sheet import Meant, find, load
from tests.support.factories import a_note, an_opportunity, clock_of, column_of
from tests.support.quotes import (
    a_catalogue,
    a_quote,
    accepted_quote,
    approve_as,
    as_user,
    rows_of,
    seen,
    sent_quote,
    state,
    usual_rules,
)


def _undo(desk: Desk) -> None:
    target = last_to_undo(desk.store)
    assert target
    undo(desk.store, target)


def test_a_sale_from_account_to_signature(desk: Desk) -> None:
    a_catalogue(desk)
    usual_rules(desk)
    deal = an_opportunity(desk, name="Acme line 3", account="Acme GmbH", amount="1k EUR")
    meant = Meant(str(quotes.new(desk, {"opportunity": "Acme line 3"}).id))
    quote_lines.add(desk, meant, LineText(product="PS-1", quantity="10", discount="12%"))
    quote_lines.add(desk, meant, LineText(product="valve", quantity="4"))
    assert column_of(desk, "opportunity", deal, "amount_minor") == 96_000
    quote_approvals.submit(desk, meant)
    assert state(desk, meant) == "in_approval"
    approve_as(desk, meant, "Boss")
    quote_states.send(desk, meant, "jane@acme.example")
    told = seen(desk, meant)
    assert (told.state, told.sent_to, told.content_hash is not None) == ("sent", "jane@acme.example", True)
    quote_acceptance.accept(desk, meant, Signature("Jane Doe"), is_winning=True)
    assert (state(desk, meant), seen(desk, meant).signer) == ("accepted", "Jane Doe")
    assert (column_of(desk, "opportunity", deal, "is_won"), column_of(desk, "opportunity", deal, "amount_minor")) == (
        1,
        96_000,
    )


def test_a_quote_takes_the_lines_of_its_deal(desk: Desk) -> None:
    a_catalogue(desk)
    an_opportunity(desk, name="Renewal", account="Acme GmbH", product="PS-1")
    told = seen(desk, Meant(str(quotes.new(desk, {"opportunity": "Renewal"}).id)))
    assert [(line.code, line.quantity) for line in told.lines] == [("PS-1", "1")]
    assert (told.account, told.name, told.is_primary) == ("Acme GmbH", "Renewal", True)


def test_a_number_is_never_given_twice(desk: Desk) -> None:
    a_catalogue(desk)
    first = seen(desk, Meant(str(quotes.new(desk, {"account": "Acme"}).id))).number
    _undo(desk)
    second = seen(desk, Meant(str(quotes.new(desk, {"account": "Acme"}).id))).number
    assert first.startswith("Q-2026-")
    assert (first[-6:], second[-6:]) == ("000001", "000002")
    assert first[:-6] == second[:-6]


def test_a_dry_run_uses_no_number_up(desk: Desk) -> None:
    a_catalogue(desk)
    quotes.new(desk, {"account": "Acme"}, is_dry_run=True)
    assert seen(desk, Meant(str(quotes.new(desk, {"account": "Acme"}).id))).number.endswith("000001")


def test_a_quote_is_found_by_number_digits_reference_and_name(desk: Desk) -> None:
    meant = a_quote(desk, name="Line three")
    number, ref = seen(desk, meant).number, seen(desk, meant).ref
    for text in (number, number.lower(), "1", "000001", ref, "line three"):
        assert find(desk, text) == meant
    assert find(desk, f"{number}-R2") == Meant(meant.id, 2)
    with pytest.raises(NotFoundError, match="no revision 2"):
        load(desk, find(desk, f"{number}-r2"))


def test_a_quote_without_an_account_is_refused(desk: Desk) -> None:
    with pytest.raises(UsageError, match="needs an account"):
        quotes.new(desk, {})


def test_a_quote_is_valid_for_as_long_as_the_settings_say(desk: Desk) -> None:
    meant = a_quote(desk)
    assert seen(desk, meant).valid_until == "2026-04-09"
    quotes.edit(desk, [meant.id], {"valid_until": "+60d", "terms": "Net 30", "payment_terms_days": "30"})
    told = seen(desk, meant)
    assert (told.valid_until, told.terms, told.payment_terms_days) == ("2026-05-09", "Net 30", 30)


def test_what_was_sent_expires_by_itself_and_a_manager_extends_it(desk: Desk) -> None:
    meant = sent_quote(desk)
    clock_of(desk).advance(days=31)
    assert state(desk, meant) == "expired"
    assert column_of(desk, "quote", meant.id, "(SELECT state FROM quote_version)") == "sent"
    with pytest.raises(ConflictError, match="has expired"):
        quote_acceptance.accept(desk, meant, Signature("Jane"))
    before = seen(desk, meant).content_hash
    with as_user(desk, "Boss"):
        quote_states.extend(desk, meant, "+14d")
    assert (state(desk, meant), seen(desk, meant).content_hash) == ("sent", before)
    quote_acceptance.accept(desk, meant, Signature("Jane"))
    assert state(desk, meant) == "accepted"


def test_another_document_cannot_be_accepted(desk: Desk) -> None:
    meant = sent_quote(desk)
    with pytest.raises(ConflictError, match="another document"):
        quote_acceptance.accept(desk, meant, Signature("Jane", sha256="0" * 64))
    assert state(desk, meant) == "sent"
    said = seen(desk, meant).content_hash
    assert said
    quote_acceptance.accept(desk, meant, Signature("Jane", sha256=said.upper()))
    assert desk.store.value("SELECT document_sha256 FROM acceptance") == said


def test_sending_logs_a_mail_and_asks_again_after_three_days(desk: Desk) -> None:
    meant = sent_quote(desk)
    number = seen(desk, meant).number
    assert desk.store.row("SELECT kind, subject FROM activity") == ("email", f"Quote {number} sent")
    assert desk.store.row("SELECT subject, due_on FROM task") == (f"Ask about quote {number}", "2026-03-13")
    assert seen(desk, meant).sent_to == "buy@acme.example"


def test_a_revision_supersedes_the_older_one_when_it_is_sent(desk: Desk) -> None:
    meant = sent_quote(desk)
    quote_copies.revise(desk, meant)
    first, second = Meant(meant.id, 1), Meant(meant.id, 2)
    assert (state(desk, first), state(desk, second)) == ("sent", "draft")
    with pytest.raises(ConflictError, match="change that one"):
        quote_copies.revise(desk, first)
    quote_lines.edit(desk, second, [1], LineText(quantity="12"))
    quote_states.send(desk, second)
    assert (state(desk, first), state(desk, second)) == ("superseded", "sent")
    assert seen(desk, second).number.endswith("-R2")


def test_an_earlier_revision_may_be_accepted_and_the_open_one_is_withdrawn(desk: Desk) -> None:
    meant = sent_quote(desk)
    quote_copies.revise(desk, meant)
    quote_acceptance.accept(desk, Meant(meant.id, 1), Signature("Jane"))
    assert [one.state for one in seen(desk, meant).versions] == ["accepted", "withdrawn"]


def test_the_deal_follows_its_primary_quote_and_no_other(desk: Desk) -> None:
    a_catalogue(desk)
    deal = an_opportunity(desk, name="Line 3", account="Acme GmbH")
    first = a_quote(desk, opportunity="Line 3")
    second = a_quote(desk, LineText(product="valve", quantity="5"), opportunity="Line 3")
    assert column_of(desk, "opportunity", deal, "amount_minor") == 100_000
    quote_deals.make_primary(desk, second)
    assert column_of(desk, "opportunity", deal, "amount_minor") == 10_000
    quote_lines.edit(desk, first, [1], LineText(quantity="1"))
    assert column_of(desk, "opportunity", deal, "amount_minor") == 10_000


def test_a_clone_says_the_same_at_its_own_number(desk: Desk) -> None:
    meant = sent_quote(desk, LineText(product="PS-1", quantity="3", discount="7%"), LineText(product="valve"))
    clone = Meant(str(quote_copies.clone(desk, meant).id))
    one, other = seen(desk, meant), seen(desk, clone)
    assert other.number != one.number
    assert [(line.net, line.steps) for line in other.lines] == [(line.net, line.steps) for line in one.lines]
    assert (other.totals.payable_minor, other.state) == (one.totals.payable_minor, "draft")
    assert quote_approvals.metrics_of(load(desk, clone)) == quote_approvals.metrics_of(load(desk, meant))


def test_a_clone_keeps_its_prices_unless_todays_are_wished(desk: Desk) -> None:
    meant = a_quote(desk)
    desk.store.connection.execute("UPDATE product SET price_dec6 = 110000000 WHERE code = 'PS-1'")
    same = Meant(str(quote_copies.clone(desk, meant).id))
    fresh = Meant(str(quote_copies.clone(desk, meant, is_repriced=True).id))
    assert (seen(desk, same).totals.net_minor, seen(desk, fresh).totals.net_minor) == (100_000, 110_000)


def test_a_new_quote_may_be_like_a_template(desk: Desk) -> None:
    template = a_quote(desk, name="Starter kit")
    quote_headers.put(desk, template, Header("5%", "Welcome"))
    quotes.edit(desk, [template.id], {"is_template": "yes", "terms": "Cash"})
    made = seen(desk, Meant(str(quotes.new(desk, {"account": "Acme"}, template).id)))
    assert (len(made.lines), made.totals.net_minor, made.terms, made.is_template) == (1, 95_000, "Cash", False)


def test_a_note_on_a_quote_is_one_on_its_account(desk: Desk) -> None:
    meant = a_quote(desk)
    note = a_note(desk, body="They like it", quote=seen(desk, meant).number)
    assert column_of(desk, "note", note, "account_id") == load(desk, meant).quote["account_id"]


def test_the_last_price_paid_is_that_of_the_accepted_quote(desk: Desk) -> None:
    from sfa.services.quote_history import paid  # noqa: PLC0415 - for this test alone

    accepted_quote(desk, LineText(product="PS-1", quantity="2", price="91.50"))
    account, product = (desk.store.value(f"SELECT id FROM {table} LIMIT 1") for table in ("account", "product"))
    found = paid(desk, account, product)
    assert [(one.price, one.quantity, one.currency) for one in found] == [("91.5", "2", "EUR")]


def _prepare_sent(desk: Desk) -> Meant:
    return sent_quote(desk)


def _in_approval(desk: Desk) -> Meant:
    usual_rules(desk)
    meant = a_quote(desk, LineText(product="PS-1", quantity="10", discount="15%"))
    quote_approvals.submit(desk, meant)
    return meant


VERBS: list[tuple[str, Callable[[Desk], Meant], Callable[[Desk, Meant], object]]] = [
    ("line add", a_quote, lambda desk, meant: quote_lines.add(desk, meant, LineText(product="valve"), at=1)),
    ("line edit", a_quote, lambda desk, meant: quote_lines.edit(desk, meant, [1], LineText(discount="3%"))),
    ("line remove", a_quote, lambda desk, meant: quote_lines.remove(desk, meant, [1])),
    ("discount", a_quote, lambda desk, meant: quote_headers.put(desk, meant, Header("4%"))),
    ("charge", a_quote, lambda desk, meant: quote_headers.put(desk, meant, Header("40", "Freight", is_charge=True))),
    (
        "edit",
        a_quote,
        lambda desk, meant: quotes.edit(desk, [meant.id], {"terms": "x", "currency": "EUR", "name": "N"}),
    ),
    ("submit", a_quote, quote_approvals.submit),
    ("send", a_quote, quote_states.send),
    ("accept", _prepare_sent, lambda desk, meant: quote_acceptance.accept(desk, meant, Signature("Jane"))),
    ("reject", _prepare_sent, lambda desk, meant: quote_states.reject(desk, meant, "price")),
    ("withdraw", _prepare_sent, quote_states.withdraw),
    ("revise", _prepare_sent, quote_copies.revise),
    ("withdraw in approval", _in_approval, quote_states.withdraw),
    ("edit in approval", _in_approval, lambda desk, meant: quote_lines.edit(desk, meant, [1], LineText(discount="1%"))),
]


@pytest.mark.parametrize(("name", "prepare", "act"), VERBS, ids=[name for name, _, _ in VERBS])
def test_every_verb_is_taken_back_whole(
    desk: Desk, name: str, prepare: Callable[[Desk], Meant], act: Callable[[Desk, Meant], object]
) -> None:
    meant = prepare(desk)
    before, asked = rows_of(desk, meant), desk.store.rows("SELECT id, status FROM approval_request")
    act(desk, meant)
    assert rows_of(desk, meant) != before, name
    _undo(desk)
    assert rows_of(desk, meant) == before
    assert desk.store.rows("SELECT id, status FROM approval_request") == asked


def test_rules_are_added_and_removed_and_both_undone(desk: Desk) -> None:
    approval_rules.add(desk, ["margin < 15%", "total > 10k"], "finance", name="Thin and large")
    (rule,) = approval_rules.rules(desk)
    assert (rule.conditions, rule.approver) == ("margin < 15% and total > 1000000", "finance")
    approval_rules.remove(desk, "thin and large")
    assert approval_rules.rules(desk) == []
    _undo(desk)
    _undo(desk)
    assert approval_rules.rules(desk) == []
