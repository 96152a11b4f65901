"""Reports on people: leaderboard, coaching view, the ten measures with their baselines (domain.md 5.8)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any

from db.queries import reports_team as queries
from sfa.domain.figures import DEC6
from sfa.domain.money import Money
from sfa.domain.pipeline import win_rate
from sfa.errors import UsageError
from sfa.services.desk import Desk, Saved
from sfa.services.forecast_periods import period_of
from sfa.services.report_request import Request, midnight
from sfa.services.report_table import Column, Report, Row

SMALL_SAMPLE = 30
"""Closed deals below which a rate is called small."""
WEEKEND = 5
PLACES = 4
TEAM = "team"
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


def leaderboard(desk: Desk, asked: Request) -> Report:
    """Return people by what they won in the period, with win rate, open pipeline and activities."""
    told = bounds(desk, asked)
    closed, opened = _by_owner(queries.closed(desk.store, told)), _by_owner(queries.open_deals(desk.store, told))
    touched = _by_owner(queries.touches(desk.store, told))
    rows = []
    for person, name, ref, *_ in _people(desk, asked):
        if person not in closed and person not in opened and person not in touched:
            continue
        won, lost, minor = closed.get(person, (0, 0, 0))
        rate = win_rate(won, lost)
        rows.append(
            {
                "owner": name,
                "won": won,
                "amount": Money(minor, desk.currency),
                "win_rate": None if rate is None else round(float(rate), PLACES),
                "open": Money(opened.get(person, (0, 0))[1], desk.currency),
                "activities": touched.get(person, (0,))[0],
                "id": person,
                "where": f"owner={ref} status=won {_closed_within(told)}",
            }
        )
    rows.sort(key=lambda row: (-row["amount"].amount_minor, -row["won"], row["owner"]))
    columns = (
        _OWNER, ("won", "Won", "integer"), ("amount", "Amount", "money"), ("win_rate", "Win rate", "rate"),
        ("open", "Open", "money"), ("activities", "Activities", "integer"),
    )  # fmt: skip
    return Report(("owner",), columns, rows, "amount", noun="opportunity", note=_note(told))


def _closed_within(told: Mapping[str, object]) -> str:
    last = date.fromisoformat(str(told["end"])) - timedelta(days=1)
    return f"closed>={told['start']} closed<={last}"


def _note(told: Mapping[str, object]) -> str:
    last = date.fromisoformat(str(told["end"])) - timedelta(days=1)
    return f"From {told['start']} to {last}, {told['currency']}."


def coaching(desk: Desk, asked: Request) -> Report:
    """Return for each person what to talk about: open deals without next step, overdue, stale; beside the team's median."""
    told = bounds(desk, asked)
    opened, closed = _by_owner(queries.open_deals(desk.store, told)), _by_owner(queries.closed(desk.store, told))
    touched, lengths = _by_owner(queries.touches(desk.store, told)), _cycles(queries.cycles(desk.store, told))
    rows = []
    for person, name, ref, *_ in _people(desk, asked):
        if person not in opened and person not in closed and person not in touched:
            continue
        count, _, without, overdue, stale = opened.get(person, (0, 0, 0, 0, 0))
        won, lost, _ = closed.get(person, (0, 0, 0))
        rate = win_rate(won, lost)
        rows.append(
            {
                "owner": name, "open": count, "without_step": without, "overdue": overdue, "stale": stale,
                "activities": touched.get(person, (0,))[0],
                "win_rate": None if rate is None else round(float(rate), PLACES),
                "cycle": median(lengths[person]) if lengths.get(person) else None,
                "id": person, "where": f"owner={ref} status=open",
            }
        )  # fmt: skip
    columns: tuple[Column, ...] = (
        _OWNER, ("open", "Open", "integer"), ("without_step", "No next step", "integer"),
        ("overdue", "Date passed", "integer"), ("stale", "Stale", "integer"),
        ("activities", "Activities", "integer"), ("win_rate", "Win rate", "rate"), ("cycle", "Cycle days", "number"),
    )  # fmt: skip
    rows.sort(key=lambda row: (-(row["without_step"] + row["overdue"] + row["stale"]), row["owner"]))
    if len(rows) > 1:
        rows.append(_medians(columns, rows))
    return Report(("owner",), columns, rows, "open", note=_note(told))


