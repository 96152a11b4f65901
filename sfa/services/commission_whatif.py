"""What a deal, some deals or an offer are worth to somebody, before they are won; nothing is written (domain.md 1.12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from db.queries import commission as queries
from db.queries.records import Row
from sfa.domain.commission.events import Event, EventKind
from sfa.domain.commission.plan import Kind
from sfa.domain.commission.run import Run
from sfa.domain.commission.whatif import Deal, Estimate, Estimator
from sfa.domain.figures import PPM
from sfa.domain.money import Money, parse_amount
from sfa.domain.phrase.amounts import find_amounts
from sfa.domain.text import fold
from sfa.domain.when import WhenError, find_when
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services import commission_book
from sfa.services.commission_access import visible_people
from sfa.services.commission_book import Book
from sfa.services.commission_runs import FAULTS, fault_of
from sfa.services.commission_sales import TRAITS
from sfa.services.commission_statements import person_of
from sfa.services.desk import Desk
from sfa.services.references import Reference, resolve

NOISE: Final = frozenset(
    (
        "win",
        "won",
        "winning",
        "close",
        "closing",
        "at",
        "in",
        "on",
        "by",
        "for",
        "the",
        "a",
        "an",
        "deal",
        "with",
        "of",
        "end",
        "赢",
        "赢下",
        "拿下",
    )
)
ONE_DAY: Final = timedelta(1)


@dataclass(frozen=True, slots=True)
class Wish:
    """A sale that may come, as it was understood."""

    label: str
    on: date
    amount: Money
    probability_ppm: int
    event: Event


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What sales would be worth to somebody, in minor units of the currency they are paid in.

    Attributes:
        notes: why some of them bring nothing, with a remedy.
    """

    person: str
    currency: str
    wishes: Sequence[Wish]
    estimate: Estimate
    notes: Sequence[str] = ()


def whatif(desk: Desk, texts: Sequence[str], user: str | None = None) -> WhatIf:
    """Return what sales are worth: `win Acme in march at 40k`, or the names of open deals.

    Raises:
        UsageError: a text names no deal and no amount.
        NotFoundError: nothing is called so, or nobody is paid by a plan.
        ConflictError: a name means several deals, or the facts do not fit together.
        NotAllowedError: it is not for the eyes of who sits here.
    """
    person = person_of(desk, user)
    wishes = [_wish(desk, text, person, number) for number, text in enumerate(texts, 1)]
    if not wishes:
        raise UsageError("What if?", hint='sfa commission whatif "win Acme in march at 40k"')
    return estimate(desk, person, wishes)


def estimate(desk: Desk, person: str, wishes: Sequence[Wish]) -> WhatIf:
    """Return what sales are worth to a person.

    Raises:
        NotFoundError: nobody is paid by a plan.
        ConflictError: the facts do not fit together.
    """
    days = [wish.on for wish in wishes]
    book = commission_book.load_since(desk, person, min(days), max(days))
    try:
        ready = Run(book.case)
        found = Estimator(ready, person).estimate([Deal(wish.event, wish.probability_ppm) for wish in wishes])
        return WhatIf(book.name(person), ready.currency(person), wishes, found, _missing(ready, book, person, wishes))
    except FAULTS as error:
        raise fault_of(book, error) from error


def _missing(ready: Run, book: Book, person: str, wishes: Sequence[Wish]) -> list[str]:
    """Return which quotas sales wait for: without them they bring nothing."""
    name, calendar = book.name(person), ready.case.calendar
    spans = {
        calendar.window(component.window, wish.on).id: component.code
        for wish in wishes
        for plan in ready.crediting.plans_of(person, wish.on)
        for component in plan.components
        if component.kind == Kind.EARNINGS
        and ready.targets.rule(person, plan, component, calendar.window(component.window, wish.on)).is_void
    }
    return [
        f'{name} has no quota for {code} in {window}, so nothing is paid for it: sfa quota set "{name}" {window} AMOUNT'
        for window, code in spans.items()
    ]


def _wish(desk: Desk, text: str, person: str, number: int) -> Wish:
    """Read a sale that may come: amount and day as in a quick entry, the rest is the name of a deal or a customer."""
    rest, amount = _amount(desk, text)
    rest, day = _close(desk, rest)
    name = " ".join(word for word in rest.split() if word.casefold() not in NOISE)
    if not name:
        if amount is None:
            raise UsageError(
                f"“{text}” names no deal, no customer and no amount.", hint='As in: "win Acme in march at 40k"'
            )
        return _made(
            f"a deal of {amount}", day or desk.today, amount, PPM, {"id": f"wish {number}", "owner_id": person}
        )
    row = _deal_row(desk, name, needs_deal=amount is None)
    if amount is None:
        if row["amount_minor"] is None:
            raise UsageError(f"{row['name']} has no amount yet.", hint=f'Say one: "win {row["name"]} at 40k"')
        amount = Money(row["amount_minor"], row["currency"])
    on = day or date.fromisoformat(row["close_date"] or desk.today.isoformat())
    return _made(row["name"], max(on, desk.today), amount, row["probability_ppm"] or PPM, {**row, "owner_id": person})


