"""Quick entry reads a line as a rep types it, English and Chinese."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.money import Money
from sfa.domain.phrase.model import Done, FollowUp, Phrase, PhraseError
from sfa.domain.phrase.reading import read_phrase

TODAY = date(2026, 3, 10)  # a Tuesday


def read(line: str) -> Phrase:
    return read_phrase(line, today=TODAY, currency="USD")


def done(line: str) -> Done:
    found = read(line).done
    assert found is not None
    return found


def follow_up(line: str) -> FollowUp:
    return read(line).follow_ups[0]


@pytest.mark.parametrize(
    ("line", "kind", "who", "account", "note"),
    [
        ("called Jane at Acme", "call", "Jane", "Acme", ""),
        ("Called Jane Doe at Acme GmbH, wants a quote", "call", "Jane Doe", "Acme GmbH", "wants a quote"),
        ("rang Bob", "call", "Bob", None, ""),
        ("spoke with Ann from Globex about the renewal", "call", "Ann", "Globex", "about the renewal"),
        ("met Smith at Globex: happy with the demo", "meeting", "Smith", "Globex", "happy with the demo"),
        ("visited Acme", "visit", "Acme", None, ""),
        ("emailed Jane re prices", "email", "Jane", None, "re prices"),
        ("texted Jane", "message", "Jane", None, ""),
        ("left message for Jane at Acme", "call", "Jane", "Acme", ""),
        ('called Jane @"Acme North"', "call", "Jane", "Acme North", ""),
        ("we met Jane at Acme", "meeting", "Jane", "Acme", ""),
        ("打电话给 远东仪器 王经理 谈续约", "call", "王经理", "远东仪器", "谈续约"),
        ("拜访了 远东仪器", "visit", "远东仪器", None, ""),
    ],
)
def test_what_was_done_and_with_whom(line: str, kind: str, who: str, account: str | None, note: str) -> None:
    found = done(line)
    assert (found.kind, found.who, found.account, found.note) == (kind, who, account, note)


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ("called Bob 15min", 15),
        ("called Bob 1h30", 90),
        ("called Bob 2 hours", 120),
        ("called Bob 45 m", 45),
        ("打电话给 王经理 半小时", 30),
    ],
)
def test_how_long_it_took(line: str, minutes: int) -> None:
    assert done(line).duration_min == minutes


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("called Bob, no answer", "no_answer"),
        ("called Bob, interested", "positive"),
        ("called Bob, not interested", "negative"),
        ("left message for Bob", "left_message"),
        ("called Bob, wants 40 seats", "positive"),
        ("called Bob", None),
    ],
)
def test_what_came_of_it(line: str, outcome: str | None) -> None:
    assert done(line).outcome == outcome


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        ("met Bob, 40k by summer", Money(4_000_000, "USD")),
        ("met Bob, €12,500 agreed", Money(1_250_000, "EUR")),
        ("met Bob, 1.2m usd", Money(120_000_000, "USD")),
        ("met Bob, wants 40 seats", None),
    ],
)
def test_amounts_need_a_sign_of_being_one(line: str, amount: Money | None) -> None:
    assert done(line).amount == amount


@pytest.mark.parametrize(
    ("line", "subject", "due"),
    [
        ("send quote friday", "send quote", date(2026, 3, 13)),
        ("send quote by tomorrow", "send quote", date(2026, 3, 11)),
        ("send quote next tue", "send quote", date(2026, 3, 17)),
        ("prepare the offer in 3 weeks", "prepare the offer", date(2026, 3, 31)),
        ("ask for drawings end of march", "ask for drawings", date(2026, 3, 31)),
        ("send quote 12 march", "send quote", date(2026, 3, 12)),
        ("send quote", "send quote", None),
        ("明天 发报价", "发报价", date(2026, 3, 11)),
        ("发报价 下周二", "发报价", date(2026, 3, 17)),
    ],
)
def test_what_is_to_do_and_when(line: str, subject: str, due: date | None) -> None:
    found = follow_up(line)
    assert (found.kind, found.subject, found.due, found.is_appointment) == ("task", subject, due, False)


@pytest.mark.parametrize(
    ("line", "kind", "due", "at"),
    [
        ("demo tue 10:00", "demo", date(2026, 3, 17), time(10)),
        ("call Jane at Acme tomorrow 3pm", "call", date(2026, 3, 11), time(15)),
        ("meet Bob friday at 9:30", "meeting", date(2026, 3, 13), time(9, 30)),
        ("明天下午3点 拜访 远东仪器 王经理 谈续约 20万", "visit", date(2026, 3, 11), time(15)),
    ],
)
def test_with_a_time_of_day_it_is_an_appointment(line: str, kind: str, due: date, at: time) -> None:
    found = follow_up(line)
    assert (found.kind, found.due, found.at, found.is_appointment) == (kind, due, at, True)


def test_an_appointment_in_chinese_names_company_and_person() -> None:
    found = follow_up("明天下午3点 拜访 远东仪器 王经理 谈续约 20万")
    assert (found.account, found.who) == ("远东仪器", "王经理")


def test_one_line_may_hold_all_of_it() -> None:
    found = read(
        "called Jane Doe at Acme 15min, wants 40 seats, 40k by summer; send quote friday !high; demo tue 10:00 #renewal"
    )
    assert found.done is not None
    assert [item.subject for item in found.follow_ups] == ["send quote", "demo"]
    assert [item.priority for item in found.follow_ups] == ["high", "normal"]
    assert found.tags == ("renewal",)


def test_the_pieces_lie_where_they_were_typed() -> None:
    line = "called Jane at Acme 15min; send quote friday"
    texts = {piece.kind.value: line[piece.start : piece.end].strip() for piece in read(line).pieces}
    assert texts == {"verb": "called", "who": "Jane at Acme", "duration": "15min", "when": "friday"}


@pytest.mark.parametrize("line", ["", "   ", "x" * 2001])
def test_nothing_and_too_much_are_refused(line: str) -> None:
    with pytest.raises(PhraseError):
        read(line)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=200))
def test_any_line_is_read_or_refused(line: str) -> None:
    try:
        found = read(line)
    except PhraseError:
        return
    assert all(0 <= piece.start <= piece.end <= len(line) for piece in found.pieces)
