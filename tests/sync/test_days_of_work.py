"""Whole days of work, done by the program's own use cases on laptops of a company: what a rep does there, the server takes."""

from pathlib import Path

import pytest

from db.store import Store
from sfa.config import load_config
from sfa.errors import NotAllowedError
from sfa.services import (
    commission_plans,
    comp_arrears,
    credit_notes,
    gate,
    history,
    invoices,
    order_shipping,
    orders,
    payments,
    quote_acceptance,
    quote_approvals,
    quote_lines,
    quote_states,
    quotes,
)
from sfa.services.desk import Desk
from sfa.services.order_shipping import Parcel
from sfa.services.quote_line_text import LineText
from sfa.services.quote_sheet import Meant
from sfa.sync import inbox
from sfa.sync.syncing import status
from tests.support.commissions import FLAT
from tests.support.factories import a_contact, a_product, an_account
from tests.support.quotes import usual_rules
from tests.sync import oracles
from tests.sync.conftest import MakeWorld
from tests.sync.world import Laptop, World


def desk_of(laptop: Laptop) -> Desk:
    laptop.store.gate = gate.keep
    return Desk(laptop.store, load_config(laptop.store.workspace.config))


def number_invoices(desk: Desk) -> None:
    """Let this desk be the authority that gives the numbers of invoices."""
    path = desk.store.workspace.config
    path.write_text("[invoices]\nauthority = true\n", encoding="utf-8")
    desk.config = load_config(path)


