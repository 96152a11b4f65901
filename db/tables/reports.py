"""What reports compare with."""

from sqlalchemy import Index

from db.tables.base import STRICT, Record
from db.tables.columns import integer, text


class KpiBaseline(Record, table=True):
    """What a measure was before or in the first month of use, so that improvement can be shown (domain.md 5.8).

    `scope` is a person's id, or `team`; `value_dec6` is in millionths of the measure's own unit (amounts in minor units).
    """

    __tablename__ = "kpi_baseline"
    __table_args__ = (Index("kpi_baseline_of", "kpi", "scope", unique=True), STRICT)
    kpi: str = text(null=False, longest=60)
    scope: str = text(null=False, longest=36)
    value_dec6: int = integer(null=False)
    period: str = text(null=False, longest=20)
