"""Each part of a line by itself: whom, how long, what came of it, how much, what is to do and when."""

import pytest

from sfa.domain.phrase.values import Act
from tests.domain.phrase.reading import NOW, day, read


def first(line: str) -> Act:
    return read(line).acts[0]


@pytest.mark.parametrize(
    ("line", "kind", "people", "company", "text"),
    [
        ("called Jane at Acme", "call", ("Jane",), "Acme", ""),
        ("Called Jane Doe at Acme GmbH, wants a quote", "call", ("Jane Doe",), "Acme GmbH", "wants a quote"),
        ("rang Bob", "call", ("Bob",), None, ""),
        ("spoke with Ann from Nordwind about the renewal", "call", ("Ann",), "Nordwind", "about the renewal"),
        ("met Smith at Nordwind: happy with the demo", "meeting", ("Smith",), "Nordwind", "happy with the demo"),
        ("visited Acme", "visit", (), "Acme", ""),
        ("emailed Jane re prices", "email", ("Jane",), None, "re prices"),
        ("texted Jane", "message", ("Jane",), None, ""),
        ("left message for Jane at Acme", "call", ("Jane",), "Acme", ""),
        ('called Jane @"Acme North"', "call", ("Jane",), "Acme North", ""),
        ("we met Jane at Acme", "meeting", ("Jane",), "Acme", ""),
        ("打电话给 远东仪器 王经理 谈续约", "call", ("王经理",), "远东仪器", "谈续约"),
        ("拜访了 远东仪器", "visit", (), "远东仪器", ""),
    ],
)
def test_what_was_done_and_with_whom(
    line: str, kind: str, people: tuple[str, ...], company: str | None, text: str
) -> None:
    act = first(line)

    assert (act.what, act.kind, act.people, act.company, act.text) == ("activity", kind, people, company, text)


@pytest.mark.parametrize(
    ("line", "direction"),
    [
        ("called Jane", "out"),
        ("Jane called", "in"),
        ("jane called me", "in"),
        ("got an email from Jane", "in"),
        ("王经理来电", "in"),
        ("收到李总邮件", "in"),
        ("给王经理打了电话", "out"),
    ],
)
def test_who_began_it(line: str, direction: str) -> None:
    assert first(line).direction == direction


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ("called Bob 15min", 15),
        ("called Bob 1h30", 90),
        ("called Bob 2 hours", 120),
        ("called Bob 45m", 45),
        ("met Bob yesterday 9:00-10:15", 75),
        ("打电话给 王经理 半小时", 30),
        ("和李总开会，聊了2个小时", 120),
        ("called Bob, wants a 30 min demo", None),
    ],
)
def test_how_long_it_took(line: str, minutes: int | None) -> None:
    assert first(line).duration_min == minutes


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("called Bob, no answer", "no_answer"),
        ("called Bob, interested", "positive"),
        ("called Bob, not interested", "negative"),
        ("called Bob, not very interested", "negative"),
        ("left message for Bob", "left_message"),
        ("called Bob, wants 40 seats", "positive"),
        ("demo with Bob cancelled", "cancelled"),
        ("打电话给王经理，没接", "no_answer"),
        ("拜访王经理，不感兴趣", "negative"),
        ("called Bob", None),
    ],
)
def test_what_came_of_it(line: str, outcome: str | None) -> None:
    assert first(line).outcome == outcome


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        ("met Bob, 40k by summer", ("40000", None)),
        ("met Bob, €12,500 agreed", ("12500", "EUR")),
        ("met Bob, 1.2m usd", ("1200000", "USD")),
        ("met Bob, wants 40 seats", None),
        ("met Bob, 5% discount", None),
        ("和王经理见面，单价2万", None),
    ],
)
def test_amounts_need_a_sign_of_being_one(line: str, amount: tuple[str, str | None] | None) -> None:
    sums = [act.amount for act in read(line).acts if act.amount]

    assert [(item.value, item.currency) for item in sums] == ([amount] if amount else [])


@pytest.mark.parametrize(
    ("line", "text", "due"),
    [
        ("send quote friday", "send quote", "2026-03-13"),
        ("send quote by tomorrow", "send quote", "2026-03-11"),
        ("send quote next tue", "send quote", "2026-03-17"),
        ("prepare the offer in 3 weeks", "prepare the offer", "2026-03-31"),
        ("ask for drawings end of march", "ask for drawings", "2026-03-31"),
        ("send quote 12 march", "send quote", "2026-03-12"),
        ("send quote", "send quote", None),
        ("remind me to send the quote friday", "send the quote", "2026-03-13"),
        ("明天 发报价", "发报价", "2026-03-11"),
        ("发报价 下周二", "发报价", "2026-03-17"),
    ],
)
def test_what_is_to_do_and_when(line: str, text: str, due: str | None) -> None:
    act = first(line)

    assert (act.what, act.text, day(act.when) if act.when else None) == ("task", text, due)


