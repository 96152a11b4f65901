"""The day sheet: its quarter."""

from datetime import date

from hypothesis import given
from hypothesis.strategies import dates

from sfa.domain.dates import resolve_period
from sfa.services.today import _quarter


@given(dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31)))
def test_the_quarter_of_the_first_screen_is_the_one_that_words_mean(day: date) -> None:
    assert _quarter(day) == resolve_period("this quarter", day)
