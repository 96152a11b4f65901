"""A store with very many orders and invoices with their lines, made in SQL: for benches of reports on customers."""

from pathlib import Path

from db.driver import Connection
from db.founding import trigger_script
from db.item_rules import ALL, fill
from db.store import Store, open_store
from tests.support.big_store import COMMON, NUMBERS, _accounts, _head, _people

TABLES = "('sales_order', 'invoice', 'sales_order_line', 'invoice_line', 'product')"
PRODUCTS = 200
EACH = 2
"""Lines of an order and of its invoice."""


def build_big_orders(folder: Path, orders: int = 1_000_000, accounts: int = 20_000, owners: int = 500) -> Store:
    """Fill a new store with orders of two lines over three years, each with an invoice; it is not analysed."""
    store = open_store(folder)
    connection = store.connection
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-200000", "foreign_keys=OFF"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN EXCLUSIVE")
    for kind in ("trigger", "view"):
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = ?", (kind,)).fetchall()
        for (name,) in names:
            connection.execute(f"DROP {kind} {name}")
    indexes = connection.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN {TABLES}"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    _people(connection, owners)
    _accounts(connection, accounts)
    account = f"printf('01980000-0002-7000-8%03x-%012x', (i * 7919 % {accounts} + 1) % 4096, i * 7919 % {accounts} + 1)"
    owner = f"printf('01980000-0001-7000-8%03x-%012x', (i % {owners} + 1) % 4096, i % {owners} + 1)"
    day, net = "date('2026-03-09', '-' || (i * 31 % 1095) || ' days')", "i * 1009 % 900000 + 5000"
    connection.execute(
        f"{NUMBERS} INSERT INTO sales_order ({COMMON}, number, name, account_id, owner_id, state, currency, ordered_on,"
        f" net_minor, cost_minor, list_minor) SELECT {_head(20)}, 'SO' || i, 'Order', {account}, {owner}, 'open', 'USD',"
        f" {day}, {net}, ({net}) * 6 / 10, ({net}) * 11 / 10 FROM n",
        (orders,),
    )
    connection.execute(
        f"{NUMBERS} INSERT INTO invoice ({COMMON}, number, account_id, owner_id, issued_on, currency, net_minor,"
        f" tax_minor, gross_minor, channel) SELECT {_head(21)}, 'I' || i, {account}, {owner}, {day}, 'USD', {net}, 0, {net},"
        " 'Channel ' || (i % 3) FROM n",
        (orders,),
    )
    _lines(connection, orders, net)
    for statement in (*(sql for _, sql in indexes), *trigger_script(), *map(fill, ALL)):
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")
    return store


def _lines(connection: Connection, orders: int, net: str) -> None:
    """Divide orders and invoices over two products each; some are bought together more often than others."""
    connection.execute(
        f"{NUMBERS} INSERT INTO product ({COMMON}, name, category) SELECT {_head(22)}, 'Product ' || i,"
        " 'Category ' || (i % 9) FROM n",
        (PRODUCTS,),
    )
    ids = "printf('01980000-%04x-7000-8%03x-%012x', {0}, ({1}) % 4096, {1})"
    each = "(SELECT 0 AS place UNION ALL SELECT 1) line"
    number = f"(i * {EACH} + line.place)"
    product = ids.format(22, f"CASE line.place WHEN 0 THEN i % {PRODUCTS} ELSE (i * 7 + i / 1000) % {PRODUCTS} END + 1")
    for table, parent, at in (("sales_order_line", "order_id", 20), ("invoice_line", "invoice_id", 21)):
        connection.execute(
            f"{NUMBERS} INSERT INTO {table} (id, {parent}, ordinal, product_id, quantity_dec6, net_minor, cost_minor)"
            f" SELECT {ids.format(at + 10, number)}, {ids.format(at, 'i')}, line.place, {product}, 1000000,"
            f" ({net}) / {EACH}, ({net}) * 3 / 10 FROM n, {each}",
            (orders,),
        )
