"""How price books, prices, agreements, schedules, promotions and taxes are read."""

from db.queries.read_fields import ReadField, ReadNoun, noun, plain, readable, reference


def _digits(sql: str, places: int) -> str:
    """Return SQL for a scaled whole number as text, exact, without superfluous zeros."""
    scale = 10**places
    return f"rtrim(rtrim(printf('%d.%0{places}d', {sql} / {scale}, {sql} % {scale}), '0'), '.')"


def _valued(kind: str, value: str) -> str:
    """Return SQL for a discount or price: `8%` or `12.5`."""
    return f"CASE {kind} WHEN 'percent' THEN {_digits(value, 4)} || '%' ELSE {_digits(value, 6)} END"


def _dec6(name: str, sql: str, title: str = "") -> ReadField:
    return readable(name, sql, "dec6", title)


def _valid(alias: str) -> tuple[ReadField, ...]:
    return (
        readable("valid_from", f"{alias}.valid_from", "day", "From"),
        readable("valid_to", f"{alias}.valid_to", "day", "To"),
    )


def _of_condition(name: str, key: str, table: str = "") -> ReadField:
    """Return a field of a promotion's condition: a list, by names where it holds ids."""
    shown = f"COALESCE((SELECT x.name FROM {table} x WHERE x.id = j.value), j.value)" if table else "j.value"
    return readable(name, f"(SELECT group_concat({shown}, ', ') FROM json_each(g.condition, '$.{key}') j)")


_OTHERS = {"from": "valid_from", "to": "valid_to", "group": "price_group", "since": "valid_from"}
_LO, _VALUE = "json_extract(t.value, '$.lo')", "json_extract(t.value, '$.value')"
_TIER = f"{_digits(_LO, 6)} || ':' || {_valued('c.effect', _VALUE)}"
_TIERS = f"(SELECT group_concat({_TIER}, ' ') FROM json_each(c.tiers) t)"
_BOOK = noun(
    "price_book",
    "b",
    "price_book b LEFT JOIN price_book p ON p.id = b.parent_id",
    (
        readable("name", "b.name"),
        readable("currency", "b.currency"),
        readable("is_tax_inclusive", "b.is_tax_inclusive", "bool", "With tax"),
        readable("is_standard", "b.is_standard", "bool", "Standard"),
        reference("parent", "p", "price_book", "b.parent_id"),
        *_valid("b"),
        readable(
            "prices",
            "(SELECT count(*) FROM price_entry e WHERE e.book_id = b.id AND e.deleted_at IS NULL)",
            "integer",
        ),
    ),
    columns="ref name currency is_standard is_tax_inclusive parent valid_from valid_to prices",
    sort="name",
    aliases=_OTHERS,
)
_TAX = noun(
    "tax_code",
    "x",
    "tax_code x",
    (
        *plain("x", "code name category reason"),
        readable(
            "rates",
            f"(SELECT group_concat({_digits('r.rate_ppm', 4)} || '%' || COALESCE(' from ' || r.valid_from, '') ||"
            " COALESCE(' to ' || r.valid_to, '') || COALESCE(' in ' || r.jurisdiction, ''), '; ')"
            " FROM (SELECT * FROM tax_rate WHERE tax_code_id = x.id ORDER BY jurisdiction, valid_from) r)",
        ),
    ),
    columns="ref code name category rates",
    sort="code",
)
_ENTRY = noun(
    "price_entry",
    "e",
    "price_entry e LEFT JOIN price_book b ON b.id = e.book_id LEFT JOIN product d ON d.id = e.product_id",
    (
        reference("book", "b", "price_book", "e.book_id"),
        reference("product", "d", "product", "e.product_id"),
        readable("code", "d.code"),
        readable("category", "d.category"),
        _dec6("price", "e.price_dec6"),
        readable("currency", "b.currency"),
        _dec6("per", "e.base_dec6"),
        *plain("e", "unit channel"),
        readable("priority", "e.priority", "integer"),
        *_valid("e"),
    ),
    columns="ref book code product price currency per valid_from valid_to",
    sort="product",
    aliases=_OTHERS,
)
_CONTRACT = noun(
    "contract_price",
    "k",
    "contract_price k LEFT JOIN account a ON a.id = k.account_id LEFT JOIN product d ON d.id = k.product_id",
    (
        reference("account", "a", "account", "k.account_id"),
        readable("price_group", "k.price_group", "text", "Group"),
        reference("product", "d", "product", "k.product_id"),
        readable("category", "k.category"),
        readable("price", f"CASE k.kind WHEN 'percent' THEN '-' ELSE '' END || {_valued('k.kind', 'k.value')}"),
        readable("currency", "k.currency"),
        _dec6("per", "k.base_dec6"),
        readable("unit", "k.unit"),
        _dec6("min_quantity", "NULLIF(k.min_qty_dec6, 0)", "At least"),
        _dec6("max_quantity", "k.max_qty_dec6", "At most"),
        readable("priority", "k.priority", "integer"),
        *_valid("k"),
        readable("document_ref", "k.document_ref", "text", "Document"),
    ),
    columns="ref account price_group product category price currency min_quantity valid_from valid_to document_ref",
    sort="account",
    aliases={**_OTHERS, "ref_no": "document_ref", "document": "document_ref"},
)
_SCHEDULE = noun(
    "discount_schedule",
    "c",
    "discount_schedule c LEFT JOIN account a ON a.id = c.account_id LEFT JOIN product d ON d.id = c.product_id",
    (
        readable("name", "c.name"),
        readable("tiers", _TIERS),
        *plain("c", "kind effect scope"),
        reference("product", "d", "product", "c.product_id"),
        readable("category", "c.category"),
        reference("account", "a", "account", "c.account_id"),
        readable("price_group", "c.price_group", "text", "Group"),
        readable("currency", "c.currency"),
        readable("priority", "c.priority", "integer"),
        *_valid("c"),
    ),
    columns="ref name kind tiers product category account price_group valid_from valid_to",
    sort="name",
    aliases=_OTHERS,
)
_RULE = noun(
    "price_rule",
    "g",
    "price_rule g",
    (
        readable("name", "g.name"),
        readable("discount", _valued("g.effect", "g.value")),
        readable("effect", "g.effect"),
        readable("currency", "g.currency"),
        _of_condition("product", "products", "product"),
        _of_condition("category", "categories"),
        _of_condition("account", "accounts", "account"),
        _of_condition("price_group", "groups"),
        _of_condition("channel", "channels"),
        _dec6("min_quantity", "json_extract(g.condition, '$.min_qty_dec6')", "At least"),
        _dec6("max_quantity", "json_extract(g.condition, '$.max_qty_dec6')", "At most"),
        readable("priority", "g.priority", "integer"),
        readable("is_stackable", "g.is_stackable", "bool", "Stackable"),
        *plain("g", "exclusive_group additive_group"),
        *_valid("g"),
    ),
    columns="ref name discount effect product category account priority is_stackable valid_from valid_to",
    sort="name",
    aliases=_OTHERS,
)
PRICE_NOUNS: tuple[ReadNoun, ...] = (_BOOK, _TAX, _ENTRY, _CONTRACT, _SCHEDULE, _RULE)
