"""How often, and at which hours of theirs, people are reached out to (domain.md 4.4). Pure, and light to load."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

CHANNELS = ("call", "email", "message")
"""What rings or comes in where somebody is; visits are agreed on, letters wait."""
RULES = ("warn", "block")
_MINUTES = 60
_DAY = 24


class Limits:
    """What a company allows itself.

    Attributes:
        quiet: minutes of the day from which and until which nobody is reached; None: no such hours.
        most: times within `days`; 0: no limit.
        is_blocking: whether more than that is refused.
    """

    __slots__ = ("days", "is_blocking", "most", "quiet")

    def __init__(self, quiet_hours: str, most: int, days: int, rule: str) -> None:
        self.quiet = read_hours(quiet_hours)
        self.most = most
        self.days = days
        self.is_blocking = rule == "block"

    def is_quiet(self, local: "datetime") -> bool:
        """Tell whether a wall time lies in the quiet hours, which may go over midnight."""
        if self.quiet is None:
            return False
        start, end = self.quiet
        minute = local.hour * _MINUTES + local.minute
        return start <= minute < end if start <= end else minute >= start or minute < end


def read_hours(text: str) -> tuple[int, int] | None:
    """Return the minutes of the day of `20:00-08:00`, None of nothing.

    Raises:
        ValueError: it is no such span.
    """
    if not text.strip():
        return None
    start, _, end = text.partition("-")
    return _minute(start), _minute(end)


def _minute(text: str) -> int:
    hour, _, minute = text.strip().partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and int(hour) < _DAY and int(minute) < _MINUTES):
        raise ValueError(text)
    return int(hour) * _MINUTES + int(minute)
