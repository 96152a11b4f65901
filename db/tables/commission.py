"""Commission: plans, assignments, quotas, events, credits, statements (domain.md 1.1).

What a plan says stays in its text (`terms`): the engine reads it, and its hash tells whether it is still the same.
"""

from sqlalchemy import CheckConstraint, Index

from db.tables.base import STRICT, Link, Record
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
    text,
)


class CompPeriod(Record, table=True):
    """A month, quarter, half or year, `[starts_on, ends_on)`: the only place where its limits stand."""

    __tablename__ = "comp_period"
    __table_args__ = (Index("comp_period_code", "code", unique=True), STRICT)
    code: str = text(null=False, longest=20)
    kind: str = choice("month", "quarter", "half", "year")
    starts_on: str = day(null=False)
    ends_on: str = day(null=False)
    status: str = choice("open", "closed", default="open")
    closed_by_id: str | None = link("app_user")
    closed_at: str | None = instant()


class CompPlan(Record, table=True):
    """A commission plan; what it pays is in its versions."""

    __tablename__ = "comp_plan"
    __table_args__ = (Index("comp_plan_code", "code", unique=True), STRICT)
    code: str = text(null=False, longest=40)
    name: str = text(null=False)
    currency: str = currency(null=False)


class CompPlanVersion(Record, table=True):
    """The TOML text of a plan in `[valid_from, valid_to)`; it never changes once published."""

    __tablename__ = "comp_plan_version"
    __table_args__ = (Index("comp_plan_version_no", "plan_id", "no", unique=True), STRICT)
    plan_id: str = link("comp_plan", null=False)
    no: int = integer(null=False, least=1)
    valid_from: str = day(null=False)
    valid_to: str | None = day()
    terms: str = text(null=False, longest=65536)
    status: str = choice("draft", "published", "retired", default="draft")
    content_hash: str = text(null=False, longest=64)
    published_at: str | None = instant()


class CompAssignment(Record, table=True):
    """Who is paid by which plan, and when.

    `leave` is a list of `{"from", "to"}`; `draw` has `guarantee_minor`, `type`, `recovery_ppm`, `draw_recovery_ppm` and
    `recovery_from`, as far as they are not the usual ones.
    """

    __tablename__ = "comp_assignment"
    __table_args__ = (STRICT,)
    participant_id: str = link("app_user", null=False)
    plan_id: str = link("comp_plan", null=False)
    role: str | None = text(longest=40)
    valid_from: str = day(null=False)
    valid_to: str | None = day()
    target_incentive_minor: int | None = money()
    leave: str | None = json_list()
    draw: str | None = json_object()


class CompQuota(Record, table=True):
    """What a person should reach in a window; the latest `recorded_at` holds. Minor units, DEC6 or a count, by the measure.

    `period_code` names a month, quarter, half or year, as components add up; `score` is a rating of a bonus (ppm) or the
    value of a KPI.
    """

    __tablename__ = "comp_quota"
    __table_args__ = (Index("comp_quota_of", "participant_id", "period_code", "component_code"), STRICT)
    participant_id: str = link("app_user", null=False)
    period_code: str = text(null=False, longest=20)
    component_code: str | None = text(longest=40)
    amount: int = integer(null=False, least=0)
    currency: str | None = currency()
    target_minor: int | None = money()
    score: int | None = integer()
    ramp_ppm: int = integer(null=False, least=0, server_default="1000000")
    recorded_at: str = instant(null=False)


class CompEvent(Link, table=True):
    """Something that may pay: append-only, taken back only by another event."""

    __tablename__ = "comp_event"
    __table_args__ = (
        Index("comp_event_on", "event_date", "recorded_at", "id"),
        Index("comp_event_source", "source_type", "source_id"),
        # Somebody's sales by day and kind, added up without a look at the rows.
        Index("comp_event_sold", "owner_id", "reverses_event_id", "event_date", "type", "currency", "net_minor", "id"),
        STRICT,
    )
    type: str = choice(
        "booked", "delivered", "invoiced", "paid", "cancelled", "returned", "credited", "written_off", "reinstated"
    )
    event_date: str = day(null=False)
    recorded_at: str = instant(null=False)
    source_type: str = text(null=False, longest=40)
    source_id: str = text(null=False, longest=80)
    source_line_id: str | None = text(longest=80)
    account_id: str | None = link("account")
    product_id: str | None = link("product")
    owner_id: str | None = link("app_user", index=False)
    quantity_dec6: int | None = integer()
    net_minor: int = money(null=False)
    cost_minor: int | None = money()
    currency: str = currency(null=False)
    fx_rate_e9: int | None = integer(least=1)
    reverses_event_id: str | None = link("comp_event")
    facts: str | None = json_object()


