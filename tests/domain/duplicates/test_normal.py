"""What records say, brought to one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.duplicates.normal import (
    Normaliser,
    code_form,
    date_form,
    email_form,
    mail_domain,
    phone_digits,
    same_phone,
    simplifying,
    site_domain,
    sound,
)

FORMS = Normaliser(simplifying("远遠 东東 仪儀 国國"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("遠東儀器股份有限公司", "远东仪器集团"),
        ("ACME, Inc.", "Acme"),
        ("Müller & Söhne GmbH", "muller sohne"),
        ("Ａｃｍｅ", "acme"),
        ("Łódź Sp. z o.o.", "lodz"),
    ],
)
def test_spellings_of_a_company_have_one_form(one: str, other: str) -> None:
    assert FORMS.company(one) == FORMS.company(other)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Acme G.m.b.H.", "gmbh"),
        ("Acme Corporation", "inc"),
        ("Acme Inc", "inc"),
        ("Acme Limited", "ltd"),
        ("遠東股份有限公司", ""),
        ("Acme", ""),
        ("Limited", ""),
    ],
)
def test_the_legal_form_of_a_company(name: str, form: str) -> None:
    assert FORMS.legal_form(name) == form


@pytest.mark.parametrize(
    ("one", "other"),
    [("12 Main Street", "12 Main St."), ("Hauptstraße 5", "Hauptstr. 5"), ("Ocean Parade", "ocean pde")],
)
def test_streets_are_one_whatever_their_kind_is_written_as(one: str, other: str) -> None:
    assert FORMS.street(one) == FORMS.street(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+49 (0)511 123-456", "0511 123456"),
        ("+1 212 555 0100", "(212) 555-0100"),
        ("0049 511 1234567 ext. 12", "+49 511 1234567"),
        ("+86 138 0013 8000", "13800138000"),
    ],
)
def test_a_number_with_and_without_its_country_is_one(one: str, other: str) -> None:
    assert same_phone(phone_digits(one), phone_digits(other))


def test_two_numbers_stay_two() -> None:
    assert not same_phone(phone_digits("+49 511 123456"), phone_digits("+49 511 123457"))
    assert not same_phone(phone_digits("123456"), phone_digits("99123456"))  # too short to be known by its end


def test_addresses_and_domains() -> None:
    assert email_form("Jane <Jane@ACME.example>") == email_form("mailto:jane@acme.example") == "jane@acme.example"
    assert mail_domain("jane@acme.example") == site_domain("https://www.ACME.example:80/x") == "acme.example"
    assert (mail_domain("jane@gmail.com"), site_domain("qq.com"), site_domain("nowhere"), email_form("no")) == ("",) * 4
    assert code_form("DE 123-456") == code_form("de123456")


@pytest.mark.parametrize(
    "text", ["1980-03-04", "19800304", "1980/3/4", "3/4/1980", "03/04/80", "4 March 1980", "1980年3月4日"]
)
def test_a_day_has_one_form_however_it_is_written(text: str) -> None:
    assert date_form(text) == "19800304"


def test_what_is_no_date_keeps_its_digits() -> None:
    assert (date_form("198003"), date_form("rubbish 12"), date_form("")) == ("198003", "12", "")


@pytest.mark.parametrize(
    ("one", "other"), [("smith", "smyth"), ("philip", "filip"), ("meyer", "meier"), ("knut", "nut")]
)
def test_names_that_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@given(st.text(max_size=40))
def test_a_form_is_its_own_form(text: str) -> None:
    once = FORMS.folded(text)
    assert FORMS.folded(once) == once
    assert phone_digits(phone_digits(text)) == phone_digits(text)
    assert email_form(email_form(text)) == email_form(text)
