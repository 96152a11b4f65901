"""What makes a company or a person the same one."""

import pytest

from sfa.services.identity import company_domain, domain_of, e164, folded_email, person_key


@pytest.mark.parametrize(
    ("number", "country", "expected"),
    [
        ("(212) 555-0100", "US", "+12125550100"),
        ("030 123456", "DE", "+4930123456"),
        ("+86 10 6552 9988", "US", "+861065529988"),
        ("ext only", "US", None),
        ("12", "US", None),
    ],
)
def test_a_number_without_code_is_of_the_country_given(number: str, country: str, expected: str | None) -> None:
    assert e164(number, country) == expected


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.Acme.example/about?x=1", "acme.example"),
        ("acme.example", "acme.example"),
        ("http://acme.example:8080", "acme.example"),
        ("jane@Acme.example", "acme.example"),
        ("localhost", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_a_website_has_a_domain(website: str, domain: str | None) -> None:
    assert domain_of(website) == domain


def test_a_free_mail_address_tells_no_company() -> None:
    assert company_domain(None, "jane@gmail.com") is None
    assert company_domain(None, "jane@acme.example") == "acme.example"
    assert company_domain("acme.example", "jane@gmail.com") == "acme.example"


def test_folding() -> None:
    assert folded_email(" Jane@ACME.example ") == "jane@acme.example"
    assert person_key("Doe José") == person_key("jose doe")
