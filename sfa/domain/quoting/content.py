"""What a version of a quote says, and its hash: two that say the same have the same, whatever became of them."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, Final

Row = Mapping[str, Any]
HEAD: Final = ("number", "currency")
"""Whose quote it is is no part of it: two accounts may turn out to be one."""
VERSION: Final = (
    "revision", "quoted_on", "priced_on", "valid_until", "payment_terms_days", "tax_method", "is_tax_inclusive",
    "rounding", "cash_minor", "template", "cover", "terms", "is_nonstandard", "list_minor", "line_sum_minor",
    "net_minor", "tax_minor", "gross_minor", "prepaid_minor", "payable_rounding_minor", "payable_minor",
)  # fmt: skip
LINE: Final = (
    "ordinal", "kind", "role", "choice_of", "is_chosen", "product_id", "description", "unit", "quantity_dec6",
    "base_dec6", "periods", "period", "list_dec6", "net_dec6", "fixed_dec6", "list_minor", "net_minor", "tax_category",
    "tax_rate_ppm", "tax_reason", "tax_minor", "delivery_on",
)  # fmt: skip
LINE_JSON: Final = ("discounts", "steps", "slices", "options")
ALLOWANCE: Final = ("is_charge", "reason", "percent_ppm", "base_minor", "amount_minor", "tax_code_id")


def canonical(head: Row, version: Row, lines: Iterable[Row], allowances: Iterable[Row]) -> str:
    """Return what a version says as JSON with one form; nothing of it depends on ids of rows or on the order of reading."""
    rows = sorted(lines, key=lambda line: line["ordinal"])
    places = {line["id"]: line["ordinal"] for line in rows}
    said = {
        "quote": {name: head[name] for name in HEAD},
        "version": {name: version[name] for name in VERSION},
        "lines": [
            {
                **{name: line[name] for name in LINE},
                **{name: json.loads(line[name]) if line[name] else None for name in LINE_JSON},
                "part_of": places.get(line["parent_line_id"]),
            }
            for line in rows
        ],
        "allowances": sorted(
            ({**{name: row[name] for name in ALLOWANCE}, "line": places.get(row["line_id"])} for row in allowances),
            key=lambda row: json.dumps(row, sort_keys=True),
        ),
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(head: Row, version: Row, lines: Iterable[Row], allowances: Iterable[Row]) -> str:
    """Return the SHA-256 of what a version says, in lowercase hex."""
    return sha256(canonical(head, version, lines, allowances).encode()).hexdigest()
