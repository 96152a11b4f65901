"""What a record of each noun is made of, in the user's words: the one list for commands, forms, imports and filters."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "text",
    "multiline",
    "money",
    "decimal",
    "percent",
    "integer",
    "day",
    "instant",
    "bool",
    "choice",
    "reference",
    "phone",
    "email",
    "url",
    "tags",
    "currency",
    "people",
    "reminders",
]

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
ROLES = ("rep", "manager", "director", "finance", "admin")
TAX_CATEGORIES = ("S", "Z", "E", "AE", "K", "G", "O")
TASK_STATES = ("open", "done", "cancelled", "deferred")


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a noun.

    Attributes:
        name: snake_case, as in commands, JSON, CSV and filters.
        kind: what its text means; "reference" names a record of `target`.
        column: the column that holds it, or None where it lives in rows of its own (phones, tags, addresses...).
    """

    name: str
    kind: Kind = "text"
    label: str = ""
    target: str | None = None
    choices: tuple[str, ...] = ()
    is_required: bool = False
    column: str | None = None


@dataclass(frozen=True, slots=True)
class NounSpec:
    """A kind of record: what people call it, the table that holds it, its fields in the order of forms."""

    name: str
    table: str
    plural: str
    fields: dict[str, FieldSpec] = field(default_factory=dict)


_SUFFIX = {"reference": "_id", "money": "_minor", "decimal": "_dec6", "percent": "_ppm"}
_APART = frozenset(
    {
        "tags", "external_id", "phone", "mobile", "home_phone", "email", "email_2", "street", "city", "region",
        "postal_code", "country", "coordinates",
    }
)  # fmt: skip


def _field(
    name: str,
    kind: Kind = "text",
    *,
    target: str | None = None,
    choices: tuple[str, ...] = (),
    required: bool = False,
    column: str | None = "",
) -> FieldSpec:
    label = name.replace("_", " ").capitalize()
    if column == "":
        column = None if name in _APART else name + _SUFFIX.get(kind, "")
    return FieldSpec(name, kind, label, target, choices, required, column)


def _noun(name: str, *fields: FieldSpec, table: str = "", plural: str = "") -> NounSpec:
    return NounSpec(name, table or name, plural or name.replace("_", " ") + "s", {spec.name: spec for spec in fields})


def _reference(name: str, target: str = "", *, column: str | None = "") -> FieldSpec:
    return _field(name, "reference", target=target or name, column=column)


_PLACE = (
    _field("street"),
    _field("city"),
    _field("region"),
    _field("postal_code"),
    _field("country"),
    _field("coordinates"),
)
_OWNER = _reference("owner", "user")
_COMMON = (
    _field("tags", "tags"),
    _field("description", "multiline"),
    _field("external_id"),
    _field("created", "day", column="created_on"),
)
_NAME = _field("name", required=True)

