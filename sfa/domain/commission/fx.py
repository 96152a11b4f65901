"""Rates of exchange, by the plan's policy (domain.md 1.2, step 5)."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from sfa.domain.commission.case import CaseError, FxRate
from sfa.domain.commission.credit import FX
from sfa.domain.commission.events import Event
from sfa.domain.commission.periods import Calendar
from sfa.domain.commission.plan import FxPolicy, Plan
from sfa.domain.currencies import exponent

_KINDS = {FxPolicy.PERIOD_AVERAGE: "average", FxPolicy.PERIOD_END: "end"}


class RateError(CaseError):
    """A rate of exchange that is not given.

    Attributes:
        event: id of the sale; `source`, `target`: the currencies; `on`: its day.
    """

    def __init__(self, event: Event, plan: Plan) -> None:
        super().__init__(
            f"Event {event.id} is in {event.currency}, and no {plan.fx} rate to {plan.currency} is given for it."
        )
        self.event, self.source, self.target, self.on = event.id, event.currency, plan.currency, event.on


class Rates:
    """Looks rates up: those of days by the last one on or before, those of periods by the statement period."""

    def __init__(self, rows: Sequence[FxRate], calendar: Calendar) -> None:
        self._calendar = calendar
        self._fixed = {(row.kind, row.source, row.target, row.window): row.rate_e9 for row in rows if row.kind != "day"}
        self._days: dict[tuple[str, str], list[tuple[date, int]]] = {}
        for row in sorted((row for row in rows if row.kind == "day"), key=lambda row: row.on):
            self._days.setdefault((row.source, row.target), []).append((row.on, row.rate_e9))

    def rate_e9(self, event: Event, plan: Plan) -> int:
        """Return how many units of the plan's currency one of the event's is, scaled by 10^9.

        Raises:
            RateError: no rate is given.
        """
        if event.currency in {"", plan.currency}:
            return FX
        pair = (event.currency, plan.currency)
        if plan.fx == FxPolicy.EVENT_DATE:
            found = event.fx_e9 or self._on(pair, event.on)
        elif plan.fx == FxPolicy.PLAN_BUDGET:
            found = self._fixed.get(("budget", *pair, plan.code)) or self._fixed.get(("budget", *pair, ""))
        else:
            period = self._calendar.periods[self._calendar.number(event.on)].id
            found = self._fixed.get((_KINDS[plan.fx], *pair, period))
        if not found:
            raise RateError(event, plan)
        return found

    def _on(self, pair: tuple[str, str], day: date) -> int | None:
        rows = self._days.get(pair, [])
        index = bisect_right(rows, day, key=lambda row: row[0])
        return rows[index - 1][1] if index else None


def factor(rate_e9: int, source: str, target: str) -> Fraction | int:
    """Return how many minor units of a currency one of another is."""
    if source in {"", target}:
        return 1
    return Fraction(rate_e9, FX) * Fraction(10) ** (exponent(target) - exponent(source))
