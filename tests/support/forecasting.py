"""Deals for tests of forecasts, in few words."""

from datetime import date, timedelta

from sfa.domain.forecast.book import Deal, Period, State

Q3 = Period(date(2026, 7, 1), date(2026, 10, 1))
Q2 = Period(date(2026, 4, 1), date(2026, 7, 1))
Q1 = Period(date(2026, 1, 1), date(2026, 4, 1))


def state(on: date, value: int | None = 100, close: date | None = None, **more: object) -> State:
    """Return how a deal stood: in stage `a` at 50 % unless told otherwise."""
    told: dict[str, object] = {"stage": "a", "probability_ppm": 500_000, "category": "pipeline", **more}
    return State(on=on, value_minor=value, close_date=close, **told)  # type: ignore[arg-type]


def a_deal(name: str, *states: State, **more: object) -> Deal:
    """Return a deal."""
    return Deal(name, states, **more)  # type: ignore[arg-type]


def closed(name: str, created: date, days: int, *, is_won: bool, value: int = 100, stage: str = "a") -> Deal:
    """Return a deal that was closed so many days after it was made."""
    end = state(created + timedelta(days=days), value, stage="end", is_won=is_won)
    return a_deal(name, state(created, value, stage=stage), end)
