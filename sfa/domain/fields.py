"""What a record of each noun is made of, in the user's words: the one list for commands, forms, imports and filters."""

from sfa.domain.field_specs import FieldSpec, Kind, NounSpec, a_field, a_noun, a_reference
from sfa.domain.fields_sales import SALE_NOUNS

__all__ = ["NOUNS", "FieldSpec", "Kind", "NounSpec", "command_of"]
ACCOUNT_TYPES = ("prospect", "customer", "partner", "reseller", "competitor", "supplier", "other")
ACTIVITY_KINDS = ("call", "meeting", "visit", "email", "message", "letter", "demo", "coaching", "internal", "other")
CATEGORIES = ("pipeline", "best_case", "commit", "closed", "omitted")
CHANNELS = ("call", "email", "message", "visit", "letter")
LEAD_STATES = ("new", "contacted", "qualified", "converted", "disqualified")
LOSS_REASONS = (
    "price",
    "competitor",
    "budget",
    "missing feature",
    "delivery time",
    "no decision",
    "no decision maker",
    "unresponsive",
    "poor fit",
    "other",
)
OUTCOMES = ("connected", "no_answer", "left_message", "positive", "neutral", "negative", "next_step_set", "cancelled")
PERIODS = ("month", "quarter", "half", "year")
PRIORITIES = ("low", "normal", "high", "urgent")
RATINGS = {
    "influence": "5: its industry follows it.",
    "competitor_relation": "1: mostly a competitor's customer, 5: ours alone.",
    "switching_effort": "5: hard for it to leave us.",
    "management_level": "5: led very well.",
    "credit_rating": "5: pays whatever it owes.",
}
"""What people rate of an account, from 1 to 5, and what the numbers mean."""
RETENTION_LEVELS = ("financial", "social", "structural")
RISK_BANDS = ("low", "medium", "high")
ROLES = ("rep", "manager", "director", "finance", "admin")
TASK_STATES = ("open", "done", "cancelled", "deferred")

_PLACE = (
    a_field("street"),
    a_field("city"),
    a_field("region"),
    a_field("postal_code"),
    a_field("country"),
    a_field("coordinates"),
)
_OWNER = a_reference("owner", "user")
_COMMON = (
    a_field("tags", "tags"),
    a_field("description", "multiline"),
    a_field("external_id"),
    a_field("created", "day", column="created_on"),
)
_NAME = a_field("name", required=True)

