"""What can be read of each noun.

The joins stand in every query; SQLite leaves out those that no chosen field needs.
"""

from db.queries.nouns_prices import PRICE_NOUNS
from db.queries.nouns_sales import SALE_NOUNS, TODAY
from db.queries.read_fields import (
    LAST,
    VALUE_CLASS,
    Kind,
    ReadField,
    ReadNoun,
    noun,
    places,
    plain,
    reach,
    readable,
    reference,
    shared,
    size_band,
)
from sfa.domain.fields import RATINGS

__all__ = ["READ_NOUNS", "TODAY", "Kind", "ReadField", "ReadNoun"]


_ACCOUNT = noun(
    "account",
    "a",
    "account a LEFT JOIN app_user u ON u.id = a.owner_id LEFT JOIN app_user m ON m.id = u.manager_id"
    " LEFT JOIN account p ON p.id = a.parent_id LEFT JOIN team t ON t.id = a.team_id"
    " LEFT JOIN territory r ON r.id = a.territory_id LEFT JOIN price_book pb ON pb.id = a.price_book_id"
    " LEFT JOIN account f ON f.id = a.referrer_id",
    (
        readable("name", "a.name"),
        readable("legal_name", "a.legal_name"),
        reference("parent", "p", "account", "a.parent_id"),
        *plain("a", "type lifecycle industry segment"),
        readable("employees", "a.employees", "integer"),
        readable("size", size_band("a")),
        readable("annual_revenue", "a.annual_revenue_minor", "money", "Revenue", "a.currency"),
        readable("currency", "a.currency"),
        readable("payment_terms_days", "a.payment_terms_days", "integer"),
        readable("credit_limit", "a.credit_limit_minor", "money", "", "a.currency"),
        readable("price_group", "a.price_group"),
        reference("price_book", "pb", "price_book", "a.price_book_id"),
        *plain("a", "website domain tax_id"),
        reach("phone", "phone", "number", "account", "a"),
        reach("email", "email", "address", "account", "a"),
        reference("owner", "u", "user", "a.owner_id"),
        reference("manager", "m", "user", "u.manager_id"),
        reference("team", "t", "team", "a.team_id"),
        reference("territory", "r", "territory", "a.territory_id"),
        *plain("a", "language source"),
        readable("founded_year", "a.founded_year", "integer"),
        reference("referrer", "f", "account", "a.referrer_id"),
        readable("category_spend", "a.category_spend_minor", "money", "", "a.currency"),
        readable("spend_as_of", "a.spend_as_of", "day"),
        *plain("a", "spend_source operates_in risk_band"),
        *plain("a", " ".join(RATINGS), "integer"),
        readable("value_class", VALUE_CLASS),
        readable("stock_priority", "a.has_stock_priority", "bool"),
        readable("plan", "a.plan"),
        readable("plan_until", "a.plan_until", "day"),
        readable("retention_level", "a.retention_level"),
        *places("account", "a"),
        *shared("account", "a"),
        readable("description", "a.description"),
        readable("created", "a.created_on", "day"),
        readable(
            "open_deals",
            "(SELECT count(*) FROM opportunity o WHERE o.account_id = a.id AND o.closed_on IS NULL"
            " AND o.deleted_at IS NULL)",
            "integer",
            "Open",
        ),
        readable("last_activity", LAST.format(column="account_id", alias="a"), "instant", "Last touch"),
    ),
    columns="ref name type industry city country owner last_activity",
    sort="name",
    aliases={"sector": "industry", "revenue": "annual_revenue", "tag": "tags"},
)
_CONTACT = noun(
    "contact",
    "c",
    "contact c LEFT JOIN contact_role k ON k.id = (SELECT q.id FROM contact_role q WHERE q.contact_id = c.id"
    " ORDER BY q.valid_to IS NOT NULL, q.is_primary DESC, q.rowid LIMIT 1)"
    " LEFT JOIN account a ON a.id = k.account_id LEFT JOIN app_user u ON u.id = c.owner_id"
    " LEFT JOIN contact b ON b.id = c.reports_to_id",
    (
        readable("name", "c.name"),
        *plain("c", "prefix given_name middle_name family_name suffix nickname title department"),
        reference("account", "a", "account", "k.account_id"),
        readable("role", "k.role"),
        reach("email", "email", "address", "contact", "c"),
        reach("phone", "phone", "number", "contact", "c"),
        reach("mobile", "phone", "number", "contact", "c", "mobile"),
        reach("home_phone", "phone", "number", "contact", "c", "home"),
        readable("birthday", "c.birthday", "day"),
        *plain("c", "language preferred_channel preferred_time time_zone source"),
        reference("owner", "u", "user", "c.owner_id"),
        reference("reports_to", "b", "contact", "c.reports_to_id"),
        *places("contact", "c"),
        *shared("contact", "c"),
        readable("description", "c.description"),
        readable("created", "c.created_on", "day"),
        readable(
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
_LEAD = noun(
    "lead",
    "l",
    "lead l LEFT JOIN app_user u ON u.id = l.owner_id",
    (
        readable("name", "l.name"),
        *plain("l", "given_name family_name company title email phone website industry segment source status"),
        reference("owner", "u", "user", "l.owner_id"),
        *shared("lead", "l"),
        readable("description", "l.description"),
        readable("created", "l.created_on", "day"),
    ),
    columns="ref name company status source phone email owner",
    sort="name",
    aliases={"tag": "tags"},
)
_STATUS = "CASE o.is_won WHEN 1 THEN 'won' WHEN 0 THEN 'lost' ELSE 'open' END"
_ENTERED = "(SELECT max(h.at) FROM opportunity_history h WHERE h.opportunity_id = o.id AND h.is_stage_change = 1)"
_OPPORTUNITY = noun(
    "opportunity",
    "o",
    "opportunity o LEFT JOIN account a ON a.id = o.account_id LEFT JOIN stage s ON s.id = o.stage_id"
    " LEFT JOIN pipeline e ON e.id = o.pipeline_id LEFT JOIN app_user u ON u.id = o.owner_id"
    " LEFT JOIN app_user m ON m.id = u.manager_id LEFT JOIN team t ON t.id = u.team_id"
    " LEFT JOIN territory r ON r.id = o.territory_id",
    (
        readable("name", "o.name"),
        reference("account", "a", "account", "o.account_id"),
        reference("owner", "u", "user", "o.owner_id"),
        reference("manager", "m", "user", "u.manager_id"),
        reference("team", "t", "team", "u.team_id"),
        reference("pipeline", "e", "pipeline", "o.pipeline_id"),
        reference("stage", "s", "stage", "o.stage_id"),
        readable("status", _STATUS),
        readable("amount", "o.amount_minor", "money", "", "o.currency"),
        readable("currency", "o.currency"),
        readable("probability", "o.probability_ppm", "percent"),
        readable("category", "o.category"),
        readable("close_date", "o.close_date", "day", "Closes"),
        readable("closed", "o.closed_on", "day"),
        readable("created", "o.created_on", "day"),
        readable("next_step", "o.next_step"),
        readable("next_step_on", "o.next_step_on", "day"),
        *plain("o", "type source campaign win_reason loss_reason loss_note competitor"),
        reference("territory", "r", "territory", "o.territory_id"),
        readable("industry", "a.industry"),
        readable("size", size_band("a")),
        readable("discount", "o.discount_ppm", "percent"),
        readable(
            "product",
            "(SELECT group_concat(COALESCE(d.name, n.description), ', ') FROM opportunity_line n"
            " LEFT JOIN product d ON d.id = n.product_id WHERE n.opportunity_id = o.id)",
        ),
        readable(
            "contact",
            "(SELECT c.name FROM opportunity_contact n JOIN contact c ON c.id = n.contact_id"
            " WHERE n.opportunity_id = o.id ORDER BY n.rowid LIMIT 1)",
        ),
        readable("in_stage_since", _ENTERED, "instant", "In stage since"),
        readable("last_activity", LAST.format(column="opportunity_id", alias="o"), "instant", "Last touch"),
        *shared("opportunity", "o"),
        readable("description", "o.description"),
    ),
    columns="ref name account stage amount close_date probability owner next_step",
    sort="close_date",
    aliases={"close": "close_date", "outcome": "status", "tag": "tags", "deal": "name"},
)
_PRODUCT = noun(
    "product",
    "d",
    "product d LEFT JOIN tax_code x ON x.id = d.tax_code_id",
    (
        readable("name", "d.name"),
        *plain("d", "code category unit"),
        readable("price", "d.price_dec6", "dec6"),
        readable("cost", "d.cost_dec6", "dec6"),
        readable("floor", "d.floor_dec6", "dec6"),
        readable("min_margin", "d.min_margin_ppm", "percent"),
        readable("currency", "d.currency"),
        reference("tax_code", "x", "tax_code", "d.tax_code_id"),
        *plain("d", "period bundle"),
        readable("is_active", "d.is_active", "bool", "Active"),
        *shared("product", "d"),
        readable("description", "d.description"),
    ),
    columns="ref code name category unit price currency is_active",
    sort="name",
    aliases={"active": "is_active"},
)
_USER = noun(
    "user",
    "u",
    "app_user u LEFT JOIN app_user m ON m.id = u.manager_id LEFT JOIN team t ON t.id = u.team_id"
    " LEFT JOIN territory r ON r.id = u.territory_id",
    (
        readable("name", "u.name"),
        *plain("u", "email role"),
        reference("manager", "m", "user", "u.manager_id"),
        reference("team", "t", "team", "u.team_id"),
        reference("territory", "r", "territory", "u.territory_id"),
        readable("region", "u.region"),
        readable("is_active", "u.is_active", "bool", "Active"),
        *shared("app_user", "u"),
    ),
    columns="ref name role manager team region email",
    sort="name",
    table="app_user",
    aliases={"active": "is_active"},
)
_ACTIVITY = noun(
    "activity",
    "y",
    "activity y LEFT JOIN account a ON a.id = y.account_id LEFT JOIN opportunity o ON o.id = y.opportunity_id"
    " LEFT JOIN app_user u ON u.id = y.owner_id",
    (
        *plain("y", "kind subject"),
        readable("started", "y.started_at", "instant", "When"),
        readable("duration_min", "y.duration_min", "integer", "Min"),
        *plain("y", "direction outcome"),
        reference("account", "a", "account", "y.account_id"),
        readable(
            "contact",
            "(SELECT group_concat(c.name, ', ') FROM activity_contact w JOIN contact c ON c.id = w.contact_id"
            " WHERE w.activity_id = y.id)",
        ),
        reference("opportunity", "o", "opportunity", "y.opportunity_id"),
        reference("owner", "u", "user", "y.owner_id"),
        readable("note", "y.note"),
        *shared("activity", "y"),
    ),
    columns="ref started kind subject account contact outcome owner",
    sort="-started",
    aliases={"when": "started", "type": "kind", "tag": "tags"},
)
_TASK = noun(
    "task",
    "k",
    "task k LEFT JOIN account a ON a.id = k.account_id LEFT JOIN contact c ON c.id = k.contact_id"
    " LEFT JOIN opportunity o ON o.id = k.opportunity_id LEFT JOIN app_user u ON u.id = k.owner_id",
    (
        readable("subject", "k.subject"),
        readable("due", "k.due_on", "day"),
        *plain("k", "due_time priority status"),
        readable("done", "k.done_at", "instant"),
        reference("account", "a", "account", "k.account_id"),
        reference("contact", "c", "contact", "k.contact_id"),
        reference("opportunity", "o", "opportunity", "k.opportunity_id"),
        reference("owner", "u", "user", "k.owner_id"),
        readable("note", "k.note"),
        readable("created", "k.created_on", "day"),
        *shared("task", "k"),
    ),
    columns="ref due subject priority status account owner",
    sort="due",
    aliases={"tag": "tags"},
)
_NOTE = noun(
    "note",
    "n",
    "note n LEFT JOIN account a ON a.id = n.account_id LEFT JOIN contact c ON c.id = n.contact_id"
    " LEFT JOIN opportunity o ON o.id = n.opportunity_id LEFT JOIN quote q ON q.id = n.quote_id"
    " LEFT JOIN app_user u ON u.id = n.owner_id",
    (
        readable("body", "n.body"),
        reference("account", "a", "account", "n.account_id"),
        reference("contact", "c", "contact", "n.contact_id"),
        reference("opportunity", "o", "opportunity", "n.opportunity_id"),
        reference("quote", "q", "quote", "n.quote_id"),
        reference("owner", "u", "user", "n.owner_id"),
        *shared("note", "n"),
    ),
    columns="ref created_at body account opportunity owner",
    sort="-created_at",
)
_ATTENDEES = (
    "(SELECT group_concat(COALESCE(p.name, t.name, t.address) || CASE t.answer WHEN 'needs_action' THEN '' ELSE"
    " ' (' || t.answer || ')' END, ', ') FROM event_attendee t LEFT JOIN contact p ON p.id = t.contact_id"
    " WHERE t.event_id = v.id)"
)
_REMINDERS = (
    "(SELECT group_concat(minutes_before || ' min', ', ') FROM (SELECT minutes_before FROM event_reminder"
    " WHERE event_id = v.id ORDER BY minutes_before DESC))"
)
_EVENT = noun(
    "event",
    "v",
    "event v LEFT JOIN account a ON a.id = v.account_id LEFT JOIN contact c ON c.id = v.contact_id"
    " LEFT JOIN opportunity o ON o.id = v.opportunity_id LEFT JOIN app_user u ON u.id = v.owner_id",
    (
        *plain("v", "subject kind status place url busy privacy zone"),
        readable("starts", "v.starts_wall"),
        readable("ends", "v.ends_wall"),
        readable("is_all_day", "v.is_all_day", "bool"),
        readable("repeats", "v.rule"),
        readable("attendees", _ATTENDEES),
        readable("reminders", _REMINDERS),
        readable("moved", "v.moved_count", "integer"),
        readable("uid", "v.uid"),
        reference("account", "a", "account", "v.account_id"),
        reference("contact", "c", "contact", "v.contact_id"),
        reference("opportunity", "o", "opportunity", "v.opportunity_id"),
        reference("owner", "u", "user", "v.owner_id"),
        readable("note", "v.note"),
        *shared("event", "v"),
    ),
    columns="ref starts ends subject kind status account place",
    sort="starts",
)
_PLAIN = (
    noun("team", "t", "team t", (readable("name", "t.name"),), columns="ref name", sort="name"),
    noun("tag", "g", "tag g", (readable("name", "g.name"),), columns="ref name", sort="name"),
    noun(
        "territory",
        "r",
        "territory r LEFT JOIN territory p ON p.id = r.parent_id",
        (readable("name", "r.name"), reference("parent", "p", "territory", "r.parent_id")),
        columns="ref name parent",
        sort="name",
    ),
    noun("pipeline", "e", "pipeline e", (readable("name", "e.name"),), columns="ref name", sort="name"),
    noun(
        "stage",
        "s",
        "stage s LEFT JOIN pipeline e ON e.id = s.pipeline_id",
        (
            readable("seq", "s.seq", "integer"),
            *plain("s", "name type category"),
            readable("probability", "s.probability_ppm", "percent"),
            readable("rot_days", "s.rot_days", "integer"),
            reference("pipeline", "e", "pipeline", "s.pipeline_id"),
        ),
        columns="ref name type probability category rot_days pipeline",
        sort="seq",
    ),
)
READ_NOUNS: dict[str, ReadNoun] = {
    item.name: item
    for item in (
        _ACCOUNT, _CONTACT, _LEAD, _OPPORTUNITY, _PRODUCT, _USER, _ACTIVITY, _TASK, _NOTE, _EVENT, *SALE_NOUNS, *_PLAIN,
        *PRICE_NOUNS,
    )
}  # fmt: skip
