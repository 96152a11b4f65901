"""Text as typed becomes what the store keeps, or a sentence says why not."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sfa.domain.fields import NOUNS, FieldSpec
from sfa.domain.money import Money
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services import accounts, contacts, opportunities, products, users
from sfa.services.coercion import field_named, read_choice, read_value
from sfa.services.desk import Desk
from tests.support.factories import USER_NAME, a_contact, a_user, an_account, an_opportunity, column_of


def test_control_characters_never_pass(desk: Desk) -> None:
    account = an_account(desk, name="Ac\x1b[31mme\u202e", description="one\ntwo\x07")
    assert "\x1b" not in column_of(desk, "account", account, "name")
    assert "\u202e" not in column_of(desk, "account", account, "name")
    assert column_of(desk, "account", account, "description") == "one\ntwo\ufffd"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_becomes_a_clean_name(desk: Desk, text: str) -> None:
    value = read_value(desk, NOUNS["account"].fields["name"], text)
    assert value is None or (value == value.strip() and not any(ord(character) < 32 for character in value))


@pytest.mark.parametrize(
    ("kind", "text", "stored"),
    [
        ("percent", "60%", 600_000),
        ("percent", "12.5 %", 125_000),
        ("integer", "1,200", 1200),
        ("integer", "-5", -5),
        ("bool", "Yes", 1),
        ("bool", False, 0),
        ("day", "tomorrow", "2026-03-11"),
        ("day", "2026-12-01", "2026-12-01"),
        ("day", date(2026, 5, 1), "2026-05-01"),
        ("instant", "2026-03-09 14:30", "2026-03-09T14:30:00.000Z"),
        ("instant", datetime(2026, 3, 9, 8, 0, tzinfo=UTC), "2026-03-09T08:00:00.000Z"),
        ("email", "Jane Doe <jane@acme.example>", "jane@acme.example"),
        ("email", "mailto:jane@acme.example", "jane@acme.example"),
        ("tags", "#vip #key", ["vip", "key"]),
        ("tags", "vip, key account", ["vip", "key account"]),
        ("tags", ["vip", "vip"], ["vip"]),
        ("currency", "eur", "EUR"),
        ("text", "  ", None),
    ],
)
def test_each_kind_reads_its_own_text(desk: Desk, kind: str, text: object, stored: object) -> None:
    assert read_value(desk, FieldSpec("x", kind), text) == stored  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("percent", "140%", "more than 100 %"),
        ("percent", "lots", "“lots” is no"),
        ("integer", "1.5", "no whole number"),
        ("bool", "perhaps", "neither yes nor no"),
        ("day", "someday", "no date"),
        ("day", "03/04/2026", "two ways"),
        ("instant", "25:99", "no time of day"),
        ("email", "jane at acme", "no e-mail address"),
        ("phone", "call me", "no phone number"),
        ("url", "not a site", "no web address"),
        ("currency", "XXQ", "no currency"),
        ("money", 1.5, "no amount"),
    ],
)
def test_what_does_not_fit_gets_a_sentence_with_the_field(desk: Desk, kind: str, text: object, words: str) -> None:
    with pytest.raises(UsageError, match=words) as error:
        read_value(desk, FieldSpec("x", kind, "The field"), text)  # type: ignore[arg-type]
    assert error.value.message.startswith("The field: ")


def test_the_order_of_dates_is_the_workspace_s_own(desk: Desk) -> None:
    desk.config._values["workspace.dates"] = "dmy"
    assert read_value(desk, FieldSpec("x", "day"), "03/04/2026") == "2026-04-03"


def test_a_choice_is_found_by_its_beginning() -> None:
    choices = ("no decision", "no decision maker", "price", "left_message")
    assert read_choice("PR", choices) == "price"
    assert read_choice("no decision", choices) == "no decision"
    assert read_choice("left message", choices) == "left_message"
    with pytest.raises(UsageError, match="could be no decision or no decision maker"):
        read_choice("no", choices)
    with pytest.raises(UsageError, match="not among the choices"):
        read_choice("weather", choices)


@pytest.mark.parametrize(
    ("name", "field"), [("Close-Date", "close_date"), ("account_id", "account"), ("close", "close_date")]
)
def test_a_field_goes_by_several_spellings(name: str, field: str) -> None:
    assert field_named(NOUNS["opportunity"], name).name == field


def test_references_go_by_name_and_me_is_me(desk: Desk) -> None:
    acme = an_account(desk, name="Acme Instruments")
    jane = a_contact(desk, name="Jane Doe", account="acme instruments", owner="me")
    assert desk.store.value("SELECT account_id FROM contact_role WHERE contact_id = ?", (jane,)) == acme
    owner = desk.store.value(
        "SELECT u.name FROM contact c JOIN app_user u ON u.id = c.owner_id WHERE c.id = ?", (jane,)
    )
    assert owner == USER_NAME


def test_a_reference_that_names_nothing_or_several_is_never_guessed(desk: Desk) -> None:
    an_account(desk, name="Acme North")
    an_account(desk, name="Acme South")
    with pytest.raises(NotFoundError):
        opportunities.add(desk, {"name": "x", "account": "Zebra"})
    with pytest.raises(ConflictError) as error:
        opportunities.add(desk, {"name": "x", "account": "Acme"})
    assert len(error.value.candidates) == 2


def test_an_amount_brings_its_currency(desk: Desk) -> None:
    deal = an_opportunity(desk, amount="40k EUR")
    assert column_of(desk, "opportunity", deal, "currency") == "EUR"
    opportunities.edit(desk, [deal], {"amount": "50k"})
    assert column_of(desk, "opportunity", deal, "amount_minor") == 5_000_000
    assert column_of(desk, "opportunity", deal, "currency") == "EUR"
    opportunities.edit(desk, [deal], {"amount": Money(700, "JPY")})
    assert column_of(desk, "opportunity", deal, "currency") == "JPY"


def test_a_corrected_currency_keeps_the_number_that_people_see(desk: Desk) -> None:
    deal = an_opportunity(desk, amount="1000 USD")
    opportunities.edit(desk, [deal], {"currency": "JPY"})
    assert column_of(desk, "opportunity", deal, "amount_minor") == 1000


def test_a_record_has_one_currency(desk: Desk) -> None:
    with pytest.raises(UsageError, match="a record has one currency"):
        accounts.add(desk, {"name": "Acme", "annual_revenue": "5m EUR", "credit_limit": "10k USD"})
    account = an_account(desk, annual_revenue="5m EUR")
    with pytest.raises(UsageError, match="is in EUR, this amount in USD"):
        accounts.edit(desk, [account], {"credit_limit": "10k USD"})
    with pytest.raises(UsageError, match="needs a currency"):
        accounts.edit(desk, [account], {"currency": None})


def test_a_price_per_unit_has_six_decimals(desk: Desk) -> None:
    saved = products.add(desk, {"name": "Bolt", "price": "0.0125 EUR", "cost": "0.01"})
    assert saved.id
    assert column_of(desk, "product", saved.id, "price_dec6") == 12_500
    assert column_of(desk, "product", saved.id, "cost_dec6") == 10_000
    assert column_of(desk, "product", saved.id, "currency") == "EUR"


def test_numbers_out_of_bounds_name_the_field(desk: Desk) -> None:
    with pytest.raises(UsageError, match="Employees must be 0 at least"):
        accounts.add(desk, {"name": "Acme", "employees": "-5"})
    with pytest.raises(UsageError, match="Payment terms days must be 3650 at most"):
        accounts.add(desk, {"name": "Acme", "payment_terms_days": 9999})


def test_what_is_obligatory_cannot_be_cleared(desk: Desk) -> None:
    account = an_account(desk, type="customer")
    with pytest.raises(UsageError, match="An account needs a name"):
        accounts.edit(desk, [account], {"name": ""})
    accounts.edit(desk, [account], {"type": None})
    assert column_of(desk, "account", account, "type") == "prospect"
    with pytest.raises(UsageError, match="A contact needs a name"):
        contacts.add(desk, {"title": "Buyer"})


def test_a_user_becomes_me_and_signs_from_then_on(desk: Desk) -> None:
    pat = a_user(desk, name="Pat Colleague")
    users.become(desk, pat)
    deal = an_opportunity(desk)
    assert column_of(desk, "opportunity", deal, "owner_id") == pat
    assert desk.store.value("SELECT actor FROM operation ORDER BY rowid DESC LIMIT 1") == "Pat Colleague"
    with pytest.raises(ConflictError, match="is you"):
        users.remove(desk, [pat])
