"""Quotes for tests: made by the services themselves, told in few words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sfa.services import approval_rules, quote_acceptance, quote_approvals, quote_lines, quote_states, quotes, users
from sfa.services.desk import Desk
from sfa.services.quote_line_text import LineText
from sfa.services.quote_reading import QuoteView, view
from sfa.services.quote_sheet import Meant, load
from tests.support.factories import a_product, a_user, an_account


def a_catalogue(desk: Desk) -> None:
    """Add an account and two products: a sensor at 100 that costs 60, a valve at 20 that costs 8."""
    an_account(desk, name="Acme GmbH", currency="EUR", email="buy@acme.example")
    a_product(desk, name="Pressure sensor", code="PS-1", price="100 EUR", cost="60 EUR")
    a_product(desk, name="Valve", code="V-2", price="20 EUR", cost="8 EUR")


def a_quote(desk: Desk, *lines: LineText, **values: object) -> Meant:
    """Make a quote for Acme with lines; ten sensors where none is given."""
    if desk.store.value("SELECT count(*) FROM product") == 0:
        a_catalogue(desk)
    saved = quotes.new(desk, {"account": "Acme GmbH", **values})
    assert saved.id
    meant = Meant(saved.id)
    for line in lines or (LineText(product="PS-1", quantity="10"),):
        quote_lines.add(desk, meant, line)
    return meant


def sent_quote(desk: Desk, *lines: LineText, **values: object) -> Meant:
    """Make a quote and send it."""
    meant = a_quote(desk, *lines, **values)
    quote_states.send(desk, meant)
    return meant


def accepted_quote(desk: Desk, *lines: LineText, **values: object) -> Meant:
    """Make a quote, send it, and have it accepted."""
    meant = sent_quote(desk, *lines, **values)
    quote_acceptance.accept(desk, meant, quote_acceptance.Signature("Jane Doe"))
    return meant


def state(desk: Desk, meant: Meant) -> str:
    """Return the state as people see it."""
    return view(desk, meant).state


def net(desk: Desk, meant: Meant) -> str:
    """Return the net total as text."""
    return str(seen(desk, meant).totals.net_minor / 100)


def seen(desk: Desk, meant: Meant) -> QuoteView:
    """Return the quote whole."""
    return view(desk, meant)


def rows_of(desk: Desk, meant: Meant) -> tuple[Any, ...]:
    """Return everything that is stored of a version but when rows were written, for comparing."""
    sheet = load(desk, meant)
    version = {name: value for name, value in sheet.version.items() if name != "updated_at"}
    quote = {name: value for name, value in sheet.quote.items() if name != "updated_at"}
    return quote, version, sheet.lines, sheet.allowances


def usual_rules(desk: Desk) -> None:
    """Put the usual matrix of approvals in force."""
    approval_rules.add_usual(desk)


@contextmanager
def as_user(desk: Desk, name: str, role: str = "manager", **values: object) -> Iterator[str]:
    """Let somebody else sit at the desk for a while; they are made where they are not there yet."""
    before = desk.user_id
    found = desk.store.value("SELECT id FROM app_user WHERE name = ?", (name,))
    user_id = str(found) if found else a_user(desk, name=name, role=role, **values)
    users.become(desk, user_id)
    yield user_id
    if before:
        users.become(desk, before)


def approve_as(desk: Desk, meant: Meant, name: str, role: str = "manager") -> None:
    """Have somebody approve."""
    with as_user(desk, name, role):
        quote_approvals.approve(desk, meant)
