"""What quotes, orders, invoices and prices are made of, in the user's words."""

from sfa.domain.field_specs import NounSpec, a_field, a_noun, a_reference

TAX_CATEGORIES = ("S", "Z", "E", "AE", "K", "G", "O")
_OWNER = a_reference("owner", "user")
_NAME = a_field("name", required=True)

_QUOTE = a_noun(
    "quote",
    _NAME,
    a_reference("account"),
    a_reference("contact"),
    a_reference("opportunity"),
    _OWNER,
    a_field("currency", "currency"),
    a_field("book", column=None),
    a_field("valid_until", "day", column=None),
    a_field("payment_terms_days", "integer", column=None),
    a_field("nonstandard", "bool", column=None),
    a_field("tax_method", "choice", choices=("total", "line"), column=None),
    a_field("rounding", "choice", choices=("half_up", "half_even", "up", "down"), column=None),
    a_field("cash_rounding", column=None, hint="The smallest coin to pay in, such as 0.05."),
    a_field("prepaid", column=None, hint="What was paid before, such as 500 EUR."),
    a_field("template", column=None),
    a_field("cover", "multiline", column=None),
    a_field("terms", "multiline", column=None),
    a_field("language"),
    a_field("is_template", "bool"),
    a_field("tags", "tags"),
    a_field("description", "multiline"),
    a_field("external_id"),
    a_field("created", "day", column="created_on"),
)
_ORDER = a_noun(
    "order",
    _NAME,
    a_reference("contact"),
    a_reference("opportunity"),
    _OWNER,
    a_field("promised", "day", column="promised_on"),
    a_field("payment_terms_days", "integer"),
    a_field("customer_ref"),
    a_field("channel"),
    a_field("freight", "money", hint="What it costs us to get it there."),
    a_field("rebate", "money", hint="What the customer gets back of it."),
    a_field("extra_cost", "money", hint="What small batches or custom work cost more."),
    a_field("ship_to", "multiline"),
    a_field("tags", "tags"),
    a_field("description", "multiline"),
    a_field("external_id"),
    table="sales_order",
)
_INVOICE = a_noun(
    "invoice",
    a_field("due", "day", column="due_on"),
    a_field("note", "multiline"),
    a_field("tags", "tags"),
    a_field("external_id"),
)

_VALID = (a_field("valid_from", "day"), a_field("valid_to", "day"))
_QUANTITIES = (a_field("min_quantity", column=None), a_field("max_quantity", column=None))
_PRICES = (
    a_noun(
        "price_book", _NAME, a_field("currency", "currency"), a_field("is_tax_inclusive", "bool"),
        a_field("is_standard", "bool"), a_reference("parent", "price_book"), *_VALID,
    ),
    a_noun(
        "tax_code", _NAME, a_field("code", required=True), a_field("category", "choice", choices=TAX_CATEGORIES),
        a_field("reason"),
    ),
    a_noun(
        "price_entry", a_reference("book", "price_book"), a_reference("product"), a_field("price", column=None),
        a_field("per", column=None), a_field("unit"), a_field("channel"), a_field("priority", "integer"), *_VALID,
        plural="price entries",
    ),
    a_noun(
        "contract_price", a_reference("account"), a_field("price_group"), a_reference("product"), a_field("category"),
        a_field("price", column=None), a_field("per", column=None), a_field("currency", "currency"), a_field("unit"),
        *_QUANTITIES, a_field("priority", "integer"), *_VALID, a_field("document_ref"),
    ),
    a_noun(
        "discount_schedule", _NAME, a_field("tiers", column=None, required=True),
        a_field("kind", "choice", choices=("range", "slab")),
        a_field("effect", "choice", choices=("percent", "amount", "price")),
        a_field("scope", "choice", choices=("line", "group", "quote", "term")), a_reference("product"),
        a_field("category"), a_reference("account"), a_field("price_group"), a_field("currency", "currency"),
        a_field("priority", "integer"), *_VALID,
    ),
    a_noun(
        "price_rule", _NAME, a_field("discount", column=None),
        a_field("effect", "choice", choices=("percent", "amount", "price")), a_field("currency", "currency"),
        *(a_field(name, column=None) for name in ("product", "category", "account", "price_group", "channel")),
        *_QUANTITIES, a_field("priority", "integer"), a_field("is_stackable", "bool"), a_field("exclusive_group"),
        a_field("additive_group"), *_VALID,
    ),
)  # fmt: skip
SALE_NOUNS: tuple[NounSpec, ...] = (_QUOTE, _ORDER, _INVOICE, *_PRICES)
