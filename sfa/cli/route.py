"""`sfa route`: the visits of a day in the best order, and the customers that are due for one."""

from collections.abc import Sequence
from typing import Any

from typer._click.types import IntRange
from typer.core import TyperCommand

from sfa.cli import targets
from sfa.cli.building import LazyGroup, argument, command, flag, form, json_option, limit_option, option, output_options
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_json, emit_rows, emit_table, say, tell
from sfa.services.route import Route, RouteVisit, Wish
from sfa.services.visits import DueVisit

ESTIMATE = "great circle x 1.25, slow in town and faster on long legs; no map, no traffic"
SHOWN = 50
DUE_COLUMNS = [
    ("name", "Account", "text"),
    ("class", "Class", "text"),
    ("last_visit", "Last visit", "day"),
    ("last_contact", "Last contact", "day"),
    ("weeks", "Every weeks", "number"),
    ("weeks_overdue", "Weeks overdue", "number"),
    ("planned", "Planned", "day"),
    ("city", "City", "text"),
    ("km", "km", "number"),
    ("ref", "Ref", "text"),
]


class RouteGroup(LazyGroup):
    """`sfa route` with its verbs; words that are no verb are a day: `sfa route tomorrow`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer's own signature
        """Put the verb `day` before anything that is neither a verb nor a call for help."""
        is_day = not args or args[0] not in (*self.makers, "-h", "--help")
        return super().parse_args(ctx, ["day", *args] if is_day else args)


def route() -> LazyGroup:
    """Return `sfa route`."""
    return RouteGroup(
        "route",
        "The visits of a day in the best order (sfa route tomorrow), and who is due for one (sfa route due).",
        {"day": _day_command, "due": _due_command},
    )


def _day_command() -> TyperCommand:
    params = [
        argument("words", is_required=False, is_many=True, shown="DAY", help="A day; empty: today."),
        option("--start", "start", default="", help="Where the day begins: a town or 45.76,4.84; else visits.start."),
        option("--end", "end", default="", help="Where it ends; else where it began."),
        option("--from", "begin", default="", shown="TIME", help="When it begins: 8:30."),
        option("--until", "until", default="", shown="TIME", help="When it ends, for --due: 18:00."),
        option("--add", "-a", "accounts", multiple=True, shown="ACCOUNT", help="Visit this account too, at any time."),
        option("--minutes", "minutes", default="", help="How long a visit takes that --add or --due adds: 45."),
        flag("--due", "has_due", help="Add customers nearby that are due for a visit, as many as fit."),
        option("--within", "within_km", type=IntRange(min=1), default=30, help="How many kilometres are nearby (30)."),
        json_option("One JSON object."),
    ]
    return command("day", _day, params, "The visits of a day in the best order, with the drive as an estimate.")


def _day(*, words: Sequence[str], accounts: Sequence[str], is_json: bool, **wished: Any) -> None:  # noqa: ANN401 - see Wish
    from sfa.services import route as service  # noqa: PLC0415 - each command imports its own
    from sfa.services.moments import read_day  # noqa: PLC0415 - as above

    desk = open_desk()
    day = read_day(desk, " ".join(words) or desk.today)
    found = service.plan(desk, Wish(day, accounts=tuple(targets.each(desk, "account", accounts)), **wished))
    if is_json:
        emit_json(_as_json(found))
        return
    _show(found)


def _show(found: Route) -> None:
    say(f"{found.day:%A, %d %B %Y}")
    if found.visits:
        rows = [_line(visit) for visit in found.visits]
        if found.start:
            rows.insert(0, ("", f"{found.begins:%H:%M}", "", "", f"start: {found.start.name}", "", ""))
        if found.end:
            last = (f"{found.last_km:.0f}", str(found.last_min))
            rows.append(("", f"{found.ends:%H:%M}", *last, f"end: {found.end.name}", "", ""))
        titles = ("Arrive", "Leave", "km", "min", "What", "Where", "Ref")
        emit_table(titles, [_moved(row) for row in rows], (False, False, True, True, False, False, False))
        say(_totals(found))
        tell(f"An estimate: {ESTIMATE}.")
    else:
        tell("No visit has a place that day. Add some: sfa route --add ACCOUNT, or --due")
    for item in found.unplaced:
        tell(f"Not in the order: {item.subject} ({item.ref}): {item.reason}. {item.remedy}")
    if found.due_left:
        tell(f"{found.due_left} more nearby are due and do not fit: sfa route due")


def _moved(row: tuple[str, ...]) -> tuple[str, ...]:
    """Show when the day ends as an arrival."""
    return (row[1], "", *row[2:]) if row[4].startswith("end: ") else row


def _line(visit: RouteVisit) -> tuple[str, ...]:
    stop = visit.stop
    what = " · ".join(dict.fromkeys(name for name in (stop.subject, stop.account) if name))
    marks = [f"waits {visit.wait_min} min"] if visit.wait_min else []
    if visit.late_min and stop.starts:
        marks = [f"! {visit.late_min} min late for {stop.starts.astimezone(visit.arrives.tzinfo):%H:%M}"]
    marks += ["due"] if stop.origin == "due" else []
    return (
        f"{visit.arrives:%H:%M}",
        f"{visit.leaves:%H:%M}",
        f"{visit.kilometres:.0f}",
        str(visit.drive_min),
        f"{what} ({', '.join(marks)})" if marks else what,
        stop.spot.name,
        stop.ref,
    )


def _totals(found: Route) -> str:
    stops = "1 visit" if len(found.visits) == 1 else f"{len(found.visits)} visits"
    parts = [stops, f"{found.kilometres:.0f} km", f"{_hours(found.drive_min)} of driving"]
    parts += [f"{_hours(found.wait_min)} of waiting"] if found.wait_min else []
    parts += [f"! {_hours(found.late_min)} too late"] if found.late_min else []
    return ", ".join(parts)


def _hours(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02}" if minutes >= 60 else f"{minutes} min"  # noqa: PLR2004 - an hour


def _as_json(found: Route) -> dict[str, object]:
    return {
        "day": str(found.day),
        "start": found.start.name if found.start else None,
        "end": found.end.name if found.end else None,
        "begins": found.begins.isoformat(timespec="seconds"),
        "ends": found.ends.isoformat(timespec="seconds"),
        "km": round(found.kilometres, 1),
        "drive_min": found.drive_min,
        "wait_min": found.wait_min,
        "late_min": found.late_min,
        "last_km": round(found.last_km, 1),
        "last_min": found.last_min,
        "due_left": found.due_left,
        "estimate": ESTIMATE,
        "visits": [_visit_as_json(visit) for visit in found.visits],
        "unplaced": [
            {"subject": item.subject, "ref": item.ref, "reason": item.reason, "remedy": item.remedy}
            for item in found.unplaced
        ],
    }


def _visit_as_json(visit: RouteVisit) -> dict[str, object]:
    stop = visit.stop
    return {
        "subject": stop.subject,
        "origin": stop.origin,
        "ref": stop.ref,
        "account": stop.account or None,
        "place": stop.spot.name,
        "latitude": stop.spot.point.latitude,
        "longitude": stop.spot.point.longitude,
        "km": round(visit.kilometres, 1),
        "drive_min": visit.drive_min,
        "arrives": visit.arrives.isoformat(timespec="seconds"),
        "begins": visit.begins.isoformat(timespec="seconds"),
        "leaves": visit.leaves.isoformat(timespec="seconds"),
        "agreed": stop.starts.isoformat(timespec="seconds") if stop.starts else None,
        "wait_min": visit.wait_min,
        "late_min": visit.late_min,
    }


def _due_command() -> TyperCommand:
    params = [
        option("--class", "classes", default="", shown="A,B,C", help="Only customers of this class, or of several."),
        option("--near", "near", default="", shown="PLACE", help="Only those around a town or 45.76,4.84."),
        option("--within", "within_km", type=IntRange(min=1), default=50, help="How many kilometres around it (50)."),
        limit_option(f"At most so many; tables end after {SHOWN}."),
        flag("--everybody", "is_everybody", help="Everybody's customers, not only yours."),
        *output_options(),
    ]
    return command("due", _due, params, "Customers that are due for a visit by their class, the longest overdue first.")


def _due(*, limit: int | None, is_json: bool, is_csv: bool, **wished: Any) -> None:  # noqa: ANN401 - see due_visits
    from sfa.services import visits as service  # noqa: PLC0415 - each command imports its own

    shape = form(is_json=is_json, is_csv=is_csv)
    most = SHOWN if limit is None and shape == "table" else limit
    found = service.due_visits(open_desk(), limit=most, **wished)
    columns = [column for column in DUE_COLUMNS if column[0] != "km" or wished["near"]]
    emit_rows(columns, [_due_row(visit) for visit in found.visits], shape)
    if shape != "table":
        return
    if not found.count:
        tell("Nobody is due. The class of a customer is its segment, A, B or C, or a tag class:A")
    elif found.count > len(found.visits):
        tell(f"The first {len(found.visits)} of {found.count:,}; --limit shows more.")
    if found.unplaced:
        tell(f"{found.unplaced:,} more are due, but nobody knows where they are: give them a town or coordinates.")


def _due_row(visit: DueVisit) -> dict[str, object]:
    overdue = None if visit.overdue_days is None else round(visit.overdue_days / 7, 1)
    return {
        "id": visit.id,
        "name": visit.name,
        "class": visit.customer_class,
        "last_visit": str(visit.visited) if visit.visited else None,
        "last_contact": str(visit.contacted) if visit.contacted else None,
        "weeks": visit.weeks,
        "weeks_overdue": overdue,
        "planned": str(visit.planned) if visit.planned else None,
        "city": visit.city or None,
        "km": None if visit.kilometres is None else round(visit.kilometres, 1),
        "ref": visit.ref,
    }
