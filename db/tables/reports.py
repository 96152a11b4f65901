"""What reports compare with."""

from sqlalchemy import Index

from db.tables.base import STRICT, Link, Record
from db.tables.columns import day, flag, integer, link, text


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


class ValueClass(Link, table=True):
    """The class of a customer as a monthly run recorded it (domain.md 5.2).

    Scores are in thousandths of a point; runs count how many in a row lay across the limit while the class stayed.
    """

    __tablename__ = "value_class"
    __table_args__ = (Index("value_class_of", "account_id", "recorded_on"), STRICT)
    account_id: str = link("account", null=False)
    recorded_on: str = day(null=False)
    value_score: int = integer(null=False, least=0, most=100_000)
    loyalty_score: int = integer(null=False, least=0, most=100_000)
    is_valuable: int = flag()
    is_loyal: int = flag()
    value_runs: int = integer(null=False, least=0, server_default="0")
    loyalty_runs: int = integer(null=False, least=0, server_default="0")
