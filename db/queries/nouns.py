"""What can be read of each noun: names of fields, the SQL that gives them, and how their values are meant.

The joins stand in every query; SQLite leaves out those that no chosen field needs.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "day", "instant", "money", "integer", "percent", "bool", "dec6", "tags"]
LAST = "(SELECT max(y.started_at) FROM activity y WHERE y.{column} = {alias}.id AND y.deleted_at IS NULL)"
TAGS = (
    "(SELECT group_concat(g.name, ' ') FROM record_tag r JOIN tag g ON g.id = r.tag_id"
    " WHERE r.table_name = '{table}' AND r.row_id = {alias}.id)"
)
EXTERNAL = "(SELECT min(x.value) FROM external_id x WHERE x.table_name = '{table}' AND x.row_id = {alias}.id)"
REACH = "(SELECT p.{value} FROM {table} p WHERE p.{owner}_id = {alias}.id{kind} ORDER BY p.is_primary DESC, p.rowid LIMIT 1)"
PLACE = "(SELECT p.{value} FROM address p WHERE p.{owner}_id = {alias}.id ORDER BY p.rowid LIMIT 1)"


@dataclass(frozen=True, slots=True)
class ReadField:
    """One readable field.

    Attributes:
        sql: an expression over the noun's joins.
        currency_sql: where a money field's currency stands.
        target: the noun that a reference names; then `id_sql` is the foreign key.
    """

    name: str
    sql: str
    kind: Kind = "text"
    title: str = ""
    currency_sql: str = ""
    target: str = ""
    id_sql: str = ""


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


def _f(name: str, sql: str, kind: Kind = "text", title: str = "", currency: str = "") -> ReadField:
    return ReadField(name, sql, kind, title or name.replace("_", " ").capitalize(), currency)


def _ref(name: str, alias: str, target: str, id_sql: str) -> ReadField:
    return ReadField(name, f"{alias}.name", "text", name.capitalize(), "", target, id_sql)


def _noun(
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
    own = (_f("id", f"{alias}.id"), _f("ref", f"{alias}.ref"))
    end = (
        _f("created_at", f"{alias}.created_at", "instant"),
        _f("updated_at", f"{alias}.updated_at", "instant"),
        _f("deleted_at", f"{alias}.deleted_at", "instant"),
    )
    by_name = {field.name: field for field in (*own, *fields, *end)}
    return ReadNoun(name, table or name, alias, source, by_name, tuple(columns.split()), sort, aliases or {})


def _columns(alias: str, names: str, kind: Kind = "text") -> tuple[ReadField, ...]:
    return tuple(_f(name, f"{alias}.{name}", kind) for name in names.split())


def _shared(table: str, alias: str) -> tuple[ReadField, ...]:
    return (
        _f("tags", TAGS.format(table=table, alias=alias), "tags"),
        _f("external_id", EXTERNAL.format(table=table, alias=alias)),
    )


def _places(owner: str, alias: str) -> tuple[ReadField, ...]:
    return tuple(
        _f(value, PLACE.format(value=value, owner=owner, alias=alias))
        for value in ("street", "city", "region", "postal_code", "country")
    )


def _reach(name: str, table: str, value: str, owner: str, alias: str, kind: str = "") -> ReadField:
    narrowed = f" AND p.kind = '{kind}'" if kind else ""
    return _f(name, REACH.format(value=value, table=table, owner=owner, alias=alias, kind=narrowed))


_ACCOUNT = _noun(
    "account",
    "a",
    "account a LEFT JOIN app_user u ON u.id = a.owner_id LEFT JOIN app_user m ON m.id = u.manager_id"
    " LEFT JOIN account p ON p.id = a.parent_id LEFT JOIN team t ON t.id = a.team_id"
    " LEFT JOIN territory r ON r.id = a.territory_id",
    (
        _f("name", "a.name"),
        _f("legal_name", "a.legal_name"),
        _ref("parent", "p", "account", "a.parent_id"),
        *_columns("a", "type lifecycle industry segment"),
        _f("employees", "a.employees", "integer"),
        _f("annual_revenue", "a.annual_revenue_minor", "money", "Revenue", "a.currency"),
        _f("currency", "a.currency"),
        _f("payment_terms_days", "a.payment_terms_days", "integer"),
        _f("credit_limit", "a.credit_limit_minor", "money", "", "a.currency"),
        *_columns("a", "website domain tax_id"),
        _reach("phone", "phone", "number", "account", "a"),
        _reach("email", "email", "address", "account", "a"),
        _ref("owner", "u", "user", "a.owner_id"),
        _ref("manager", "m", "user", "u.manager_id"),
        _ref("team", "t", "team", "a.team_id"),
        _ref("territory", "r", "territory", "a.territory_id"),
        *_columns("a", "language source"),
        _f("founded_year", "a.founded_year", "integer"),
        *_places("account", "a"),
        *_shared("account", "a"),
        _f("description", "a.description"),
        _f("created", "a.created_on", "day"),
        _f(
            "open_deals",
            "(SELECT count(*) FROM opportunity o WHERE o.account_id = a.id AND o.closed_on IS NULL"
            " AND o.deleted_at IS NULL)",
            "integer",
            "Open",
        ),
        _f("last_activity", LAST.format(column="account_id", alias="a"), "instant", "Last touch"),
    ),
    columns="ref name type industry city country owner last_activity",
    sort="name",
    aliases={"sector": "industry", "revenue": "annual_revenue", "tag": "tags"},
)
_CONTACT = _noun(
    "contact",
    "c",
    "contact c LEFT JOIN contact_role k ON k.id = (SELECT q.id FROM contact_role q WHERE q.contact_id = c.id"
    " ORDER BY q.valid_to IS NOT NULL, q.is_primary DESC, q.rowid LIMIT 1)"
    " LEFT JOIN account a ON a.id = k.account_id LEFT JOIN app_user u ON u.id = c.owner_id"
    " LEFT JOIN contact b ON b.id = c.reports_to_id",
    (
        _f("name", "c.name"),
        *_columns("c", "given_name family_name title department"),
        _ref("account", "a", "account", "k.account_id"),
        _f("role", "k.role"),
        _reach("email", "email", "address", "contact", "c"),
        _reach("phone", "phone", "number", "contact", "c"),
        _reach("mobile", "phone", "number", "contact", "c", "mobile"),
        _reach("home_phone", "phone", "number", "contact", "c", "home"),
        _f("birthday", "c.birthday", "day"),
        *_columns("c", "language preferred_channel source"),
        _ref("owner", "u", "user", "c.owner_id"),
        _ref("reports_to", "b", "contact", "c.reports_to_id"),
        *_places("contact", "c"),
        *_shared("contact", "c"),
        _f("description", "c.description"),
        _f("created", "c.created_on", "day"),
        _f(
            "last_activity",
            "(SELECT max(y.started_at) FROM activity_contact w JOIN activity y ON y.id = w.activity_id"
            " WHERE w.contact_id = c.id AND y.deleted_at IS NULL)",
            "instant",
            "Last touch",
        ),
    ),
    columns="ref name title account phone email",
    sort="name",
    aliases={"tag": "tags"},
)
_LEAD = _noun(
    "lead",
    "l",
    "lead l LEFT JOIN app_user u ON u.id = l.owner_id",
    (
        _f("name", "l.name"),
        *_columns("l", "given_name family_name company title email phone website industry source status"),
        _ref("owner", "u", "user", "l.owner_id"),
        *_shared("lead", "l"),
        _f("description", "l.description"),
        _f("created", "l.created_on", "day"),
    ),
    columns="ref name company status source phone email owner",
    sort="name",
    aliases={"tag": "tags"},
)
_STATUS = "CASE o.is_won WHEN 1 THEN 'won' WHEN 0 THEN 'lost' ELSE 'open' END"
_ENTERED = "(SELECT max(h.at) FROM opportunity_history h WHERE h.opportunity_id = o.id AND h.is_stage_change = 1)"
_OPPORTUNITY = _noun(
    "opportunity",
    "o",
    "opportunity o LEFT JOIN account a ON a.id = o.account_id LEFT JOIN stage s ON s.id = o.stage_id"
    " LEFT JOIN pipeline e ON e.id = o.pipeline_id LEFT JOIN app_user u ON u.id = o.owner_id"
    " LEFT JOIN app_user m ON m.id = u.manager_id LEFT JOIN team t ON t.id = u.team_id"
    " LEFT JOIN territory r ON r.id = o.territory_id",
    (
        _f("name", "o.name"),
        _ref("account", "a", "account", "o.account_id"),
        _ref("owner", "u", "user", "o.owner_id"),
        _ref("manager", "m", "user", "u.manager_id"),
        _ref("team", "t", "team", "u.team_id"),
        _ref("pipeline", "e", "pipeline", "o.pipeline_id"),
        _ref("stage", "s", "stage", "o.stage_id"),
        _f("status", _STATUS),
        _f("amount", "o.amount_minor", "money", "", "o.currency"),
        _f("currency", "o.currency"),
        _f("probability", "o.probability_ppm", "percent"),
        _f("category", "o.category"),
        _f("close_date", "o.close_date", "day", "Closes"),
        _f("closed", "o.closed_on", "day"),
        _f("created", "o.created_on", "day"),
        _f("next_step", "o.next_step"),
        _f("next_step_on", "o.next_step_on", "day"),
        *_columns("o", "type source campaign win_reason loss_reason loss_note competitor"),
        _ref("territory", "r", "territory", "o.territory_id"),
        _f("industry", "a.industry"),
        _f("discount", "o.discount_ppm", "percent"),
        _f(
            "product",
            "(SELECT group_concat(COALESCE(d.name, n.description), ', ') FROM opportunity_line n"
            " LEFT JOIN product d ON d.id = n.product_id WHERE n.opportunity_id = o.id)",
        ),
        _f(
            "contact",
            "(SELECT c.name FROM opportunity_contact n JOIN contact c ON c.id = n.contact_id"
            " WHERE n.opportunity_id = o.id ORDER BY n.rowid LIMIT 1)",
        ),
        _f("in_stage_since", _ENTERED, "instant", "In stage since"),
        _f("last_activity", LAST.format(column="opportunity_id", alias="o"), "instant", "Last touch"),
        *_shared("opportunity", "o"),
        _f("description", "o.description"),
    ),
    columns="ref name account stage amount close_date probability owner next_step",
    sort="close_date",
    aliases={"close": "close_date", "outcome": "status", "tag": "tags", "deal": "name"},
)
_PRODUCT = _noun(
    "product",
    "d",
    "product d",
    (
        _f("name", "d.name"),
        *_columns("d", "code category unit"),
        _f("price", "d.price_dec6", "dec6"),
        _f("cost", "d.cost_dec6", "dec6"),
        _f("currency", "d.currency"),
        _f("is_active", "d.is_active", "bool", "Active"),
        *_shared("product", "d"),
        _f("description", "d.description"),
    ),
    columns="ref code name category unit price currency is_active",
    sort="name",
    aliases={"active": "is_active"},
)
_USER = _noun(
    "user",
    "u",
    "app_user u LEFT JOIN app_user m ON m.id = u.manager_id LEFT JOIN team t ON t.id = u.team_id"
    " LEFT JOIN territory r ON r.id = u.territory_id",
    (
        _f("name", "u.name"),
        *_columns("u", "email role"),
        _ref("manager", "m", "user", "u.manager_id"),
        _ref("team", "t", "team", "u.team_id"),
        _ref("territory", "r", "territory", "u.territory_id"),
        _f("region", "u.region"),
        _f("is_active", "u.is_active", "bool", "Active"),
        *_shared("app_user", "u"),
    ),
    columns="ref name role manager team region email",
    sort="name",
    table="app_user",
    aliases={"active": "is_active"},
)
_ACTIVITY = _noun(
    "activity",
    "y",
    "activity y LEFT JOIN account a ON a.id = y.account_id LEFT JOIN opportunity o ON o.id = y.opportunity_id"
    " LEFT JOIN app_user u ON u.id = y.owner_id",
    (
        *_columns("y", "kind subject"),
        _f("started", "y.started_at", "instant", "When"),
        _f("duration_min", "y.duration_min", "integer", "Min"),
        *_columns("y", "direction outcome"),
        _ref("account", "a", "account", "y.account_id"),
        _f(
            "contact",
            "(SELECT group_concat(c.name, ', ') FROM activity_contact w JOIN contact c ON c.id = w.contact_id"
            " WHERE w.activity_id = y.id)",
        ),
        _ref("opportunity", "o", "opportunity", "y.opportunity_id"),
        _ref("owner", "u", "user", "y.owner_id"),
        _f("note", "y.note"),
        *_shared("activity", "y"),
    ),
    columns="ref started kind subject account contact outcome owner",
    sort="-started",
    aliases={"when": "started", "type": "kind", "tag": "tags"},
)
_TASK = _noun(
    "task",
    "k",
    "task k LEFT JOIN account a ON a.id = k.account_id LEFT JOIN contact c ON c.id = k.contact_id"
    " LEFT JOIN opportunity o ON o.id = k.opportunity_id LEFT JOIN app_user u ON u.id = k.owner_id",
    (
        _f("subject", "k.subject"),
        _f("due", "k.due_on", "day"),
        *_columns("k", "due_time priority status"),
        _f("done", "k.done_at", "instant"),
        _ref("account", "a", "account", "k.account_id"),
        _ref("contact", "c", "contact", "k.contact_id"),
        _ref("opportunity", "o", "opportunity", "k.opportunity_id"),
        _ref("owner", "u", "user", "k.owner_id"),
        _f("note", "k.note"),
        _f("created", "k.created_on", "day"),
        *_shared("task", "k"),
    ),
    columns="ref due subject priority status account owner",
    sort="due",
    aliases={"tag": "tags"},
)
_NOTE = _noun(
    "note",
    "n",
    "note n LEFT JOIN account a ON a.id = n.account_id LEFT JOIN contact c ON c.id = n.contact_id"
    " LEFT JOIN opportunity o ON o.id = n.opportunity_id LEFT JOIN app_user u ON u.id = n.owner_id",
    (
        _f("body", "n.body"),
        _ref("account", "a", "account", "n.account_id"),
        _ref("contact", "c", "contact", "n.contact_id"),
        _ref("opportunity", "o", "opportunity", "n.opportunity_id"),
        _ref("owner", "u", "user", "n.owner_id"),
        *_shared("note", "n"),
    ),
    columns="ref created_at body account opportunity owner",
    sort="-created_at",
)
_EVENT = _noun(
    "event",
    "v",
    "event v LEFT JOIN account a ON a.id = v.account_id LEFT JOIN contact c ON c.id = v.contact_id"
    " LEFT JOIN opportunity o ON o.id = v.opportunity_id LEFT JOIN app_user u ON u.id = v.owner_id",
    (
        *_columns("v", "subject kind status place"),
        _f("starts", "v.starts_wall"),
        _f("ends", "v.ends_wall"),
        _f("zone", "v.zone"),
        _f("is_all_day", "v.is_all_day", "bool"),
        _ref("account", "a", "account", "v.account_id"),
        _ref("contact", "c", "contact", "v.contact_id"),
        _ref("opportunity", "o", "opportunity", "v.opportunity_id"),
        _ref("owner", "u", "user", "v.owner_id"),
        _f("note", "v.note"),
        *_shared("event", "v"),
    ),
    columns="ref starts ends subject kind status account place",
    sort="starts",
)
_PLAIN = (
    _noun("team", "t", "team t", (_f("name", "t.name"),), columns="ref name", sort="name"),
    _noun("tag", "g", "tag g", (_f("name", "g.name"),), columns="ref name", sort="name"),
    _noun(
        "territory",
        "r",
        "territory r LEFT JOIN territory p ON p.id = r.parent_id",
        (_f("name", "r.name"), _ref("parent", "p", "territory", "r.parent_id")),
        columns="ref name parent",
        sort="name",
    ),
    _noun("pipeline", "e", "pipeline e", (_f("name", "e.name"),), columns="ref name", sort="name"),
    _noun(
        "stage",
        "s",
        "stage s LEFT JOIN pipeline e ON e.id = s.pipeline_id",
        (
            _f("seq", "s.seq", "integer"),
            *_columns("s", "name type category"),
            _f("probability", "s.probability_ppm", "percent"),
            _f("rot_days", "s.rot_days", "integer"),
            _ref("pipeline", "e", "pipeline", "s.pipeline_id"),
        ),
        columns="ref name type probability category rot_days pipeline",
        sort="seq",
    ),
)
READ_NOUNS: dict[str, ReadNoun] = {
    noun.name: noun
    for noun in (
        _ACCOUNT, _CONTACT, _LEAD, _OPPORTUNITY, _PRODUCT, _USER, _ACTIVITY, _TASK, _NOTE, _EVENT, *_PLAIN,
    )
}  # fmt: skip
