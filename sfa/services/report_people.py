"""Reports on people for those who lead them: leaderboard and coaching view, with everybody below rolled up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any

from db.queries import reports_team as queries
from db.queries.reports import ancestors
from sfa.domain.money import Money
from sfa.domain.pipeline import win_rate
from sfa.domain.sentences import Sentence
from sfa.services.desk import Desk
from sfa.services.forecast_periods import period_of
from sfa.services.report_request import Request, midnight
from sfa.services.report_table import Column, Report, Row, summed_up

PLACES = 4
_OWNER = ("owner", "Owner", "text")


def bounds(desk: Desk, asked: Request) -> dict[str, object]:
    """Return the period as the queries want it: the quarter of today where none is asked for."""
    quarter = period_of(desk)
    start, end = asked.start or quarter.start, asked.end or min(quarter.end, desk.today + timedelta(days=1))
    stale = desk.today - timedelta(days=desk.config.number("pipeline.stale_days"))
    return {
        "start": start.isoformat(), "end": end.isoformat(), "since": midnight(desk, start), "until": midnight(desk, end),
        "today": desk.today.isoformat(), "stale": midnight(desk, stale), "stale_day": stale.isoformat(),
        "currency": desk.currency, "own": desk.currency,
    }  # fmt: skip


def _people(desk: Desk, asked: Request) -> list[Any]:
    wanted = {found for found, _ in asked.owners}
    return [row for row in queries.people(desk.store) if not wanted or row[0] in wanted]


def _by_owner(rows: Sequence[Sequence[Any]]) -> dict[str | None, Sequence[Any]]:
    return {row[0]: row[1:] for row in rows}


@dataclass(slots=True)
class Tally:
    """What a person did, or a manager with everybody below."""

    name: str
    refs: list[str]
    is_team: bool = False
    won: int = 0
    lost: int = 0
    won_minor: int = 0
    open: int = 0
    open_minor: int = 0
    without_step: int = 0
    overdue: int = 0
    stale: int = 0
    activities: int = 0
    cycles: list[int] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Add what another did."""
        for name in _SUMMED:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.refs += other.refs
        self.cycles += other.cycles

    @property
    def is_any(self) -> bool:
        """Tell whether there is anything to tell."""
        return bool(self.won or self.lost or self.open or self.activities)

    @property
    def win_rate(self) -> float | None:
        """Return won deals of all closed ones."""
        rate = win_rate(self.won, self.lost)
        return None if rate is None else round(float(rate), PLACES)

    def opens(self, *conditions: str) -> Row:
        """Return what a row of it opens into."""
        return {"where": f"owner={','.join(self.refs)} {' '.join(conditions)}"}


_SUMMED = ("won", "lost", "won_minor", "open", "open_minor", "without_step", "overdue", "stale", "activities")


def tallies(desk: Desk, asked: Request, told: Mapping[str, object]) -> list[Tally]:
    """Return what each person did in the period; with roll-up, managers with everybody below stand beside them."""
    closed, opened = _by_owner(queries.closed(desk.store, told)), _by_owner(queries.open_deals(desk.store, told))
    touched, lengths = _by_owner(queries.touches(desk.store, told)), _cycles(queries.cycles(desk.store, told))
    people: dict[str, Tally] = {}
    for person, name, ref, *_ in _people(desk, asked):
        won, lost, won_minor, _ = closed.get(person, (0, 0, 0, 0))
        count, minor, without, overdue, stale = opened.get(person, (0, 0, 0, 0, 0))
        people[person] = Tally(
            name, [ref], won=won, lost=lost, won_minor=won_minor, open=count, open_minor=minor,
            without_step=without, overdue=overdue, stale=stale, activities=touched.get(person, (0,))[0],
            cycles=lengths.get(person, []),
        )  # fmt: skip
    found = list(people.values())
    return [one for one in (*found, *(_teams(desk, people) if asked.is_rolled_up else ())) if one.is_any]