_ACCOUNT = _noun(
    "account",
    _NAME,
    _field("legal_name"),
    _reference("parent", "account"),
    _field("type", "choice", choices=ACCOUNT_TYPES),
    _field("lifecycle"),
    _field("industry"),
    _field("segment"),
    _field("employees", "integer"),
    _field("annual_revenue", "money"),
    _field("currency", "currency"),
    _field("payment_terms_days", "integer"),
    _field("credit_limit", "money"),
    _field("price_group"),
    _reference("price_book"),
    _field("website", "url"),
    _field("tax_id"),
    _field("phone", "phone"),
    _field("email", "email"),
    _OWNER,
    _reference("team"),
    _reference("territory"),
    _field("language"),
    _field("source"),
    _field("founded_year", "integer"),
    *_PLACE,
    *_COMMON,
)
_CONTACT = _noun(
    "contact",
    _NAME,
    _field("prefix"),
    _field("given_name"),
    _field("middle_name"),
    _field("family_name"),
    _field("suffix"),
    _field("nickname"),
    _field("title"),
    _field("department"),
    _reference("account", column=None),
    _field("role", column=None),
    _field("email", "email"),
    _field("email_2", "email"),
    _field("phone", "phone"),
    _field("mobile", "phone"),
    _field("home_phone", "phone"),
    _field("birthday", "day"),
    _field("language"),
    _field("preferred_channel", "choice", choices=CHANNELS),
    _field("preferred_time"),
    _OWNER,
    _field("source"),
    *_PLACE,
    _reference("reports_to", "contact"),
    *_COMMON,
)
_LEAD = _noun(
    "lead",
    _NAME,
    _field("given_name"),
    _field("family_name"),
    _field("company"),
    _field("title"),
    _field("email", "email", column="email"),
    _field("phone", "phone", column="phone"),
    _field("website", "url"),
    _field("industry"),
    _field("source"),
    _field("status", "choice", choices=LEAD_STATES),
    _OWNER,
    *_COMMON,
)
_OPPORTUNITY = _noun(
    "opportunity",
    _NAME,
    _reference("account"),
    _OWNER,
    _reference("product", column=None),
    _reference("contact", column=None),
    _reference("pipeline"),
    _reference("stage"),
    _field("outcome", "choice", choices=("open", "won", "lost"), column=None),
    _field("amount", "money"),
    _field("currency", "currency"),
    _field("close_date", "day"),
    _field("closed", "day", column="closed_on"),
    _field("created", "day", column="created_on"),
    _field("probability", "percent"),
    _field("category", "choice", choices=CATEGORIES),
    _field("type", "choice", choices=("new", "existing", "renewal")),
    _field("source"),
    _field("campaign"),
    _field("next_step"),
    _field("next_step_on", "day"),
    _field("win_reason"),
    _field("loss_reason"),
    _field("loss_note"),
    _field("competitor"),
    _reference("territory"),
    _field("discount", "percent"),
    _field("tags", "tags"),
    _field("description", "multiline"),
    _field("external_id"),
    plural="opportunities",
)
_PRODUCT = _noun(
    "product",
    _NAME,
    _field("code"),
    _field("category"),
    _field("unit"),
    _field("price", "decimal"),
    _field("cost", "decimal"),
    _field("floor", "decimal"),
    _field("min_margin", "percent"),
    _field("currency", "currency"),
    _reference("tax_code"),
    _field("period", "choice", choices=PERIODS),
    _field("bundle"),
    _field("is_active", "bool"),
    _field("description", "multiline"),
    _field("external_id"),
)
_USER = _noun(
    "user",
    _NAME,
    _field("email", "email", column="email"),
    _field("role", "choice", choices=ROLES),
    _reference("manager", "user"),
    _reference("team"),
    _reference("territory"),
    _field("region", column="region"),
    _field("is_active", "bool"),
    _field("external_id"),
    table="app_user",
)
_ACTIVITY = _noun(
    "activity",
    _field("kind", "choice", choices=ACTIVITY_KINDS),
    _field("subject", required=True),
    _field("started", "instant", column="started_at"),
    _field("duration_min", "integer"),
    _field("direction", "choice", choices=("out", "in")),
    _field("outcome", "choice", choices=OUTCOMES),
    _reference("account"),
    _reference("contact", column=None),
    _reference("opportunity"),
    _OWNER,
    _field("note", "multiline"),
    _field("external_id"),
    plural="activities",
)
_TASK = _noun(
    "task",
    _field("subject", required=True),
    _field("due", "day", column="due_on"),
    _field("due_time"),
    _field("priority", "choice", choices=PRIORITIES),
    _field("status", "choice", choices=TASK_STATES),
    _reference("account"),
    _reference("contact"),
    _reference("opportunity"),
    _OWNER,
    _field("note", "multiline"),
    _field("done", "instant", column="done_at"),
    _field("created", "day", column="created_on"),
    _field("external_id"),
)
_NOTE = _noun(
    "note",
    _field("body", "multiline", required=True),
    _reference("account"),
    _reference("contact"),
    _reference("opportunity"),
    _reference("quote"),
    _OWNER,
)
_QUOTE = _noun(
    "quote",
    _NAME,
    _reference("account"),
    _reference("contact"),
    _reference("opportunity"),
    _OWNER,
    _field("currency", "currency"),
    _field("book", column=None),
    _field("valid_until", "day", column=None),
    _field("payment_terms_days", "integer", column=None),
    _field("nonstandard", "bool", column=None),
    _field("tax_method", "choice", choices=("total", "line"), column=None),
    _field("rounding", "choice", choices=("half_up", "half_even", "up", "down"), column=None),
    _field("template", column=None),
    _field("cover", "multiline", column=None),
    _field("terms", "multiline", column=None),
    _field("language"),
    _field("is_template", "bool"),
    _field("tags", "tags"),
    _field("description", "multiline"),
    _field("external_id"),
    _field("created", "day", column="created_on"),
)
_EVENT = _noun(
    "event",
    _field("subject", required=True),
    _field("kind", "choice", choices=("meeting", "call", "visit", "demo", "other")),
    _field("starts", column="starts_wall"),
    _field("ends", column="ends_wall"),
    _field("zone"),
    _field("repeats", column="rule"),
    _field("place"),
    _field("url", "url"),
    _field("status", "choice", choices=("planned", "held", "not_held", "cancelled")),
    _field("busy", "choice", choices=("busy", "free", "tentative", "away")),
    _field("privacy", "choice", choices=("public", "private", "confidential")),
    _reference("account"),
    _reference("contact"),
    _reference("opportunity"),
    _field("attendees", "people", column=None),
    _field("reminders", "reminders", column=None),
    _OWNER,
    _field("note", "multiline"),
)

