"""People who work with the program's own use cases: what they sell, deliver, invoice, earn, undo, and ask to be put right."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from sfa.config import load_config
from sfa.errors import ConflictError, SfaError
from sfa.services import (
    commission_closing,
    commission_disputes,
    commission_periods,
    commission_plans,
    commission_quotas,
    commission_runs,
    commission_statements,
    contract_prices,
    credit_notes,
    disputes,
    forecast_submissions,
    gate,
    history,
    invoices,
    merging,
    opportunities,
    order_shipping,
    orders,
    payments,
    price_entries,
    quote_acceptance,
    quote_lines,
    quote_states,
    quotes,
    tags,
    tasks,
    trash,
)
from sfa.services.commission_quotas import Wish as Quota
from sfa.services.credit_notes import Credit
from sfa.services.desk import Desk
from sfa.services.forecast_submissions import Wish as Number
from sfa.services.invoices import Billing
from sfa.services.order_shipping import Parcel
from sfa.services.orders import Wish as Order
from sfa.services.quote_acceptance import Signature
from sfa.services.quote_line_text import LineText
from sfa.services.quote_sheet import Meant
from sfa.services.records import verbs_of
from sfa.sync import inbox, syncing
from tests.support.commissions import FLAT
from tests.support.factories import a_product
from tests.sync.world import Laptop, Line, World

OFTEN, TWICE = 0.3, 0.1
AFTERNOON, EVENING = 100, 116
PLAN = FLAT.replace("USD", "EUR")
REPS, LEADERS, MONEY, KEEPERS = ("ann", "bob", "cy"), ("mia", "ada"), ("fin",), ("fin", "ada")
SELLERS = (*REPS, "mia")
ALL = (*SELLERS, *KEEPERS)


def employ(world: World, seed: int) -> None:
    """Let the people of a world work with the program, and an administrator with them."""
    world.visitors.append(Trade(world, seed).visit)


class Trade:
    """What they do; everything comes from a Random of its own."""

    def __init__(self, world: World, seed: int) -> None:
        self._world, self._random, self._steps = world, Random(f"trade {seed}"), 0
        self._is_second = False
        world._person("ada", "admin", None)
        self.desks = {laptop.name: _desk(laptop.store, laptop.name) for laptop in world.laptops}
        world.meanwhile = self._sync_too
        self._begin()

    def _begin(self) -> None:
        """Have a catalogue, a plan that pays the reps, and an order of each of them, before anything goes wrong."""
        world, fin = self._world, self.desks["fin"]
        world.is_healed = True
        world.heal()
        a_product(fin, name="Sensor", code="PS-1", price="100 EUR", cost="60 EUR")
        a_product(fin, name="Valve", code="V-2", price="19.99 EUR", cost="8 EUR")
        verbs_of("price_book").add(fin, {"name": "List", "currency": "EUR", "is_standard": True})
        for _ in REPS:
            plan(self, fin)
        world.heal()
        for name in REPS:
            for deed in (offer, sell):
                self.work(deed, name)
        world.heal()
        world.is_healed = False

    def visit(self) -> None:
        """Come now and then, and work; in the evening the server breaks, and is put back to how it was in the afternoon."""
        self._steps += 1
        if self._steps == AFTERNOON:
            self._world.copy_server()
        elif self._steps == EVENING and self._random.random() < 0.5:
            self._world.restore()
        if self._random.random() < OFTEN:
            deed, whose = self._random.choice(DEEDS)
            self.work(deed, self._random.choice(whose))

    def work(self, deed: Callable[["Trade", Desk], None], name: str) -> None:
        """Let somebody do something; what the program refuses, or there is nothing to do it with, is not done."""
        try:
            deed(self, self.desks[name])
            self._world.seen[f"work: {deed.__name__}"] += 1
        except SfaError as error:
            self._world.log.append(f"{name} {deed.__name__}: {error.message}")

    def one(self, desk: Desk, sql: str) -> Any:  # noqa: ANN401 - an id
        """Return one of the values that a question finds.

        Raises:
            ConflictError: there is none.
        """
        found = desk.store.rows(f"{sql} ORDER BY 1")
        if not found:
            raise ConflictError("There is nothing to do it with.")
        return self._random.choice(found)[0]

    def word(self, *words: Any) -> Any:  # noqa: ANN401 - one of them
        """Return one of some words."""
        return self._random.choice(words)

    def toss(self) -> bool:
        """Return whether a coin shows heads."""
        return self._random.random() < 0.5

    def name(self) -> str:
        """Return a name that nobody has."""
        return f"w{self._random.randrange(10**8, 10**9)}"

    def _sync_too(self, laptop: Laptop) -> None:
        """Let the screens sync while the command line waits for an answer: one of them comes another time."""
        if self._world.is_healed or self._is_second or self._random.random() > TWICE:
            return
        self._is_second = True
        self._world.seen["two syncs at once"] += 1
        try:
            syncing.sync(self.desks[laptop.name], transport=Line(self._world, laptop))
        except SfaError as error:
            self._world.log.append(f"{laptop.name} at once: {error.message}")
        finally:
            self._is_second = False


def _desk(store: Any, name: str) -> Desk:  # noqa: ANN401 - a laptop's
    """Return a person's desk, at which the program refuses what the server would; finance alone numbers invoices."""
    folder = store.workspace.config
    authority = "true" if name in MONEY else "false"
    folder.write_text(f'[workspace]\ncurrency = "EUR"\n[invoices]\nauthority = {authority}\n', encoding="utf-8")
    store.gate = gate.keep
    return Desk(store, load_config(folder))


