"""Sums over deals and activities, grouped by one or two dimensions; amounts stay apart by currency."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from db.store import Store

_QUARTER = "substr({0}, 1, 4) || '-Q' || ((CAST(substr({0}, 6, 2) AS INTEGER) + 2) / 3)"
_BOSSES = (
    "(WITH RECURSIVE above(person, boss, depth) AS (SELECT id, manager_id, 1 FROM app_user WHERE manager_id IS NOT NULL"
    " UNION ALL SELECT above.person, u.manager_id, depth + 1 FROM above JOIN app_user u ON u.id = above.boss"
    " WHERE u.manager_id IS NOT NULL AND depth < 12) SELECT person, boss FROM above)"
)
_OWNERS = (
    "(WITH RECURSIVE above(child, top, depth) AS (SELECT id, id, 1 FROM account"
    " UNION ALL SELECT above.child, a.parent_id, depth + 1 FROM above JOIN account a ON a.id = above.top"
    " WHERE a.parent_id IS NOT NULL AND depth < 12) SELECT child, top FROM above)"
)


@dataclass(frozen=True, slots=True)
class Dimension:
    """What sums are grouped by: SQL for the group, the joins it needs, and what it is ordered by."""

    name: str
    sql: str
    joins: tuple[str, ...] = ()
    order: str = ""


_JOINS = {
    "user": "LEFT JOIN app_user u ON u.id = {owner}",
    "manager": "LEFT JOIN app_user m ON m.id = u.manager_id",
    "team": "LEFT JOIN team t ON t.id = u.team_id",
    "boss": f"JOIN {_BOSSES} ab ON ab.person = {{owner}} LEFT JOIN app_user m ON m.id = ab.boss",
    "account": "LEFT JOIN account a ON a.id = {account}",
    "top": f"JOIN {_OWNERS} ao ON ao.child = {{account}} LEFT JOIN account a ON a.id = ao.top",
    "territory": "LEFT JOIN account ta ON ta.id = {account} LEFT JOIN territory r ON r.id = COALESCE({territory}, ta.territory_id)",
    "stage": "LEFT JOIN stage s ON s.id = o.stage_id",
    "product": "LEFT JOIN opportunity_line n ON n.opportunity_id = o.id LEFT JOIN product d ON d.id = n.product_id",
}
JOIN_ORDER = tuple(_JOINS)


def dimension(name: str, day: str, *, is_rolled_up: bool = False) -> Dimension | None:
    """Return a dimension by its name; `day` is the SQL of the day that periods are made of."""
    found = {
        "owner": Dimension("owner", "u.name", ("user",)),
        "manager": Dimension("manager", "m.name", ("boss",) if is_rolled_up else ("user", "manager")),
        "team": Dimension("team", "t.name", ("user", "team")),
        "stage": Dimension("stage", "s.name", ("stage",), "s.seq"),
        "product": Dimension("product", "COALESCE(d.name, n.description)", ("product",)),
        "account": Dimension("account", "a.name", ("top",) if is_rolled_up else ("account",)),
        "industry": Dimension("industry", "a.industry", ("account",)),
        "territory": Dimension("territory", "r.name", ("territory",)),
        "source": Dimension("source", "o.source"),
        "month": Dimension("month", f"substr({day}, 1, 7)", (), "1"),
        "quarter": Dimension("quarter", _QUARTER.format(day), (), "1"),
        "kind": Dimension("kind", "y.kind"),
    }
    return found.get(name)


@dataclass(slots=True)
class Scope:
    """Which deals count: a condition over `o`, with its parameters."""

    conditions: list[str] = field(default_factory=lambda: ["o.deleted_at IS NULL"])
    parameters: list[object] = field(default_factory=list)

    def add(self, condition: str, *parameters: object) -> None:
        """Narrow the scope."""
        self.conditions.append(condition)
        self.parameters += parameters

    @property
    def where(self) -> str:
        """Return the condition as SQL."""
        return " AND ".join(self.conditions)


def joins_of(dimensions: Sequence[Dimension], *, owner: str = "o.owner_id", account: str = "o.account_id") -> str:
    """Return the joins that the dimensions need, each once."""
    needed = {name for dim in dimensions for name in dim.joins}
    territory = "o.territory_id" if owner.startswith("o.") else "NULL"
    return " ".join(
        _JOINS[name].format(owner=owner, account=account, territory=territory) for name in JOIN_ORDER if name in needed
    )


def sums(store: Store, dimensions: Sequence[Dimension], scope: Scope) -> list[Any]:
    """Return group values..., currency, deals, amount, amount times ppm, for deals in scope."""
    groups = "".join(f"{dim.sql}, " for dim in dimensions)
    numbers = ", ".join(str(index + 1) for index in range(len(dimensions) + 1))
    order = "".join(f"min({dim.order}), " for dim in dimensions if dim.order and dim.order != "1")
    sql = (
        f"SELECT {groups}o.currency, count(*), COALESCE(sum(o.amount_minor), 0),"
        f" COALESCE(sum(o.amount_minor * o.probability_ppm), 0)"
        f" FROM opportunity o {joins_of(dimensions)} WHERE {scope.where} GROUP BY {numbers} ORDER BY {order}{numbers}"
    )
    return store.rows(sql, scope.parameters)


def lines(store: Store, dimensions: Sequence[Dimension], scope: Scope) -> list[Any]:
    """Return group values..., deal id, currency, amount, ppm, is_won, amount of the line, for deals in scope, line by line."""
    groups = "".join(f"{dim.sql}, " for dim in dimensions)
    sql = (
        f"SELECT {groups}o.id, o.currency, COALESCE(o.amount_minor, 0), o.probability_ppm, o.is_won, n.amount_minor"
        f" FROM opportunity o {joins_of(dimensions)} WHERE {scope.where} ORDER BY o.id, n.seq"
    )
    return store.rows(sql, scope.parameters)


def outcomes(store: Store, dimensions: Sequence[Dimension], scope: Scope) -> list[Any]:
    """Return group values..., won, lost, won amount, lost amount, how many currencies, one of them."""
    groups = "".join(f"{dim.sql}, " for dim in dimensions)
    numbers = ", ".join(str(index + 1) for index in range(len(dimensions)))
    tail = f"GROUP BY {numbers} ORDER BY {numbers}" if dimensions else ""
    distinct = "DISTINCT o.id" if any(dim.name == "product" for dim in dimensions) else "o.id"
    won, lost = (f"count({distinct}) FILTER (WHERE o.is_won = {value})" for value in (1, 0))
    sql = (
        f"SELECT {groups}{won}, {lost}, COALESCE(sum(o.amount_minor) FILTER (WHERE o.is_won = 1), 0),"
        " COALESCE(sum(o.amount_minor) FILTER (WHERE o.is_won = 0), 0), count(DISTINCT o.currency), min(o.currency)"
        f" FROM opportunity o {joins_of(dimensions)} WHERE {scope.where} {tail}"
    )
    return store.rows(sql, scope.parameters)


def cycles(store: Store, dimensions: Sequence[Dimension], scope: Scope) -> list[Any]:
    """Return group values..., days from creation to closing, one row per deal in scope."""
    groups = "".join(f"{dim.sql}, " for dim in dimensions)
    sql = (
        f"SELECT {groups}CAST(julianday(o.closed_on) - julianday(o.created_on) AS INTEGER)"
        f" FROM opportunity o {joins_of(dimensions)} WHERE {scope.where}"
    )
    return store.rows(sql, scope.parameters)


def activities(store: Store, dimensions: Sequence[Dimension], where: str, parameters: Sequence[object]) -> list[Any]:
    """Return group values..., count, minutes, distinct accounts of activities `y` that fit."""
    groups = "".join(f"{dim.sql}, " for dim in dimensions)
    numbers = ", ".join(str(index + 1) for index in range(len(dimensions)))
    tail = f"GROUP BY {numbers} ORDER BY {numbers}" if dimensions else ""
    joins = joins_of(dimensions, owner="y.owner_id", account="y.account_id")
    sql = (
        f"SELECT {groups}count(*), COALESCE(sum(y.duration_min), 0), count(DISTINCT y.account_id)"
        f" FROM activity y {joins} WHERE y.deleted_at IS NULL AND {where} {tail}"
    )
    return store.rows(sql, parameters)


def stale(store: Store, before: str, scope: Scope, limit: int) -> list[Any]:
    """Return id, ref, name, account, owner, stage, amount, currency, last activity of open deals untouched since a day."""
    sql = f"""
        SELECT o.id, o.ref, o.name, a.name, u.name, s.name, o.amount_minor, o.currency, o.touched FROM (
            SELECT o.*, (SELECT max(y.started_at) FROM activity y WHERE y.opportunity_id = o.id AND y.deleted_at IS NULL)
                AS touched FROM opportunity o WHERE {scope.where} AND o.closed_on IS NULL
        ) o LEFT JOIN account a ON a.id = o.account_id LEFT JOIN app_user u ON u.id = o.owner_id
        JOIN stage s ON s.id = o.stage_id
        WHERE COALESCE(substr(o.touched, 1, 10), o.created_on) < ? ORDER BY o.amount_minor DESC, o.id LIMIT ?
    """
    return store.rows(sql, [*scope.parameters, before, limit])
