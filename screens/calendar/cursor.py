"""Where one is in the calendar: a day, a time of it, and which of several appointments is meant."""

from dataclasses import dataclass
from datetime import date, timedelta

from sfa.services.agenda import Appointment

DAY_MIN = 24 * 60


@dataclass(slots=True)
class Cursor:
    """The place that verbs are for; all views share it.

    Attributes:
        day: the day.
        minute: of the day; None above the hours, among whole days.
        pick: the key or the id of an appointment that was chosen, where several are there.
    """

    day: date
    minute: int | None = 0
    pick: str | None = None

    def step_day(self, by: int) -> None:
        """Go by days; the time stays."""
        try:
            self.day += timedelta(days=by)
        except OverflowError:
            return
        self.pick = None

    def step_slot(self, by: int, slot_min: int) -> None:
        """Go by rows of so many minutes; above the first one are the whole days."""
        self.pick = None
        if self.minute is None:
            self.minute = 0 if by > 0 else None
            return
        row = self.minute // slot_min
        to = row + by if by == -1 or row + by >= 0 else 0
        self.minute = None if to < 0 else min(to * slot_min, DAY_MIN - slot_min)

    def chosen(self, here: list[Appointment]) -> Appointment | None:
        """Return the appointment meant, of those that are at this place."""
        picked = (item for item in here if self.pick in (item.key, item.id))
        return next(picked, here[0] if here else None)


def of_series(item: Appointment) -> str | None:
    """Return which instance of a series an appointment is; None where it stands for itself."""
    return item.original if item.is_repeating and not item.series_id else None
