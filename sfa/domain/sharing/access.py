"""What a role gets: buckets, masked columns, tables and columns that it may write (domain.md 1.10, 4.1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sfa.domain.sharing.earnings import is_of_order
from sfa.domain.sharing.homes import COMPANY, FINANCE, PAY, SHARED

REP, MANAGER, MONEY, ADMIN = "rep", "manager", "finance", "admin"

_COSTS: Mapping[str, tuple[str, ...]] = {
    "product": ("cost_dec6", "floor_dec6", "min_margin_ppm"),
    "quote_version": ("cost_minor",),
    "quote_line": ("cost_minor", "cost_dec6"),
    "sales_order": ("cost_minor", "extra_cost_minor"),
    "sales_order_line": ("cost_minor",),
    "invoice_line": ("cost_minor",),
    "comp_event": ("cost_minor",),
}
_BY_MANAGERS: Mapping[str, tuple[str, ...]] = {
    "account": ("owner_id", "territory_id", "team_id", "price_group", "price_book_id", "credit_limit_minor"),
    "opportunity": ("owner_id", "territory_id"),
}
"""Columns that a rep does not change; at a row's birth a rep may name themselves as its owner."""

_MONEY_TABLES = frozenset(
    {
        "contract_price", "discount_schedule", "fx_rate", "price_book", "price_entry", "price_rule", "product",
        "tax_code", "tax_rate", "approval_rule", "invoice", "invoice_line", "payment", "comp_plan", "comp_plan_version",
        "comp_period", *PAY, "comp_line",
    }
)  # fmt: skip
_FOLLOWING: Mapping[str, frozenset[str]] = {
    "sales_order": frozenset({"state", "cost_minor"}),
    "sales_order_line": frozenset({"invoiced_dec6"}),
    "quote": frozenset({"progress"}),
}
"""Columns that follow from invoices and payments: finance writes them with these, and nothing else of an order."""
_MANAGED = frozenset(
    {"kpi_baseline", "product", "price_book", "price_entry", "contract_price", "discount_schedule", "price_rule"}
)
_BY_ALL = frozenset({"tag", "comp_dispute"})
_ANSWERS: Mapping[str, frozenset[str]] = {"inbox_entry": frozenset({"settled", "status"})}
"""Tables that the server writes, and the columns in which a person answers."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A bucket that a person gets, whether they may write there, and as what."""

    bucket: str
    is_writable: bool
    profile: str


@dataclass(frozen=True, slots=True)
class Person:
    """A user as far as access goes."""

    id: str
    role: str
    manager_id: str | None = None
    team_id: str | None = None
    territory_id: str | None = None
    is_active: bool = True


def grants_of(person: Person, people: Sequence[Person], parents: Mapping[str, str | None]) -> tuple[Grant, ...]:
    """Return a person's grants, ordered by bucket.

    Args:
        person: whose.
        people: all users of the company.
        parents: each territory with the one above it.
    """
    if not person.is_active:
        return ()
    role = person.role
    if role in (MONEY, ADMIN):
        own = {COMPANY, FINANCE, *(f"{kind}:{one.id}" for one in people for kind in "up")}
        own |= {f"t:{area}" for area in parents} | {f"m:{one.team_id}" for one in people if one.team_id}
        return _all(own, role)
    own = {COMPANY, f"u:{person.id}", f"p:{person.id}"}
    if person.team_id:
        own.add(f"m:{person.team_id}")
    if person.territory_id:
        own |= {f"t:{area}" for area in _under(person.territory_id, parents)}
    if role == MANAGER:
        own |= {f"u:{one}" for one in _reports(person.id, people)}
    return _all(own, role)


def _all(buckets: Iterable[str], role: str) -> tuple[Grant, ...]:
    return tuple(Grant(bucket, is_writable=True, profile=role) for bucket in sorted(buckets))


def _under(area: str, parents: Mapping[str, str | None]) -> set[str]:
    found = {area}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _reports(manager: str, people: Iterable[Person]) -> set[str]:
    people, found = tuple(people), {manager}
    while more := {one.id for one in people if one.manager_id in found} - found:
        found |= more
    return found - {manager}


def masked(profile: str, table: str) -> tuple[str, ...]:
    """Return the columns of a table that never leave the server for a profile."""
    return _COSTS.get(table, ()) if profile == REP else ()


def may_write(
    role: str, table: str, columns: Iterable[str], *, user: str, row: Mapping[str, object] | None
) -> str | None:
    """Return None where a role may write these columns of a table, else a sentence that says why not.

    Args:
        role: of who writes.
        table: which table.
        columns: those that are set.
        user: who writes.
        row: the new row where it is created, None for an existing one.
    """
    if table in _ANSWERS:
        is_answer = row is None and set(columns) <= _ANSWERS[table]
        return None if is_answer else "Only the server writes the inbox."
    if role == ADMIN or table in _BY_ALL:
        return None
    if role == MONEY:
        follows = row is None and set(columns) <= _FOLLOWING.get(table, frozenset())
        return None if follows or table in _MONEY_TABLES else f"Finance does not change a record of {table}."
    if table == "comp_event" and row is not None and is_of_order(row):
        return None
    if table in _MONEY_TABLES or table in SHARED:
        allowed = role == MANAGER and table in _MANAGED
        return None if allowed else f"A {role} does not change a record of {table}: ask whoever keeps it."
    return _owner_rule(role, table, columns, user, row)


def _owner_rule(
    role: str, table: str, columns: Iterable[str], user: str, row: Mapping[str, object] | None
) -> str | None:
    if role != REP:
        return None
    for column in _BY_MANAGERS.get(table, ()):
        if column not in columns:
            continue
        if row is not None and (row.get(column) is None or (column == "owner_id" and row[column] == user)):
            continue
        if row is not None and column in ("territory_id", "team_id"):
            continue
        return f"Only a manager changes the {column.removesuffix('_id').replace('_', ' ')} of a record of {table}."
    return None