def _amount(desk: Desk, text: str) -> tuple[str, Money | None]:
    """Return a text without the last amount in it that is no year, and that amount."""
    for found in reversed(find_amounts(text, desk.currency)):
        written = text[found.start : found.end]
        before = text[: found.start].rstrip().casefold()
        if written.isdecimal() and not before.endswith((" at", " for", "=", "@")) and before:
            continue
        if before.endswith(("-", "\u2212")):
            raise UsageError(f"“{text}”: what is won is not below zero.", hint='As in: "win Acme in march at 40k"')
        value = parse_amount(f"{found.value} {found.currency}" if found.currency else found.value, desk.currency)
        return f"{text[: found.start]} {text[found.end :]}", value
    return text, None


def _close(desk: Desk, text: str) -> tuple[str, date | None]:
    """Return a text without the day in it, and the last day that it means."""
    now = datetime.combine(desk.today, datetime.min.time())
    try:
        found = find_when(text, now, order=desk.config.text("workspace.dates") or "dmy", prefers="future")
    except WhenError as error:
        raise UsageError(f"“{text.strip()}”: {error}") from error
    if found is None:
        return text, None
    rest = "".join(sign for at, sign in enumerate(text) if not any(start <= at < end for start, end in found.spans))
    last = (found.end - ONE_DAY).date() if found.end and found.all_day else found.start.date()
    return rest, last


def _deal_row(desk: Desk, name: str, *, needs_deal: bool) -> Row:
    """Return the deal of a name, or the one open deal of a customer of that name, or the customer alone."""
    meant = _called(desk, "opportunity", name) or _called(desk, "account", name) or _near(desk, name)
    if meant.noun == "opportunity":
        row = queries.deal(desk.store, meant.id)
        if row["is_won"] is not None:
            raise UsageError(
                f"{meant.label} is {'won' if row['is_won'] else 'lost'} already.", hint="Name an open deal."
            )
        return row
    rows = queries.open_deals_of(desk.store, meant.id)
    if len(rows) == 1:
        return rows[0]
    if needs_deal:
        told = [f"{row['name']} ({row['ref']})" for row in rows]
        if not told:
            raise UsageError(f"{meant.label} has no open deal.", hint=f'Say an amount: "win {meant.label} at 40k"')
        raise ConflictError(f"{meant.label} has several open deals.", hint="Name one.", candidates=told)
    return queries.customer(desk.store, meant.id)


def _called(desk: Desk, noun: str, name: str) -> Reference | None:
    """Return the record of exactly that name or reference, None where no single one is called so."""
    try:
        found = resolve(desk, noun, name)
    except (NotFoundError, ConflictError):
        return None
    return found if fold(name) in (fold(found.label), found.ref) else None


def _near(desk: Desk, name: str) -> Reference:
    try:
        return resolve(desk, "account", name)
    except NotFoundError:
        return resolve(desk, "opportunity", name)


def _made(label: str, on: date, amount: Money, probability_ppm: int, row: dict[str, Any]) -> Wish:
    traits = {name: str(row[name]) for name in TRAITS if row.get(name)}
    event = Event(
        id=f"~{row['id']}",
        kind=EventKind.BOOKED,
        on=on,
        net_minor=amount.amount_minor,
        currency=amount.currency,
        traits=traits,
        quantity=1_000_000,
        owner=row["owner_id"],
    )
    return Wish(label, on, amount, probability_ppm, event)


def deal_worth(desk: Desk, opportunity_id: str) -> WhatIf | None:
    """Return what an open deal is worth to its owner; None where it is no open one, has no amount, or it is not to be seen."""
    row = queries.deal(desk.store, opportunity_id)
    if not row or row["is_won"] is not None or row["amount_minor"] is None or row["owner_id"] is None:
        return None
    on = max(date.fromisoformat(row["close_date"] or desk.today.isoformat()), desk.today)
    return _quietly(desk, row, on, Money(row["amount_minor"], row["currency"]))


def offer_worth(desk: Desk, quote: Row, net: Money, cost_minor: int | None) -> Money | None:
    """Return what an offer would earn its owner if it were accepted today; None where nobody knows or may see it."""
    owner = quote["owner_id"] or desk.user_id
    if owner is None or not queries.is_paid(desk.store, owner):
        return None
    row = queries.customer(desk.store, quote["account_id"]) | {"id": quote["id"], "owner_id": owner}
    found = _quietly(desk, row, desk.today, net, cost_minor)
    return None if found is None else Money(found.estimate.together_minor, found.currency)


def _quietly(desk: Desk, row: Row, on: date, amount: Money, cost_minor: int | None = None) -> WhatIf | None:
    """Estimate one sale where that can be done; a line beside others is no place for errors."""
    owner = row["owner_id"]
    if not queries.is_paid(desk.store, owner) or owner not in visible_people(desk):
        return None
    wish = _made(str(row["name"]), on, amount, row.get("probability_ppm") or PPM, row)
    event = wish.event._replace(cost_minor=cost_minor or 0)
    try:
        return estimate(desk, owner, [Wish(wish.label, wish.on, wish.amount, PPM, event)])
    except (NotFoundError, ConflictError):
        return None
