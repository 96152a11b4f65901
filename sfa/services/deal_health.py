"""What is wrong with the deals of a list, page by page."""

from collections.abc import Sequence
from datetime import date

from db.queries.health import HealthRow, HealthRows
from sfa.domain.pipeline import DealState, HealthFlag, health
from sfa.services.desk import Desk


class HealthPages:
    """Answers from any thread."""

    def __init__(self, desk: Desk) -> None:
        self._rows = HealthRows(desk.store)
        self._today = desk.today

    def of(self, ids: Sequence[str]) -> dict[str, frozenset[HealthFlag]]:
        """Return what is wrong with each of these deals."""
        return {row.id: health(_state(row), self._today) for row in self._rows.of(ids, self._today.isoformat())}


def _state(row: HealthRow) -> DealState:
    return DealState(
        is_open=bool(row.is_open),
        close_date=_day(row.close_date),
        next_step=row.next_step,
        next_step_on=_day(row.next_step_on),
        stage_entered_on=_day(row.stage_entered_at),
        last_activity_on=_day(row.last_activity_at),
        planned_on=_day(row.planned_on),
        rot_days=row.rot_days,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
