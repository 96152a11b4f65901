"""The examples of the design come out whole, and names of the book settle what a word is."""

import pytest

from sfa.domain.phrase.lines import forms, read_line
from sfa.domain.phrase.values import Book
from tests.domain.phrase.reading import NOW, SmallBook, plain, read


def test_an_activity_with_its_deal_its_follow_up_and_its_appointment() -> None:
    line = read(
        "called Jane Doe at Acme 15min, wants 40 seats, 40k by end of march; send quote friday; demo tue 10:00 #renewal"
    )

    assert plain(line) == {
        "acts": [
            {
                "what": "activity", "kind": "call", "company": "Acme", "duration_min": 15, "outcome": "positive",
                "people": ["Jane Doe"], "text": "wants 40 seats",
            },
            {"what": "deal", "kind": "add", "amount": "40000", "close": "2026-03-31"},
            {"what": "task", "text": "send quote", "when": "2026-03-13"},
            {"what": "event", "kind": "demo", "when": "2026-03-17 10:00"},
        ],
        "tags": ["renewal"],
    }  # fmt: skip


def test_a_visit_in_chinese_with_a_deal_in_yuan() -> None:
    assert plain(read("明天下午3点 拜访 远东仪器 王经理 谈续约 20万")) == {
        "acts": [
            {
                "what": "event", "kind": "visit", "company": "远东仪器", "people": ["王经理"], "text": "谈续约",
                "when": "2026-03-11 15:00",
            },
            {"what": "deal", "kind": "add", "amount": "200000 CNY"},
        ]
    }  # fmt: skip


def test_the_examples_need_no_book() -> None:
    line = read_line("明天下午3点 拜访 远东仪器 王经理 谈续约 20万", now=NOW, book=Book())

    assert (line.acts[0].company, line.acts[0].people) == ("远东仪器", ("王经理",))


@pytest.mark.parametrize(
    ("currency", "expected"), [("EUR", "CNY"), ("USD", "CNY"), ("CNY", None), ("TWD", None), ("JPY", None)]
)
def test_wan_is_yuan_unless_the_desk_counts_so_itself(currency: str, expected: str | None) -> None:
    book = SmallBook()
    book.currency = currency

    amount = read_line("赢单 远东仪器 20万", now=NOW, book=book).acts[0].amount

    assert amount is not None
    assert (amount.value, amount.currency) == ("200000", expected)


@pytest.mark.parametrize("form", forms())
def test_every_form_that_help_shows_is_understood(form: str) -> None:
    assert read(form).acts


def test_spans_say_what_each_part_is() -> None:
    line = read("called Jane Doe at Acme 15min yesterday, 40k #q2 !high")

    assert [(span.kind, line.text[span.start : span.end], span.value) for span in line.spans] == [
        ("verb", "called", "call"),
        ("who", "Jane Doe", "Jane Doe"),
        ("account", "Acme", "Acme"),
        ("duration", "15min", "15"),
        ("when", "yesterday", "2026-03-09"),
        ("amount", "40k", "40000"),
        ("tag", "#q2", "q2"),
        ("priority", "!high", "high"),
    ]


def test_done_things_look_back_and_plans_ahead() -> None:
    assert plain(read("met Bob friday"))["acts"][0]["when"] == "2026-03-06"  # type: ignore[index]
    assert plain(read("meet Bob friday"))["acts"][0]["when"] == "2026-03-13"  # type: ignore[index]
