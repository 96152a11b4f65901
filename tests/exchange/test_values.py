"""Cells are read as people write them, or refused with a reason that names what stands there."""

import contextlib
import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.money import Money
from sfa.exchange.fields import IMPORT_FIELDS, ImportField, fields_of
from sfa.exchange.headers import guess_noun
from sfa.exchange.mapping import Mapping, merged_columns
from sfa.exchange.records import RowReader, full_name, look_at, turned
from sfa.exchange.sheets import SheetRow, open_sheet
from sfa.exchange.values import Reading, Value, ValueProblem, are_fractions, convert, decimal_sign

READING = Reading("EUR", "dmy", ZoneInfo("Europe/Berlin"))


def field(noun: str, name: str) -> ImportField:
    return fields_of(noun)[name]


@pytest.mark.parametrize(
    ("noun", "name", "text", "value"),
    [
        ("opportunity", "amount", "$1,252.82", Money(125282, "USD")),
        ("opportunity", "amount", "1.234,50", Money(123450, "EUR")),
        ("opportunity", "amount", "40k", Money(4_000_000, "EUR")),
        ("opportunity", "close_date", "1.2.2026", dt.date(2026, 2, 1)),
        ("opportunity", "close_date", "2026-02-01 09:14", dt.date(2026, 2, 1)),
        ("opportunity", "close_date", "15 Apr, 2021 00:02:00", dt.date(2021, 4, 15)),
        ("opportunity", "probability", "12.5 %", 125_000),
        ("opportunity", "probability", "60", 600_000),
        ("opportunity", "outcome", "Closed Won", "won"),
        ("opportunity", "type", "New Business", "new"),
        ("account", "employees", "1,100", 1_100),
        ("account", "employees", "1 100.0", 1_100),
        ("account", "payment_terms_days", "Net 30", 30),
        ("account", "type", "CUSTOMER", "customer"),
        ("account", "name", "  Müller \t &  Söhne ", "Müller & Söhne"),
        ("account", "tags", "* myContacts ::: Friends ::: Family, Friends", ["Friends", "Family"]),
        ("account", "currency", "chf", "CHF"),
        ("contact", "email", "Jane Doe <jane@acme.com>", "jane@acme.com"),
        ("contact", "phone", "+49 (30) 123-45", "+49 (30) 123-45"),
        ("product", "price", "$1,773.85", 1_773_850_000),
        ("product", "is_active", "Ja", True),
        ("product", "is_active", "否", False),
        ("product", "description", " a\r\nb ", "a\nb"),
        ("activity", "started", "2026-01-05 10:00", dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)),
        ("activity", "duration_min", "1:30", 90),
        ("activity", "duration_min", "45 min", 45),
        ("lead", "status", "Attempted to Contact", "contacted"),
        ("lead", "status", "Junk Lead", "disqualified"),
        ("task", "status", "Not Started", "open"),
        ("task", "priority", "Hoch", "high"),
    ],
)
def test_cells_are_read_as_people_write_them(noun: str, name: str, text: str, value: Value) -> None:
    assert convert(field(noun, name), text, READING) == value


@pytest.mark.parametrize("text", ["", "  ", "NULL", "None", "N/A", "-", "#N/A"])
def test_nothing_is_written_in_many_ways(text: str) -> None:
    assert all(convert(spec, text, READING) is None for fields in IMPORT_FIELDS.values() for spec in fields.values())


def test_somebody_may_be_called_null() -> None:
    assert convert(field("contact", "family_name"), "Null", READING) == "Null"


