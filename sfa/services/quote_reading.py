"""A quote whole, as people and programs read it: its lines with their steps, its totals, its approvals, its revisions."""

import json
from dataclasses import dataclass
from typing import Any

from db.queries import quotes as queries
from db.queries.records import record
from sfa.domain.figures import from_dec6
from sfa.domain.money import Money
from sfa.domain.pricing.amounts import margin_ppm, part_ppm
from sfa.domain.pricing.approval import Metric
from sfa.domain.pricing.totals import Totals, total
from sfa.domain.quoting.states import State, last_day, possible
from sfa.domain.quoting.totals import document_of, is_counted
from sfa.services.costs import may_see_cost
from sfa.services.desk import Desk
from sfa.services.quote_approvals import is_below_floor, metrics_of, needs, reason_of, why_of
from sfa.services.quote_sheet import Meant, Row, Sheet, load, numbered, state_of
from sfa.services.quote_totals import commission_estimate


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a price; prices of the base quantity as decimal texts."""

    stage: str
    source: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class LineView:
    """A line. Prices and quantities are decimal texts; cost and margin are None for who may not see them.

    Attributes:
        position: its number, from 1.
        part_of: the number of the bundle that it belongs to.
        discount_ppm: what it costs less than at list price.
        subtotal: of a section: what its counted lines come to.
    """

    id: str
    position: int
    kind: str
    role: str
    choice: str
    is_chosen: bool
    is_counted: bool
    part_of: int | None
    product: str
    product_id: str | None
    code: str
    description: str
    quantity: str
    unit: str
    base: str
    periods: int | None
    period: str | None
    list_price: str
    net_price: str
    is_blended: bool
    is_below_floor: bool
    discount_ppm: int | None
    list: Money | None
    net: Money | None
    tax: Money | None
    tax_category: str | None
    tax_rate_ppm: int | None
    cost: Money | None
    margin_ppm: int | None
    subtotal: Money | None
    delivery: str | None
    note: str | None
    options: Any
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class AllowanceView:
    """A discount or charge; `line` is the number of its line, None for the whole quote."""

    is_charge: bool
    reason: str
    percent_ppm: int | None
    amount: Money | None
    line: int | None


@dataclass(frozen=True, slots=True)
class ApprovalView:
    """An approval that was asked for, or is needed (`status` needed) and was not asked for yet."""

    revision: int
    approver: str
    sequence: int
    status: str
    why: str
    rule: str
    decided_by: str | None = None
    decided_at: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class VersionView:
    """A revision in one line."""

    number: str
    revision: int
    state: str
    net: Money | None
    valid_until: str | None
    sent_at: str | None
    content_hash: str | None


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote with one of its versions.

    Attributes:
        number: with its revision.
        possible: the verbs that its state allows.
        totals: as EN 16931 has them; None while it has no line with an amount.
        cost: None where it is not known or not for this person's eyes; so is the margin.
        estimate: what the rep would earn, where that is known.
    """

    id: str
    ref: str
    number: str
    base_number: str
    revision: int
    version_id: str
    name: str
    state: str
    possible: tuple[str, ...]
    account: str
    account_id: str
    contact: str | None
    opportunity: str | None
    opportunity_id: str | None
    owner: str | None
    currency: str
    book: str | None
    progress: str | None
    is_primary: bool
    is_template: bool
    quoted_on: str
    priced_on: str
    valid_until: str | None
    payment_terms_days: int | None
    is_tax_inclusive: bool
    cover: str | None
    terms: str | None
    content_hash: str | None
    sent_at: str | None
    sent_to: str | None
    decided_on: str | None
    reason: str | None
    signer: str | None
    lines: tuple[LineView, ...]
    allowances: tuple[AllowanceView, ...]
    approvals: tuple[ApprovalView, ...]
    versions: tuple[VersionView, ...]
    totals: Totals
    list: Money
    discount_ppm: int | None
    cost: Money | None
    margin_ppm: int | None
    estimate: Money | None


