"""How a readable field is declared: its name, the SQL that gives it, how its value is meant."""

from dataclasses import dataclass
from typing import Literal

from sfa.domain.value.scoring import QUADRANTS

Kind = Literal["text", "day", "instant", "money", "integer", "percent", "bool", "dec6", "tags"]
LAST = "(SELECT max(y.started_at) FROM activity y WHERE y.{column} = {alias}.id AND y.deleted_at IS NULL)"
TAGS = (
    "(SELECT group_concat(g.name, ' ') FROM record_tag r JOIN tag g ON g.id = r.tag_id"
    " WHERE r.table_name = '{table}' AND r.row_id = {alias}.id)"
)
EXTERNAL = "(SELECT min(x.value) FROM external_id x WHERE x.table_name = '{table}' AND x.row_id = {alias}.id)"
REACH = "(SELECT p.{value} FROM {table} p WHERE p.{owner}_id = {alias}.id{kind} ORDER BY p.is_primary DESC, p.rowid LIMIT 1)"
PLACE = "(SELECT {value} FROM address p WHERE p.{owner}_id = {alias}.id ORDER BY p.rowid LIMIT 1)"
_CLASSES = " ".join(
    f"WHEN {2 * is_valuable + is_loyal} THEN '{name}'" for (is_valuable, is_loyal), (name, _) in QUADRANTS.items()
)
VALUE_CLASS = (
    f"(SELECT CASE 2 * v.is_valuable + v.is_loyal {_CLASSES} END FROM value_class v WHERE v.account_id = a.id"
    " ORDER BY v.recorded_on DESC LIMIT 1)"
)
"""The class of value that was recorded last of an account `a` (domain.md 5.2)."""
SIZE_BANDS = ((10, "1-10"), (50, "11-50"), (200, "51-200"), (1000, "201-1000"))
LARGEST_BAND = "over 1000"
COORDINATES = "(p.latitude_dec6 / 1e6) || ',' || (p.longitude_dec6 / 1e6)"


@dataclass(frozen=True, slots=True)
class ReadField:
    """One readable field.

    Attributes:
        sql: an expression over the noun's joins.
        currency_sql: where a money field's currency stands.
        target: the noun that a reference names; then `id_sql` is the foreign key.
        among: where a record has several values, a query for one of them, up to the column that holds it.
    """

    name: str
    sql: str
    kind: Kind = "text"
    title: str = ""
    currency_sql: str = ""
    target: str = ""
    id_sql: str = ""
    among: str = ""

    @property
    def key(self) -> str:
        """Return what lists are ordered by: texts in any case of ASCII letters, as the index of names has it."""
        return f"{self.sql} COLLATE NOCASE" if self.kind == "text" else self.sql


@dataclass(frozen=True, slots=True)
class ReadNoun:
    """A noun as it is read.

    Attributes:
        source: FROM with its joins.
        alias: of the noun's own table.
        columns: what a list shows where nobody chose.
        sort: field, with a leading minus for descending.
        aliases: other words for fields.
    """

    name: str
    table: str
    alias: str
    source: str
    fields: dict[str, ReadField]
    columns: tuple[str, ...]
    sort: str
    aliases: dict[str, str]

    def field(self, name: str) -> ReadField | None:
        """Return a field by its name or another word for it."""
        return self.fields.get(self.aliases.get(name, name))


def readable(name: str, sql: str, kind: Kind = "text", title: str = "", currency: str = "") -> ReadField:
    """Return a readable field; its title is its name where none is given."""
    return ReadField(name, sql, kind, title or name.replace("_", " ").capitalize(), currency)


def reference(name: str, alias: str, target: str, id_sql: str) -> ReadField:
    """Return a field that names another record."""
    return ReadField(name, f"{alias}.name", "text", name.capitalize(), "", target, id_sql)


def several(name: str, sql: str, among: str, target: str = "") -> ReadField:
    """Return a field of several values; `=` finds the records that have one of them."""
    return ReadField(name, sql, "text", name.capitalize(), "", target, among=among)


def size_band(account: str) -> str:
    """Return the SQL of how large an account is, by its employees."""
    steps = " ".join(f"WHEN {account}.employees <= {most} THEN '{band}'" for most, band in SIZE_BANDS)
    return f"CASE {steps} WHEN {account}.employees NOT NULL THEN '{LARGEST_BAND}' END"


def noun(
    name: str,
    alias: str,
    source: str,
    fields: tuple[ReadField, ...],
    *,
    columns: str,
    sort: str,
    table: str = "",
    aliases: dict[str, str] | None = None,
) -> ReadNoun:
    """Return a noun with its fields by name; id, ref and ages come by themselves."""
    own = (readable("id", f"{alias}.id"), readable("ref", f"{alias}.ref"))
    end = (
        readable("created_at", f"{alias}.created_at", "instant"),
        readable("updated_at", f"{alias}.updated_at", "instant"),
        readable("deleted_at", f"{alias}.deleted_at", "instant"),
    )
    by_name = {field.name: field for field in (*own, *fields, *end)}
    return ReadNoun(name, table or name, alias, source, by_name, tuple(columns.split()), sort, aliases or {})


def plain(alias: str, names: str, kind: Kind = "text") -> tuple[ReadField, ...]:
    """Return fields that are columns of the same name."""
    return tuple(readable(name, f"{alias}.{name}", kind) for name in names.split())


def shared(table: str, alias: str) -> tuple[ReadField, ...]:
    """Return the fields that every noun's records may have: tags and the other system's id."""
    return (
        readable("tags", TAGS.format(table=table, alias=alias), "tags"),
        readable("external_id", EXTERNAL.format(table=table, alias=alias)),
    )


def places(owner: str, alias: str) -> tuple[ReadField, ...]:
    """Return the fields of the address."""
    return tuple(
        readable(
            name, PLACE.format(value=COORDINATES if name == "coordinates" else f"p.{name}", owner=owner, alias=alias)
        )
        for name in ("street", "city", "region", "postal_code", "country", "coordinates")
    )


def reach(name: str, table: str, value: str, owner: str, alias: str, kind: str = "") -> ReadField:
    """Return a field of the primary phone or e-mail."""
    narrowed = f" AND p.kind = '{kind}'" if kind else ""
    return readable(name, REACH.format(value=value, table=table, owner=owner, alias=alias, kind=narrowed))
