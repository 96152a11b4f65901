"""Days, instants and periods as people and files write them."""

from sfa.domain.date_orders import OrderGuess, guess_order
from sfa.domain.day_words import resolve_day, resolve_period
from sfa.domain.written_dates import AmbiguousDateError, DateError, DateOrder, parse_day, parse_instant

__all__ = [
    "AmbiguousDateError",
    "DateError",
    "DateOrder",
    "OrderGuess",
    "guess_order",
    "parse_day",
    "parse_instant",
    "resolve_day",
    "resolve_period",
]