@pytest.mark.parametrize(
    ("noun", "name", "text", "reason"),
    [
        ("opportunity", "amount", "a lot", "“a lot”"),
        ("opportunity", "amount", "1e99999999", "“1e99999999”"),
        ("opportunity", "amount", "#DIV/0!", "error of the spreadsheet"),
        ("opportunity", "close_date", "31.02.2026", "no such day"),
        ("opportunity", "close_date", "soon", "“soon”"),
        ("opportunity", "probability", "140%", "between 0 and 100"),
        ("account", "employees", "51-200", "isn't a whole number"),
        ("account", "employees", "-3", "below zero"),
        ("account", "employees", "٣" * 20, "isn't a whole number"),
        ("account", "type", "Friend", '--values "type:Friend=prospect"'),
        ("account", "name", "x" * 201, "longer than 200 characters"),
        ("account", "description", "x" * 65_537, "longer than 65,536 characters"),
        ("account", "currency", "Taler", "code of a currency"),
        ("contact", "email", "jane at acme", "isn't an e-mail address"),
        ("contact", "phone", "ask her", "isn't a phone number"),
        ("product", "is_active", "perhaps", "neither yes nor no"),
    ],
)
def test_what_cannot_be_read_is_named(noun: str, name: str, text: str, reason: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        convert(field(noun, name), text, READING)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_day_that_reads_in_two_orders_is_never_guessed() -> None:
    with pytest.raises(ValueProblem, match="two ways"):
        convert(field("opportunity", "close_date"), "03/04/2026", Reading("EUR"))


@given(text=st.text(max_size=80), spec=st.sampled_from([spec for of in IMPORT_FIELDS.values() for spec in of.values()]))
def test_any_text_is_read_or_refused_and_nothing_else_happens(text: str, spec: ImportField) -> None:
    with contextlib.suppress(ValueProblem):
        convert(spec, text, READING)


def test_the_decimal_sign_of_a_column_settles_three_places() -> None:
    assert decimal_sign(["1.234", "5.5", ""]) == "."
    assert decimal_sign(["1.234,50", "7"]) == ","
    assert decimal_sign(["1.234", "5.678"]) == ""
    assert decimal_sign(["1.5", "1,5"]) == ""
    cost = field("product", "cost")
    assert convert(cost, "747.968", Reading("USD", decimal_sign=".")) == 747_968_000
    assert convert(cost, "1.234,5", Reading("USD", decimal_sign=",")) == 1_234_500_000
    with pytest.raises(ValueProblem, match="decimals"):
        convert(field("opportunity", "amount"), "747.968", Reading("USD", decimal_sign="."))


def test_percentages_of_a_column_are_fractions_or_not() -> None:
    probability, discount = field("opportunity", "probability"), field("opportunity", "discount")
    assert are_fractions(discount, ["0.1", "0,075", "1", ""])
    assert are_fractions(probability, ["0", "1"])
    assert not are_fractions(discount, ["0", "1"])
    assert not are_fractions(probability, ["10", "0.5"])
    assert not are_fractions(probability, ["50%"])
    assert convert(discount, "0.075", Reading("EUR", is_fraction=True)) == 75_000


def records(mapping: Mapping, header: list[str], *cells: tuple[str, ...]) -> list[tuple[dict[str, Value], list[str]]]:
    rows = [SheetRow(line, row, None) for line, row in enumerate(cells, start=2)]
    reader = RowReader(mapping, header, currency="EUR", evidence=look_at(mapping, header, rows))
    return [(record.values, record.problems) for record in map(reader.read, rows)]


def test_a_certain_column_of_dates_settles_the_one_beside_it() -> None:
    header = ["Name", "Created", "Close date"]
    mapping = Mapping("opportunity", merged_columns("opportunity", header, {}))
    found = records(mapping, header, ("a", "25/12/2025", "03/04/2026"), ("b", "01/12/2025", "05/06/2026"))
    assert found[0][0]["close_date"] == dt.date(2026, 4, 3)


def test_uncertain_dates_are_a_question() -> None:
    header = ["Name", "Close date"]
    mapping = Mapping("opportunity", {"Name": "name", "Close date": "close_date"})
    rows = [SheetRow(2, ("a", "03/04/2026"), None)]
    assert "03/04/2026" in look_at(mapping, header, rows).questions["Close date"]
    given = Mapping("opportunity", mapping.columns, date_order="mdy")
    assert look_at(given, header, rows).orders == {"Close date": "mdy"}


def test_columns_that_contradict_themselves_are_a_question_whatever_the_others_say() -> None:
    header = ["Name", "Created", "Close date"]
    mapping = Mapping("opportunity", merged_columns("opportunity", header, {}))
    rows = [SheetRow(2, ("a", "25/12/2025", "13/01/2026"), None), SheetRow(3, ("b", "26/12/2025", "01/13/2026"), None)]
    assert list(look_at(mapping, header, rows).questions) == ["Close date"]


def test_a_rows_currency_and_mapped_values_are_used() -> None:
    header = ["Name", "Amount", "Currency", "Stage"]
    mapping = Mapping("opportunity", {name: name.lower() for name in header}, {"stage": {"engaging": "Qualification"}})
    found = records(mapping, header, ("a", "10", "CHF", "Engaging"), ("b", "20", "", "Won"))
    assert found[0][0] == {"name": "a", "amount": Money(1000, "CHF"), "currency": "CHF", "stage": "Qualification"}
    assert found[1][0]["amount"] == Money(2000, "EUR")


def test_several_phones_and_addresses_are_kept() -> None:
    header = ["Name", "Phone 1", "Phone 2", "Mail"]
    mapping = Mapping("contact", {"Name": "name", "Phone 1": "phone", "Phone 2": "phone", "Mail": "email"})
    row = SheetRow(2, ("Lewis, James", "", "030 123", "a@b.c ::: d@e.f"), None)
    record = RowReader(mapping, header, currency="EUR").read(row)
    assert record.values == {
        "name": "James Lewis", "given_name": "James", "family_name": "Lewis", "phone": "030 123", "email": "a@b.c",
    }  # fmt: skip
    assert record.more == {"email": ["d@e.f"]}


def test_every_reason_against_a_row_is_given() -> None:
    header = ["Name", "Employees", "Kind"]
    mapping = Mapping("account", {"Name": "name", "Employees": "employees", "Kind": "type"})
    found = records(mapping, header, ("Acme", "many", "x"), ("", "3", "customer"))
    assert [len(problems) for _, problems in found] == [2, 1]
    assert found[0][1][0].startswith("Employees: “many”")
    assert found[1][1] == ["Name is missing"]


def test_names_stand_in_the_order_of_their_script() -> None:
    assert full_name("小明", "王") == "王小明"
    assert full_name("Jane", "Doe") == "Jane Doe"
    assert turned("Lewis, James") == "James Lewis"
    assert turned("Acme, Inc.") == "Acme, Inc."
    assert turned("Doe, Ph.D.") == "Doe, Ph.D."


def test_a_shops_name_beside_first_and_last_names_is_not_the_persons() -> None:
    header = ["Name", "First Name", "Last Name"]
    mapping = Mapping("contact", merged_columns("contact", header, {}))
    found = records(mapping, header, ("The Gear Store", "John", "Arthur"), ("Arthur, John", "John", "Arthur"))
    assert [values["name"] for values, _ in found] == ["John Arthur", "Arthur, John"]


REFUSED = {"dedupe/febrl1.csv": 3, "zoho_crm/Accounts.csv": 3}
"""Three days that don't exist, three accounts without a name."""


def test_every_sample_of_ours_is_read_and_only_what_is_wrong_is_refused(shared_data: Path) -> None:
    refused = {}
    for path in sorted(shared_data.glob("*/*.csv")):
        with open_sheet(path) as sheet:
            noun, rows = guess_noun(sheet.header, path.name), list(sheet.rows)
        if noun is None:
            continue
        mapping = Mapping(noun, merged_columns(noun, sheet.header, {}))
        evidence = look_at(mapping, sheet.header, rows)
        assert evidence.questions == {}, path
        reader = RowReader(mapping, sheet.header, currency="USD", evidence=evidence)
        count = sum(bool(reader.read(row).problems) for row in rows)
        if count:
            refused[f"{path.parent.name}/{path.name}"] = count
    assert refused == REFUSED
