"""Taxes: codes of EN 16931 with dated rates, and stored exchange rates."""

from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from db.queries import prices as queries
from db.store import UnitOfWork
from sfa.domain.currencies import is_currency
from sfa.domain.figures import AmountError, parse_decimal, ppm
from sfa.domain.pricing.amounts import FX
from sfa.errors import ConflictError, UsageError
from sfa.services.desk import Desk, Saved
from sfa.services.drafts import Draft
from sfa.services.moments import read_day
from sfa.services.prices_reading import overlap, span_words
from sfa.services.records import RecordVerbs, live, saved

WITH_REASON = ("E", "AE", "K", "G", "O")
LARGEST_RATE = 10**15


def _complete(draft: Draft) -> None:
    """Ask for the reason that a category without tax needs, and keep codes apart."""
    category = draft.value("category") or "S"
    if category in WITH_REASON and not draft.value("reason"):
        raise UsageError(
            f"Category {category} has no tax, and needs a reason to print.", hint='Such as --reason "Reverse charge"'
        )
    code = draft.row.get("code")
    for row in queries.live_rows(draft.desk.store, "tax_code"):
        if code and row["id"] != draft.id and row["code"].casefold() == code.casefold():
            raise ConflictError(f"Code {code} is {row['name']} ({row['ref']}) already.")


def set_rate(
    desk: Desk,
    code_id: str,
    rate: str,
    *,
    since: str | None = None,
    until: str | None = None,
    country: str | None = None,
    is_dry_run: bool = False,
) -> Saved:
    """Let a tax have a rate from a day on; the older one ends there. Without a beginning the first one holds always.

    Raises:
        UsageError: no rate, over 100 %, a category that has none, or a gap after the older rate.
        ConflictError: another rate holds on some of these days.
    """
    with desk.store.write("tax.rate", is_dry_run=is_dry_run) as work:
        (code,) = live(desk, VERBS.spec, [code_id])
        if code["category"] != "S":
            raise UsageError(f"{code['code']} is of category {code['category']}, which has no rate.")
        own: dict[str, Any] = {
            "rate_ppm": _rate(rate),
            "jurisdiction": country.strip().upper() if country else None,
            "valid_from": read_day(desk, since).isoformat() if since else None,
            "valid_to": read_day(desk, until).isoformat() if until else None,
        }
        if own["valid_from"] and own["valid_to"] and own["valid_to"] <= own["valid_from"]:
            raise UsageError(f"It would end on {own['valid_to']}, before it begins on {own['valid_from']}.")
        _make_room(desk, work, code, own)
        work.insert("tax_rate", {"tax_code_id": code_id, **own})
        _refuse_gap(desk, code, own["jurisdiction"])
        where = f" in {own['jurisdiction']}" if own["jurisdiction"] else ""
        work.summary = f"Set tax {code['code']}{where} to {rate}, {span_words(own['valid_from'], own['valid_to'])}"
    return saved(work, is_dry_run=is_dry_run, record_id=code_id, ref=code["ref"])


def _rate(text: str) -> int:
    try:
        found = ppm(text)
    except AmountError as error:
        raise UsageError(str(error), hint="Write it as 19% or 7.5%.") from error
    if not 0 <= found <= 1_000_000:  # noqa: PLR2004 - from nothing to the whole
        raise UsageError(f"“{text}” is no rate of a tax: from 0 % to 100 %.")
    return found


def _make_room(desk: Desk, work: UnitOfWork, code: dict[str, Any], own: dict[str, Any]) -> None:
    """End the older rate; after a rate for a while it goes on."""
    start, end = own["valid_from"], own["valid_to"]
    for row in _rates(desk, code["id"], own["jurisdiction"]):
        if row["valid_from"] == start and row["valid_to"] in (end, None):
            work.remove("tax_rate", row["id"])
        elif start and (row["valid_from"] or "") < start and overlap(row, own):
            work.update("tax_rate", row["id"], {"valid_to": start})
        elif overlap(row, own):
            raise ConflictError(
                f"{code['code']} has a rate {span_words(row['valid_from'], row['valid_to'])} already.",
                hint=f"End this one before: --to {row['valid_from']}",
            )
        if end and overlap(row, own) and (row["valid_to"] is None or row["valid_to"] > end):
            kept = {name: value for name, value in row.items() if name != "id"}
            work.insert("tax_rate", {**kept, "valid_from": end})


def _rates(desk: Desk, code_id: str, country: str | None) -> list[dict[str, Any]]:
    return [row for row in queries.tax_rates(desk.store, code_id) if row["jurisdiction"] == country]


def _refuse_gap(desk: Desk, code: dict[str, Any], country: str | None) -> None:
    """Refuse days without any rate between two: a document of such a day could not be computed."""
    for older, newer in pairwise(_rates(desk, code["id"], country)):
        if (older["valid_to"] or "9") < (newer["valid_from"] or ""):
            raise UsageError(
                f"From {older['valid_to']} to {newer['valid_from']} {code['code']} would have no rate.",
                hint=f"Begin with --from {older['valid_to']}, or end with --to {newer['valid_from']}.",
            )


def set_exchange_rate(
    desk: Desk, source: str, target: str, rate: str, *, on: str | None = None, is_dry_run: bool = False
) -> Saved:
    """Keep what one unit of a currency was worth in another on a day; it holds until the next one.

    Raises:
        UsageError: no currency, no positive number.
    """
    for code in (source, target):
        if not is_currency(code.upper()):
            raise UsageError(f"“{code}” is no currency.", hint="Write its code of three letters, such as EUR.")
    if source.upper() == target.upper():
        raise UsageError("A currency is worth one of itself.")
    try:
        value = parse_decimal(rate) * Decimal(FX)
    except AmountError as error:
        raise UsageError(str(error), hint="sfa price rate EUR USD 1.08") from error
    if not 0 < value <= LARGEST_RATE or value != value.to_integral_value():
        raise UsageError(f"“{rate}” is no exchange rate: a positive number of at most nine decimals.")
    day = (read_day(desk, on) if on else desk.today).isoformat()
    row = {"source": source.upper(), "target": target.upper(), "on_day": day}
    with desk.store.write("rate.set", is_dry_run=is_dry_run) as work:
        present = queries.fx_row(desk.store, row["source"], row["target"], day)
        if present:
            work.update("fx_rate", present["id"], {"rate_e9": int(value)})
        else:
            work.insert("fx_rate", {**row, "rate_e9": int(value)})
        work.summary = f"1 {row['source']} is {rate} {row['target']} from {day} on"
    return saved(work, is_dry_run=is_dry_run)


def exchange_rates(desk: Desk, source: str = "", target: str = "") -> list[dict[str, object]]:
    """Return the rates that are kept, of one pair or of all, the newest first: source, target, on, rate."""
    return [
        {
            "source": row["source"],
            "target": row["target"],
            "on": row["on_day"],
            "rate": f"{Decimal(row['rate_e9']) / FX:f}",
        }
        for row in queries.fx_rows(desk.store)
        if source.upper() in ("", row["source"]) and target.upper() in ("", row["target"])
    ]


VERBS: Final = RecordVerbs("tax_code", complete=_complete)
add, edit, remove, restore = VERBS.add, VERBS.edit, VERBS.remove, VERBS.restore
