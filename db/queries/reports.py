"""What reports read: sums over deals and activities by the ids that groups are made of; currencies stay apart.

Groups are made of ids and days here, so that indexes alone answer; `places` tells what people call them. The planner
is helped along: it takes the order of an index for a gain, and then looks up every row of the table.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from db.queries.read_fields import SIZE_BANDS, size_band
from db.store import Store

SPLIT = 1_000_000
"""Amounts are multiplied by ppm in two parts, above and below this: the product alone would not fit into an integer."""

_TEXT_OF_LINE = "CASE WHEN {0}.product_id IS NULL THEN {0}.description END"
_LINE = " LEFT JOIN opportunity_line n ON n.opportunity_id = o.id"
_EACH_PRODUCT = (
    f" LEFT JOIN (SELECT DISTINCT l.opportunity_id, l.product_id, {_TEXT_OF_LINE.format('l')} AS description"
    " FROM opportunity_line l) n ON n.opportunity_id = o.id"
)
_SEVERAL_LINES = "(SELECT opportunity_id FROM opportunity_line GROUP BY opportunity_id HAVING count(*) > 1)"
PRODUCT = ("n.product_id", _TEXT_OF_LINE.format("n"))
MONTH = "the month of an activity"
_COVERED = {
    "opportunity_open": frozenset(
        {"o.owner_id", "o.stage_id", "o.currency", "o.amount_minor", "o.probability_ppm", "o.close_date"}
    ),
    "opportunity_closed": frozenset({"o.closed_on", "o.is_won", "o.owner_id", "o.currency", "o.amount_minor"}),
}


@dataclass(slots=True)
class Scope:
    """Which deals (`o`) or activities (`y`) count.

    Attributes:
        source: what they are read from.
        conditions: joined by AND, with their parameters in order.
        index: one that holds all of them and perhaps all that is asked, "" if there is none.
    """

    source: str = "opportunity o"
    conditions: list[str] = field(default_factory=list)
    parameters: list[object] = field(default_factory=list)
    index: str = ""
    _is_narrow: bool = False

    def add(self, condition: str, *parameters: object) -> None:
        """Narrow the scope."""
        self.conditions.append(condition)
        self.parameters += parameters
        self._is_narrow = self._is_narrow or bool(parameters)

    def read_from(self, source: str, condition: str, parameters: Sequence[object]) -> None:
        """Narrow the scope by a condition over a source that has joins of its own."""
        self.source, self.index, self._is_narrow = source, "", True
        self.add(condition, *parameters)

    @property
    def where(self) -> str:
        """Return the condition as SQL."""
        return " AND ".join(self.conditions)

    def reading(self, columns: Sequence[str]) -> str:
        """Return the source for reading columns: the index if it has them all; the table in its order if all of it."""
        used = set(re.findall(r"\bo\.\w+", " ".join([*columns, *self.conditions])))
        used |= {"o.id"} if PRODUCT[0] in columns else set()
        if self.index and used <= _COVERED[self.index] | {"o.deleted_at", "o.closed_on"}:
            return f"{self.source} INDEXED BY {self.index}"
        return self.source if self._is_narrow else f"{self.source} NOT INDEXED"


def sums(store: Store, bases: Sequence[str], scope: Scope, *, is_weighted: bool = False) -> list[Any]:
    """Return bases..., currency, deals, amount, and two parts of amount times ppm, for deals in scope.

    The whole product is `fourth * SPLIT + fifth`; both are 0 where nothing is to be weighted.
    """
    columns = [*bases, "o.currency"]
    products = (
        f"COALESCE(sum(o.amount_minor / {SPLIT} * o.probability_ppm), 0),"
        f" COALESCE(sum(o.amount_minor % {SPLIT} * o.probability_ppm), 0)"
    )
    sql = (
        f"SELECT {', '.join(columns)}, count(*), COALESCE(sum(o.amount_minor), 0), {products if is_weighted else '0, 0'}"
        f" FROM {scope.reading(columns)}{_joined(columns, _LINE)} WHERE {scope.where}"
        f"{_only_single(columns)} GROUP BY {_grouping(columns)}"
    )
    return store.rows(sql, scope.parameters)


def split_deals(store: Store, bases: Sequence[str], scope: Scope) -> list[Any]:
    """Return bases..., currency, amount, ppm, deal, amount of the line, for deals in scope with several lines."""
    sql = (
        f"SELECT {', '.join([*bases, 'o.currency'])}, COALESCE(o.amount_minor, 0), o.probability_ppm, o.id, n.amount_minor"
        f" FROM {scope.source}{_LINE} WHERE {scope.where} AND o.id IN {_SEVERAL_LINES} ORDER BY o.id, n.seq, n.rowid"
    )
    return store.rows(sql, scope.parameters)


def cycles(store: Store, bases: Sequence[str], scope: Scope) -> list[Any]:
    """Return bases..., days from creation to closing, how many deals in scope took so long."""
    columns = [*bases, "CAST(julianday(o.closed_on) - julianday(o.created_on) AS INTEGER)"]
    sql = (
        f"SELECT {', '.join(columns)}, count(*) FROM {scope.reading(columns)}{_joined(columns, _EACH_PRODUCT)}"
        f" WHERE {scope.where} GROUP BY {_grouping(columns)}"
    )
    return store.rows(sql, scope.parameters)


def activities(
    store: Store, bases: Sequence[str], scope: Scope, months: Sequence[tuple[str, str]] | None = None
) -> list[Any]:
    """Return bases..., account, how many, minutes, for activities in scope.

    Args:
        store: to read from.
        bases: columns of `y`, or MONTH.
        scope: which activities.
        months: first instant and label of all months, the newest first; None where they are not to be told apart.
    """
    if months is not None and not months:
        return []
    steps = " ".join(
        f"WHEN y.started_at >= ?{2 * index + 1} THEN ?{2 * index + 2}" for index in range(len(months or ()))
    )
    columns = [f"CASE {steps} END" if base == MONTH else base for base in (*bases, "y.account_id")]
    sql = (
        f"SELECT {', '.join(columns)}, count(*), COALESCE(sum(y.duration_min), 0)"
        f" FROM {scope.reading(columns)} WHERE {scope.where} GROUP BY {_grouping(columns)}"
    )
    return store.rows(sql, [*(value for month in months or () for value in month), *scope.parameters])


def first_activity_since(store: Store, instant: str) -> str | None:
    """Return when the first activity from an instant on began."""
    found = store.value("SELECT min(started_at) FROM activity WHERE started_at >= ?", (instant,))
    return None if found is None else str(found)


def untouched(since: str, until: str) -> tuple[str, tuple[str, str]]:
    """Return a condition, with its parameters, that no activity was completed on a deal between two instants."""
    condition = (
        "NOT EXISTS (SELECT 1 FROM activity x WHERE x.opportunity_id = o.id AND x.deleted_at IS NULL"
        " AND x.started_at >= ? AND x.started_at < ? AND x.outcome IS NOT 'cancelled')"
    )
    return condition, (since, until)


def deals(store: Store, scope: Scope, until: str) -> list[Any]:
    """Return id, ref, name, account, owner, stage, amount, currency, last activity; the largest amounts first."""
    touched = (
        "(SELECT max(x.started_at) FROM activity x WHERE x.opportunity_id = o.id AND x.deleted_at IS NULL"
        " AND x.started_at < ? AND x.outcome IS NOT 'cancelled')"
    )
    sql = (
        "SELECT o.id, o.ref, o.name, (SELECT name FROM account WHERE id = o.account_id),"
        " (SELECT name FROM app_user WHERE id = o.owner_id), (SELECT name FROM stage WHERE id = o.stage_id),"
        f" o.amount_minor, o.currency, {touched}"
        f" FROM {scope.source} WHERE {scope.where} ORDER BY o.amount_minor DESC, o.id"
    )
    return store.rows(sql, [until, *scope.parameters])


_PLACES = {
    "owner": "SELECT id, id, name, ref, 0 FROM app_user",
    "manager": "SELECT u.id, m.id, m.name, m.ref, 0 FROM app_user u JOIN app_user m ON m.id = u.manager_id",
    "team": "SELECT u.id, t.id, t.name, t.ref, 0 FROM app_user u JOIN team t ON t.id = u.team_id",
    "stage": (
        "SELECT s.id, s.id, s.name, s.ref, row_number() OVER (ORDER BY e.seq, e.rowid, s.seq, s.rowid)"
        " FROM stage s JOIN pipeline e ON e.id = s.pipeline_id"
    ),
    "account": "SELECT id, id, name, ref, 0 FROM account",
    "industry": (
        "SELECT a.id, lower(a.industry), min(a.industry) OVER (PARTITION BY lower(a.industry)), a.industry, 0"
        " FROM account a WHERE a.industry IS NOT NULL"
    ),
    "size": (
        f"SELECT a.id, {size_band('a')}, {size_band('a')}, {size_band('a')},"
        f" {' + '.join(f'(a.employees > {most})' for most, _ in SIZE_BANDS)} + 1 FROM account a WHERE a.employees NOT NULL"
    ),
    "territory": "SELECT id, id, name, ref, 0 FROM territory",
    "territory of account": (
        "SELECT a.id, r.id, r.name, r.ref, 0 FROM account a JOIN territory r ON r.id = a.territory_id"
    ),
    "product": "SELECT id, id, name, name, 0 FROM product",
}


def places(store: Store, dimension: str) -> list[Any]:
    """Return base id, id of the group, its name, how a filter calls it, and its order, for a dimension."""
    return store.rows(_PLACES[dimension])


_PARENTS = {"manager": ("app_user", "manager_id"), "account": ("account", "parent_id")}


def line_texts(store: Store) -> list[str]:
    """Return what lines of deals are called that name no product."""
    return [
        str(row[0])
        for row in store.rows(
            f"SELECT DISTINCT {_TEXT_OF_LINE.format('n')} AS name"
            " FROM opportunity_line n WHERE n.product_id IS NULL AND n.description IS NOT NULL"
        )
    ]


def ancestors(store: Store, dimension: str) -> list[Any]:
    """Return id and ref of a person or account, and id and name of each one above it, itself included."""
    table, parent = _PARENTS[dimension]
    return store.rows(
        f"WITH RECURSIVE above(child, top) AS (SELECT id, id FROM {table} UNION SELECT above.child, t.{parent}"
        f" FROM above JOIN {table} t ON t.id = above.top WHERE t.{parent} IS NOT NULL)"
        f" SELECT c.id, c.ref, above.top, t.name FROM above JOIN {table} c ON c.id = above.child"
        f" JOIN {table} t ON t.id = above.top ORDER BY c.rowid"
    )


def _joined(columns: Sequence[str], join: str) -> str:
    return join if PRODUCT[0] in columns else ""


def _only_single(columns: Sequence[str]) -> str:
    return f" AND o.id NOT IN {_SEVERAL_LINES}" if PRODUCT[0] in columns else ""


def _grouping(columns: Sequence[str]) -> str:
    """Return what is grouped by; the sign keeps the planner from walking an index for its order alone."""
    return ", ".join(f"+{column}" if re.fullmatch(r"\w\.\w+", column) else column for column in columns)
