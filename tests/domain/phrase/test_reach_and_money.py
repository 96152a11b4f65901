"""Phone numbers, e-mail addresses and money are found as the public recognition cases have them; rates are printed by suite."""

import json
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from sfa.domain.phrase.amounts import find_amounts
from sfa.domain.phrase.reach import find_emails, find_phones

LEAST = 0.85
Found = list[object]


@pytest.fixture
def suites(shared_data: Path) -> Path:
    folder = shared_data / "phone_email_money"
    if not folder.is_dir():
        pytest.skip("the cases of phones, e-mails and money are absent")
    return folder


def typed(text: str, places: list[tuple[int, int]]) -> Found:
    return [text[start:end].lower() for start, end in places]


def phones(text: str) -> Found:
    return typed(text, find_phones(text))


def emails(text: str) -> Found:
    return typed(text, find_emails(text))


def money(text: str) -> Found:
    return [(text[found.start : found.end].lower(), Decimal(found.value)) for found in find_amounts(text)]


def spans(row: dict[str, list[dict[str, str]]]) -> Found:
    return [item["span"].lower() for item in row["expect"]]


def sums(row: dict[str, list[dict[str, str]]]) -> Found:
    # A currency that stands without a number is no amount here.
    return [(item["span"].lower(), Decimal(item["value"])) for item in row["expect"] if item["value"]]


@pytest.mark.parametrize(
    ("suite", "find", "expected"),
    [
        ("phone_en", phones, spans),
        ("phone_zh", phones, spans),
        ("email_en", emails, spans),
        ("money_en", money, sums),
        ("money_zh", money, sums),
    ],
)
def test_a_suite_is_recognised(
    suites: Path,
    suite: str,
    find: Callable[[str], Found],
    expected: Callable[[dict[str, list[dict[str, str]]]], Found],
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [json.loads(line) for line in (suites / f"{suite}.jsonl").read_text(encoding="utf-8").splitlines()]

    hits = sum(find(row["text"]) == expected(row) for row in rows)

    with capsys.disabled():
        sys.stdout.write(f"\n{suite}: {hits} of {len(rows)} ({hits / len(rows):.1%})\n")
    assert hits >= LEAST * len(rows)


def test_addresses_of_pages_are_neither_phones_nor_mails(suites: Path) -> None:
    rows = [json.loads(line)["text"] for line in (suites / "url_en.jsonl").read_text(encoding="utf-8").splitlines()]

    assert [text for text in rows if find_phones(text)] == []
    assert [text for text in rows if find_emails(text) and "@" not in text] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tel +49 30 1234567", ["+49 30 1234567"]),
        ("call (030) 123-4567 or 0171/2345678", ["(030) 123-4567", "0171/2345678"]),
        ("手机13800138000。", ["13800138000"]),
        ("座机010-88886666转8001", ["010-88886666转8001"]),
        ("+1 415 555 0100 ext. 12", ["+1 415 555 0100 ext. 12"]),
        ("on 2026-03-10 at 10:30", []),
        ("10.03.2026 12:00-13:00", []),
        ("invoice 12345678", []),
        ("40,000 seats for 1,200,000 USD", []),
        ("1234", []),
    ],
)
def test_numbers_that_are_phones_and_numbers_that_are_not(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find_phones(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mail jane.doe+x@acme.co.uk.", ["jane.doe+x@acme.co.uk"]),
        ("<a@b.example>, c@d.example", ["a@b.example", "c@d.example"]),
        ("邮箱wang@yuandong.example确认", ["wang@yuandong.example"]),
        ("met @Acme at 10", []),
        ("a@b", []),
        ("a..b@c..d", []),
    ],
)
def test_addresses_that_are_mails_and_signs_that_are_not(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find_emails(text)] == found


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("40k", "40000", None),
        ("€12,500", "12500", "EUR"),
        ("12.500,50 €", "12500.5", "EUR"),
        ("CHF 1'200.-", "1200", "CHF"),
        ("1.2m usd", "1200000", "USD"),
        ("USD40k", "40000", "USD"),
        ("3,5 Mio. EUR", "3500000", "EUR"),
        ("£1.5bn", "1500000000", "GBP"),
        ("500 SEK", "500", "SEK"),
        ("kr 500", "500", "SEK"),
        ("R$ 3.000", "3000", "BRL"),
        ("NT$800", "800", "TWD"),
        ("two million dollars", "2000000", "USD"),
        ("a hundred thousand euros", "100000", "EUR"),
        ("12 Swiss francs", "12", "CHF"),
        ("5 dollars and 20 cents", "5.2", "USD"),
        ("20万", "200000", None),
        ("两百万", "2000000", None),
        ("十五万欧元", "150000", "EUR"),
        ("3块5", "3.5", "CNY"),
        ("1.5亿元", "150000000", "CNY"),
        ("人民币8千", "8000", "CNY"),
        ("￥２０，０００", "20000", "CNY"),
    ],
)
def test_amounts_as_people_write_them(text: str, value: str, currency: str | None) -> None:
    found = find_amounts(f"x {text} y" if text.isascii() else text, "USD")

    assert [(item.value, item.currency) for item in found] == [(value, currency)]


@pytest.mark.parametrize(
    "text",
    [
        "40 seats",
        "40k seats",
        "5m",
        "10:30",
        "room 12",
        "v2.5",
        "2026-03-10",
        "3台",
        "20万人",
        "1200",
        "q3",
        "no money",
    ],
)
def test_numbers_that_are_no_money(text: str) -> None:
    assert find_amounts(text, "EUR") == []
