"""Triggers that keep what lines and payments say for reports, in the order that those read it, whoever writes.

A report on lines would look up the paper of each; so each line that counts has an item beside it which says both.
To these rules a payment is a line of its invoice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """Items of the lines of a kind of paper.

    Attributes:
        table: where they are kept; the view `<table>_due` tells what has to be there.
        link: the column of a line that names its paper.
        key: the columns by which items lie, as SQL over the paper `h` and its line `l`; `rest` the others.
        counted: the condition under which a line counts.
        head_of: the columns of the paper which all that depends on, and when a change of one matters.
        line_of: those of the line.
    """

    table: str
    line: str
    head: str
    link: str
    key: Mapping[str, str]
    rest: Mapping[str, str]
    counted: str
    head_of: Mapping[str, str]
    line_of: tuple[str, ...]


BILLED = Items(
    "billed_item",
    "invoice_line",
    "invoice",
    "invoice_id",
    {
        "account_id": "h.account_id", "item": "COALESCE(l.product_id, l.description, '')",
        "channel": "COALESCE(h.channel, '')", "billed_on": "h.issued_on", "currency": "h.currency", "line_id": "l.id",
    },
    {"net_minor": "l.net_minor + l.share_minor", "cost_minor": "l.cost_minor"},
    "h.deleted_at IS NULL",
    {name: f"old.{name} IS NOT new.{name}" for name in ("account_id", "channel", "issued_on", "currency", "deleted_at")},
    ("invoice_id", "product_id", "description", "net_minor", "share_minor", "cost_minor"),
)  # fmt: skip
ORDERED = Items(
    "ordered_item",
    "sales_order_line",
    "sales_order",
    "order_id",
    {"ordered_on": "h.ordered_on", "order_id": "h.id", "line_id": "l.id"},
    {"product_id": "l.product_id"},
    "h.deleted_at IS NULL AND h.state <> 'cancelled' AND +l.product_id IS NOT NULL",
    {
        "ordered_on": "old.ordered_on <> new.ordered_on", "deleted_at": "old.deleted_at IS NOT new.deleted_at",
        "state": "(old.state = 'cancelled') <> (new.state = 'cancelled')",
    },
    ("order_id", "product_id"),
)  # fmt: skip
_DAYS = (
    "CASE WHEN l.paid_on > {0} THEN l.amount_minor * CAST(julianday(l.paid_on) - julianday({0}) AS INTEGER) ELSE 0 END"
)
PAID = Items(
    "paid_item",
    "payment",
    "invoice",
    "invoice_id",
    {"account_id": "h.account_id", "issued_on": "h.issued_on", "currency": "h.currency", "payment_id": "l.id"},
    {"late": _DAYS.format("h.due_on"), "outstanding": _DAYS.format("h.issued_on")},
    "h.deleted_at IS NULL AND l.deleted_at IS NULL AND h.gross_minor > 0",
    {
        name: f"old.{name} IS NOT new.{name}"
        for name in ("account_id", "issued_on", "due_on", "currency", "gross_minor", "deleted_at")
    },
    ("invoice_id", "paid_on", "amount_minor", "deleted_at"),
)
ALL = (BILLED, ORDERED, PAID)


def item_rules() -> Iterator[str]:
    """Yield the views and triggers."""
    for kind in ALL:
        yield from _rules(kind)


def fill(kind: Items) -> str:
    """Return the statement that puts in all that has to be there, in its order."""
    return (
        f"INSERT INTO {kind.table} SELECT * FROM {kind.table}_due ORDER BY {', '.join(f'+{name}' for name in kind.key)}"
    )


def anew(kind: Items) -> tuple[str, str]:
    """Return the statements that take all of them from the lines anew."""
    return f"DELETE FROM {kind.table}", fill(kind)


def _rules(kind: Items) -> Iterator[str]:
    columns = ", ".join(f"{sql} AS {name}" for name, sql in {**kind.key, **kind.rest}.items())
    yield (
        f"CREATE VIEW {kind.table}_due AS SELECT {columns} FROM {kind.head} h"
        f" JOIN {kind.line} l ON l.{kind.link} = h.id WHERE {kind.counted}"
    )
    keys = ", ".join(kind.key.values())
    take = f"DELETE FROM {kind.table} WHERE ({', '.join(kind.key)}) IN (SELECT {{0}} FROM {{1}})"
    take_line = take.format(keys.replace("l.", "old."), f"{kind.head} h WHERE h.id = old.{kind.link}")
    take_head = take.format(keys.replace("h.", "old."), f"{kind.line} l WHERE l.{kind.link} = old.id")
    own = next(name for name, sql in kind.key.items() if sql == "l.id")
    add = f"INSERT OR REPLACE INTO {kind.table} SELECT * FROM {kind.table}_due WHERE {own}"
    add_line, add_head = f"{add} = new.id", f"{add} IN (SELECT id FROM {kind.line} WHERE {kind.link} = new.id)"
    when = " OR ".join(kind.head_of.values())
    for event, on, steps in (
        ("insert", f"INSERT ON {kind.line}", (add_line,)),
        ("update", f"UPDATE OF {', '.join(kind.line_of)} ON {kind.line}", (take_line, add_line)),
        ("delete", f"DELETE ON {kind.line}", (take_line,)),
        ("head", f"UPDATE OF {', '.join(kind.head_of)} ON {kind.head} WHEN {when}", (take_head, add_head)),
    ):
        body = "".join(f"  {step};\n" for step in steps)
        yield f"CREATE TRIGGER {kind.table}_{event} AFTER {on} BEGIN\n{body}END"
