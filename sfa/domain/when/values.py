"""What words about time mean: values only."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime


class WhenError(ValueError):
    """Something written as a date or a time that cannot be one, with a sentence that says why."""


class When:
    """A day, a time, a range or a recurrence.

    `start` and `end` are wall times without a zone, in the zone of the moment the words were read at; midnight where
    `all_day`. `end` is exclusive, and None for a point (a day, a time). `grain` is one of second, minute, hour, part
    (of a day), day, week, month, quarter, year. `spans` are half-open character ranges in the text that was read; a day
    and its time may stand apart. `rule` is an RFC 5545 RRULE value, `start` then its first occurrence.
    """

    __slots__ = ("all_day", "end", "grain", "rule", "spans", "start", "text")

    def __init__(
        self,
        start: "datetime",
        end: "datetime | None",
        grain: str,
        text: str,
        spans: tuple[tuple[int, int], ...],
        *,
        all_day: bool,
        rule: str | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self.all_day = all_day
        self.grain = grain
        self.text = text
        self.spans = spans
        self.rule = rule

    def __eq__(self, other: object) -> bool:
        return isinstance(other, When) and all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    def __hash__(self) -> int:
        return hash((self.start, self.end, self.spans))

    def __repr__(self) -> str:
        return f"When({', '.join(f'{name}={getattr(self, name)!r}' for name in self.__slots__)})"


class Duration:
    """How long something took: whole minutes, and the half-open character range it was read from."""

    __slots__ = ("minutes", "span")

    def __init__(self, minutes: int, span: tuple[int, int]) -> None:
        self.minutes = minutes
        self.span = span

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Duration) and (self.minutes, self.span) == (other.minutes, other.span)

    def __hash__(self) -> int:
        return hash((self.minutes, self.span))

    def __repr__(self) -> str:
        return f"Duration(minutes={self.minutes}, span={self.span})"