_VALID = (_field("valid_from", "day"), _field("valid_to", "day"))
_QUANTITIES = (_field("min_quantity", column=None), _field("max_quantity", column=None))
_PRICES = (
    _noun(
        "price_book", _NAME, _field("currency", "currency"), _field("is_tax_inclusive", "bool"),
        _field("is_standard", "bool"), _reference("parent", "price_book"), *_VALID,
    ),
    _noun(
        "tax_code", _NAME, _field("code", required=True), _field("category", "choice", choices=TAX_CATEGORIES),
        _field("reason"),
    ),
    _noun(
        "price_entry", _reference("book", "price_book"), _reference("product"), _field("price", column=None),
        _field("per", column=None), _field("unit"), _field("channel"), _field("priority", "integer"), *_VALID,
        plural="price entries",
    ),
    _noun(
        "contract_price", _reference("account"), _field("price_group"), _reference("product"), _field("category"),
        _field("price", column=None), _field("per", column=None), _field("currency", "currency"), _field("unit"),
        *_QUANTITIES, _field("priority", "integer"), *_VALID, _field("document_ref"),
    ),
    _noun(
        "discount_schedule", _NAME, _field("tiers", column=None, required=True),
        _field("kind", "choice", choices=("range", "slab")),
        _field("effect", "choice", choices=("percent", "amount", "price")),
        _field("scope", "choice", choices=("line", "group", "quote", "term")), _reference("product"),
        _field("category"), _reference("account"), _field("price_group"), _field("currency", "currency"),
        _field("priority", "integer"), *_VALID,
    ),
    _noun(
        "price_rule", _NAME, _field("discount", column=None),
        _field("effect", "choice", choices=("percent", "amount", "price")), _field("currency", "currency"),
        *(_field(name, column=None) for name in ("product", "category", "account", "price_group", "channel")),
        *_QUANTITIES, _field("priority", "integer"), _field("is_stackable", "bool"), _field("exclusive_group"),
        _field("additive_group"), *_VALID,
    ),
)  # fmt: skip

NOUNS: dict[str, NounSpec] = {
    spec.name: spec
    for spec in (
        _ACCOUNT, _CONTACT, _LEAD, _OPPORTUNITY, _PRODUCT, _USER, _ACTIVITY, _TASK, _NOTE, _EVENT, _QUOTE,
        _noun("team", _NAME), _noun("territory", _NAME, _reference("parent", "territory"), plural="territories"),
        _noun("pipeline", _NAME), _noun("stage", _NAME, _reference("pipeline")), *_PRICES,
    )
}  # fmt: skip
IMPORTABLE = ("account", "contact", "lead", "opportunity", "product", "user", "activity", "task", "price_entry")
_UNDER_PRICE = {
    "price_entry": "price", "contract_price": "price contracts", "discount_schedule": "price schedule",
    "price_rule": "price promo", "tax_code": "price tax",
}  # fmt: skip


def command_of(noun: str) -> str:
    """Return the words behind `sfa` under which the verbs of a noun stand."""
    return _UNDER_PRICE.get(noun, noun)