LIVE = "deleted_at IS NULL"
ACCOUNT = f"SELECT id FROM account WHERE {LIVE}"
DEAL = f"SELECT id FROM opportunity WHERE {LIVE}"
ORDER = f"SELECT id FROM sales_order WHERE {LIVE}"
INVOICE = f"SELECT id FROM invoice WHERE {LIVE}"
PERSON = "SELECT name FROM app_user WHERE role = 'rep'"

# --- quotes, orders, invoices


def offer(trade: Trade, desk: Desk) -> None:
    """Make a quote and send it."""
    meant = Meant(str(quotes.new(desk, {"account": trade.one(desk, ACCOUNT)}).id))
    quote_lines.add(desk, meant, LineText(product=trade.word("PS-1", "V-2"), quantity=trade.word("10", "3")))
    quote_states.send(desk, meant)


def sell(trade: Trade, desk: Desk) -> None:
    """Have a quote accepted, and order what it offers."""
    sql = (
        "SELECT v.quote_id FROM quote_version v JOIN quote_line l ON l.version_id = v.id"
        " WHERE v.state = 'sent' AND l.kind = 'product'"
        " AND NOT EXISTS (SELECT 1 FROM quote_version n WHERE n.quote_id = v.quote_id AND n.revision > v.revision)"
    )
    meant = Meant(str(trade.one(desk, sql)))
    quote_acceptance.accept(desk, meant, Signature("Jane Doe"))
    orders.from_quote(desk, meant)


def order_the_rest(trade: Trade, desk: Desk) -> None:
    """Order a part of what was accepted."""
    meant = Meant(str(trade.one(desk, "SELECT quote_id FROM quote_version WHERE state = 'accepted'")))
    orders.from_quote(desk, meant, Order(("1=1",)))


def deliver(trade: Trade, desk: Desk) -> None:
    order_shipping.ship(desk, trade.one(desk, ORDER), Parcel(trade.word((), ("1=1",))))


def give_back(trade: Trade, desk: Desk) -> None:
    order_shipping.take_back(desk, trade.one(desk, ORDER), Parcel(("1=1",)))


def promise(trade: Trade, desk: Desk) -> None:
    orders.promise(desk, trade.one(desk, ORDER), "2027-06-01")


def cancel(trade: Trade, desk: Desk) -> None:
    orders.cancel(desk, trade.one(desk, ORDER), "changed their mind")


def invoice(trade: Trade, desk: Desk) -> None:
    number = "" if desk is trade.desks["fin"] else trade.name()
    invoices.issue(desk, trade.one(desk, ORDER), Billing(is_ordered=trade.toss(), number=number))


