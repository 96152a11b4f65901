"""A store with very many orders and invoices, made in SQL: for benches of reports on customers."""

from pathlib import Path

from db.founding import trigger_script
from db.store import Store, open_store
from tests.support.big_store import COMMON, NUMBERS, _accounts, _head, _people

TABLES = "('sales_order', 'invoice')"


def build_big_orders(folder: Path, orders: int = 1_000_000, accounts: int = 20_000, owners: int = 500) -> Store:
    """Fill a new store with orders over three years, each with an invoice; it is not analysed."""
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
        f" net_minor) SELECT {_head(20)}, 'SO' || i, 'Order', {account}, {owner}, 'open', 'USD', {day}, {net} FROM n",
        (orders,),
    )
    connection.execute(
        f"{NUMBERS} INSERT INTO invoice ({COMMON}, number, account_id, owner_id, issued_on, currency, net_minor,"
        f" tax_minor, gross_minor) SELECT {_head(21)}, 'I' || i, {account}, {owner}, {day}, 'USD', {net}, 0, {net} FROM n",
        (orders,),
    )
    for statement in (*(sql for _, sql in indexes), *trigger_script()):
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")
    return store
