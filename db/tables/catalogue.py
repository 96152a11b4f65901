"""What is sold."""

from db.tables.base import STRICT, Record
from db.tables.columns import currency, flag, integer, json_object, prose, text


class Product(Record, table=True):
    """A product or service; price and cost are per unit, scaled by 10^6."""

    __tablename__ = "product"
    __table_args__ = (STRICT,)
    name: str = text(null=False)
    code: str | None = text(longest=80, index=True)
    category: str | None = text()
    unit: str | None = text(longest=40)
    price_dec6: int | None = integer()
    cost_dec6: int | None = integer()
    currency: str | None = currency()
    is_active: int = flag(default=True)
    description: str | None = prose()
    custom: str | None = json_object()
