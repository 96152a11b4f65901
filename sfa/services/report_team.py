"""The ten measures of domain.md 5.8 with their baselines, and three of the benefits they should bring."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from db.queries import reports_team as queries
from sfa.domain.figures import DEC6
from sfa.domain.money import Money
from sfa.errors import UsageError
from sfa.services.desk import Desk, Saved
from sfa.services.report_people import bounds, closed_within, days_of, note_of
from sfa.services.report_request import Request
from sfa.services.report_table import Report, Row

SMALL_SAMPLE = 30
"""Closed deals below which a rate is called small."""
WEEKEND = 5
PLACES = 4
TEAM = "team"


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
TARGETS = {
    "win_rate": "Win rate (target: 5 % better)",
    "deal_amount": "Amount per won deal",
    "deal_margin": "Margin per order (target: 1 % better)",
}


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
    return Report(("measure",), columns, rows, "change", noun="activity", notes=(note_of(told),), period=days_of(told))


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
    if name in ("revenue_per_rep_month", "deal_amount", "deal_margin"):
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
    values, size = _benefits(desk, told)
    small = f"small sample: {size} closed deals" if size < SMALL_SAMPLE else ""
    rows: list[Row] = []
    for name, title in TARGETS.items():
        value = values.get(name)
        base = known.get((name, TEAM))
        change = round(value / base - 1, PLACES) if value is not None and base else None
        rows.append(
            {
                "measure": title, "kpi": name, "now": _shown(desk, name, value),
                "baseline": _shown(desk, name, base), "change": change, "note": small,
                **_behind(name, told),
            }
        )  # fmt: skip
    return rows


def _behind(name: str, told: Mapping[str, object]) -> Row:
    """Return what lists the orders or deals that a benefit is counted from."""
    if name != "deal_margin":
        return {"where": f"status=won,lost {closed_within(told)}", "opens": "opportunity"}
    when = f"ordered>={told['start']} ordered<={days_of(told)[1]} currency={told['currency']}"
    return {"where": f"state!=cancelled {when}", "opens": "order"}


def _benefits(desk: Desk, told: Mapping[str, object]) -> tuple[dict[str, float], int]:
    """Return win rate, amount per won deal and margin per order, those that are known; and the number of closed deals."""
    closed = queries.closed(desk.store, told)
    won, lost, minor, own = (sum(row[place] for row in closed) for place in (1, 2, 3, 4))
    orders, margin = queries.margin(desk.store, told)
    parts = {"win_rate": (won, won + lost), "deal_amount": (minor, own), "deal_margin": (margin, orders)}
    return {name: part / whole for name, (part, whole) in parts.items() if whole}, won + lost


def keep_baseline(desk: Desk, asked: Request, *, is_dry_run: bool = False) -> Saved:
    """Record what the measures are in a period as what later ones are compared with; earlier records are replaced.

    Raises:
        UsageError: nothing can be measured in that period.
    """
    told = bounds(desk, asked)
    values: dict[str, float] = dict(current(desk, told, set()))
    values |= _benefits(desk, told)[0]
    if not values:
        raise UsageError("Nothing can be measured in that period.", hint="Give another --period.")
    summary = f"Kept {len(values)} measures as baseline, {str(note_of(told))[:-1].lower()}"
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
