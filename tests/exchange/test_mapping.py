"""What a person says about columns and values is taken at its word, or refused with the nearest that is meant."""

import pytest

from sfa.errors import UsageError
from sfa.exchange.mapping import Mapping, check_mapping, merged_columns, parse_map, parse_values

HEADER = ("Company", "Town", "Sales, net", "Owner", "Rating")


def test_columns_are_given_as_pairs() -> None:
    assert parse_map("Company=name, Town=city", HEADER, "account") == {"Company": "name", "Town": "city"}


def test_a_column_may_hold_a_comma_and_be_spelled_loosely() -> None:
    assert parse_map("Sales, net=annual_revenue,town=City", HEADER, "account") == {
        "Sales, net": "annual_revenue",
        "Town": "city",
    }


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("Compny=name", "no column Compny", "Did you mean Company"),
        ("Company=nmae", "no field nmae", "Did you mean name"),
        ("Xyz=name", "no column Xyz", "Company, Town"),
        ("Company=name,Town=name", "two columns to name", ""),
        ("Company", "isn't Column=field", "For example"),
    ],
)
def test_what_is_not_there_is_named_with_the_nearest(text: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        parse_map(text, HEADER, "account")
    assert hint in (caught.value.hint or "")


def test_given_columns_win_over_the_guess_and_an_empty_field_drops_one() -> None:
    given = parse_map("Rating=name,Owner=", HEADER, "account")
    assert merged_columns("account", HEADER, given) == {"Town": "city", "Rating": "name"}


def test_several_columns_may_be_given_to_the_phone() -> None:
    assert parse_map("Company=phone,Town=phone", HEADER, "account") == {"Company": "phone", "Town": "phone"}


def test_values_are_given_by_field() -> None:
    assert parse_values("stage:Engaging=Qualification,Won=Won;outcome:A, B=won;type:Old=", "opportunity") == {
        "stage": {"Engaging": "Qualification", "Won": "Won"},
        "outcome": {"A, B": "won"},
        "type": {"Old": ""},
    }


@pytest.mark.parametrize("text", ["stage", "stage:", "stage:Won", "phase:A=B"])
def test_values_that_are_not_written_so_are_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_values(text, "opportunity")


def test_a_profile_is_read_as_it_was_saved() -> None:
    mapping = Mapping("account", {"Firma": "name", "Ort": "city"}, {"type": {"Kunde": "customer"}}, "dmy", "CHF")
    assert Mapping.from_json(mapping.to_json()) == mapping
    assert mapping.for_header(["Firma", "PLZ"]).columns == {"Firma": "name"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"noun": "account"}',
        '{"noun": "account", "columns": {"A": "colour"}}',
        '{"noun": "ship", "columns": {"A": "name"}}',
        '{"noun": "account", "columns": {"A": "name"}, "date_order": "ydm"}',
    ],
)
def test_a_profile_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        Mapping.from_json(text)


def test_a_mapping_without_what_every_record_needs_is_refused() -> None:
    with pytest.raises(UsageError, match="No column holds the name of the account"):
        check_mapping(Mapping("account", {"Town": "city"}))
    with pytest.raises(UsageError, match="No column of the file is known"):
        check_mapping(Mapping("account", {}))
    check_mapping(Mapping("contact", {"Mail": "email"}))
    check_mapping(Mapping("opportunity", {"Stage": "stage"}))
