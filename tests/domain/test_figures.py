"""Amounts and numbers are read as people write them, or refused with a sentence that names them."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.currencies import exponent
from sfa.domain.money import AmountError, Money, dec6, from_dec6, parse_amount, parse_decimal, ppm
from tests.support.payloads import PAYLOADS

CURRENCIES = st.sampled_from(["USD", "EUR", "JPY", "KWD", "CLF"])


def amount_or_none(text: str) -> Money | None:
    try:
        return parse_amount(text, "USD")
    except AmountError:
        return None


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("$1,252.82", 125282, "USD"),
        ("€12.500,00", 1250000, "EUR"),
        ("12'500.50", 1250050, "CHF"),
        ("12’500.50", 1250050, "CHF"),
        ("1 234,56", 123456, "CHF"),
        ("1\u00a0234,56", 123456, "CHF"),
        ("1\u202f234\u202f567,8", 123456780, "CHF"),
        ("40k", 4000000, "CHF"),
        ("40K", 4000000, "CHF"),
        ("40 k", 4000000, "CHF"),
        ("40k EUR", 4000000, "EUR"),
        ("40kEUR", 4000000, "EUR"),
        ("40k€", 4000000, "EUR"),
        ("EUR 40", 4000, "EUR"),
        ("eur40", 4000, "EUR"),
        ("1.2m usd", 120000000, "USD"),
        ("1.234m", 123400000, "CHF"),
        ("1,234 Mio. EUR", 123400000, "EUR"),
        ("2 bn", 200000000000, "CHF"),
        ("$342.09K", 34209000, "USD"),
        ("$1,117.10K", 111710000, "USD"),
        ("$1,117K", 111700000, "USD"),
        ("20万", 20000000, "CHF"),
        ("20万元", 20000000, "CNY"),
        ("3亿", 30000000000, "CHF"),
        ("3千万", 3000000000, "CHF"),
        ("1.5万美元", 1500000, "USD"),
        ("人民币8千", 800000, "CNY"),
        ("￥２０，０００", 2000000, "CNY"),
        ("¥20,000", 2000000, "CNY"),
        ("¥20,000 JPY", 20000, "JPY"),
        ("(123.45)", -12345, "CHF"),
        ("($123.45)", -12345, "USD"),
        ("$(123.45)", -12345, "USD"),
        ("-5", -500, "CHF"),
        ("−5", -500, "CHF"),
        ("-$5", -500, "USD"),
        ("$-5", -500, "USD"),
        ("5-", -500, "CHF"),
        ("+5", 500, "CHF"),
        ("US$ 40", 4000, "USD"),
        ("$40 USD", 4000, "USD"),
        ("$40 CAD", 4000, "CAD"),
        ("A$40", 4000, "AUD"),
        ("40 kr", 4000, "SEK"),
        ("krw 40", 40, "KRW"),
        ("R$ 1.234,50", 123450, "BRL"),
        ("12,34,567.50", 123456750, "CHF"),
        ("1,234", 123400, "CHF"),
        ("1.234", 123400, "CHF"),
        ("12.345", 1234500, "CHF"),
        ("1,23", 123, "CHF"),
        ("1,2", 120, "CHF"),
        (".5", 50, "CHF"),
        ("0,50", 50, "CHF"),
        ("1.234.567", 123456700, "CHF"),
        ("1,234,567", 123456700, "CHF"),
        ("5000.0000", 500000, "CHF"),
        ("0.000", 0, "CHF"),
        ("-0", 0, "CHF"),
        ("007", 700, "CHF"),
        ("9999999999999.99", 999999999999999, "CHF"),
        ("1.234 KWD", 1234, "KWD"),
        ("1,234 KWD", 1234000, "KWD"),
        ("1.2345 CLF", 12345, "CLF"),
        ("20000 JPY", 20000, "JPY"),
        ("1.234 JPY", 1234, "JPY"),
    ],
)
def test_amounts_as_people_write_them(text: str, amount: int, currency: str) -> None:
    assert parse_amount(text, "CHF") == Money(amount, currency)


def test_a_shared_sign_means_the_own_currency_where_it_can() -> None:
    assert parse_amount("¥20,000", "JPY") == Money(20000, "JPY")
    assert parse_amount("$5", "AUD") == Money(500, "AUD")
    assert parse_amount("$5", "JPY") == Money(500, "USD")
    assert parse_amount("5 kr", "DKK") == Money(500, "DKK")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "k",
        "EUR",
        "abc",
        "12 EUR 34",
        "12 XYZ",
        "$5 EUR",
        "5 USD EUR",
        "1e5",
        "1E-2",
        "NaN",
        "Infinity",
        "0x10",
        "0.345",
        "0,345",
        "12.3456",
        "1,234.567",
        "1234.567",
        "20.5 JPY",
        "1.23456 CLF",
        "1,23,4",
        "12 34",
        "1 2 3",
        "1,,234",
        "1.234 567",
        "1,234.567,89",
        "1234,567,890",
        "5.",
        "5,",
        ".",
        "--5",
        "-(5)",
        "(-5)",
        "-5-",
        "5²",
        "½",
        "٣٤",
        "1/2",
        "5%",
        "5 kk",
        "12345678901234567",
        "99999999999999",
        "1" * 61,
        "9999999999999999 bn",
        "5\n6",
        "5\x00",
        "5 tſd",
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(AmountError) as refusal:
        parse_amount(text, "USD")
    assert text.strip()[:20].replace("\n", " ").replace("\x00", "\ufffd") in str(refusal.value)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_refusal_carries_no_payload(name: str) -> None:
    with pytest.raises(AmountError) as refusal:
        parse_amount(PAYLOADS[name], "USD")
    assert str(refusal.value).isprintable()


@given(st.integers(-(10**15) + 1, 10**15 - 1), CURRENCIES)
def test_what_money_writes_can_be_read(amount: int, currency: str) -> None:
    money = Money(amount, currency)
    assert parse_amount(str(money), "EUR") == money
    assert parse_amount(f"{money.decimal_string()} {currency}", "EUR") == money or exponent(currency) == 0


@given(st.integers(0, 10**10), CURRENCIES)
def test_both_ways_of_grouping_mean_the_same(amount: int, currency: str) -> None:
    english = str(Money(amount * 10 ** exponent(currency), currency)).removesuffix(f" {currency}").partition(".")[0]
    for text in (english, english.replace(",", " "), english.replace(",", "'")):
        assert parse_amount(text, currency).amount_minor == amount * 10 ** exponent(currency)


@given(st.text(st.sampled_from("0123456789.,' -()$€kKmM万EURsd"), max_size=20) | st.text(max_size=80))
def test_any_text_is_an_amount_or_is_refused(text: str) -> None:
    money = amount_or_none(text)
    assert money is None or abs(money.amount_minor) < 10**15


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("-0.125", "-0.125"),
        ("(2)", "-2"),
        ("1 000 000", "1000000"),
        ("0.000001", "0.000001"),
        ("1,234", "1234"),
        ("1.2340", "1.234"),
        ("１２．５", "12.5"),
    ],
)
def test_plain_numbers(text: str, number: str) -> None:
    assert parse_decimal(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "1e3", "nan", "1..2", "12 34", "a", "5%", "$5", "0x1"])
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    with pytest.raises(AmountError):
        parse_decimal(text)


@pytest.mark.parametrize(
    ("text", "scaled", "written"),
    [("1.5", 1_500_000, "1.5"), ("0.000001", 1, "0.000001"), ("-12", -12_000_000, "-12"), ("10", 10_000_000, "10")],
)
def test_numbers_are_kept_in_millionths(text: str, scaled: int, written: str) -> None:
    assert dec6(text) == scaled
    assert from_dec6(scaled) == written


def test_a_number_finer_than_a_millionth_is_refused() -> None:
    with pytest.raises(AmountError, match=r"“0\.0000001” has more than six decimals\."):
        dec6("0.0000001")


@given(st.integers(-(10**14), 10**14))
def test_millionths_are_written_exactly(value: int) -> None:
    written = from_dec6(value)
    assert Decimal(written).scaleb(6) == value
    assert written == "0" or not written.endswith(".")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("10 %", 100_000),
        ("10%", 100_000),
        ("10 ％", 100_000),
        ("0.1", 100_000),
        ("0,1", 100_000),
        ("10", 100_000),
        ("1", 1_000_000),
        ("1%", 10_000),
        ("0.5%", 5_000),
        ("0", 0),
        ("100", 1_000_000),
        ("12.345%", 123_450),
        ("12.345", 123_450),
        ("-5 %", -50_000),
    ],
)
def test_shares_are_kept_in_parts_per_million(text: str, parts: int) -> None:
    assert ppm(text) == parts


@pytest.mark.parametrize("text", ["", "%", "%5", "10 %%", "ten", "0.0000001", "1/2"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(AmountError):
        ppm(text)


@pytest.mark.parametrize("name", ["money_en.jsonl", "money_zh.jsonl"])
def test_amounts_that_others_wrote_are_read_right_or_refused(shared_data: Path, name: str) -> None:
    lines = (shared_data / "phone_email_money" / name).read_text("utf-8").splitlines()
    expected = [part for line in lines for part in json.loads(line)["expect"] if part["value"]]
    read = [(part, amount) for part in expected if (amount := amount_or_none(part["span"])) is not None]
    for part, amount in read:
        assert Decimal(amount.decimal_string()) == Decimal(part["value"]), part["span"]
        assert part.get("isoCurrency", amount.currency) == amount.currency, part["span"]
    assert len(read) * 3 > len(expected)
