"""What a customer paid for a product before: in orders, and in quotes that were accepted."""

from dataclasses import dataclass

from db.queries import quotes as queries
from sfa.domain.figures import DEC6, from_dec6
from sfa.domain.pricing.amounts import divide
from sfa.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Paid:
    """A net price per unit, as a decimal text, and where it stands."""

    on: str
    source: str
    number: str
    currency: str
    price: str
    quantity: str
    unit: str


def paid(desk: Desk, account_id: str, product_id: str, but: str | None = None) -> list[Paid]:
    """Return at which net prices a customer bought a product, the last one first; a quote and its orders left out."""
    return [
        Paid(
            row["on_day"] or "",
            row["source"],
            row["number"],
            row["currency"],
            from_dec6(divide(row["net_dec6"] * DEC6, row["base_dec6"])),
            from_dec6(row["quantity_dec6"] or 0),
            row["unit"] or "",
        )
        for row in queries.paid(desk.store, account_id, product_id, but)
    ]