def pay(trade: Trade, desk: Desk) -> None:
    payments.pay(desk, trade.one(desk, INVOICE), trade.word("", "1 EUR", "10 EUR"))


def write_off(trade: Trade, desk: Desk) -> None:
    payments.write_off(desk, trade.one(desk, INVOICE))


def credit(trade: Trade, desk: Desk) -> None:
    number = "" if desk is trade.desks["fin"] else trade.name()
    credit_notes.credit(desk, trade.one(desk, INVOICE), Credit(is_whole=trade.toss(), number=number))


def complain(trade: Trade, desk: Desk) -> None:
    disputes.open_one(desk, ("order", trade.one(desk, ORDER)), "two pieces were broken", "5 EUR")


def answer_complaint(trade: Trade, desk: Desk) -> None:
    found = trade.one(desk, "SELECT ref FROM dispute")
    disputes.decide(desk, found, trade.word("in_review", "accepted", "rejected"), "a credit note follows")


# --- prices and pay


def reprice(trade: Trade, desk: Desk) -> None:
    """Let a product cost something else from today on."""
    price_entries.set_price(desk, {"product": trade.word("PS-1", "V-2"), "price": f"{trade.word(90, 95, 101)} EUR"})


def agree(trade: Trade, desk: Desk) -> None:
    """Promise a customer a price."""
    values = {"account": trade.one(desk, ACCOUNT), "product": trade.word("PS-1", "V-2"), "price": "80 EUR"}
    contract_prices.agree(desk, values)


def promote(trade: Trade, desk: Desk) -> None:
    """Begin a promotion, or end one."""
    if trade.toss():
        verbs_of("price_rule").add(desk, {"name": trade.name(), "discount": "5%"})
    else:
        verbs_of("price_rule").remove(desk, [trade.one(desk, f"SELECT id FROM price_rule WHERE {LIVE}")])


def plan(trade: Trade, desk: Desk) -> None:
    """Publish the plan, make the periods, let somebody be paid by it, and set what they are to reach."""
    if not desk.store.value("SELECT 1 FROM comp_plan"):
        file = Path(desk.store.workspace.folder) / "plan.toml"
        file.write_text(PLAN, encoding="utf-8")
        commission_plans.publish(desk, str(file))
        commission_periods.make(desk, 2026, "month")
    unpaid = f"{PERSON} AND id NOT IN (SELECT participant_id FROM comp_assignment)"
    is_any = bool(desk.store.rows(unpaid))
    person = trade.one(desk, unpaid if is_any else PERSON)
    if is_any:
        commission_plans.assign(desk, "FLAT", person, "2026-01-01")
    commission_quotas.set_quota(desk, Quota(person, trade.word("2026-03", "2026-Q1"), trade.word("100k", "200k")))


def calculate(trade: Trade, desk: Desk) -> None:
    commission_runs.run(desk)


def close(trade: Trade, desk: Desk) -> None:
    """Close the oldest month that is open."""
    code = desk.store.value("SELECT min(code) FROM comp_period WHERE status <> 'closed'")
    commission_closing.close(desk, str(code), is_acknowledged=True)


def adjust(trade: Trade, desk: Desk) -> None:
    """Ask for an amount to be put right, or approve that."""
    if trade.toss():
        commission_closing.adjust(desk, trade.one(desk, PERSON), trade.word("10 EUR", "-5 EUR"), "a mistake")
    else:
        commission_closing.approve(desk, str(trade.one(desk, "SELECT id FROM comp_adjustment")))


def dispute(trade: Trade, desk: Desk) -> None:
    """Dispute a line of one's statement; who keeps them answers."""
    if desk in [trade.desks[name] for name in KEEPERS]:
        found = trade.one(desk, "SELECT id FROM comp_dispute")
        commission_disputes.settle(desk, found, trade.word("rejected", "deferred"), "as agreed")
        return
    lines = list(commission_statements.statement(desk).lines)
    if lines:
        commission_disputes.open_dispute(desk, lines[0].key, "too little", "10 EUR")


def forecast(trade: Trade, desk: Desk) -> None:
    forecast_submissions.submit(desk, Number("next month", f"{trade.word(10, 20, 30)}k EUR"))


