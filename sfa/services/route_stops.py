"""What belongs to a day on the road: its appointments and the accounts to visit besides, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

from db.queries import visits as queries
from sfa.services.agenda import agenda
from sfa.services.places import KNOWN_ABROAD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sfa.services.agenda import Appointment
    from sfa.services.desk import Desk
    from sfa.services.places import Places, Spot

Origin = Literal["appointment", "added", "due"]
ONE_DAY: Final = timedelta(days=1)
TAKING_PLACE: Final = ("planned", "held")


@dataclass(frozen=True, slots=True)
class RouteStop:
    """A stop: what for, of which account, where, how long, and when where that is agreed.

    Attributes:
        ref: of the appointment, or of the account.
        starts: aware.
    """

    origin: Origin
    subject: str
    ref: str
    account_id: str | None
    account: str
    spot: Spot
    minutes: int
    starts: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What has no place in the order, why, and what to do about it."""

    subject: str
    ref: str
    account_id: str | None
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Appointed:
    """Stops with a place, and the rest."""

    stops: tuple[RouteStop, ...]
    unplaced: tuple[Unplaced, ...]


def appointed(desk: Desk, places: Places, day: date) -> Appointed:
    """Return the visits, meetings and demos of a day; of each its own place counts before its account's address."""
    items = [
        item
        for item in agenda(desk, day, day + ONE_DAY).appointments
        if item.kind in queries.VISITS and item.status in TAKING_PLACE
    ]
    rows = queries.places(desk.store, [item.account_id for item in items if item.account_id])
    stops, unplaced = [], []
    for item in items:
        row = rows.get(item.account_id or "")
        spot = _spot(places, item, row)
        if item.is_all_day or spot is None:
            unplaced.append(_without(item, row))
        else:
            stop = RouteStop(
                "appointment", item.subject, item.ref, item.account_id, item.account, spot, item.minutes, item.starts
            )
            stops.append(stop)
    return Appointed(tuple(stops), tuple(unplaced))


def _spot(places: Places, item: Appointment, row: Mapping[str, Any] | None) -> Spot | None:
    country = str((row or {}).get("country") or "")
    own = places.spot(item.place, country=country, least_abroad=KNOWN_ABROAD) if item.place else None
    if own or (item.url and not item.place) or row is None:
        return own
    return places.of_address(row)


def _without(item: Appointment, row: Mapping[str, Any] | None) -> Unplaced:
    edit = f"sfa event edit {item.ref} --place TOWN"
    if item.is_all_day:
        reason, remedy = "it lasts all day", f"Give it a time: sfa event move {item.ref}"
    elif item.url and not item.place:
        reason, remedy = "it is held online", f"If you drive there: {edit}"
    elif item.place:
        reason, remedy = f"the place “{item.place}” is not known", f"Write a town or coordinates: {edit}"
    elif row is None:
        reason, remedy = "it has neither a place nor an account", edit
    else:
        reason, remedy = _unknown(row)
    return Unplaced(item.subject, item.ref, item.account_id, reason, remedy)


def _unknown(row: Mapping[str, Any]) -> tuple[str, str]:
    """Return why nobody knows where an account is, and what to do about it."""
    edit = f"sfa account edit {row['ref']}"
    if not row["city"]:
        return f"{row['name']} has no town", f"{edit} --city TOWN, or --coordinates 45.76,4.84"
    town = ", ".join(row[name] for name in ("city", "region", "country") if row[name])
    return f"the town “{town}” of {row['name']} is not known", f"{edit} --coordinates 45.76,4.84"


def added(
    desk: Desk, places: Places, account_ids: Sequence[str], minutes: int, present: Sequence[RouteStop]
) -> Appointed:
    """Return accounts to visit at any time of the day; those that the day has an appointment with anyway are left out."""
    there = {stop.account_id for stop in present}
    rows = queries.places(desk.store, account_ids)
    stops, unplaced = [], []
    for row in (rows[account_id] for account_id in dict.fromkeys(account_ids) if account_id not in there):
        spot = places.of_address(row)
        if spot:
            stops.append(RouteStop("added", row["name"], row["ref"], row["id"], row["name"], spot, minutes))
        else:
            unplaced.append(Unplaced(row["name"], row["ref"], row["id"], *_unknown(row)))
    return Appointed(tuple(stops), tuple(unplaced))
