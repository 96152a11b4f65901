"""What is searched of each table, and what is shown of a record that was found: as SQL, for the index and for hits.

Imports nothing: the fast door searches through this.
"""

GROUPS: tuple[tuple[str, ...], ...] = (
    ("account", "product", "lead"),
    ("contact",),
    ("opportunity",),
    ("activity", "note", "task", "event"),
    ("quote",),
)
"""The tables, by what is asked for together: the newest of each group are found, whatever fills the others."""
TABLES: tuple[str, ...] = tuple(table for group in GROUPS for table in group)
CALLED = ("account", "contact", "lead", "opportunity")
"""Tables whose names have an index of their own."""
NAMED = (*CALLED, "product", "quote")
SHIFT = 40
_REACHED = "(SELECT group_concat(p.{value}, char(10)) FROM {link} p WHERE p.{owner}_id = t.id)"
_EXTERNAL = "(SELECT group_concat(x.value, ' ') FROM external_id x WHERE x.row_id = t.id AND x.table_name = '{owner}')"
_ACCOUNT = "(SELECT a.name FROM account a WHERE a.id = t.account_id)"
_FIRMS = (
    "(SELECT group_concat(a.name, char(10)) FROM contact_role r JOIN account a ON a.id = r.account_id"
    " WHERE r.contact_id = t.id)"
)
_CITY = "(SELECT x.city FROM address x WHERE x.account_id = t.id LIMIT 1)"
_STAGE = "(SELECT s.name FROM stage s WHERE s.id = t.stage_id)"
_QUOTE = "(SELECT v.{column} FROM quote_version v WHERE v.quote_id = t.id ORDER BY v.revision DESC LIMIT 1)"


def _reached(owner: str) -> tuple[str, ...]:
    parts = (("city", "address"), ("address", "email"))
    return (
        *(_REACHED.format(value=value, link=link, owner=owner) for value, link in parts),
        _EXTERNAL.format(owner=owner),
    )


def _phones(owner: str) -> str:
    return f"(SELECT group_concat(COALESCE(p.e164, p.number), char(10)) FROM phone p WHERE p.{owner}_id = t.id)"


class Shape:
    """A table as search sees it.

    Attributes:
        title: what a record is called.
        texts: its other texts, each a line or several.
        phones: its phone numbers, one a line.
        detail: what tells it from its namesakes.
        at: when it is, where it has a time: a day, a wall time or an instant.
        owner: whose it is.
        closed: whether it is over and done with.
        money: amount in minor units and currency.
    """

    __slots__ = ("at", "closed", "detail", "money", "owner", "phones", "texts", "title")

    def __init__(self, title: str, texts: tuple[str, ...], detail: str, **more: str) -> None:
        self.title = title
        self.texts = texts
        self.detail = detail
        self.phones = more.get("phones", "NULL")
        self.at = more.get("at", "NULL")
        self.owner = more.get("owner", "t.owner_id")
        self.closed = more.get("closed", "0")
        self.money = more.get("money", "NULL, NULL")


SHAPES = {
    "account": Shape(
        "t.name",
        ("t.legal_name", "t.industry", "t.website", "t.domain", "t.tax_id", "t.description", *_reached("account")),
        f"concat_ws(', ', t.type, {_CITY})",
        phones=_phones("account"),
    ),
    "contact": Shape(
        "t.name",
        ("t.title", "t.department", "t.description", _FIRMS, *_reached("contact")),
        "concat_ws(', ', t.title, (SELECT a.name FROM contact_role r JOIN account a ON a.id = r.account_id"
        " WHERE r.contact_id = t.id ORDER BY r.valid_to IS NOT NULL, r.is_primary DESC LIMIT 1))",
        phones=_phones("contact"),
    ),
    "lead": Shape(
        "t.name",
        ("t.company", "t.title", "t.industry", "t.email", "t.website", "t.description", _EXTERNAL.format(owner="lead")),
        "concat_ws(', ', t.company, t.status)",
        phones="t.phone",
    ),
    "opportunity": Shape(
        "t.name",
        (_ACCOUNT, "t.next_step", "t.competitor", "t.description", _EXTERNAL.format(owner="opportunity")),
        f"concat_ws(', ', {_ACCOUNT}, {_STAGE})",
        at="t.close_date",
        closed="t.closed_on IS NOT NULL",
        money="t.amount_minor, t.currency",
    ),
    "product": Shape("t.name", ("t.code", "t.category", "t.description"), "t.code", owner="NULL"),
    "activity": Shape("t.subject", ("t.note", _ACCOUNT), f"concat_ws(', ', t.kind, {_ACCOUNT})", at="t.started_at"),
    "task": Shape(
        "t.subject", ("t.note", _ACCOUNT), _ACCOUNT, at="t.due_on", closed="t.status IN ('done', 'cancelled')"
    ),
    "note": Shape("t.body", (_ACCOUNT,), _ACCOUNT),
    "quote": Shape(
        "t.number || ' ' || t.name",
        (_ACCOUNT, "t.description"),
        f"concat_ws(', ', {_ACCOUNT}, {_QUOTE.format(column='state')})",
        at="t.created_on",
        closed=f"{_QUOTE.format(column='state')} IN ('accepted', 'rejected', 'expired', 'withdrawn', 'superseded')",
        money=f"{_QUOTE.format(column='net_minor')}, t.currency",
    ),
    "event": Shape(
        "t.subject", ("t.place", "t.note", _ACCOUNT), f"concat_ws(', ', t.place, {_ACCOUNT})", at="t.starts_wall"
    ),
}


def first_entry(table: str) -> int:
    """Return the number from which on the index counts a table's records, up to that of the next table."""
    return TABLES.index(table) << SHIFT


def table_of(entry: int) -> str:
    """Return the table of the record that an entry of the index stands for."""
    return TABLES[entry >> SHIFT]