@pytest.mark.parametrize(
    ("line", "kind", "when"),
    [
        ("demo tue 10:00", "demo", "2026-03-17 10:00"),
        ("call Jane at Acme tomorrow 3pm", "call", "2026-03-11 15:00"),
        ("meet Bob friday at 9:30", "meeting", "2026-03-13 09:30"),
        ("Acme: demo tue 10-11:30", "demo", "2026-03-17 10:00/11:30"),
        ("和李总开会 明天下午2点", "meeting", "2026-03-11 14:00"),
    ],
)
def test_with_a_time_of_day_it_is_an_appointment(line: str, kind: str, when: str) -> None:
    act = first(line)

    assert (act.what, act.kind, day(act.when) if act.when else None) == ("event", kind, when)


@pytest.mark.parametrize(
    ("line", "kind", "deal", "stage", "percent", "reason"),
    [
        ("won Acme renewal because of price", "win", "Acme renewal", None, None, "price"),
        ("lost Globex upgrade - no budget", "lose", "upgrade", None, None, "no budget"),
        ("moved Acme renewal to negotiation, 70%", "change", "Acme renewal", "Negotiation", 70, None),
        ("new deal Globex pumps 40k, proposal, 30%", "add", "pumps", "Proposal", 30, None),
        ("远东仪器 商机 推进到谈判", "change", None, "Negotiation", None, None),
        ("丢单 远东仪器 价格太高", "lose", None, None, None, "价格太高"),
    ],
)
def test_deals_open_change_and_end(
    line: str, kind: str, deal: str | None, stage: str | None, percent: int | None, reason: str | None
) -> None:
    act = first(line)

    assert (act.what, act.kind, act.deal) == ("deal", kind, deal)
    assert (act.stage, act.percent, act.reason) == (stage, percent, reason)


@pytest.mark.parametrize(
    ("line", "priority"),
    [
        ("send offer !high", "high"),
        ("send offer !!", "high"),
        ("send offer !!!", "urgent"),
        ("发报价 !急", "urgent"),
        ("send offer", "normal"),
    ],
)
def test_how_urgent_it_is(line: str, priority: str) -> None:
    assert first(line).priority == priority


@pytest.mark.parametrize(
    ("line", "whats"),
    [
        ("called Jane; send quote friday; demo tue 10:00", ["activity", "task", "event"]),
        ("called Jane, send quote friday, demo tue 10:00", ["activity", "task", "event"]),
        ("called Jane. Send quote friday. Demo tue 10:00.", ["activity", "task", "event"]),
        ("called Jane then send quote friday", ["activity", "task"]),
        ("called Jane, next: demo tue 10:00", ["activity", "event"]),
        ("called Jane -> send quote friday", ["activity", "task"]),
        ("called Jane; she will ask her boss", ["activity"]),
        ("called Jane, she will send the order friday", ["activity"]),
        ("拜访王经理，下周二发报价；周五给李总打电话", ["activity", "task", "task"]),
        ("拜访王经理，然后发报价", ["activity", "task"]),
    ],
)
def test_clauses_begin_where_something_else_is_told(line: str, whats: list[str]) -> None:
    assert [act.what for act in read(line).acts] == whats


def test_at_once_is_never_past() -> None:
    for second in (0, 30, 59):
        act = read("send contract to Jane asap", now=NOW.replace(second=second)).acts[0]
        assert (act.what, act.when and act.when.start.date()) == ("task", NOW.date())


@pytest.mark.parametrize(
    ("line", "deal", "reason"),
    [
        ("won Acme service contract 40k", "service contract", None),
        ("won Acme service", None, "service"),
        ("won Acme, best price", None, "best price"),
        ("lost Acme price too high", None, "price too high"),
    ],
)
def test_a_deal_may_begin_with_a_word_that_is_a_reason_too(line: str, deal: str | None, reason: str | None) -> None:
    act = first(line)
    assert (act.deal, act.reason) == (deal, reason)


@pytest.mark.parametrize("line", ["记一下：王经理 喜欢喝茶", "记下 王经理 喜欢喝茶", "note: Jane likes tea"])
def test_notes_are_led_by_a_word(line: str) -> None:
    assert first(line).what == "note"


def test_a_retry_is_something_to_do() -> None:
    assert [act.what for act in read("no answer from Jane, retry tomorrow 10am").acts] == ["activity", "task"]
