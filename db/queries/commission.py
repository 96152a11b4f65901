"""What is read of commissions: facts for a calculation in few queries, statements, disputes, adjustments."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from db.queries.records import Row, rows
from db.store import Store

NO_TRAITS: Mapping[str, Sequence[str]] = MappingProxyType({})
_BARE = (
    "e.id, e.type, e.event_date, e.net_minor, e.recorded_at, COALESCE(e.cost_minor, 0), e.currency,"
    " COALESCE(e.fx_rate_e9, 0), COALESCE(e.reverses_event_id, ''), COALESCE(e.quantity_dec6, 0), e.owner_id"
)
SUMMED_TRAITS = {
    "product": "COALESCE(p.code, p.name)",
    "category": "p.category",
    "account": "a.name",
    "industry": "a.industry",
    "segment": "a.segment",
    "territory": "t.name",
}
"""What sales can be added up by, as SQL."""
_TRAITS = ", ".join([*SUMMED_TRAITS.values(), "e.facts"])
_OF_TRAITS = (
    " LEFT JOIN product p ON p.id = e.product_id LEFT JOIN account a ON a.id = e.account_id"
    " LEFT JOIN territory t ON t.id = a.territory_id"
)
_NAMED = "e.id, COALESCE(o.number, json_extract(e.facts, '$.number'), e.type), a.name"
_OF_NAMES = (
    " LEFT JOIN account a ON a.id = e.account_id"
    " LEFT JOIN invoice i ON e.source_type = 'invoice' AND i.id = e.source_id"
    " LEFT JOIN sales_order o ON o.id = COALESCE(i.order_id, e.source_id)"
)
_MINE = (
    "SELECT rowid AS at FROM comp_event WHERE owner_id IN ({0}) AND reverses_event_id IS NULL"
    " UNION ALL SELECT r.rowid FROM comp_event e CROSS JOIN comp_event r ON r.reverses_event_id = e.id WHERE e.owner_id IN ({0})"
    " UNION ALL SELECT e.rowid FROM comp_credit c CROSS JOIN comp_event e ON e.id = c.source_id WHERE c.participant_id IN ({0})"
    " UNION ALL SELECT r.rowid FROM comp_credit c CROSS JOIN comp_event r ON r.reverses_event_id = c.source_id"
    " WHERE c.participant_id IN ({0})"
    " UNION ALL SELECT e.rowid FROM comp_credit c {1} WHERE c.participant_id IN ({0})"
    " UNION ALL SELECT e.rowid FROM comp_credit c {2} WHERE c.participant_id IN ({0})"
)
# Cross joins begin with what is somebody's, or shared: any other way all events would be looked at.
_OF_SHARED_ORDERS = (
    "CROSS JOIN sales_order o ON o.id = c.source_id OR o.opportunity_id = c.source_id"
    " CROSS JOIN comp_event e ON e.source_type = 'sales_order' AND e.source_id = o.id"
)
_OF_SHARED_INVOICES = (
    "CROSS JOIN sales_order o ON o.id = c.source_id OR o.opportunity_id = c.source_id"
    " CROSS JOIN invoice i ON i.order_id = o.id"
    " CROSS JOIN comp_event e ON e.source_type = 'invoice' AND e.source_id = i.id"
)
_DEAL = (
    "SELECT o.id, o.name, o.closed_on, o.amount_minor, o.currency, o.owner_id, o.type, o.source, a.name AS account,"
    " a.industry, a.segment, t.name AS territory FROM opportunity o LEFT JOIN account a ON a.id = o.account_id"
    " LEFT JOIN territory t ON t.id = a.territory_id"
    " WHERE o.is_won = 1 AND o.deleted_at IS NULL AND o.amount_minor IS NOT NULL AND o.owner_id IS NOT NULL"
    " AND o.closed_on >= ? AND o.closed_on < ?"
    " AND NOT EXISTS (SELECT 1 FROM sales_order s WHERE s.opportunity_id = o.id AND s.deleted_at IS NULL)"
)


def _marks(names: Sequence[object]) -> str:
    return ", ".join("?" * len(names))


def events(
    store: Store, days: tuple[str, str], people: Sequence[str] | None, *, has_traits: bool = False
) -> Iterator[tuple[Any, ...]]:
    """Yield the events of days, of everybody or of some, in their order; what refers to one before them is left out.

    Args:
        store: the store.
        days: the first, and the one behind the last.
        people: whose; everybody's where None.
        has_traits: whether product, category, account, industry, segment, territory and facts come behind the amounts.
    """
    if has_traits:
        return _events(store, f"{_BARE}, {_TRAITS}", _OF_TRAITS, days, people)
    return _events(store, _BARE, "", days, people)


def names_of_events(
    store: Store, days: tuple[str, str], people: Sequence[str] | None
) -> Iterator[tuple[str, str, str | None]]:
    """Yield id, number of the order, and customer of the events of days."""
    return _events(store, _NAMED, _OF_NAMES, days, people)


def _events(
    store: Store, columns: str, joins: str, days: tuple[str, str], people: Sequence[str] | None
) -> Iterator[tuple[Any, ...]]:
    start, end = days
    where = (
        " WHERE e.event_date >= ? AND e.event_date < ? AND (e.reverses_event_id IS NULL OR EXISTS"
        " (SELECT 1 FROM comp_event s WHERE s.id = e.reverses_event_id AND s.event_date >= ?))"
    )
    order = " ORDER BY e.event_date, e.recorded_at, e.id"
    if people is None:
        yield from store.connection.execute(
            f"SELECT {columns} FROM comp_event e{joins}{where}{order}", (start, end, start)
        )
        return
    mine = _MINE.format(_marks(people), _OF_SHARED_ORDERS, _OF_SHARED_INVOICES)
    sql = f"SELECT {columns} FROM (SELECT DISTINCT at FROM ({mine})) m CROSS JOIN comp_event e{joins}{where} AND e.rowid = m.at{order}"
    yield from store.connection.execute(sql, (*(list(people) * mine.count("(?")), start, end, start))


def sums_of_events(
    store: Store, days: tuple[str, str], person: str, traits: Mapping[str, Sequence[str]] = NO_TRAITS
) -> list[Any]:
    """Return what a person sold by currency, kind, day and some traits, and what of that was taken back or paid when.

    A row: currency, kind, day, kind and day of what takes it back (NULL for the sales), sum, whether it cannot be added up,
    and a column for each trait of `SUMMED_TRAITS` that is asked for: NULL for values that are none of those named with it,
    where any are named.
    """
    start, end = days
    more = "".join(
        f", CASE WHEN {SUMMED_TRAITS[name]} IN ({_marks(values)}) THEN {SUMMED_TRAITS[name]} END"
        if values
        else f", {SUMMED_TRAITS[name]}"
        for name, values in traits.items()
    )
    named = [value for values in traits.values() for value in values]
    groups = ", ".join(map(str, [*range(1, 6), *range(8, 8 + len(traits))]))
    joins = _OF_TRAITS if traits else ""
    own = "e.owner_id = ? AND e.reverses_event_id IS NULL AND e.event_date >= ? AND e.event_date < ?"
    return store.rows(
        f"SELECT e.currency, e.type, e.event_date, NULL, NULL, sum(e.net_minor), min(e.net_minor) < 0{more}"
        f" FROM comp_event e{joins} WHERE {own} GROUP BY {groups}"
        " UNION ALL SELECT r.currency, e.type, e.event_date, r.type, r.event_date, sum(r.net_minor), max("
        " EXISTS (SELECT 1 FROM comp_event n WHERE n.reverses_event_id = r.id)"
        f" OR r.net_minor * iif(r.type IN ('cancelled', 'returned', 'credited', 'written_off'), -1, 1) < 0){more}"
        f" FROM comp_event e CROSS JOIN comp_event r ON r.reverses_event_id = e.id{joins} WHERE {own}"
        f" AND r.event_date >= ? AND r.event_date < ? GROUP BY {groups}",
        (*named, person, start, end, *named, person, start, end, start, end),
    )


def taken_back(store: Store) -> frozenset[str]:
    """Return the ids of the events that others take back, restore or pay."""
    sql = "SELECT DISTINCT reverses_event_id FROM comp_event WHERE reverses_event_id IS NOT NULL"
    return frozenset(row[0] for row in store.rows(sql))


def won_deals(store: Store, start: str, end: str, people: Sequence[str] | None) -> list[Row]:
    """Return the deals won in days that have no order, of everybody or of some."""
    if people is None:
        return rows(store, _DEAL, (start, end))
    names = _marks(people)
    mine = f" AND (o.owner_id IN ({names}) OR o.id IN (SELECT source_id FROM comp_credit WHERE participant_id IN ({names})))"
    return rows(store, _DEAL + mine, (start, end, *people, *people))


def periods(store: Store) -> list[Row]:
    """Return the statement periods, the oldest first."""
    return rows(store, "SELECT * FROM comp_period WHERE deleted_at IS NULL ORDER BY starts_on")


def plan_versions(store: Store, *, only_published: bool = True) -> list[Row]:
    """Return the versions of plans with their codes, the oldest first."""
    where = " AND v.status = 'published'" if only_published else ""
    return rows(
        store,
        "SELECT v.*, p.code, p.name, p.currency FROM comp_plan_version v JOIN comp_plan p ON p.id = v.plan_id"
        f" WHERE v.deleted_at IS NULL AND p.deleted_at IS NULL{where} ORDER BY p.code, v.valid_from, v.no",
    )


def assignments(store: Store) -> list[Row]:
    """Return who is paid by which plan, with names."""
    return rows(
        store,
        "SELECT a.*, p.code, u.name AS person FROM comp_assignment a JOIN comp_plan p ON p.id = a.plan_id"
        " JOIN app_user u ON u.id = a.participant_id WHERE a.deleted_at IS NULL ORDER BY u.name, a.valid_from",
    )


def is_paid(store: Store, person: str | None) -> bool:
    """Tell whether a plan pays somebody, now or ever."""
    sql = "SELECT 1 FROM comp_assignment WHERE participant_id = ? AND deleted_at IS NULL"
    return store.value(sql, (person,)) is not None


def quotas(store: Store) -> list[Row]:
    """Return the quotas that hold: the last recorded one of each person, window and component."""
    return rows(
        store,
        "SELECT q.*, u.name AS person FROM comp_quota q JOIN app_user u ON u.id = q.participant_id"
        " WHERE q.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM comp_quota n WHERE n.deleted_at IS NULL"
        " AND n.participant_id = q.participant_id AND n.period_code = q.period_code"
        " AND n.component_code IS q.component_code AND (n.recorded_at, n.id) > (q.recorded_at, q.id))"
        " ORDER BY u.name, q.period_code, q.component_code",
    )


def shares(store: Store) -> list[Row]:
    """Return all shares in the order in which they were recorded."""
    return rows(store, "SELECT * FROM comp_credit ORDER BY recorded_at, id")


def shared_events(store: Store) -> list[Any]:
    """Return id of each sale that somebody shares in, and of what the shares were recorded for.

    Shares of its own come before those of its order, and these before those of the deal.
    """
    near = "CASE c.source_id WHEN o.id THEN 2 ELSE 3 END"
    return store.rows(
        "SELECT e.id, c.source_id, 1 AS near FROM comp_credit c CROSS JOIN comp_event e ON e.id = c.source_id"
        " WHERE e.reverses_event_id IS NULL"
        f" UNION SELECT e.id, c.source_id, {near} FROM comp_credit c {_OF_SHARED_ORDERS} WHERE e.reverses_event_id IS NULL"
        f" UNION SELECT e.id, c.source_id, {near} FROM comp_credit c {_OF_SHARED_INVOICES} WHERE e.reverses_event_id IS NULL"
        " UNION SELECT c.source_id, c.source_id, 1 FROM comp_credit c WHERE c.source_type = 'opportunity'"
        " ORDER BY 1, 3"
    )


def people(store: Store) -> dict[str, Row]:
    """Return all users by id, the removed ones too: their pay stays."""
    found = rows(store, "SELECT id, name, role, manager_id, territory_id, is_active, deleted_at FROM app_user")
    return {row["id"]: row for row in found}


def fx_rates(store: Store, targets: Iterable[str]) -> list[Row]:
    """Return the rates of exchange into some currencies, and out of them."""
    wanted = list(targets)
    marks = _marks(wanted)
    sql = f"SELECT * FROM fx_rate WHERE target IN ({marks}) OR source IN ({marks})"
    return rows(store, sql, wanted + wanted)


def adjustments(store: Store) -> list[Row]:
    """Return the adjustments, the oldest first."""
    return rows(store, "SELECT * FROM comp_adjustment WHERE deleted_at IS NULL ORDER BY created_at, id")


def statements(store: Store, where: str = "1", parameters: Sequence[object] = ()) -> list[Row]:
    """Return statements, the oldest period first."""
    return rows(
        store,
        "SELECT s.*, p.starts_on, u.name AS person FROM comp_statement s JOIN comp_period p ON p.code = s.period_code"
        f" JOIN app_user u ON u.id = s.participant_id WHERE s.deleted_at IS NULL AND {where} ORDER BY p.starts_on, u.name",
        parameters,
    )


def lines(store: Store, statement_id: str) -> list[Row]:
    """Return the lines of a statement in their order."""
    return rows(store, "SELECT * FROM comp_line WHERE statement_id = ? ORDER BY ordinal", (statement_id,))


def posted(store: Store, person: str) -> list[Any]:
    """Return what closed statements hold of what a person earned.

    A row: component, earning period, whether it is held or let go, plan and version, sum.
    """
    return store.rows(
        "SELECT l.component_code, l.earning_period, l.kind IN ('holdback_withhold', 'holdback_release'), max(l.rule),"
        " sum(l.amount_minor) FROM comp_statement s JOIN comp_line l ON l.statement_id = s.id WHERE s.participant_id = ?"
        " AND s.status IN ('closed', 'paid') AND l.is_memo = 0 AND l.component_code IS NOT NULL GROUP BY 1, 2, 3",
        (person,),
    )


def balances(store: Store, person: str, period: str) -> list[Row]:
    """Return the balances of a person in a period."""
    sql = "SELECT * FROM comp_balance WHERE participant_id = ? AND period_code = ? ORDER BY kind"
    return rows(store, sql, (person, period))


def open_balances(store: Store) -> list[Row]:
    """Return the balances of everybody in periods that are not closed."""
    return rows(
        store,
        "SELECT b.* FROM comp_balance b JOIN comp_period p ON p.code = b.period_code WHERE p.status <> 'closed'",
    )


def disputes(store: Store) -> list[Row]:
    """Return the disputes with who opened them, the oldest first."""
    return rows(
        store,
        "SELECT d.*, u.name AS person FROM comp_dispute d JOIN app_user u ON u.id = d.participant_id"
        " WHERE d.deleted_at IS NULL ORDER BY d.opened_at, d.id",
    )


def has_overdue_disputes(store: Store, today: str) -> bool:
    """Tell whether a dispute should have been decided by now."""
    sql = "SELECT 1 FROM comp_dispute WHERE status IN ('open', 'in_review') AND due_on <= ? AND deleted_at IS NULL LIMIT 1"
    return store.value(sql, (today,)) is not None


def lines_by_key(store: Store, start: str, limit: int = 9) -> list[Row]:
    """Return lines whose key begins so, with person, period and currency."""
    return rows(
        store,
        "SELECT l.*, s.participant_id, s.period_code, s.currency, s.status FROM comp_line l"
        " JOIN comp_statement s ON s.id = l.statement_id WHERE l.line_key >= ? AND l.line_key < ? ORDER BY l.line_key LIMIT ?",
        (start, start + "g", limit),
    )


_OPEN = (
    "SELECT o.id, o.ref, o.name, o.close_date, o.amount_minor, o.currency, o.probability_ppm, o.owner_id, o.is_won, o.type,"
    " o.source, a.name AS account, a.industry, a.segment, t.name AS territory FROM opportunity o"
    " LEFT JOIN account a ON a.id = o.account_id LEFT JOIN territory t ON t.id = a.territory_id"
)


def deal(store: Store, opportunity_id: str) -> Row:
    """Return a deal with what plans may be limited to; nothing where it is not there."""
    found = rows(store, f"{_OPEN} WHERE o.id = ? AND o.deleted_at IS NULL", (opportunity_id,))
    return found[0] if found else {}


def open_deals_of(store: Store, account_id: str) -> list[Row]:
    """Return the open deals of an account."""
    return rows(store, f"{_OPEN} WHERE o.account_id = ? AND o.deleted_at IS NULL AND o.is_won IS NULL", (account_id,))


def customer(store: Store, account_id: str) -> Row:
    """Return what plans may be limited to of an account, as of a deal that is not there yet."""
    found = rows(
        store,
        "SELECT a.id, a.name, a.name AS account, a.industry, a.segment, t.name AS territory, NULL AS close_date,"
        " NULL AS amount_minor, NULL AS probability_ppm FROM account a LEFT JOIN territory t ON t.id = a.territory_id"
        " WHERE a.id = ?",
        (account_id,),
    )
    return found[0] if found else {}