_ACCOUNT = a_noun(
    "account",
    _NAME,
    a_field("legal_name"),
    a_reference("parent", "account"),
    a_field("type", "choice", choices=ACCOUNT_TYPES),
    a_field("lifecycle"),
    a_field("industry"),
    a_field("segment"),
    a_field("employees", "integer"),
    a_field("annual_revenue", "money"),
    a_field("currency", "currency"),
    a_field("payment_terms_days", "integer"),
    a_field("credit_limit", "money"),
    a_field("price_group"),
    a_reference("price_book"),
    a_field("website", "url"),
    a_field("tax_id"),
    a_field("phone", "phone"),
    a_field("email", "email"),
    _OWNER,
    a_reference("team"),
    a_reference("territory"),
    a_field("language"),
    a_field("source"),
    a_field("founded_year", "integer"),
    *_PLACE,
    a_reference("referrer", "account"),
    a_field("category_spend", "money", hint="A year, on what we sell, with all suppliers."),
    a_field("spend_as_of", "day"),
    a_field("spend_source", hint="Who or what says so."),
    a_field("operates_in", hint="Our territories, parted by commas."),
    *(a_field(name, "integer", hint=f"1 to 5. {words}") for name, words in RATINGS.items()),
    a_field("risk_band", "choice", choices=RISK_BANDS),
    a_field("stock_priority", "bool", column="has_stock_priority"),
    a_field("plan", "multiline", hint="What we do to keep it: the account plan."),
    a_field("plan_until", "day"),
    a_field("retention_level", "choice", choices=RETENTION_LEVELS),
    *_COMMON,
)
_CONTACT = a_noun(
    "contact",
    _NAME,
    a_field("prefix"),
    a_field("given_name"),
    a_field("middle_name"),
    a_field("family_name"),
    a_field("suffix"),
    a_field("nickname"),
    a_field("title"),
    a_field("department"),
    a_reference("account", column=None),
    a_field("role", column=None),
    a_field("email", "email"),
    a_field("email_2", "email"),
    a_field("phone", "phone"),
    a_field("mobile", "phone"),
    a_field("home_phone", "phone"),
    a_field("birthday", "day"),
    a_field("language"),
    a_field("preferred_channel", "choice", choices=CHANNELS),
    a_field("preferred_time"),
    a_field("time_zone", hint="Such as Asia/Tokyo; else that of its country."),
    _OWNER,
    a_field("source"),
    *_PLACE,
    a_reference("reports_to", "contact"),
    *_COMMON,
)
_LEAD = a_noun(
    "lead",
    _NAME,
    a_field("given_name"),
    a_field("family_name"),
    a_field("company"),
    a_field("title"),
    a_field("email", "email", column="email"),
    a_field("phone", "phone", column="phone"),
    a_field("website", "url"),
    a_field("industry"),
    a_field("segment"),
    a_field("source"),
    a_field("status", "choice", choices=LEAD_STATES),
    _OWNER,
    *_COMMON,
)
_OPPORTUNITY = a_noun(
    "opportunity",
    _NAME,
    a_reference("account"),
    _OWNER,
    a_reference("product", column=None),
    a_reference("contact", column=None),
    a_reference("pipeline"),
    a_reference("stage"),
    a_field("outcome", "choice", choices=("open", "won", "lost"), column=None),
    a_field("amount", "money"),
    a_field("currency", "currency"),
    a_field("close_date", "day"),
    a_field("closed", "day", column="closed_on"),
    a_field("created", "day", column="created_on"),
    a_field("probability", "percent"),
    a_field("category", "choice", choices=CATEGORIES),
    a_field("type", "choice", choices=("new", "existing", "renewal")),
    a_field("source"),
    a_field("campaign"),
    a_field("next_step"),
    a_field("next_step_on", "day"),
    a_field("win_reason"),
    a_field("loss_reason"),
    a_field("loss_note"),
    a_field("competitor"),
    a_reference("territory"),
    a_field("discount", "percent"),
    a_field("tags", "tags"),
    a_field("description", "multiline"),
    a_field("external_id"),
    plural="opportunities",
)
_PRODUCT = a_noun(
    "product",
    _NAME,
    a_field("code"),
    a_field("category"),
    a_field("unit"),
    a_field("price", "decimal"),
    a_field("cost", "decimal"),
    a_field("floor", "decimal"),
    a_field("min_margin", "percent"),
    a_field("currency", "currency"),
    a_reference("tax_code"),
    a_field("period", "choice", choices=PERIODS),
    a_field("bundle"),
    a_field("is_active", "bool"),
    a_field("description", "multiline"),
    a_field("external_id"),
)
_USER = a_noun(
    "user",
    _NAME,
    a_field("email", "email", column="email"),
    a_field("role", "choice", choices=ROLES),
    a_reference("manager", "user"),
    a_reference("team"),
    a_reference("territory"),
    a_field("region", column="region"),
    a_field("is_active", "bool"),
    a_field("external_id"),
    table="app_user",
)
_ACTIVITY = a_noun(
    "activity",
    a_field("kind", "choice", choices=ACTIVITY_KINDS),
    a_field("subject", required=True),
    a_field("started", "instant", column="started_at"),
    a_field("duration_min", "integer"),
    a_field("direction", "choice", choices=("out", "in")),
    a_field("outcome", "choice", choices=OUTCOMES),
    a_reference("account"),
    a_reference("contact", column=None),
    a_reference("opportunity"),
    _OWNER,
    a_field("note", "multiline"),
    a_field("external_id"),
    plural="activities",
)
_TASK = a_noun(
    "task",
    a_field("subject", required=True),
    a_field("due", "day", column="due_on"),
    a_field("due_time"),
    a_field("priority", "choice", choices=PRIORITIES),
    a_field("status", "choice", choices=TASK_STATES),
    a_reference("account"),
    a_reference("contact"),
    a_reference("opportunity"),
    _OWNER,
    a_field("note", "multiline"),
    a_field("done", "instant", column="done_at"),
    a_field("created", "day", column="created_on"),
    a_field("external_id"),
)
_NOTE = a_noun(
    "note",
    a_field("body", "multiline", required=True),
    a_reference("account"),
    a_reference("contact"),
    a_reference("opportunity"),
    a_reference("quote"),
    _OWNER,
)
_EVENT = a_noun(
    "event",
    a_field("subject", required=True),
    a_field("kind", "choice", choices=("meeting", "call", "visit", "demo", "other")),
    a_field("starts", column="starts_wall"),
    a_field("ends", column="ends_wall"),
    a_field("zone"),
    a_field("repeats", column="rule"),
    a_field("place"),
    a_field("url", "url"),
    a_field("status", "choice", choices=("planned", "held", "not_held", "cancelled")),
    a_field("busy", "choice", choices=("busy", "free", "tentative", "away")),
    a_field("privacy", "choice", choices=("public", "private", "confidential")),
    a_reference("account"),
    a_reference("contact"),
    a_reference("opportunity"),
    a_field("attendees", "people", column=None),
    a_field("reminders", "reminders", column=None),
    _OWNER,
    a_field("note", "multiline"),
)

NOUNS: dict[str, NounSpec] = {
    spec.name: spec
    for spec in (
        _ACCOUNT, _CONTACT, _LEAD, _OPPORTUNITY, _PRODUCT, _USER, _ACTIVITY, _TASK, _NOTE, _EVENT,
        a_noun("team", _NAME), a_noun("territory", _NAME, a_reference("parent", "territory"), plural="territories"),
        a_noun("pipeline", _NAME), a_noun("stage", _NAME, a_reference("pipeline")), *SALE_NOUNS,
    )
}  # fmt: skip
FOLLOWING = ("order", "invoice")
"""Nouns whose records are made of others and stay: an order of a quote, an invoice of an order; they can be edited alone."""
IMPORTABLE = ("account", "contact", "lead", "opportunity", "product", "user", "activity", "task", "price_entry")
_UNDER_PRICE = {
    "price_entry": "price", "contract_price": "price contracts", "discount_schedule": "price schedule",
    "price_rule": "price promo", "tax_code": "price tax",
}  # fmt: skip


def command_of(noun: str) -> str:
    """Return the words behind `sfa` under which the verbs of a noun stand."""
    return _UNDER_PRICE.get(noun, noun)
