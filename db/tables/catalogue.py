"""What is sold."""

from db.tables.base import STRICT, Record
from db.tables.columns import choice, currency, flag, integer, json_object, link, ppm, prose, text


class Product(Record, table=True):
    """A product or service; price and cost are per unit, scaled by 10^6.

    `category` is a path such as `Sensors/Pressure`; `period` makes it a recurring product; `bundle` names the file of
    its configurator; it is never sold below `floor_dec6` or `min_margin_ppm` without approval.
    """

    __tablename__ = "product"
    __table_args__ = (STRICT,)
    name: str = text(null=False)
    code: str | None = text(longest=80, index=True)
    category: str | None = text()
    unit: str | None = text(longest=40)
    price_dec6: int | None = integer()
    cost_dec6: int | None = integer()
    currency: str | None = currency()
    tax_code_id: str | None = link("tax_code")
    period: str | None = choice("month", "quarter", "half", "year", null=True)
    floor_dec6: int | None = integer(least=0)
    min_margin_ppm: int | None = ppm()
    bundle: str | None = text()
    is_active: int = flag(default=True)
    description: str | None = prose()
    custom: str | None = json_object()