class CompCredit(Link, table=True):
    """Who shares in a deal, an order or one event; without a row its owner has it all.

    All shares of a source that were recorded at one time take the place of earlier ones.
    """

    __tablename__ = "comp_credit"
    __table_args__ = (Index("comp_credit_source", "source_type", "source_id"), STRICT)
    source_type: str = choice("opportunity", "sales_order", "comp_event")
    source_id: str = text(null=False, longest=36)
    participant_id: str = link("app_user", null=False)
    role: str | None = text(longest=40)
    type: str = choice("direct", "overlay", "rollup", default="direct")
    commission_ppm: int = ppm(null=False)
    quota_ppm: int = ppm(null=False)
    recorded_at: str = instant(null=False)
    reason: str | None = text(longest=500)


class CompStatement(Record, table=True):
    """What a person is paid for a period; `payable_minor` is the sum of the lines that are not memos.

    `prev_hash` is the hash of its head, which includes the statement before it; `acknowledged` lists keys of memos that somebody has seen.
    """

    __tablename__ = "comp_statement"
    __table_args__ = (Index("comp_statement_of", "participant_id", "period_code", "version", unique=True), STRICT)
    participant_id: str = link("app_user", null=False)
    period_code: str = text(null=False, longest=20)
    version: int = integer(null=False, least=1)
    status: str = choice("open", "calculated", "in_review", "approved", "closed", "paid", default="open")
    currency: str = currency(null=False)
    earned_minor: int = money(null=False)
    clawed_back_minor: int = money(null=False)
    forgiven_minor: int = money(null=False)
    payable_minor: int = money(null=False)
    acknowledged: str | None = json_list()
    prev_hash: str | None = text(longest=64)
    input_hash: str | None = text(longest=64)
    output_hash: str | None = text(longest=64)
    engine_version: str | None = text(longest=40)
    calculated_at: str | None = instant()
    calculated_by_id: str | None = link("app_user")
    approved_by_id: str | None = link("app_user")


class CompLine(Link, table=True):
    """A line of a closed statement; `explain` alone recomputes its amount; hashes chain the lines of a statement.

    Lines of open statements are calculated whenever somebody looks at them.
    """

    __tablename__ = "comp_line"
    __table_args__ = (Index("comp_line_of", "statement_id", "ordinal", unique=True), STRICT)
    statement_id: str = link("comp_statement", null=False)
    ordinal: int = integer(null=False)
    on_day: str = day(null=False)
    rule: str | None = text(longest=60)
    line_key: str = text(null=False, longest=64, index=True)
    component_code: str | None = text(longest=40)
    event_id: str | None = text(longest=80)
    earning_period: str = text(null=False, longest=20)
    posting_period: str = text(null=False, longest=20)
    kind: str = text(null=False, longest=40)
    amount_minor: int = money(null=False)
    is_memo: int = flag()
    explain: str = json_object(null=False)
    prev_hash: str | None = text(longest=64)
    hash: str = text(null=False, longest=64)


class CompBalance(Link, table=True):
    """How a balance rolled through a period: `opening + increase - decrease = closing`."""

    __tablename__ = "comp_balance"
    __table_args__ = (
        Index("comp_balance_of", "participant_id", "period_code", "kind", unique=True),
        CheckConstraint("opening + increase - decrease = closing", name="comp_balance_rolls"),
        STRICT,
    )
    participant_id: str = link("app_user", null=False)
    period_code: str = text(null=False, longest=20)
    kind: str = choice("overpaid", "draw", "holdback", "cap")
    currency: str = currency(null=False)
    opening: int = money(null=False)
    increase: int = money(null=False)
    decrease: int = money(null=False)
    closing: int = money(null=False)


class CompDispute(Record, table=True):
    """A person's objection to a line, known by its key, which every calculation gives it anew."""

    __tablename__ = "comp_dispute"
    __table_args__ = (STRICT,)
    line_key: str = text(null=False, longest=64, index=True)
    participant_id: str = link("app_user", null=False)
    period_code: str = text(null=False, longest=20)
    reason: str = text(null=False, longest=2000)
    claimed_minor: int | None = money()
    status: str = choice("open", "in_review", "accepted", "rejected", "withdrawn", "deferred", default="open")
    resolution: str | None = text(longest=2000)
    resolution_key: str | None = text(longest=64)
    due_on: str | None = day()
    opened_at: str = instant(null=False)
    closed_at: str | None = instant()


class CompAdjustment(Record, table=True):
    """An amount put right by hand; who asks is not who approves."""

    __tablename__ = "comp_adjustment"
    __table_args__ = (
        CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> requested_by_id", name="comp_adjustment_four_eyes"
        ),
        STRICT,
    )
    participant_id: str = link("app_user", null=False)
    period_code: str = text(null=False, longest=20)
    amount_minor: int = money(null=False)
    currency: str = currency(null=False)
    reason_code: str = text(null=False, longest=40)
    note: str | None = text(longest=2000)
    requested_by_id: str = link("app_user", null=False)
    approved_by_id: str | None = link("app_user")
    approved_at: str | None = instant()
