"""The pipeline as columns of cards."""

from dataclasses import dataclass
from datetime import date

from db.queries import board as queries
from sfa.domain.money import Money
from sfa.domain.pipeline import DealState, HealthFlag, health
from sfa.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Card:
    """A deal on the board."""

    id: str
    ref: str
    name: str
    account: str | None
    amount: Money | None
    close_date: date | None
    next_step: str | None
    flags: frozenset[HealthFlag]


@dataclass(frozen=True, slots=True)
class StageColumn:
    """A stage, how many open deals it holds, what they are worth by currency, and those that close first."""

    id: str
    name: str
    count: int
    sums: tuple[Money, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class StageChoice:
    """A stage that a deal can move to."""

    id: str
    name: str
    type: str


def stage_choices(desk: Desk) -> list[StageChoice]:
    """Return all stages of the first pipeline, in order, won and lost included."""
    return [StageChoice(row.id, row.name, row.type) for row in queries.stages(desk.store)]


def read_board(desk: Desk, owner_id: str | None = None) -> list[StageColumn]:
    """Return the open stages in order, with the deals of one owner or of everybody."""
    sums = queries.stage_sums(desk.store, owner_id)
    return [
        StageColumn(
            id=stage.id,
            name=stage.name,
            count=sum(row.deals for row in sums if row.stage_id == stage.id),
            sums=tuple(
                Money(row.amount_minor, row.currency) for row in sums if row.stage_id == stage.id and row.currency
            ),
            cards=tuple(
                _card(desk, row, stage) for row in queries.cards(desk.store, stage.id, owner_id, desk.today.isoformat())
            ),
        )
        for stage in queries.stages(desk.store)
        if stage.type in ("open", "on_hold")
    ]


def _card(desk: Desk, row: queries.CardRow, stage: queries.StageRow) -> Card:
    state = DealState(
        is_open=True,
        close_date=_day(row.close_date),
        next_step=row.next_step,
        next_step_on=_day(row.next_step_on),
        stage_entered_on=_day(row.stage_entered_at),
        last_activity_on=_day(row.last_activity_at),
        planned_on=_day(row.planned_on),
        rot_days=stage.rot_days,
    )
    amount = Money(row.amount_minor, row.currency) if row.amount_minor is not None and row.currency else None
    return Card(
        row.id, row.ref, row.name, row.account, amount, state.close_date, row.next_step, health(state, desk.today)
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