def view(desk: Desk, meant: Meant) -> QuoteView:
    """Return a quote whole.

    Raises:
        NotFoundError: there is no such quote or revision.
    """
    return view_of(desk, load(desk, meant))


def view_of(desk: Desk, sheet: Sheet) -> QuoteView:
    """Return a quote that was loaded, whole."""
    quote, version, store = sheet.quote, sheet.version, desk.store
    state = state_of(desk, version)
    cost = version["cost_minor"] if may_see_cost(desk) else None
    metrics = metrics_of(sheet)
    return QuoteView(
        **_facts(desk, sheet),
        state=state.value,
        possible=possible(state),
        signer=(queries.acceptance(store, sheet.version_id) or {}).get("signer"),
        lines=_lines(sheet, is_open_book=may_see_cost(desk)),
        allowances=_allowances(sheet),
        approvals=_approvals(desk, sheet),
        versions=_versions(desk, sheet),
        totals=total(document_of(sheet)),
        list=Money(version["list_minor"] or 0, quote["currency"]),
        discount_ppm=metrics[Metric.BLENDED_DISCOUNT],
        cost=None if cost is None else Money(cost, sheet.currency),
        margin_ppm=None if cost is None else margin_ppm(version["net_minor"] or 0, cost),
        estimate=commission_estimate(desk, sheet),
    )


def _facts(desk: Desk, sheet: Sheet) -> dict[str, Any]:
    """Return what stands in the rows of the quote and its version as it is."""
    quote, version = sheet.quote, sheet.version
    same = (
        "revision", "quoted_on", "priced_on", "payment_terms_days", "cover", "terms", "content_hash", "sent_at", "sent_to",
        "decided_on",
    )  # fmt: skip
    names = (
        ("account", "account"),
        ("contact", "contact"),
        ("opportunity", "opportunity"),
        ("owner", "app_user"),
        ("book", "price_book"),
    )
    ids = {
        "book": quote["price_book_id"],
        **{name: quote[f"{name}_id"] for name in ("account", "contact", "opportunity", "owner")},
    }
    return {
        **{name: version[name] for name in same},
        **{name: _name(desk, table, ids[name]) for name, table in names},
        **{name: quote[name] for name in ("id", "ref", "name", "account_id", "opportunity_id")},
        "number": sheet.number,
        "base_number": quote["number"],
        "version_id": sheet.version_id,
        "currency": sheet.currency,
        "progress": quote["progress"] or ("not_ordered" if version["state"] == State.ACCEPTED else None),
        "is_primary": bool(quote["is_primary"]),
        "is_template": bool(quote["is_template"]),
        "valid_until": last_day(version["valid_until"], version["extended_until"]),
        "is_tax_inclusive": bool(version["is_tax_inclusive"]),
        "reason": version["decision_reason"],
    }


def _name(desk: Desk, table: str, row_id: str | None) -> str | None:
    found = record(desk.store, table, row_id) if row_id else None
    return str(found["name"]) if found else None


def _lines(sheet: Sheet, *, is_open_book: bool) -> tuple[LineView, ...]:
    places = {line["id"]: line["ordinal"] for line in sheet.lines}
    subtotals = _subtotals(sheet)
    return tuple(
        _line(sheet, line, places.get(line["parent_line_id"]), subtotals.get(line["id"]), is_open_book=is_open_book)
        for line in sheet.lines
    )


def _subtotals(sheet: Sheet) -> dict[str, int]:
    """Return what each section comes to: its counted lines up to the next section; parts of one price count once."""
    sums: dict[str, int] = {}
    section = None
    fixed = {
        line["id"] for line in sheet.lines if line["options"] and json.loads(line["options"]).get("price") == "fixed"
    }
    for line in sheet.lines:
        if line["kind"] == "section":
            section = line["id"]
            sums[section] = 0
        elif section and is_counted(line) and line["parent_line_id"] not in fixed:
            sums[section] += line["net_minor"] or 0
    return sums


