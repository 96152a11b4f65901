"""The day sheet: its quarter, and the quotes that need somebody."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import dates

from sfa.domain.dates import resolve_period
from sfa.services import history, quote_acceptance
from sfa.services.desk import Desk
from sfa.services.today import _quarter, day_sheet
from tests.support.factories import a_user, clock_of, make_desk
from tests.support.quotes import a_quote, accepted_quote, sent_quote


@given(dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31)))
def test_the_quarter_of_the_first_screen_is_the_one_that_words_mean(day: date) -> None:
    assert _quarter(day) == resolve_period("this quarter", day)


def shown(desk: Desk) -> list[tuple[str, bool]]:
    return [(line.when, line.is_late) for line in day_sheet(desk).quotes]


def test_a_sent_quote_is_on_the_sheet_when_nobody_answers_before_it_expires_and_a_while_after(desk: Desk) -> None:
    a_quote(desk)
    accepted_quote(desk)
    meant = sent_quote(desk, name="Sensors", valid_until="2026-04-10")
    seen = {}
    for day in range(42):
        seen[day] = shown(desk)
        clock_of(desk).advance(days=1)
    assert [seen[day] for day in (0, 6, 39)] == [[], [], []]
    assert seen[7] == [("sent 7 d ago", False)]
    assert seen[23] == [("sent 23 d ago", False)]
    assert seen[24] == [("expires in 7 d", False)]
    assert seen[31] == [("expires today", False)]
    assert (seen[32], seen[38]) == ([("! expired 1 d", True)], [("! expired 7 d", True)])
    clock_of(desk).advance(days=-20)
    (line,) = day_sheet(desk).quotes
    assert (line.noun, line.id, line.detail) == ("quote", meant.id, "Acme GmbH")
    assert line.title.endswith(" Sensors")
    quote_acceptance.accept(desk, meant, quote_acceptance.Signature("Jane Doe"))
    assert shown(desk) == []
    history.undo(desk)
    assert len(shown(desk)) == 1


@pytest.mark.parametrize(
    ("expiring", "unanswered", "told"),
    [(7, 0, "expires in 5 d"), (0, 3, "sent 5 d ago"), (0, 0, ""), (2, 9, ""), (10**9, 0, "expires in 5 d")],
)
def test_how_many_days_count_is_set(tmp_path: Path, expiring: int, unanswered: int, told: str) -> None:
    days: dict[str, object] = {"quotes.expiring_days": expiring, "quotes.unanswered_days": unanswered}
    desk = make_desk(tmp_path, settings=days)
    sent_quote(desk, valid_until="2026-03-20")
    clock_of(desk).advance(days=5)
    assert [when for when, _ in shown(desk)] == ([told] if told else [])
    desk.close()


def test_a_quote_of_somebody_else_is_on_the_sheet_of_everybody(desk: Desk) -> None:
    sent_quote(desk, valid_until="2026-03-12", owner=a_user(desk))
    assert day_sheet(desk).quotes == ()
    assert len(day_sheet(desk, is_everybody=True).quotes) == 1
