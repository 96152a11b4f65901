"""What reports read of lines is what invoices and orders say, whoever wrote them and in whatever order."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import bulk_rows
from db.connection import connect
from db.item_rules import ALL
from sfa.ids import system_ids
from sfa.services import credit_notes, history, merging, orders
from sfa.services.care import examine
from sfa.services.credit_notes import Credit
from sfa.services.desk import Desk
from tests.support.factories import an_account, make_desk
from tests.support.orders import AUTHORITY, an_invoice, an_order, deliver

PAPERS, LINES, PRODUCTS = 2, 3, 2
NEW_ID = system_ids().new
NOW = "2026-03-10T12:00:00.000Z"
number = st.integers


def assert_items_are_those_of_lines(desk: Desk) -> None:
    for kind in ALL:
        names = ", ".join([*kind.key, *kind.rest])
        kept, due = (
            sorted(desk.store.rows(f"SELECT {names} FROM {table}"), key=str)
            for table in (kind.table, f"{kind.table}_due")
        )
        assert kept == due, kind.table


def items(desk: Desk) -> tuple[int, ...]:
    return tuple(desk.store.value(f"SELECT count(*) FROM {kind.table}") for kind in ALL)


def papers(desk: Desk) -> None:
    """Write orders and invoices of two accounts past all services."""
    run = desk.store.connection.execute
    for at in range(PRODUCTS):
        for table in ("account", "product"):
            run(
                f"INSERT INTO {table} (id, created_at, updated_at, name) VALUES (?, ?, ?, 'Acme')",
                (f"{at:036}", NOW, NOW),
            )
    for at in range(PAPERS):
        paper = (f"{at:036}", NOW, NOW, f"N{at}", f"{at:036}", "USD", "2026-03-10")
        run(
            "INSERT INTO sales_order (id, created_at, updated_at, number, name, account_id, currency, ordered_on)"
            " VALUES (?1, ?2, ?3, ?4, 'Order', ?5, ?6, ?7)",
            paper,
        )
        run(
            "INSERT INTO invoice (id, created_at, updated_at, number, account_id, currency, issued_on, net_minor, tax_minor,"
            " gross_minor) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, 0)",
            paper,
        )


PAYMENT = st.tuples(
    st.just("pay"),
    number(0, LINES - 1),
    number(0, PAPERS - 1),
    number(-9, 9),
    st.dates(date(2026, 1, 1), date(2026, 4, 1)),
    st.sampled_from([None, NOW]),
)
TABLES = st.sampled_from([("sales_order", "order_id"), ("invoice", "invoice_id")])
PRODUCT = st.sampled_from([None, *(f"{at:036}" for at in range(PRODUCTS))])
WORDS = st.sampled_from([None, "Set-up", "Travel"])
VERBS = st.sampled_from(["add", "add", "edit"])
WRITTEN = st.tuples(VERBS, TABLES, number(0, LINES - 1), number(0, PAPERS - 1), PRODUCT, WORDS, number(-9, 9))
REMOVED = st.tuples(st.just("remove"), TABLES, number(0, LINES - 1))
HEADS: dict[str, dict[str, list[object]]] = {
    "invoice": {
        "account_id": [f"{at:036}" for at in range(PRODUCTS)], "channel": [None, "", "Web"], "currency": ["USD", "EUR"],
        "issued_on": ["2026-01-01", "2026-02-01"], "deleted_at": [None, NOW], "note": ["Hello"],
        "due_on": [None, "2026-01-31"], "gross_minor": [100, 0],
    },
    "sales_order": {
        "ordered_on": ["2026-01-01", "2026-02-01"], "state": ["open", "cancelled", "paid"],
        "deleted_at": [None, NOW], "channel": ["Web"],
    },
}  # fmt: skip
FIELD = st.sampled_from(
    [(table, name, value) for table, names in HEADS.items() for name in names for value in names[name]]
)
SAID = st.tuples(st.just("say"), FIELD, number(0, PAPERS - 1))


def do(desk: Desk, step: tuple[object, ...]) -> None:
    run = desk.store.connection.execute
    match step:
        case ("say", (table, name, value), int(paper)):
            run(f"UPDATE {table} SET {name} = ? WHERE id = ?", (value, f"{paper:036}"))
        case ("remove", (table, _), int(line)):
            run(f"DELETE FROM {table}_line WHERE id = ?", (f"{line:036}",))
        case ("pay", int(line), int(paper), int(amount), day, deleted_at):
            payment = (f"{line:036}", NOW, f"{paper:036}", str(day), amount, deleted_at)
            run(
                "INSERT OR IGNORE INTO payment (id, created_at, updated_at, invoice_id, paid_on, amount_minor, currency)"
                " VALUES (?1, ?2, ?2, ?3, ?4, ?5, 'USD')",
                payment[:5],
            )
            run(
                "UPDATE payment SET invoice_id = ?3, paid_on = ?4, amount_minor = ?5, deleted_at = ?6, updated_at = ?2"
                " WHERE id = ?1",
                payment,
            )
        case ("edit", (table, link), int(line), int(paper), product, words, net):
            values = (f"{line:036}", f"{paper:036}", product, words, net)
            run(
                f"UPDATE {table}_line SET {link} = ?2, product_id = ?3, description = ?4, net_minor = ?5, share_minor = ?5,"
                " cost_minor = ?5 WHERE id = ?1",
                values,
            )
        case ("add", (table, link), int(line), int(paper), product, words, net):
            values = (f"{line:036}", f"{paper:036}", product, words, net)
            run(
                f"INSERT OR IGNORE INTO {table}_line (id, {link}, ordinal, product_id, description, quantity_dec6, net_minor)"
                " VALUES (?1, ?2, 1, ?3, ?4, 1000000, ?5)",
                values,
            )


@given(steps=st.lists(st.one_of(WRITTEN, REMOVED, SAID, PAYMENT), min_size=5, max_size=30))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_written_to_papers_and_lines(desk: Desk, steps: list[tuple[object, ...]]) -> None:
    desk.store.connection.execute("BEGIN")
    try:
        papers(desk)
        for step in steps:
            do(desk, step)
            assert_items_are_those_of_lines(desk)
    finally:
        desk.store.connection.execute("ROLLBACK")


@pytest.fixture
def billing(tmp_path: Path) -> Iterator[Desk]:
    """Return a desk that issues invoices."""
    opened = make_desk(tmp_path / "billing", settings=AUTHORITY)
    yield opened
    opened.close()


def test_orders_and_invoices_on_their_way_and_back(billing: Desk) -> None:
    order = an_order(billing)
    assert items(billing) == (0, 1, 0)
    deliver(billing, order)
    invoice = an_invoice(billing, order)
    assert items(billing) == (1, 1, 0)
    credit_notes.credit(billing, invoice, Credit(is_whole=True))
    assert_items_are_those_of_lines(billing)
    assert items(billing) == (2, 1, 0)
    for _ in range(3):
        history.undo(billing)
        assert_items_are_those_of_lines(billing)
    assert items(billing) == (0, 1, 0)
    orders.cancel(billing, order)
    assert items(billing) == (0, 0, 0)
    history.undo(billing)
    assert items(billing) == (0, 1, 0)


def test_what_a_customer_bought_goes_on_with_it_in_a_merge(billing: Desk) -> None:
    order = an_order(billing)
    deliver(billing, order)
    an_invoice(billing, order)
    acme, other = billing.store.value("SELECT account_id FROM invoice"), an_account(billing, name="Acme Ltd")
    merging.merge(billing, "account", other, acme)
    assert billing.store.rows("SELECT account_id FROM billed_item") == [(other,)]
    assert_items_are_those_of_lines(billing)
    history.undo(billing)
    assert billing.store.rows("SELECT account_id FROM billed_item") == [(acme,)]


def test_lines_of_a_first_sync_have_theirs_too(desk: Desk) -> None:
    columns = ("id", "invoice_id", "ordinal", "description", "quantity_dec6", "net_minor")
    with desk.store.write("test", "Filled") as work:
        papers(desk)
        work.execute("UPDATE journal_state SET is_replay = 1")
        rows = [(NEW_ID(), f"{0:036}", at, "Set-up", 1_000_000, 100 * at) for at in range(3)]
        bulk_rows.insert(work.connection, "invoice_line", columns, rows)
        work.execute("UPDATE journal_state SET is_replay = 0")
    assert desk.store.value("SELECT sum(net_minor) FROM billed_item") == 300
    assert_items_are_those_of_lines(desk)


def test_doctor_takes_anew_what_was_lost(desk: Desk) -> None:
    an_order(desk)
    with closing(connect(desk.store.workspace.database)) as shell:
        shell.execute("DELETE FROM ordered_item")
    assert "taken anew: 1" in next(found.words for found in examine(desk) if found.subject == "items")
    assert_items_are_those_of_lines(desk)
