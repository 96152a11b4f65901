"""A store with very many contacts, made in SQL: for benches of search."""

import random
from collections.abc import Callable
from pathlib import Path

from db.driver import Connection
from db.founding import trigger_script
from db.seeds import PIPELINE_ID, stage_id
from db.store import Store, open_store

NOW = "2026-03-10T12:00:00.000Z"
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ? - 1)"
COMMON = "id, ref, created_at, updated_at"
CHINESE_PER_CENT = 12
_ONSETS = [
    "b",
    "br",
    "c",
    "ch",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "sch",
    "st",
    "t",
    "tr",
    "v",
    "w",
    "z",
]
_VOWELS = ["a", "e", "i", "o", "u", "ei", "ie", "au", "ou"]
_CODAS = ["l", "n", "r", "s", "t", "ck", "nn", "ll", "rt", "nd", "ng", "m"]
_ENDS = ["mann", "er", "berg", "son", "ski", "ov", "ini", "ez", "ard", "stein", "feld", "a", "e", "o", "in", "ic"]
_TITLES = (
    "Sales Manager|Purchasing Manager|Head of Procurement|Managing Director|Engineer|Plant Manager|Buyer|Controller"
    "|Chief Financial Officer|Project Lead|Quality Manager|Assistant|Geschäftsführer|Directeur général|采购经理|总经理"
)
_FORMS = ("GmbH", "AG", "Ltd", "Inc", "SARL", "S.p.A.", "International", "Group", "Systems GmbH", "Logistics")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文志海春梅红云飞鹏宇欣雨晨浩博思佳嘉怡婷子涵梓轩一诺"
_PLACES = "上海北京广州深圳苏州杭州天津武汉成都重庆南京青岛大连宁波无锡厦门长沙郑州沈阳济南"
_TRADES = (
    "远东仪器|华泰机械|东方电子|恒通物流|金辉化工|长城钢铁|新希望食品|中天科技|海力士半导体|三一重工|正泰电器|天合光能"
)


def build_big_book(folder: Path, contacts: int = 1_000_000, accounts: int = 50_000, deals: int = 20_000) -> Store:
    """Fill a new store with people at accounts, each with an e-mail and a phone number; 12 % have Chinese names.

    Nothing is indexed yet; all of it is queued.
    """
    store = open_store(folder)
    connection = store.connection
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-400000")
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("BEGIN EXCLUSIVE")
    indexes = _bare(connection)
    _words(connection, random.Random(7))
    _accounts(connection, accounts)
    _contacts(connection, contacts, accounts)
    _deals(connection, deals, accounts)
    _activities(connection, deals, accounts)
    for statement in (*indexes, *trigger_script()):
        connection.execute(statement)
    for table in ("account", "contact", "opportunity", "activity"):
        connection.execute(f"INSERT INTO search_queue (table_name, row_id) SELECT '{table}', id FROM {table}")
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")
    return store