class Company:
    """A manager, reps and finance with a catalogue that costs are known of, and Ann's account."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.desks = {laptop.name: desk_of(laptop) for laptop in world.laptops}
        world.heal()
        a_product(self.desks["fin"], name="Pressure sensor", code="PS-1", price="100 EUR", cost="60 EUR")
        an_account(self.desks["ann"], name="Acme GmbH", currency="EUR", territory="North")
        world.heal()

    def sent_quote(self) -> Meant:
        ann = self.desks["ann"]
        meant = Meant(str(quotes.new(ann, {"account": "Acme GmbH"}).id))
        quote_lines.add(ann, meant, LineText(product="PS-1", quantity="10"))
        quote_states.send(ann, meant)
        self.world.heal()
        return meant

    def accept(self, name: str, meant: Meant) -> str:
        desk = self.desks[name]
        quote_acceptance.accept(desk, meant, quote_acceptance.Signature("Jane Doe"))
        return str(orders.from_quote(desk, meant).id)

    def invoiced(self) -> str:
        """Let an order be delivered and invoiced; return its account."""
        order = self.accept("ann", self.sent_quote())
        order_shipping.ship(self.desks["ann"], order, Parcel())
        self.world.heal()
        number_invoices(self.desks["fin"])
        invoices.issue(self.desks["fin"], order)
        self.world.heal()
        return str(self.rows("fin", "SELECT account_id FROM invoice")[0][0])

    def questions(self) -> dict[str, int]:
        return {name: len(inbox.entries(desk)) for name, desk in self.desks.items()}

    def rows(self, name: str, sql: str) -> list[tuple[object, ...]]:
        return [tuple(row) for row in self.desks[name].store.rows(sql)]


@pytest.fixture
def company(make_world: MakeWorld) -> Company:
    return Company(make_world(1, is_calm=True))


def test_a_rep_sells_and_delivers_and_nothing_of_it_is_refused(company: Company) -> None:
    ann = company.desks["ann"]
    order = company.accept("ann", company.sent_quote())
    company.world.heal()
    order_shipping.ship(ann, order, Parcel())
    company.world.heal()
    order_shipping.take_back(ann, order, Parcel(("1=4",)))
    company.world.heal()
    assert not any(company.questions().values())
    earned = company.rows("fin", "SELECT type, net_minor, cost_minor FROM comp_event ORDER BY recorded_at, type")
    assert earned == [("booked", 100000, 60000), ("delivered", 100000, 60000), ("returned", -40000, -24000)]
    for table in ("quote_line", "sales_order_line", "comp_event"):
        assert company.rows("ann", f"SELECT DISTINCT cost_minor FROM {table}") == [(None,)]
        assert (None,) not in company.rows("fin", f"SELECT cost_minor FROM {table}")
    assert company.rows("mia", "SELECT state, net_minor FROM quote_version") == [("accepted", 100000)]


def test_finance_invoices_what_a_rep_delivered_takes_the_money_and_credits_what_comes_back(company: Company) -> None:
    ann, fin = company.desks["ann"], company.desks["fin"]
    number_invoices(fin)
    order = company.accept("ann", company.sent_quote())
    order_shipping.ship(ann, order, Parcel())
    company.world.heal()
    bill = str(invoices.issue(fin, order).id)
    payments.pay(fin, bill, "500 EUR")
    company.world.heal()
    assert company.rows("ann", "SELECT invoiced_dec6 FROM sales_order_line") == [(10_000_000,)]
    order_shipping.take_back(ann, order, Parcel(("1=4",)))
    company.world.heal()
    credit_notes.credit(fin, bill)
    payments.pay(fin, bill)
    company.world.heal()
    assert not any(company.questions().values())
    for name in ("ann", "mia", "fin"):
        assert company.rows(name, "SELECT state FROM sales_order") == [("paid",)]
        assert company.rows(name, "SELECT kind, gross_minor, paid_minor FROM invoice ORDER BY kind") == [
            ("credit_note", -40000, 0),
            ("invoice", 100000, 60000),
        ]


def test_invoices_leave_a_laptop_with_their_account_whatever_their_numbers(company: Company) -> None:
    account = company.invoiced()
    company.invoiced()
    mia = company.desks["mia"]
    with mia.store.write("account edit") as work:
        work.update("account", account, {"territory_id": company.world.areas[1]})
    company.world.heal()
    assert [len(company.rows(name, "SELECT id FROM invoice")) for name in ("ann", "bob", "fin")] == [0, 2, 2]


def test_of_two_who_deliver_the_same_at_once_one_is_asked_and_papers_and_sums_agree(company: Company) -> None:
    order = company.accept("ann", company.sent_quote())
    company.world.heal()
    for name in ("ann", "mia"):
        order_shipping.ship(company.desks[name], order, Parcel(("1=4",)))
    company.world.heal()
    counted = (
        "SELECT delivered_dec6 FROM sales_order_line",
        "SELECT sum(json_extract(lines, '$[0].quantity_dec6')) FROM shipment",
    )
    for name in ("ann", "mia", "fin"):
        assert [company.rows(name, sql) for sql in counted] == [[(4_000_000,)], [(4_000_000,)]]
    assert (company.questions()["mia"], company.questions()["ann"] > 0) == (0, True)
    order_shipping.ship(company.desks["ann"], order, Parcel(("1=4",)))
    company.world.heal()
    assert company.rows("fin", counted[0]) == [(8_000_000,)]
    oracles.check_all(company.world)


def test_a_plan_leaves_whom_it_was_given_by_mistake(company: Company, tmp_path: Path) -> None:
    fin, plan = company.desks["fin"], tmp_path / "plan.toml"
    plan.write_text(FLAT, encoding="utf-8")
    commission_plans.publish(fin, str(plan))
    commission_plans.assign(fin, "FLAT", "bob", "2026-01-01")
    company.world.heal()
    assert company.rows("bob", "SELECT code FROM comp_plan") == [("FLAT",)]
    history.undo(fin)
    company.world.heal()
    assert company.rows("bob", "SELECT code FROM comp_plan") == []
    oracles.check_all(company.world)


def test_a_contact_whose_role_is_undone_is_its_owners_again(company: Company) -> None:
    mia, acme = company.desks["mia"], company.rows("ann", "SELECT id FROM account")[0][0]
    jane = a_contact(mia, name="Jane Doe")
    company.world.heal()
    assert company.rows("ann", "SELECT name FROM contact") == []
    with mia.store.write("contact edit") as work:
        work.insert("contact_role", {"account_id": str(acme), "contact_id": jane})
    company.world.heal()
    assert company.rows("ann", "SELECT name FROM contact") == [("Jane Doe",)]
    history.undo(mia)
    company.world.heal()
    assert company.rows("ann", "SELECT name FROM contact") == []
    oracles.check_all(company.world)


def test_finance_changes_no_more_of_an_order_than_what_follows_from_its_invoices(company: Company) -> None:
    order = company.accept("ann", company.sent_quote())
    company.world.heal()
    with pytest.raises(NotAllowedError, match="Finance does not change"):
        orders.cancel(company.desks["fin"], order)


def test_what_two_accept_apart_is_ordered_and_paid_once(company: Company) -> None:
    meant = company.sent_quote()
    company.accept("ann", meant)
    first = company.accept("mia", meant)  # hers is the first to sync
    company.world.heal()
    assert company.rows("fin", "SELECT id FROM sales_order WHERE deleted_at IS NULL") == [(first,)]
    assert company.rows("fin", "SELECT sum(net_minor) FROM comp_event") == [(100000,)]
    assert company.rows("fin", "SELECT count(*) FROM acceptance") == [(1,)]
    assert company.questions()["ann"] > 0


def test_who_takes_a_colleagues_order_on_writes_the_colleagues_earnings_and_keeps_none_of_them(
    company: Company,
) -> None:
    order = company.accept("ann", company.sent_quote())
    company.world.heal()
    order_shipping.ship(company.desks["mia"], order, Parcel())
    company.world.heal()
    assert not any(company.questions().values())
    kinds = {name: company.rows(name, "SELECT type FROM comp_event ORDER BY type") for name in ("ann", "mia", "fin")}
    both = [("booked",), ("delivered",)]
    assert kinds == {"ann": both, "mia": [], "fin": both}


def test_what_a_manager_cancels_or_takes_back_is_taken_from_the_reps_earnings_once(company: Company) -> None:
    order = company.accept("ann", company.sent_quote())
    order_shipping.ship(company.desks["ann"], order, Parcel(("1=6",)))
    company.world.heal()
    mia, fin = company.desks["mia"], company.desks["fin"]
    order_shipping.take_back(mia, order, Parcel(("1=2",)))
    orders.cancel(mia, order)
    company.world.heal()
    for _ in range(2):
        with fin.store.write("commission.run") as work:
            comp_arrears.take_back(fin, work)
        company.world.heal()
    earned = company.rows("ann", "SELECT type, sum(net_minor) FROM comp_event GROUP BY type ORDER BY type")
    assert earned == [("booked", 100000), ("cancelled", -40000), ("delivered", 60000), ("returned", -20000)]


def test_nobody_writes_themselves_more_than_an_order_is_worth(company: Company) -> None:
    company.accept("ann", company.sent_quote())
    company.world.heal()
    store = company.desks["ann"].store
    event = dict(zip(*_first_event(store), strict=True)) | {"net_minor": 500000}
    with store.write("forged") as work:
        work.insert("comp_event", {name: value for name, value in event.items() if name not in ("id", "ref")})
    company.world.heal()
    assert company.rows("fin", "SELECT sum(net_minor) FROM comp_event") == [(100000,)]
    assert [entry.sentence for entry in inbox.entries(company.desks["ann"])] == [
        "This event is about more than its order."
    ]


def test_a_rep_asks_for_an_approval_takes_that_back_and_never_gives_it(company: Company) -> None:
    usual_rules(company.desks["fin"])
    company.world.heal()
    ann = company.desks["ann"]
    meant = Meant(str(quotes.new(ann, {"account": "Acme GmbH"}).id))
    quote_lines.add(ann, meant, LineText(product="PS-1", quantity="10", discount="30%"))
    quote_approvals.submit(ann, meant)
    company.world.heal()
    assert set(company.rows("mia", "SELECT DISTINCT status FROM approval_request")) == {("waiting",)}
    quote_lines.add(ann, meant, LineText(product="PS-1", quantity="1"))
    company.world.heal()
    assert not any(company.questions().values())
    quote_approvals.submit(ann, meant)
    with ann.store.write("forged") as work:
        work.execute("UPDATE approval_request SET status = 'approved', decided_by_id = ?", (ann.user_id,))
    company.world.heal()
    assert ("approved",) not in company.rows("fin", "SELECT status FROM approval_request")


def test_a_cost_that_a_rep_writes_goes_nowhere(company: Company) -> None:
    company.sent_quote()
    store = company.desks["ann"].store
    quote = Meant(str(quotes.new(company.desks["ann"], {"account": "Acme GmbH"}).id))
    quote_lines.add(company.desks["ann"], quote, LineText(product="PS-1", quantity="1"))
    company.world.heal()
    with store.write("forged") as work:
        work.execute("UPDATE quote_line SET cost_minor = 1 WHERE quantity_dec6 = 1000000")
    company.world.heal()
    assert company.rows("fin", "SELECT cost_minor FROM quote_line ORDER BY cost_minor") == [(6000,), (60000,)]


def _first_event(store: Store) -> tuple[list[str], tuple[object, ...]]:
    cursor = store.connection.execute("SELECT * FROM comp_event LIMIT 1")
    return [column[0] for column in cursor.description], cursor.fetchone()


def test_what_is_undone_before_it_was_sent_the_server_never_hears_of(company: Company) -> None:
    ann, meant = company.desks["ann"], company.sent_quote()
    before = status(ann).waiting
    company.accept("ann", meant)
    for _ in range(2):
        history.undo(ann)
    assert status(ann).waiting == before == 0
    company.world.heal()
    assert not any(company.questions().values())
    for name in ("ann", "mia", "fin"):
        assert company.rows(name, "SELECT state FROM quote_version") == [("sent",)]
        assert company.rows(name, "SELECT id FROM sales_order") == []
    for _ in range(2):
        history.redo(ann)
    company.world.heal()
    assert not any(company.questions().values())
    assert company.rows("fin", "SELECT sum(net_minor) FROM comp_event") == [(100000,)]


def test_what_is_undone_and_redone_before_it_was_sent_is_sent_once(company: Company) -> None:
    ann = company.desks["ann"]
    company.accept("ann", company.sent_quote())
    history.undo(ann)
    history.redo(ann)
    company.world.heal()
    assert not any(company.questions().values())
    assert company.rows("fin", "SELECT count(*), sum(net_minor) FROM comp_event") == [(1, 100000)]


@pytest.mark.parametrize(
    ("until", "sentence"),
    [("sent", "A sent quote does not change"), ("accepted", "What happened stays in the book: cancel the order")],
)
def test_what_the_server_knows_of_a_document_is_not_undone_and_that_is_said_at_once(
    company: Company, until: str, sentence: str
) -> None:
    ann, meant = company.desks["ann"], company.sent_quote()
    if until == "accepted":
        company.accept("ann", meant)
    company.world.heal()
    with pytest.raises(NotAllowedError, match=sentence):
        history.undo(ann)
    company.world.heal()
    assert not any(company.questions().values())
    assert company.rows("ann", "SELECT state FROM quote_version") == [(until,)]


def test_what_the_server_knows_of_anything_else_is_undone_there(company: Company) -> None:
    ann = company.desks["ann"]
    meant = Meant(str(quotes.new(ann, {"account": "Acme GmbH"}).id))
    quote_lines.add(ann, meant, LineText(product="PS-1", quantity="10"))
    company.world.heal()
    history.undo(ann)
    company.world.heal()
    assert not any(company.questions().values())
    assert company.rows("mia", "SELECT count(*) FROM quote_line") == [(0,)]


def test_an_invoice_that_the_server_knows_is_credited_and_not_undone(company: Company) -> None:
    company.invoiced()
    with pytest.raises(NotAllowedError, match="credit"):
        history.undo(company.desks["fin"])
