"""What reports and forecasts compare with, and what they read of lines."""

from sqlalchemy import CheckConstraint, Index, Integer, Text
from sqlmodel import Field, SQLModel

from db.tables.base import STRICT, Link, Record
from db.tables.bookkeeping import WITHOUT_ROWID
from db.tables.columns import choice, currency, day, flag, instant, integer, link, money, text


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


class ForecastSubmission(Link, table=True):
    """What a person said a period would bring, as it was said: append-only, the latest counts (domain.md 3.6).

    `owner_id` is whose deals it is about (none: everybody's), `is_rolled_up` with everybody below them. `horizon` is
    the number of days of the period that were over; below 0 before it. The point is the whole period's, won deals too.
    """

    __tablename__ = "forecast_submission"
    __table_args__ = (
        CheckConstraint("p10_minor <= point_minor AND point_minor <= p90_minor", name="said_range_holds_the_number"),
        CheckConstraint("starts_on < ends_on", name="said_period_has_days"),
        Index("forecast_submission_of", "ends_on", "currency", "at"),
        STRICT,
    )
    user_id: str = link("app_user", null=False)
    owner_id: str | None = link("app_user")
    is_rolled_up: int = flag()
    starts_on: str = day(null=False)
    ends_on: str = day(null=False)
    horizon: int = integer(null=False)
    category: str = choice("commit", "best_case", "pipeline")
    currency: str = currency(null=False)
    point_minor: int = money(null=False)
    p10_minor: int | None = money()
    p90_minor: int | None = money()
    note: str | None = text(longest=500)
    at: str = instant(null=False)


class BilledItem(SQLModel, table=True):
    """A line of an invoice that counts, with what its invoice says, in the order of reports; triggers keep it.

    `item` is the product's id, or the words of a line that names none; '' stands for no item and for no channel.
    `net_minor` has the line's part of discounts and charges of the whole invoice.
    """

    __tablename__ = "billed_item"
    __table_args__ = (WITHOUT_ROWID,)
    account_id: str = Field(sa_type=Text, primary_key=True)
    item: str = Field(sa_type=Text, primary_key=True)
    channel: str = Field(sa_type=Text, primary_key=True)
    billed_on: str = Field(sa_type=Text, primary_key=True)
    currency: str = Field(sa_type=Text, primary_key=True)
    line_id: str = Field(sa_type=Text, primary_key=True)
    net_minor: int = Field(sa_type=Integer)
    cost_minor: int | None = Field(default=None, sa_type=Integer)


class OrderedItem(SQLModel, table=True):
    """A line of an order that counts and names a product, by the day of the order; triggers keep it."""

    __tablename__ = "ordered_item"
    __table_args__ = (WITHOUT_ROWID,)
    ordered_on: str = Field(sa_type=Text, primary_key=True)
    order_id: str = Field(sa_type=Text, primary_key=True)
    line_id: str = Field(sa_type=Text, primary_key=True)
    product_id: str = Field(sa_type=Text)


class PaidItem(SQLModel, table=True):
    """A payment that counts, by the invoice that it is for: its amount times days, `late` and since the issue; triggers keep it."""

    __tablename__ = "paid_item"
    __table_args__ = (WITHOUT_ROWID,)
    account_id: str = Field(sa_type=Text, primary_key=True)
    issued_on: str = Field(sa_type=Text, primary_key=True)
    currency: str = Field(sa_type=Text, primary_key=True)
    payment_id: str = Field(sa_type=Text, primary_key=True)
    late: int = Field(sa_type=Integer)
    outstanding: int = Field(sa_type=Integer)
