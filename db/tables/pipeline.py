"""Leads, pipelines, stages, opportunities and their history."""

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql

from db.tables.base import STRICT, Link, Record, name_index
from db.tables.columns import (
    choice,
    currency,
    day,
    flag,
    instant,
    integer,
    json_list,
    json_object,
    link,
    money,
    ppm,
    prose,
    text,
)

CATEGORIES = ("pipeline", "best_case", "commit", "closed", "omitted")


class Lead(Record, table=True):
    """Somebody who may become a customer and is nobody's account yet."""

    __tablename__ = "lead"
    __table_args__ = (name_index("lead"), STRICT)
    name: str = text(null=False)
    given_name: str | None = text()
    family_name: str | None = text()
    company: str | None = text()
    title: str | None = text()
    email: str | None = text(longest=320)
    phone: str | None = text(longest=80)
    website: str | None = text(longest=500)
    industry: str | None = text()
    segment: str | None = text()
    source: str | None = text()
    status: str = choice("new", "contacted", "qualified", "converted", "disqualified", default="new")
    owner_id: str | None = link("app_user")
    created_on: str | None = day()
    description: str | None = prose()
    custom: str | None = json_object()


class Pipeline(Record, table=True):
    """A way that deals go: new business, renewal, partner."""

    __tablename__ = "pipeline"
    __table_args__ = (STRICT,)
    name: str = text(null=False)
    seq: int = integer(null=False)


class Stage(Record, table=True):
    """A step of a pipeline (domain.md 3.1)."""

    __tablename__ = "stage"
    __table_args__ = (STRICT,)
    pipeline_id: str = link("pipeline", null=False)
    seq: int = integer(null=False)
    name: str = text(null=False)
    type: str = choice("open", "on_hold", "won", "lost", default="open")
    probability_ppm: int = ppm(null=False)
    category: str = choice(*CATEGORIES)
    rot_days: int | None = integer(least=1)
    exit_checklist: str | None = json_list()


class Opportunity(Record, table=True):
    """A deal. Probability and category follow the stage unless the rep has overridden them."""

    __tablename__ = "opportunity"
    __table_args__ = (
        CheckConstraint("(closed_on IS NULL) = (is_won IS NULL)", name="closed_deal_is_won_or_lost"),
        CheckConstraint("amount_minor IS NULL OR currency IS NOT NULL", name="amount_has_currency"),
        Index(
            "opportunity_open",
            "owner_id",
            "stage_id",
            "currency",
            "amount_minor",
            "probability_ppm",
            "close_date",
            "closed_on",  # nothing, as the filter says; but without them SQLite reads each row to see it once more
            "deleted_at",
            "next_step_on",
            "id",
            sqlite_where=sql("closed_on IS NULL AND deleted_at IS NULL"),
        ),
        Index(
            "opportunity_open_by_stage",
            "stage_id",
            "close_date",
            sqlite_where=sql("closed_on IS NULL AND deleted_at IS NULL"),
        ),
        Index(
            "opportunity_open_by_owner",
            "owner_id",
            "stage_id",
            "close_date",
            sqlite_where=sql("closed_on IS NULL AND deleted_at IS NULL"),
        ),
        Index("opportunity_by_close", "close_date", sqlite_where=sql("deleted_at IS NULL")),
        Index(
            "opportunity_open_by_close",
            "close_date",
            sqlite_where=sql("closed_on IS NULL AND deleted_at IS NULL"),
        ),
        Index(
            "opportunity_next_step",
            "owner_id",
            "next_step_on",
            sqlite_where=sql(
                "(next_step IS NOT NULL OR next_step_on IS NOT NULL) AND closed_on IS NULL AND deleted_at IS NULL"
            ),
        ),
        Index("opportunity_by_amount", "amount_minor", sqlite_where=sql("deleted_at IS NULL")),
        name_index("opportunity"),
        Index(
            "opportunity_closed",
            "closed_on",
            "is_won",
            "owner_id",
            "currency",
            "amount_minor",
            sqlite_where=sql("closed_on IS NOT NULL AND deleted_at IS NULL"),
        ),
        STRICT,
    )
    name: str = text(null=False)
    account_id: str | None = link("account")
    pipeline_id: str = link("pipeline", null=False)
    stage_id: str = link("stage", null=False)
    owner_id: str | None = link("app_user")
    amount_minor: int | None = money()
    currency: str | None = currency()
    close_date: str | None = day()
    created_on: str = day(null=False)
    closed_on: str | None = day()
    is_won: int | None = integer(least=0, most=1)
    probability_ppm: int = ppm(null=False)
    is_probability_overridden: int = flag()
    category: str = choice(*CATEGORIES)
    is_category_overridden: int = flag()
    override_reason: str | None = text(longest=500)
    type: str | None = choice("new", "existing", "renewal", null=True)
    source: str | None = text()
    campaign: str | None = text()
    territory_id: str | None = link("territory")
    next_step: str | None = text(longest=500)
    next_step_on: str | None = day()
    win_reason: str | None = text(longest=500)
    loss_reason: str | None = text()
    loss_note: str | None = text(longest=2000)
    competitor: str | None = text()
    discount_ppm: int | None = ppm(least=-1_000_000)
    description: str | None = prose()
    custom: str | None = json_object()


class OpportunityContact(Link, table=True):
    """Who decides, and how that person stands: -2 blocks, +2 champions."""

    __tablename__ = "opportunity_contact"
    __table_args__ = (STRICT,)
    opportunity_id: str = link("opportunity", null=False)
    contact_id: str = link("contact", null=False)
    role: str | None = text()
    stance: int | None = integer(least=-2, most=2)


class OpportunityLine(Link, table=True):
    """A product in a deal; quantity and unit price are scaled by 10^6."""

    __tablename__ = "opportunity_line"
    __table_args__ = (STRICT,)
    opportunity_id: str = link("opportunity", null=False)
    product_id: str | None = link("product")
    seq: int = integer(null=False)
    description: str | None = text(longest=500)
    quantity_dec6: int = integer(null=False)
    unit_price_dec6: int | None = integer()
    amount_minor: int | None = money()


class OpportunityHistory(Link, table=True):
    """How a deal stood from an instant on: a business fact, written by triggers, importable (domain.md 3.3)."""

    __tablename__ = "opportunity_history"
    __table_args__ = (
        Index("opportunity_history_at", "opportunity_id", "at"),
        STRICT,
    )
    opportunity_id: str = link("opportunity", null=False)
    at: str = instant(null=False)
    stage_id: str = link("stage", null=False)
    is_stage_change: int = flag()
    amount_minor: int | None = money()
    currency: str | None = currency()
    close_date: str | None = day()
    probability_ppm: int = ppm(null=False)
    category: str = choice(*CATEGORIES)
    owner_id: str | None = text(longest=36)
    is_won: int | None = integer(least=0, most=1)