def _cycles(rows: Sequence[Sequence[Any]]) -> dict[str | None, list[int]]:
    found: dict[str | None, list[int]] = {}
    for owner, days in rows:
        found.setdefault(owner, []).append(days)
    return found


def _medians(columns: Sequence[Column], rows: Sequence[Row]) -> Row:
    told: Row = {"owner": "(median)", "where": None}
    for name, _, _ in columns[1:]:
        values = [row[name] for row in rows if row[name] is not None]
        told[name] = median(values) if values else None
    return told


MEASURES: tuple[tuple[str, str, str], ...] = (
    ("customer_minutes", "1 Minutes with customers per working day", "day"),
    ("accounts_pursued", "2 Customers pursued", ""),
    ("manager_minutes", "3 Managers' minutes with customers and coaching per working day", "day"),
    ("", "4 Customer service: minutes to resolve, wrong information", "cases"),
    ("contact_gap_days", "5 Days between contacts", ""),
    ("revenue_per_rep_month", "6 Monthly revenue per rep", "money"),
    ("team_growth", "7 Team revenue against the month before", "growth"),
    ("written_contacts", "8 Letters, mails and messages", ""),
    ("", "9 Satisfaction", "surveys"),
    ("", "10 Hours to answer internal requests", "requests"),
)


def measures(desk: Desk, asked: Request) -> Report:
    """Return the ten measures with their baseline and the change against it; what the book does not keep says so."""
    told = bounds(desk, asked)
    known = queries.baselines(desk.store)
    wanted = {found for found, _ in asked.owners}
    found = current(desk, told, wanted)
    rows: list[Row] = []
    for name, title, kind in MEASURES:
        now = found.get(name)
        base = known.get((name, next(iter(wanted)) if len(wanted) == 1 else TEAM))
        note = f"no data kept yet: {kind}" if not name else "" if now is not None else "nothing in this period"
        change = None if base in (None, 0) or now is None or base is None else round(now / base - 1, PLACES)
        rows.append(
            {
                "measure": title, "kpi": name or None, "now": _shown(desk, name, now), "baseline": _shown(desk, name, base),
                "change": change, "note": note, "where": _activities(name, told, asked), "opens": "activity",
            }
        )  # fmt: skip
    rows += _targets(desk, told, known)
    columns = (
        ("measure", "Measure", "text"), ("now", "Now", "text"), ("baseline", "Baseline", "text"),
        ("change", "Change", "rate"), ("note", "", "text"),
    )  # fmt: skip
    return Report(("measure",), columns, rows, "change", noun="activity", note=_note(told))


def current(desk: Desk, told: Mapping[str, object], wanted: set[str]) -> dict[str, float]:
    """Return what each measure is now, for some people or the whole team; amounts in minor units."""
    people = [row for row in queries.people(desk.store) if not wanted or row[0] in wanted]
    ids = {row[0] for row in people}
    days = _working_days(told)
    found: dict[str, float] = {}
    for name, _, kind in MEASURES:
        if name and kind in ("", "day"):
            by_owner = {key: value for key, value in queries.measure(desk.store, name, told).items() if key in ids}
            if by_owner:
                whole = sum(by_owner.values()) / (len(by_owner) if name == "contact_gap_days" else 1)
                found[name] = whole / (max(len(by_owner), 1) * days) if kind == "day" else whole
    found |= _revenue(desk, told, ids)
    return found


def _revenue(desk: Desk, told: Mapping[str, object], ids: set[str]) -> dict[str, float]:
    rows = [row for row in queries.invoiced(desk.store, told) if row[0] in ids]
    if not rows:
        return {}
    months: dict[str, int] = {}
    for _, month, net in rows:
        months[month] = months.get(month, 0) + net
    found = {"revenue_per_rep_month": sum(months.values()) / (len({row[0] for row in rows}) * len(months))}
    *_, last = sorted(months)
    before = sorted(months)[-2] if len(months) > 1 else None
    if before is not None and months[before]:
        found["team_growth"] = months[last] / months[before] - 1
    return found