# --- deals and other records


def win(trade: Trade, desk: Desk) -> None:
    deal = [trade.one(desk, DEAL)]
    opportunities.win(desk, deal) if trade.toss() else opportunities.reopen(desk, deal)


def lose(trade: Trade, desk: Desk) -> None:
    opportunities.lose(desk, [trade.one(desk, DEAL)], "price")


def plan_to_do(trade: Trade, desk: Desk) -> None:
    """Add a task, or do one."""
    if trade.toss():
        verbs_of("task").add(desk, {"subject": trade.name(), "account": trade.one(desk, ACCOUNT)})
    else:
        tasks.complete(desk, [trade.one(desk, f"SELECT id FROM task WHERE {LIVE}")])


def tag(trade: Trade, desk: Desk) -> None:
    put = trade.word(tags.put_on, tags.take_off)
    put(desk, "account", [trade.one(desk, ACCOUNT)], [trade.word("vip", "late")])


def merge(trade: Trade, desk: Desk) -> None:
    """Make one of two records."""
    noun = trade.word("account", "contact")
    found = [str(trade.one(desk, f"SELECT id FROM {noun} WHERE {LIVE}")) for _ in range(2)]
    merging.merge(desk, noun, *found)


def take_away(trade: Trade, desk: Desk) -> None:
    noun = trade.word("contact", "opportunity", "task", "quote", "account")
    verbs_of(noun).remove(desk, [trade.one(desk, f"SELECT id FROM {noun} WHERE {LIVE}")])


def bring_back(trade: Trade, desk: Desk) -> None:
    """Bring something back from the trash."""
    if found := trash.trashed(desk):
        chosen = trade.word(*found)
        trash.restore(desk, chosen.noun, [chosen.id])


def empty_trash(trade: Trade, desk: Desk) -> None:
    trash.empty(desk, older_than_days=1)


def undo(trade: Trade, desk: Desk) -> None:
    history.undo(desk)


def undo_older(trade: Trade, desk: Desk) -> None:
    """Take back something that was done before what was done last."""
    found = [one for one in history.operations(desk, limit=8) if not one.is_undone]
    if found:
        history.undo(desk, trade.word(*found).ref)


def redo(trade: Trade, desk: Desk) -> None:
    history.redo(desk)


def answer(trade: Trade, desk: Desk) -> None:
    """Settle a question of the inbox."""
    if found := inbox.entries(desk):
        inbox.resolve(desk, trade.word(*found).id, trade.word(inbox.MINE, inbox.THEIRS, inbox.BEFORE, inbox.DISMISSED))


def move_rep(trade: Trade, desk: Desk) -> None:
    """Let a rep sell elsewhere."""
    found = trade.one(desk, "SELECT id FROM app_user WHERE role = 'rep'")
    verbs_of("user").edit(desk, [found], {"territory": trade.word("North", "South", "North-East")})


DEEDS: tuple[tuple[Callable[[Trade, Desk], None], tuple[str, ...]], ...] = (
    (offer, SELLERS), (offer, SELLERS), (sell, SELLERS), (sell, SELLERS), (order_the_rest, SELLERS), (deliver, SELLERS),
    (deliver, SELLERS), (give_back, SELLERS), (promise, SELLERS), (cancel, SELLERS), (invoice, KEEPERS), (invoice, KEEPERS),
    (pay, KEEPERS), (write_off, KEEPERS), (credit, KEEPERS), (complain, SELLERS), (answer_complaint, SELLERS),
    (reprice, LEADERS), (agree, LEADERS), (promote, LEADERS), (plan, KEEPERS), (calculate, KEEPERS), (close, KEEPERS),
    (adjust, KEEPERS), (dispute, (*REPS, *KEEPERS)), (forecast, SELLERS), (win, SELLERS), (lose, SELLERS),
    (plan_to_do, SELLERS), (tag, SELLERS), (merge, SELLERS), (take_away, ALL), (bring_back, ALL), (empty_trash, ALL),
    (undo, ALL), (undo, ALL), (undo_older, ALL), (redo, ALL), (answer, ALL), (answer, ALL), (move_rep, ("ada",)),
)  # fmt: skip