def _bare(connection: Connection) -> list[str]:
    """Take the triggers and the indexes away; return how the indexes are made."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for statement in trigger_script():
        if statement.startswith("CREATE VIEW"):
            connection.execute(f"DROP VIEW {statement.split()[2]}")
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        " AND tbl_name IN ('account', 'contact', 'contact_role', 'email', 'phone', 'opportunity', 'activity')"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    return [statement for _, statement in indexes]


def _words(connection: Connection, chance: random.Random) -> None:
    def syllable() -> str:
        return chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS)

    given = _distinct(
        400, lambda: chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(("na", "n", "rt", "lia"))
    )
    family = _distinct(20_000, lambda: syllable() + chance.choice(("", syllable())) + chance.choice(_ENDS))
    firm = _distinct(20_000, lambda: syllable() + syllable())
    han = _distinct(
        8_000, lambda: chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2))))
    )
    tables = {"given": given, "family": family, "firm": firm, "han": han, "title": _TITLES.split("|"), "form": _FORMS}
    tables["trade"] = _TRADES.split("|")
    tables["place"] = [_PLACES[at : at + 2] for at in range(0, len(_PLACES), 2)]
    for table, words in tables.items():
        connection.execute(f"CREATE TEMP TABLE {table}_word (n INTEGER PRIMARY KEY, word TEXT)")
        rows = [(n, word.title() if table in ("given", "family", "firm") else word) for n, word in enumerate(words)]
        connection.executemany(f"INSERT INTO {table}_word VALUES (?, ?)", rows)


def _distinct(count: int, make: Callable[[], str]) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[make()] = None
        if count <= 1000 and len(found) > 300:
            break
    return list(found)


def _head(table: int) -> str:
    """Return id, reference and times of the i-th row of a table."""
    return f"printf('01980000-%04x-7000-8%03x-%012x', {table}, i % 4096, i), printf('%x', i), '{NOW}', '{NOW}'"


def _skewed(salt: int, table: str, count: int) -> str:
    """Return SQL for a word of a list; the first of them come up far more often than the last."""
    return (
        f"(SELECT word FROM {table}_word WHERE n = ((i * {salt} % 9973) * (i * {salt} % 9973) / 9973 * {count}) / 9973)"
    )


def _accounts(connection: Connection, count: int) -> None:
    size = connection.execute("SELECT count(*) FROM firm_word").fetchone()[0]
    connection.execute(
        f"{NUMBERS} INSERT INTO account ({COMMON}, name, domain, website, industry) SELECT {_head(2)},"
        f" CASE WHEN i % 100 < {CHINESE_PER_CENT} THEN (SELECT word FROM place_word WHERE n = i / 100 % 20)"
        " || (SELECT word FROM trade_word WHERE n = i / 7 % 12) || '有限公司'"
        f" ELSE (SELECT word FROM firm_word WHERE n = i * 7919 % {size}) || ' ' || (SELECT word FROM form_word"
        " WHERE n = i / 3 % 10) END,"
        f" lower((SELECT word FROM firm_word WHERE n = i * 7919 % {size})) || '.com', NULL, 'Industry ' || i % 12 FROM n",
        (count,),
    )


def _contacts(connection: Connection, count: int, accounts: int) -> None:
    given, family, han = (
        connection.execute(f"SELECT count(*) FROM {table}_word").fetchone()[0] for table in ("given", "family", "han")
    )
    connection.execute(
        f"{NUMBERS} INSERT INTO contact ({COMMON}, name, title) SELECT {_head(4)},"
        f" CASE WHEN i % 100 < {CHINESE_PER_CENT} THEN {_skewed(7907, 'han', han)}"
        f" ELSE {_skewed(7919, 'given', given)} || ' ' || (SELECT word FROM family_word"
        f" WHERE n = i * 104729 % {family}) END, (SELECT word FROM title_word WHERE n = i / 11 % 16) FROM n",
        (count,),
    )
    contact, account = "printf('01980000-0004-7000-8%03x-%012x', i % 4096, i)", f"i % {accounts}"
    firm = f"printf('01980000-0002-7000-8%03x-%012x', ({account}) % 4096, {account})"
    link = f"SELECT printf('01980000-%04x-7000-8%03x-%012x', {{}}, i % 4096, i) AS id, {contact} AS contact"
    mailbox = f"lower((SELECT word FROM family_word WHERE n = i * 104729 % {family})) || (i % 97)"
    address = f"{mailbox} || '@' || (SELECT domain FROM account a WHERE a.rowid = {account} + 1)"
    for table, columns, what in (
        ("contact_role", "contact_id, account_id", firm),
        ("phone", "contact_id, number, e164", "printf('+49 %d %07d', {0}), printf('+49%d%07d', {0})"),
        ("email", "contact_id, address, folded", address),
    ):
        value = what.format("30 + i % 60, i * 7919 % 9999991")
        values = f"{value}, {value}" if table == "email" else value
        number = {"contact_role": 5, "email": 6, "phone": 7}[table]
        connection.execute(
            f"{NUMBERS} INSERT INTO {table} (id, {columns}) {link.format(number)}, {values} FROM n", (count,)
        )


def _deals(connection: Connection, count: int, accounts: int) -> None:
    connection.execute(
        f"{NUMBERS} INSERT INTO opportunity ({COMMON}, name, account_id, pipeline_id, stage_id, close_date, created_on,"
        f" probability_ppm, category) SELECT {_head(3)}, (SELECT a.name FROM account a WHERE a.rowid = i % {accounts} + 1)"
        f" || ' renewal', (SELECT a.id FROM account a WHERE a.rowid = i % {accounts} + 1), '{PIPELINE_ID}',"
        f" '{stage_id(1)}', date('2026-03-10', (i % 300) || ' days'), '2026-01-10', 200000, 'pipeline' FROM n",
        (count,),
    )


def _activities(connection: Connection, count: int, accounts: int) -> None:
    connection.execute(
        f"{NUMBERS} INSERT INTO activity ({COMMON}, kind, subject, note, started_at, account_id) SELECT {_head(8)}, 'call',"
        " 'Called about the ' || (SELECT word FROM form_word WHERE n = i % 10) || ' offer',"
        " 'They want a discount; the decision comes after the fair in ' || (SELECT word FROM firm_word WHERE n = i),"
        f" '{NOW}', (SELECT a.id FROM account a WHERE a.rowid = i % {accounts} + 1) FROM n",
        (count,),
    )