def _working_days(told: Mapping[str, object]) -> int:
    start, end = (date.fromisoformat(str(told[name])) for name in ("start", "end"))
    days = ((start + timedelta(days=number)).weekday() for number in range(max((end - start).days, 0)))
    return max(sum(day < WEEKEND for day in days), 1)


def _shown(desk: Desk, name: str, value: float | None) -> str | None:
    if value is None:
        return None
    if name in ("revenue_per_rep_month", "deal_amount"):
        return str(Money(round(value), desk.currency))
    return f"{value:.1%}" if name in ("team_growth", "win_rate") else f"{value:,.1f}"


def _activities(name: str, told: Mapping[str, object], asked: Request) -> str | None:
    """Return the filter that lists what a measure counts, as near as a filter can say it."""
    kinds = {
        "customer_minutes": "kind=call,meeting,visit outcome=connected",
        "written_contacts": "kind=letter,email,message",
    }
    if name not in (*kinds, "accounts_pursued", "contact_gap_days"):
        return None
    last = date.fromisoformat(str(told["end"])) - timedelta(days=1)
    owners = f" owner={','.join(ref for _, ref in asked.owners)}" if asked.owners else ""
    return f"{kinds.get(name, 'direction=out')} started>={told['start']} started<={last}{owners}"


def _targets(desk: Desk, told: Mapping[str, object], known: Mapping[tuple[str, str], float]) -> list[Row]:
    """Return win rate and amount per deal beside their baseline, with the size of the sample."""
    closed = queries.closed(desk.store, told)
    won, lost, minor = (sum(row[place] or 0 for row in closed) for place in (1, 2, 3))
    values = {"win_rate": won / (won + lost) if won + lost else None, "deal_amount": minor / won if won else None}
    titles = {"win_rate": "Win rate (target: 5 % better)", "deal_amount": "Amount per won deal"}
    small = f"small sample: {won + lost} closed deals" if won + lost < SMALL_SAMPLE else ""
    rows: list[Row] = []
    for name, value in values.items():
        base = known.get((name, TEAM))
        change = round(value / base - 1, PLACES) if value is not None and base else None
        rows.append(
            {
                "measure": titles[name], "kpi": name, "now": _shown(desk, name, value),
                "baseline": _shown(desk, name, base), "change": change, "note": small,
                "where": f"status=won,lost {_closed_within(told)}", "opens": "opportunity",
            }
        )  # fmt: skip
    return rows


def keep_baseline(desk: Desk, asked: Request, *, is_dry_run: bool = False) -> Saved:
    """Record what the measures are in a period as what later ones are compared with; earlier records are replaced.

    Raises:
        UsageError: nothing can be measured in that period.
    """
    told = bounds(desk, asked)
    values: dict[str, float] = dict(current(desk, told, set()))
    closed = queries.closed(desk.store, told)
    won, lost, minor = (sum(row[place] or 0 for row in closed) for place in (1, 2, 3))
    if won + lost:
        values["win_rate"] = won / (won + lost)
    if won:
        values["deal_amount"] = minor / won
    if not values:
        raise UsageError("Nothing can be measured in that period.", hint="Give another --period.")
    summary = f"Kept {len(values)} measures as baseline, {_note(told)[:-1].lower()}"
    with desk.store.write("report.baseline", summary, is_dry_run=is_dry_run) as work:
        for name, value in values.items():
            _keep(desk, work, name, value, f"{told['start']}")
        return Saved(summary, None if is_dry_run else work.operation_id, count=len(values), is_dry_run=is_dry_run)


def _keep(desk: Desk, work: Any, name: str, value: float, period: str) -> None:  # noqa: ANN401 - a unit of work
    old = desk.store.value("SELECT id FROM kpi_baseline WHERE kpi = ? AND scope = ?", (name, TEAM))
    if old:
        work.update("kpi_baseline", old, {"value_dec6": round(value * DEC6), "period": period, "deleted_at": None})
    else:
        work.insert("kpi_baseline", {"kpi": name, "scope": TEAM, "value_dec6": round(value * DEC6), "period": period})


TEAM_REPORTS: dict[str, Callable[[Desk, Request], Report]] = {
    "leaderboard": leaderboard,
    "coaching": coaching,
    "measures": measures,
}
