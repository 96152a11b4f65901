"""Quotes: an offer to an account, from an account, a deal or another quote; what it says is in its versions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from db.queries import quotes as queries
from db.queries.records import linked, record
from sfa.domain.figures import DEC6, AmountError
from sfa.domain.money import Money, parse_amount
from sfa.domain.quoting.states import OPEN
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services import quote_deals
from sfa.services.desk import Desk, Saved
from sfa.services.drafts import Draft
from sfa.services.numbering import next_number
from sfa.services.quote_copies import copy_into, headed
from sfa.services.quote_editing import begin_edit, version_defaults
from sfa.services.quote_sheet import Meant, load, told
from sfa.services.quote_totals import recalculate
from sfa.services.records import RecordVerbs

PARTS: Final = {
    "valid_until": "valid_until",
    "payment_terms_days": "payment_terms_days",
    "nonstandard": "is_nonstandard",
    "tax_method": "tax_method",
    "rounding": "rounding",
    "template": "template",
    "cover": "cover",
    "terms": "terms",
}
"""Fields of a quote that stand on its version, with their columns."""
_SUMS: Final = {"cash_rounding": "cash_minor", "prepaid": "prepaid_minor"}
"""Amounts among them: the coin that is paid with, and what was paid before."""
_PRICING: Final = ("account_id", "currency", "price_book_id", "opportunity_id")


def _complete(draft: Draft) -> None:
    """Fill what follows from the deal, the contact, the account; a new quote gets its number."""
    desk = draft.desk
    if "book" in draft.parts:
        draft.row["price_book_id"] = _book(desk, draft.parts["book"])
    if not draft.is_new:
        _refuse_without_account(draft)
        return
    deal = record(desk.store, "opportunity", draft.row.get("opportunity_id") or "") or {}
    draft.fill("account_id", deal.get("account_id"))
    account = record(desk.store, "account", draft.row.get("account_id") or "")
    if account is None:
        raise UsageError(
            "A quote needs an account.", hint="sfa quote new ACCOUNT, or: sfa quote new --opportunity DEAL"
        )
    draft.fill("price_book_id", account["price_book_id"])
    book = record(desk.store, "price_book", draft.row.get("price_book_id") or "") or {}
    agreed = deal.get("currency") if deal.get("amount_minor") is not None else None
    draft.fill("currency", agreed or account["currency"] or book.get("currency") or desk.currency)
    draft.fill("name", deal.get("name") or f"Offer for {account['name']}")
    draft.row["number"] = next_number(desk, draft.work, "Q", "quote")
    if draft.row.get("opportunity_id"):
        draft.row["is_primary"] = int(quote_deals.is_first(desk, draft.row["opportunity_id"]))


def _refuse_without_account(draft: Draft) -> None:
    if "account_id" in draft.row and draft.row["account_id"] is None:
        raise UsageError("A quote needs an account.")


def _book(desk: Desk, text: str | None) -> str | None:
    if text is None:
        return None
    found = queries.book_named(desk.store, text)
    if found is None:
        raise NotFoundError(
            f"There is no price book {text}.", hint=f"It has: {', '.join(queries.books(desk.store)) or 'none'}."
        )
    return found


def _finish_bare(draft: Draft) -> None:
    """Write the first version, or what was said of the open one."""
    desk, work = draft.desk, draft.work
    said = {column: draft.parts[name] for name, column in PARTS.items() if name in draft.parts}
    if not draft.is_new and draft.value("currency") != draft.before["currency"]:
        said |= dict.fromkeys(_SUMS.values(), 0)
    said |= {column: _money(draft, draft.parts[name]) for name, column in _SUMS.items() if name in draft.parts}
    if draft.is_new:
        _first_version(draft, said)
        return
    touches = said or any(name in draft.row for name in _PRICING)
    if not touches:
        return
    sheet = load(desk, Meant(draft.id))
    if said or sheet.version["state"] in OPEN:
        begin_edit(desk, work, sheet)
        values = {name: value for name, value in said.items() if value is not None or name not in _KEPT}
        work.update("quote_version", sheet.version_id, values)
        sheet = load(desk, Meant(draft.id))
    recalculate(desk, work, sheet)


def _money(draft: Draft, text: str | None) -> int:
    """Return an amount that was typed, 0 where it is taken away.

    Raises:
        UsageError: it is none, negative, or of another currency than the quote.
    """
    currency = str(draft.value("currency"))
    try:
        money = parse_amount(text or "0", currency)
    except AmountError as error:
        raise UsageError(str(error)) from error
    if money.currency != currency or money.amount_minor < 0:
        raise UsageError(f"{money} is no such amount of a quote in {currency}.", hint="A positive one, such as 0.05.")
    return money.amount_minor


_KEPT: Final = ("tax_method", "rounding", "is_nonstandard")
"""Columns that are never empty: cleared, they stay as they are."""


def _first_version(draft: Draft, said: Mapping[str, Any]) -> None:
    desk, work = draft.desk, draft.work
    account = record(desk.store, "account", draft.row["account_id"]) or {}
    book = draft.row.get("price_book_id")
    is_inclusive = int(bool(book) and queries.book_is_inclusive(desk.store, str(book)))
    row = {
        "quote_id": draft.id,
        "revision": 1,
        **version_defaults(desk),
        "payment_terms_days": account.get("payment_terms_days"),
        "is_tax_inclusive": is_inclusive,
        **{name: value for name, value in said.items() if value is not None},
    }
    work.insert("quote_version", row)


def _finish(draft: Draft) -> None:
    """Write the version; a new quote takes the lines of its deal."""
    _finish_bare(draft)
    if draft.is_new:
        _take_lines_of_deal(draft)


def _take_lines_of_deal(draft: Draft) -> None:
    desk, work, deal_id = draft.desk, draft.work, draft.row.get("opportunity_id")
    rows = linked(desk.store, "opportunity_line", "opportunity_id", deal_id) if deal_id else []
    sheet = load(desk, Meant(draft.id))
    for ordinal, line in enumerate(sorted(rows, key=lambda row: row["seq"]), 1):
        product = record(desk.store, "product", line["product_id"] or "")
        words = line["description"] or (None if product else "Line of the deal")
        own = {"fixed_dec6": line["unit_price_dec6"]} if line["unit_price_dec6"] is not None else {}
        is_usual = product is not None and product["price_dec6"] == line["unit_price_dec6"]
        work.insert(
            "quote_line",
            {
                "version_id": sheet.version_id,
                "ordinal": ordinal,
                "product_id": line["product_id"],
                "description": words,
                "unit": product["unit"] if product else None,
                "quantity_dec6": line["quantity_dec6"] or DEC6,
                **({} if is_usual else own),
            },
        )
    recalculate(desk, work, sheet)


def _guard(desk: Desk, rows: Sequence[dict[str, Any]], is_forced: bool) -> None:  # noqa: FBT001 - the shape of a Guard
    """Keep what a customer has in hand, unless the user insists."""
    for row in rows:
        sent = [version for version in queries.versions(desk.store, row["id"]) if version["sent_at"]]
        if sent and not is_forced:
            raise ConflictError(
                f"{row['number']} was sent to the customer.",
                hint=f"Withdraw it: sfa quote withdraw {row['number']}; or insist: --force",
            )


VERBS: Final = RecordVerbs("quote", complete=_complete, finish=_finish, guard=_guard)
_BARE: Final = replace(VERBS, finish=_finish_bare)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore


def new(desk: Desk, values: Mapping[str, object], like: Meant | None = None, *, is_dry_run: bool = False) -> Saved:
    """Make a quote for an account or a deal; `like` gives it the lines and the words of another one, at its prices.

    Raises:
        UsageError: no account, or a value that does not fit.
        NotFoundError: a name means nothing.
        ConflictError: a name means several.
    """
    with desk.store.write("quote.new", is_dry_run=is_dry_run) as work:
        if like is None:
            draft = VERBS.add_within(desk, work, values)
        else:
            source = load(desk, like)
            draft = _BARE.add_within(desk, work, {**headed(source), **values})
            copy_into(desk, work, source, load(desk, Meant(draft.id)))
        sheet = load(desk, Meant(draft.id))
        work.summary = f"Made quote {sheet.number} for {_account_name(desk, sheet.quote)}"
    return told(desk, work, draft.id, is_dry_run=is_dry_run)


def reprice(desk: Desk, meant: Meant, *, is_dry_run: bool = False) -> Saved:
    """Give the open version the prices and taxes of today.

    Raises:
        ConflictError: it is not open.
    """
    with desk.store.write("quote.reprice", is_dry_run=is_dry_run) as work:
        sheet = load(desk, meant)
        begin_edit(desk, work, sheet)
        today = desk.today.isoformat()
        row = {"priced_on": today, "quoted_on": today}
        work.update("quote_version", sheet.version_id, row)
        sheet.version |= row
        before = sheet.version["net_minor"]
        recalculate(desk, work, sheet)
        work.summary = (
            f"Repriced {sheet.number} as of today: net {_change(before, sheet.version['net_minor'], sheet.currency)}"
        )
    return told(desk, work, sheet.id, is_dry_run=is_dry_run)


def _change(before: int | None, after: int | None, currency: str) -> str:
    return f"{Money(before or 0, currency)} to {Money(after or 0, currency)}"


def _account_name(desk: Desk, quote: Mapping[str, Any]) -> str:
    return str((record(desk.store, "account", quote["account_id"]) or {}).get("name"))
