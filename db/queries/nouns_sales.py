"""What can be read of quotes, orders and invoices."""

from db.queries.read_fields import ReadNoun, noun, plain, readable, reference, several, shared

TODAY = ":today:"
"""Where the user's date stands in the SQL of a field; whoever reads puts it there."""

_IN_FORCE = "COALESCE(v.extended_until, v.valid_until)"
_VERSION = "(SELECT w.id FROM quote_version w WHERE w.quote_id = q.id ORDER BY w.revision DESC LIMIT 1)"
_QUOTE = noun(
    "quote",
    "q",
    f"quote q LEFT JOIN quote_version v ON v.id = {_VERSION} LEFT JOIN account a ON a.id = q.account_id"
    " LEFT JOIN contact c ON c.id = q.contact_id LEFT JOIN opportunity o ON o.id = q.opportunity_id"
    " LEFT JOIN app_user u ON u.id = q.owner_id LEFT JOIN price_book b ON b.id = q.price_book_id",
    (
        readable("number", "q.number"),
        readable("revision", "v.revision", "integer"),
        readable("name", "q.name"),
        readable("state", f"CASE WHEN v.state = 'sent' AND {_IN_FORCE} < {TODAY} THEN 'expired' ELSE v.state END"),
        readable("progress", "q.progress"),
        reference("account", "a", "account", "q.account_id"),
        reference("contact", "c", "contact", "q.contact_id"),
        reference("opportunity", "o", "opportunity", "q.opportunity_id"),
        reference("owner", "u", "user", "q.owner_id"),
        readable("net", "v.net_minor", "money", "", "q.currency"),
        readable("tax", "v.tax_minor", "money", "", "q.currency"),
        readable("gross", "v.gross_minor", "money", "", "q.currency"),
        readable("payable", "v.payable_minor", "money", "", "q.currency"),
        readable("cash_rounding", "NULLIF(v.cash_minor, 0)", "money", "Cash rounding", "q.currency"),
        readable("prepaid", "NULLIF(v.prepaid_minor, 0)", "money", "", "q.currency"),
        readable("currency", "q.currency"),
        readable("valid_until", _IN_FORCE, "day", "Valid until"),
        readable("quoted", "v.quoted_on", "day"),
        readable("sent", "v.sent_at", "instant"),
        readable("sent_to", "v.sent_to"),
        readable("decided", "v.decided_on", "day"),
        readable("reason", "v.decision_reason"),
        readable("book", "b.name"),
        readable("payment_terms_days", "v.payment_terms_days", "integer"),
        readable("nonstandard", "v.is_nonstandard", "bool"),
        *plain("v", "tax_method rounding template cover terms"),
        readable("language", "q.language"),
        readable("is_primary", "q.is_primary", "bool", "Primary"),
        readable("is_template", "q.is_template", "bool", "Template"),
        *shared("quote", "q"),
        readable("description", "q.description"),
        readable("created", "q.created_on", "day"),
    ),
    columns="ref number revision name account state net valid_until owner",
    sort="-number",
    aliases={"primary": "is_primary", "amount": "net", "valid": "valid_until", "tag": "tags", "deal": "opportunity"},
)
_NAMES = "(SELECT group_concat(COALESCE(d.name, l.description), ', ') FROM {0} l LEFT JOIN product d ON d.id = l.product_id WHERE {1})"
_ONE = "SELECT 1 FROM {0} l LEFT JOIN product d ON d.id = l.product_id WHERE {1} AND "
_IN_ORDER, _IN_BILL = ("sales_order_line", "l.order_id = o.id"), ("invoice_line", "l.invoice_id = i.id")
_LATE = f"o.promised_on < {TODAY} AND o.delivered_on IS NULL AND o.state <> 'cancelled'"
_DONE = (
    "(SELECT CASE WHEN min(l.{0}_dec6 >= l.quantity_dec6 - l.cancelled_dec6) = 1 AND max(l.{0}_dec6) > 0 THEN 'full'"
    " WHEN max(l.{0}_dec6) > 0 THEN 'part' ELSE 'none' END FROM sales_order_line l WHERE l.order_id = o.id AND l.is_part = 0)"
)
_TRACKING = (
    "(SELECT h.tracking_number FROM shipment h WHERE h.order_id = o.id AND h.deleted_at IS NULL"
    " AND h.tracking_number > '' ORDER BY h.shipped_on DESC, h.id DESC LIMIT 1)"
)
_PAYABLE = "{0}.gross_minor - COALESCE({0}.prepaid_minor, 0) + COALESCE({0}.payable_rounding_minor, 0)"
_ORDER = noun(
    "order",
    "o",
    "sales_order o LEFT JOIN account a ON a.id = o.account_id LEFT JOIN contact c ON c.id = o.contact_id"
    " LEFT JOIN opportunity d ON d.id = o.opportunity_id LEFT JOIN app_user u ON u.id = o.owner_id"
    " LEFT JOIN quote_version v ON v.id = o.version_id LEFT JOIN quote q ON q.id = v.quote_id",
    (
        readable("number", "o.number"),
        readable("name", "o.name"),
        readable("state", "o.state"),
        readable("delivery", _DONE.format("delivered")),
        readable("invoicing", _DONE.format("invoiced")),
        readable("late", _LATE, "bool"),
        reference("account", "a", "account", "o.account_id"),
        readable("stock_priority", "a.has_stock_priority", "bool"),
        reference("contact", "c", "contact", "o.contact_id"),
        reference("opportunity", "d", "opportunity", "o.opportunity_id"),
        readable("quote", "q.number"),
        reference("owner", "u", "user", "o.owner_id"),
        readable("net", "o.net_minor", "money", "", "o.currency"),
        readable("tax", "o.tax_minor", "money", "", "o.currency"),
        readable("gross", "o.gross_minor", "money", "", "o.currency"),
        readable("prepaid", "NULLIF(o.prepaid_minor, 0)", "money", "", "o.currency"),
        readable("payable_rounding", "NULLIF(o.payable_rounding_minor, 0)", "money", "Rounding", "o.currency"),
        readable("payable", _PAYABLE.format("o"), "money", "", "o.currency"),
        readable("cost", "o.cost_minor", "money", "", "o.currency"),
        *(readable(name, f"o.{name}_minor", "money", "", "o.currency") for name in ("freight", "rebate", "extra_cost")),
        readable("currency", "o.currency"),
        readable("ordered", "o.ordered_on", "day"),
        readable("promised", "o.promised_on", "day"),
        readable("delivered", "o.delivered_on", "day"),
        readable("cancelled", "o.cancelled_on", "day"),
        readable("tracking", _TRACKING),
        several("product", _NAMES.format(*_IN_ORDER), _ONE.format(*_IN_ORDER) + "l.product_id", "product"),
        readable("payment_terms_days", "o.payment_terms_days", "integer"),
        *plain("o", "customer_ref channel ship_to"),
        *shared("sales_order", "o"),
        readable("description", "o.description"),
    ),
    table="sales_order",
    columns="ref number name account state net ordered promised owner",
    sort="-ordered,-number",
    aliases={"amount": "net", "tag": "tags", "deal": "opportunity", "tracking_number": "tracking"},
)
_OWED = f"{_PAYABLE.format('i')} - i.credited_minor - i.paid_minor"
_INVOICE = noun(
    "invoice",
    "i",
    "invoice i LEFT JOIN account a ON a.id = i.account_id LEFT JOIN sales_order o ON o.id = i.order_id"
    " LEFT JOIN app_user u ON u.id = i.owner_id LEFT JOIN invoice x ON x.id = i.corrects_id"
    " LEFT JOIN territory t ON t.id = a.territory_id",
    (
        readable("number", "i.number"),
        readable("kind", "i.kind"),
        readable("state", "i.state"),
        readable("overdue", f"i.due_on < {TODAY} AND i.state IN ('open', 'part_paid')", "bool"),
        reference("account", "a", "account", "i.account_id"),
        readable("order", "o.number"),
        readable("corrects", "x.number"),
        reference("owner", "u", "user", "i.owner_id"),
        readable("net", "i.net_minor", "money", "", "i.currency"),
        readable("tax", "i.tax_minor", "money", "", "i.currency"),
        readable("gross", "i.gross_minor", "money", "", "i.currency"),
        readable("prepaid", "NULLIF(i.prepaid_minor, 0)", "money", "", "i.currency"),
        readable("payable_rounding", "NULLIF(i.payable_rounding_minor, 0)", "money", "Rounding", "i.currency"),
        readable("payable", _PAYABLE.format("i"), "money", "", "i.currency"),
        readable("paid", "i.paid_minor", "money", "", "i.currency"),
        readable("credited", "i.credited_minor", "money", "", "i.currency"),
        readable("owed", f"CASE i.kind WHEN 'invoice' THEN {_OWED} END", "money", "", "i.currency"),
        readable("currency", "i.currency"),
        readable("issued", "i.issued_on", "day"),
        readable("due", "i.due_on", "day"),
        readable("channel", "i.channel"),
        readable("industry", "a.industry"),
        reference("territory", "t", "territory", "a.territory_id"),
        several("product", _NAMES.format(*_IN_BILL), _ONE.format(*_IN_BILL) + "l.product_id", "product"),
        several("item", _NAMES.format(*_IN_BILL), _ONE.format(*_IN_BILL) + "l.product_id IS NULL AND l.description"),
        several(
            "product_category",
            _NAMES.format(*_IN_BILL).replace("COALESCE(d.name, l.description)", "d.category"),
            _ONE.format(*_IN_BILL) + "d.category",
        ),
        *shared("invoice", "i"),
        readable("note", "i.note"),
    ),
    columns="ref number kind account order state gross owed issued due",
    sort="-issued,-number",
    aliases={"amount": "gross", "tag": "tags", "open": "owed"},
)
SALE_NOUNS: tuple[ReadNoun, ...] = (_QUOTE, _ORDER, _INVOICE)