def _teams(desk: Desk, people: Mapping[str, Tally]) -> Iterator[Tally]:
    """Yield managers with everybody below them, themselves included."""
    below: dict[str, list[str]] = {}
    for person, _, top, _ in ancestors(desk.store, "manager"):
        if person in people:
            below.setdefault(top, []).append(person)
    for manager, persons in below.items():
        if manager in people and len(persons) > 1:
            team = Tally(f"{people[manager].name}'s team", [], is_team=True)
            for person in persons:
                team.add(people[person])
            yield team


def leaderboard(desk: Desk, asked: Request) -> Report:
    """Return people by what they won in the period, with win rate, open pipeline and activities."""
    told = bounds(desk, asked)
    found = sorted(tallies(desk, asked, told), key=lambda one: (one.is_team, -one.won_minor, -one.won, one.name))
    rows: list[Row] = [
        {
            "owner": one.name, "won": one.won, "amount": Money(one.won_minor, desk.currency), "win_rate": one.win_rate,
            "open": Money(one.open_minor, desk.currency), "activities": one.activities,
            **one.opens("status=won", closed_within(told)),
        }
        for one in found
    ]  # fmt: skip
    columns = (
        _OWNER, ("won", "Won", "integer"), ("amount", "Amount", "money"), ("win_rate", "Win rate", "rate"),
        ("open", "Open", "money"), ("activities", "Activities", "integer"),
    )  # fmt: skip
    alone = [row for row, one in zip(rows, found, strict=True) if not one.is_team]
    totals = summed_up(alone, ("won", "amount", "open", "activities"))
    return Report(("owner",), columns, rows, "amount", totals, notes=(note_of(told),), period=days_of(told))


def closed_within(told: Mapping[str, object]) -> str:
    """Return the filter for deals closed in the period."""
    return f"closed>={told['start']} closed<={days_of(told)[1]}"


def days_of(told: Mapping[str, object]) -> tuple[date, date]:
    """Return first and last day of the period."""
    return date.fromisoformat(str(told["start"])), date.fromisoformat(str(told["end"])) - timedelta(days=1)


def note_of(told: Mapping[str, object]) -> Sentence:
    """Return the period and the currency in one sentence."""
    start, last = days_of(told)
    words = {"start": f"{start}", "end": f"{last}", "currency": str(told["currency"])}
    return Sentence("From {start} to {end}; amounts in {currency} alone.", words)


def coaching(desk: Desk, asked: Request) -> Report:
    """Return for each person what to talk about: open deals without next step, overdue, stale; beside the team's median."""
    told = bounds(desk, asked)
    found = tallies(desk, asked, told)
    found.sort(key=lambda one: (one.is_team, -(one.without_step + one.overdue + one.stale), one.name))
    rows: list[Row] = [
        {
            "owner": one.name, "open": one.open, "without_step": one.without_step, "overdue": one.overdue,
            "stale": one.stale, "activities": one.activities, "win_rate": one.win_rate,
            "cycle": middle(one.cycles), **one.opens("status=open"),
        }
        for one in found
    ]  # fmt: skip
    columns: tuple[Column, ...] = (
        _OWNER, ("open", "Open", "integer"), ("without_step", "No next step", "integer"),
        ("overdue", "Date passed", "integer"), ("stale", "Stale", "integer"),
        ("activities", "Activities", "integer"), ("win_rate", "Win rate", "rate"), ("cycle", "Cycle days", "number"),
    )  # fmt: skip
    alone = [row for row, one in zip(rows, found, strict=True) if not one.is_team]
    if len(alone) > 1:
        rows.append(_medians(columns, alone))
    return Report(("owner",), columns, rows, "open", notes=(note_of(told),), period=days_of(told))


def _cycles(rows: Sequence[Sequence[Any]]) -> dict[str | None, list[int]]:
    found: dict[str | None, list[int]] = {}
    for owner, days in rows:
        found.setdefault(owner, []).append(days)
    return found


def middle(values: Sequence[float]) -> float | None:
    """Return the median, whole where it is; None of nothing."""
    found = median(values) if values else None
    return int(found) if found is not None and found == int(found) else found


def _medians(columns: Sequence[Column], rows: Sequence[Row]) -> Row:
    told: Row = {"owner": "(median)", "where": None}
    for name, _, _ in columns[1:]:
        values = [row[name] for row in rows if row[name] is not None]
        told[name] = middle(values)
    return told
