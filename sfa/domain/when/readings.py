"""What a reader makes of some tokens: parts of a date and a time, joined until they are resolved."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from sfa.domain.when.numbers import Length

DAY_FIELDS = ("date", "named", "year", "month", "day", "weekday", "period")


class Clock:
    """A time of day; `is_exact` where morning or afternoon is known; `offset` in minutes east of Greenwich."""

    __slots__ = ("grain", "hour", "is_exact", "minute", "offset", "second")

    def __init__(self, hour: int, minute: int = 0, second: int = 0, grain: str = "hour", *, is_exact: bool) -> None:
        self.hour = hour
        self.minute = minute
        self.second = second
        self.grain = grain
        self.is_exact = is_exact
        self.offset: int | None = None


class Period:
    """Days from `start` up to, not with, `end`; `grain` week, month, quarter, year, day."""

    __slots__ = ("end", "grain", "start")

    def __init__(self, start: "date", end: "date", grain: str) -> None:
        self.start = start
        self.end = end
        self.grain = grain


class Repeat:
    """A recurrence: `freq` of RFC 5545, every `interval`, and further parts of the rule such as `BYDAY=MO`."""

    __slots__ = ("freq", "interval", "month", "month_day", "position", "weekdays")

    def __init__(self, freq: str, interval: int = 1) -> None:
        self.freq = freq
        self.interval = interval
        self.weekdays: tuple[int, ...] = ()
        self.month_day: int | None = None
        self.month: int | None = None
        self.position: int | None = None


class Reading:
    """Tokens `[first, after)` and what is known from them.

    Attributes:
        date: a day that is fixed.
        named: tells the day of a feast in a year.
        year: a year, month: 1 to 12, day: of the month, weekday: 0 is Monday; what was written of a day.
        period: several days, fixed.
        clock: a time of day.
        part: the name of a part of the day.
        moment: a moment that is fixed, for `in 2 hours`.
        end: where a range ends, as far as it was written.
        length: how long it takes, where that was written instead of an end.
        repeat: a recurrence.
        is_weak: whether it counts only beside something stronger: a bare month name, `now`.
        is_shifted: whether the date was counted in weeks from today, so that a weekday beside it may move it.
        is_done: whether the words told that it is past: `was on friday`.
        is_gone: whether the words fix a day that has gone by, as 这周一 does from tuesday on: no plan means it.
        grain: set where it differs from what the fields tell.
    """

    __slots__ = (
        "after", "clock", "date", "day", "end", "first", "grain", "is_done", "is_gone", "is_shifted", "is_weak",
        "length", "moment", "month", "named", "part", "period", "repeat", "weekday", "year",
    )  # fmt: skip

    def __init__(self, first: int, after: int) -> None:
        self.first = first
        self.after = after
        self.date: date | None = None
        self.named: Callable[[int], date] | None = None
        self.year: int | None = None
        self.month: int | None = None
        self.day: int | None = None
        self.weekday: int | None = None
        self.period: Period | None = None
        self.clock: Clock | None = None
        self.part: str | None = None
        self.moment: datetime | None = None
        self.end: Reading | None = None
        self.length: Length | None = None
        self.repeat: Repeat | None = None
        self.is_weak = False
        self.is_done = False
        self.is_gone = False
        self.is_shifted = False
        self.grain: str | None = None

    @property
    def has_day(self) -> bool:
        """Tell whether a day or days are known."""
        return any(getattr(self, name) is not None for name in DAY_FIELDS)

    @property
    def has_time(self) -> bool:
        """Tell whether a time of day, or a part of it, is known."""
        return self.clock is not None or self.part is not None or self.moment is not None

    @property
    def is_open(self) -> bool:
        """Tell whether the words leave open which day it is: a weekday, a day or a month without a year."""
        return self.date is None and self.named is None and self.period is None and self.year is None

    @property
    def is_yearly(self) -> bool:
        """Tell whether it is a day of the year whose year is left open."""
        return (
            self.year is None
            and self.period is None
            and (self.named is not None or (self.month is not None and self.day is not None))
        )

    @property
    def period_like(self) -> str | None:
        """Return the grain of a period, None for a day."""
        if self.period is not None:
            return self.period.grain
        return "month" if self.month is not None and self.day is None else None