def _line(sheet: Sheet, line: Row, part_of: int | None, subtotal: int | None, *, is_open_book: bool) -> LineView:
    def money(minor: int | None) -> Money | None:
        return None if minor is None else Money(minor, sheet.currency)

    amount, tax = line["net_minor"], line["tax_minor"]
    worth = amount if amount is None or not sheet.version["is_tax_inclusive"] else amount + (tax or 0)
    listed, cost = line["list_minor"], line["cost_minor"] if is_open_book else None
    return LineView(
        id=line["id"],
        position=line["ordinal"],
        kind=line["kind"],
        role=line["role"],
        choice=line["choice_of"] or "",
        is_chosen=bool(line["is_chosen"]),
        is_counted=is_counted(line),
        part_of=part_of,
        product=line["product_name"] or "",
        product_id=line["product_id"],
        code=line["product_code"] or "",
        description=line["description"] or "",
        quantity=_decimal(line["quantity_dec6"]),
        unit=line["unit"] or "",
        base=_decimal(line["base_dec6"]),
        periods=line["periods"],
        period=line["period"],
        list_price=_decimal(line["list_dec6"]),
        net_price=_decimal(line["net_dec6"]),
        is_blended=len(json.loads(line["slices"] or "[]")) > 1,
        is_below_floor=is_below_floor(line),
        discount_ppm=None if listed is None or worth is None else part_ppm(listed - worth, listed),
        list=money(listed),
        net=money(amount),
        tax=money(tax),
        tax_category=line["tax_category"],
        tax_rate_ppm=line["tax_rate_ppm"],
        cost=money(cost),
        margin_ppm=None if cost is None or amount is None else margin_ppm(amount, cost),
        subtotal=money(subtotal),
        delivery=line["delivery_on"],
        note=line["note"],
        options=json.loads(line["options"]) if line["options"] else None,
        steps=tuple(
            StepView(one["stage"], one["source"], _decimal(one["before"]), _decimal(one["after"]), one["why"])
            for one in json.loads(line["steps"] or "[]")
        ),
    )


def _decimal(value: int | None) -> str:
    return "" if value is None else from_dec6(value)


def _allowances(sheet: Sheet) -> tuple[AllowanceView, ...]:
    places = {line["id"]: line["ordinal"] for line in sheet.lines}
    return tuple(
        AllowanceView(
            bool(row["is_charge"]),
            row["reason"],
            row["percent_ppm"],
            None if row["amount_minor"] is None else Money(row["amount_minor"], sheet.currency),
            places.get(row["line_id"]),
        )
        for row in sheet.allowances
    )


def _approvals(desk: Desk, sheet: Sheet) -> tuple[ApprovalView, ...]:
    asked = [
        ApprovalView(
            row["revision"], row["approver_role"], row["sequence"], row["status"], reason_of(desk, row), row["rule_name"],
            row["decided_by"], row["decided_at"], row["note"],
        )
        for row in queries.requests(desk.store, sheet.id)
    ]  # fmt: skip
    if sheet.version["state"] != State.DRAFT or not any(is_counted(line) for line in sheet.lines):
        return tuple(asked)
    names = {row["id"]: row["name"] for row in queries.rules(desk.store)}
    wanted = [
        ApprovalView(
            sheet.version["revision"],
            need.rule.approver,
            need.rule.sequence,
            "needed",
            why_of(desk, need, names[need.rule.id]),
            names[need.rule.id],
        )
        for need in needs(desk, sheet)
    ]
    return (*asked, *wanted)


def _versions(desk: Desk, sheet: Sheet) -> tuple[VersionView, ...]:
    return tuple(
        VersionView(
            numbered(sheet.quote["number"], row["revision"]),
            row["revision"],
            state_of(desk, row).value,
            None if row["net_minor"] is None else Money(row["net_minor"], sheet.currency),
            row["extended_until"] or row["valid_until"],
            row["sent_at"],
            row["content_hash"],
        )
        for row in queries.versions(desk.store, sheet.id)
    )
