"""What simulated companies offer: a line of work with its price, and the totals of a version that has it alone."""

from collections.abc import Mapping
from typing import Final

LINE: Final[Mapping[str, object]] = {
    "ordinal": 1, "kind": "product", "description": "Work", "quantity_dec6": 2_000_000, "list_dec6": 25_000,
    "net_dec6": 25_000, "slices": "[[2000000, 25000]]", "list_minor": 5, "net_minor": 5, "tax_category": "Z",
    "tax_rate_ppm": 0, "tax_minor": 0,
}  # fmt: skip
SUMS: Final[Mapping[str, object]] = {
    "list_minor": 5, "line_sum_minor": 5, "net_minor": 5, "tax_minor": 0, "gross_minor": 5, "payable_rounding_minor": 0,
    "payable_minor": 5,
}  # fmt: skip
