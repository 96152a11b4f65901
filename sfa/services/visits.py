"""Which customers are due for a visit: their class, how often it is to be visited, and when it last was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, Final

from db.queries import visits as queries
from sfa.clock import instant_text, parse_instant_text
from sfa.domain.routing.earth import road_km
from sfa.errors import UsageError
from sfa.services.places import places_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from sfa.domain.routing.earth import Point
    from sfa.services.desk import Desk
    from sfa.services.places import Places, Spot

CLASSES: Final = ("A", "B", "C")
ALL: Final = -1
NEAR_KM: Final = 50
DAYS_OF_A_WEEK: Final = 7
UNKNOWN_PLACE: Final = "Write a town, “Town, Country” or coordinates: 45.76,4.84"


@dataclass(frozen=True, slots=True)
class DueVisit:
    """An account that is to be visited.

    Attributes:
        weeks: how often its class is to be visited.
        visited, contacted: the days of the last visit and of the last contact of any kind, None for never.
        overdue_days: how long the visit has been due; None where there never was one.
        planned: the day of the next visit in the calendar.
        spot: where it is, as far as that is known; read only where distances are asked for.
        kilometres: by road from the place that was asked for.
    """

    id: str
    ref: str
    name: str
    customer_class: str
    weeks: int
    visited: date | None
    contacted: date | None
    overdue_days: int | None
    planned: date | None
    city: str
    spot: Spot | None = None
    kilometres: float | None = None


@dataclass(frozen=True, slots=True)
class DueVisits:
    """Visits that are due, the longest overdue first and the never visited last.

    Attributes:
        count: how many there are, shown or not.
        unplaced: how many were left out as nobody knows where they are.
    """

    visits: tuple[DueVisit, ...]
    count: int
    unplaced: int = 0


def due_visits(
    desk: Desk,
    *,
    classes: str = "",
    near: str = "",
    within_km: int = NEAR_KM,
    limit: int | None = None,
    is_everybody: bool = False,
) -> DueVisits:
    """Return the accounts that are due for a visit: the user's own and nobody's, or everybody's.

    Args:
        desk: the desk.
        classes: such as `A` or `A,B`; empty for all three.
        near: a place; then only accounts that are within so many kilometres of it by road.
        within_km: how near.
        limit: at most so many.
        is_everybody: whoever's they are.

    Raises:
        UsageError: there is no such class.
        NotFoundError: the place is not known.
    """
    asked = _asked(desk, _days(desk, classes), is_everybody=is_everybody)
    if not near:
        rows = queries.due(desk.store, asked, ALL if limit is None else limit)
        return DueVisits(tuple(_visit(desk, row) for row in rows), rows[0]["count"] if rows else 0)
    places = places_of(desk)
    spots, unplaced = _due_spots(desk, asked, places)
    around = _around(spots, [places.need(near, UNKNOWN_PLACE)], within_km)
    return DueVisits(tuple(_visits(desk, asked, spots, around, limit)), len(around), unplaced)


def visits_kept(desk: Desk) -> tuple[int, int]:
    """Return how many accounts have a class of visits, whoever's they are, and how many of them are not due."""
    planned, due = queries.counts(desk.store, _asked(desk, _days(desk, ""), is_everybody=True))
    return planned, planned - due


def due_around(desk: Desk, places: Places, centres: Sequence[Spot], within_km: int, most: int) -> list[DueVisit]:
    """Return visits that are due, not planned yet, and no farther by road from the nearest of some places."""
    asked = _asked(desk, _days(desk, ""), is_everybody=False)
    spots, _ = _due_spots(desk, asked, places)
    around = _around(spots, centres, within_km)
    return [visit for visit in _visits(desk, asked, spots, around, most) if visit.planned is None]


def _due_spots(desk: Desk, asked: queries.Asked, places: Places) -> tuple[dict[str, Spot], int]:
    """Return where the accounts are that are due, by their ids, and of how many nobody knows it."""
    rows = queries.due_places(desk.store, asked)
    spots = {row["id"]: spot for row in rows if (spot := places.of_address(row))}
    return spots, len(rows) - len(spots)


def _around(spots: Mapping[str, Spot], centres: Sequence[Spot], within_km: int) -> dict[str, float]:
    """Return which of some places are near, and how far they are."""
    known: dict[Point, float] = {}
    found = {}
    for account_id, spot in spots.items():
        if spot.point not in known:
            known[spot.point] = min(road_km(centre.point, spot.point) for centre in centres)
        if known[spot.point] <= within_km:
            found[account_id] = known[spot.point]
    return found


def _visits(
    desk: Desk, asked: queries.Asked, spots: Mapping[str, Spot], around: Mapping[str, float], limit: int | None
) -> Iterator[DueVisit]:
    for row in queries.due_of(desk.store, asked, list(around), ALL if limit is None else limit):
        yield _visit(desk, row, spots[row["id"]], around[row["id"]])


def _asked(desk: Desk, days: dict[str, int], *, is_everybody: bool) -> queries.Asked:
    midnight = datetime.combine(desk.today, time(), desk.store.clock.zone()).astimezone(UTC)
    owner = None if is_everybody else desk.user_id
    return queries.Asked(owner, days, desk.today.isoformat(), instant_text(midnight))


def _days(desk: Desk, classes: str) -> dict[str, int]:
    wanted = [name.strip().upper() for name in classes.split(",") if name.strip()] or list(CLASSES)
    for name in wanted:
        if name not in CLASSES:
            raise UsageError(f"There is no class {name} of customers.", hint=f"Classes: {', '.join(CLASSES)}.")
    return {name: desk.config.number(f"visits.weeks_{name.lower()}") * DAYS_OF_A_WEEK for name in wanted}


def _visit(desk: Desk, row: dict[str, Any], spot: Spot | None = None, kilometres: float | None = None) -> DueVisit:
    visited, contacted, planned = (_day(desk, row[name]) for name in ("visited", "contacted", "planned"))
    overdue = (desk.today - visited).days - row["days"] if visited else None
    return DueVisit(
        id=row["id"],
        ref=row["ref"],
        name=row["name"],
        customer_class=row["class"],
        weeks=row["days"] // DAYS_OF_A_WEEK,
        visited=visited,
        contacted=contacted,
        overdue_days=None if overdue is None else max(0, overdue),
        planned=planned,
        city=row["city"] or "",
        spot=spot,
        kilometres=kilometres,
    )


def _day(desk: Desk, instant: str | None) -> date | None:
    return parse_instant_text(instant).astimezone(desk.store.clock.zone()).date() if instant else None
