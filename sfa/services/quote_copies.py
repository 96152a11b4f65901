"""Copies of quotes: the next revision, an exact clone for the same or another account, some lines of an earlier one."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from db.queries import quotes as queries
from db.queries.records import record
from db.store import UnitOfWork
from sfa.domain.quoting.states import EDITABLE, State
from sfa.errors import ConflictError, UsageError
from sfa.services.desk import Desk, Saved
from sfa.services.numbering import next_number
from sfa.services.quote_editing import begin_edit, version_defaults
from sfa.services.quote_sheet import Meant, Row, Sheet, load, numbered, require, settle, told
from sfa.services.quote_totals import recalculate

SAID: Final = (
    "priced_on", "payment_terms_days", "tax_method", "is_tax_inclusive", "rounding", "cash_minor", "template", "cover",
    "terms", "note", "is_nonstandard", "list_minor", "line_sum_minor", "net_minor", "tax_minor", "gross_minor",
    "prepaid_minor", "payable_rounding_minor", "payable_minor", "cost_minor",
)  # fmt: skip
"""What a copy of a version has of it; its days are its own."""
HEAD: Final = (
    "name", "account_id", "contact_id", "opportunity_id", "currency", "price_book_id", "fx_rate_e9", "fx_date", "language",
)  # fmt: skip
_READ_BESIDE: Final = ("product_name", "product_code", "product_tax_code_id", "product_period")


def headed(source: Sheet) -> dict[str, object]:
    """Return the fields of a new quote that an earlier one decides where the user says nothing."""
    return {"currency": source.currency}


def copy_into(desk: Desk, work: UnitOfWork, source: Sheet, target: Sheet) -> None:
    """Give an empty version the words, lines and allowances of another, and price them for its own account."""
    words = {
        name: source.version[name] for name in ("cover", "terms", "template", "is_nonstandard", "payment_terms_days")
    }
    work.update("quote_version", target.version_id, words)
    target.version |= words
    _copy_content(desk, work, source, target.version_id)
    recalculate(desk, work, load(desk, Meant(target.id)))


def revise(desk: Desk, meant: Meant, *, is_dry_run: bool = False) -> Saved:
    """Make the next revision of a quote, the same in all but its days; the older one stays as it is until this is sent.

    Raises:
        ConflictError: a revision is being worked on, or one was accepted.
    """
    with desk.store.write("quote.revise", is_dry_run=is_dry_run) as work:
        source = load(desk, meant)
        settle(desk, work, source)
        found = queries.versions(desk.store, source.id)
        _refuse_second(source, found)
        then = require(desk, source, "revise")
        revision = found[-1]["revision"] + 1
        version_id = _copy_version(desk, work, source, source.id, revision)
        _copy_content(desk, work, source, version_id)
        name = numbered(source.quote["number"], revision)
        work.summary = f"Began {name}, a {then} like {source.number}"
    return told(desk, work, source.id, is_dry_run=is_dry_run)


def _refuse_second(source: Sheet, found: Sequence[Row]) -> None:
    number = source.quote["number"]
    accepted = next((row for row in found if row["state"] == State.ACCEPTED), None)
    if accepted:
        raise ConflictError(
            f"{numbered(number, accepted['revision'])} is accepted.",
            hint=f"Begin another quote: sfa quote clone {number}",
        )
    working = next((row for row in found if row["state"] in EDITABLE), None)
    if working:
        raise ConflictError(
            f"{numbered(number, working['revision'])} is {working['state'].replace('_', ' ')} already: change that one.",
            hint=f"sfa quote show {numbered(number, working['revision'])}",
        )


def clone(
    desk: Desk, meant: Meant, account_id: str | None = None, *, is_repriced: bool = False, is_dry_run: bool = False
) -> Saved:
    """Make a new quote exactly like another, for its account or another one, at its prices or, on wish, at today's.

    Raises:
        NotFoundError: there is no such quote.
    """
    with desk.store.write("quote.clone", is_dry_run=is_dry_run) as work:
        source = load(desk, meant)
        row = {name: source.quote[name] for name in HEAD}
        if account_id and account_id != row["account_id"]:
            row |= {"account_id": account_id, "contact_id": None, "opportunity_id": None}
            account = record(desk.store, "account", account_id) or {}
            row["price_book_id"] = account.get("price_book_id") or row["price_book_id"]
        row |= {"number": next_number(desk, work, "Q", "quote"), "created_on": desk.today.isoformat()}
        quote_id = work.insert("quote", {**row, "owner_id": desk.user_for(work)})
        version_id = _copy_version(desk, work, source, quote_id, 1)
        _copy_content(desk, work, source, version_id)
        if is_repriced:
            today = {"priced_on": desk.today.isoformat()}
            work.update("quote_version", version_id, today)
            recalculate(desk, work, load(desk, Meant(quote_id)))
        work.summary = f"Made {row['number']}, a copy of {source.number}{' at prices of today' if is_repriced else ''}"
    return told(desk, work, quote_id, is_dry_run=is_dry_run)


def copy_from(
    desk: Desk, source_meant: Meant, meant: Meant, positions: Sequence[int] = (), *, is_dry_run: bool = False
) -> Saved:
    """Add lines of an earlier quote to an open one, at the prices of the open one.

    Args:
        desk: the desk.
        source_meant: whence they come.
        meant: the quote that gets them.
        positions: which lines; all where none is named.
        is_dry_run: whether only to say what would be done.

    Raises:
        UsageError: there is no line of that number.
        ConflictError: the quote was sent.
    """
    with desk.store.write("quote.copy", is_dry_run=is_dry_run) as work:
        source, target = load(desk, source_meant), load(desk, meant)
        begin_edit(desk, work, target)
        known = {line["ordinal"] for line in source.lines}
        unknown = [position for position in positions if position not in known]
        if unknown:
            raise UsageError(f"{source.number} has no line {unknown[0]}.", hint=f"It has {len(known)} lines.")
        wanted = [line for line in source.lines if not positions or line["ordinal"] in positions]
        copied = copy_lines(desk, work, wanted, target.version_id, len(target.lines))
        recalculate(desk, work, target)
        work.summary = f"Copied {len(copied)} lines of {source.number} to {target.number}"
    return told(desk, work, target.id, is_dry_run=is_dry_run)


def copy_lines(desk: Desk, work: UnitOfWork, lines: Sequence[Row], version_id: str, after: int = 0) -> dict[str, str]:
    """Write copies of lines behind those of a version; return the new ids by the old ones."""
    new_ids = {line["id"]: desk.store.ids.new() for line in lines}
    rows = [
        {
            **{name: value for name, value in line.items() if name not in _READ_BESIDE},
            "id": new_ids[line["id"]],
            "version_id": version_id,
            "ordinal": after + place,
            "parent_line_id": new_ids.get(line["parent_line_id"]),
        }
        for place, line in enumerate(lines, 1)
    ]
    if rows:
        columns = tuple(rows[0])
        work.insert_many("quote_line", columns, [tuple(row[name] for name in columns) for row in rows])
    return new_ids


def _copy_version(desk: Desk, work: UnitOfWork, source: Sheet, quote_id: str, revision: int) -> str:
    said = {name: source.version[name] for name in SAID}
    days = version_defaults(desk)
    fresh = {name: days[name] for name in ("state", "quoted_on")}
    return work.insert(
        "quote_version",
        {**said, **fresh, "valid_until": _until(desk, source), "quote_id": quote_id, "revision": revision},
    )


def _until(desk: Desk, source: Sheet) -> str | None:
    """A copy is valid as long as its source was, from today on."""
    if source.version["valid_until"] is None:
        return None
    first, last = (date.fromisoformat(source.version[name]) for name in ("quoted_on", "valid_until"))
    days = max((last - first).days, 0) or desk.config.number("quotes.valid_days")
    return (desk.today + timedelta(days=days)).isoformat()


def _copy_content(desk: Desk, work: UnitOfWork, source: Sheet, version_id: str) -> None:
    new_ids = copy_lines(desk, work, source.lines, version_id)
    _copy_allowances(desk, work, source, version_id, new_ids)


def _copy_allowances(desk: Desk, work: UnitOfWork, source: Sheet, version_id: str, new_ids: Mapping[str, str]) -> None:
    rows: list[dict[str, Any]] = [
        {**row, "id": desk.store.ids.new(), "version_id": version_id, "line_id": new_ids.get(row["line_id"] or "")}
        for row in source.allowances
        if row["line_id"] is None or row["line_id"] in new_ids
    ]
    for row in rows:
        work.insert("quote_allowance", row)
