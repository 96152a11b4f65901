"""Records that look like one about to be added: warned of, or refused."""

import pytest

from sfa.errors import ConflictError
from sfa.services.desk import Desk
from sfa.services.similar import refuse_doubles, similar
from tests.support.factories import a_contact, a_lead, an_account, an_opportunity


def test_an_account_is_recognised_by_what_it_shares(desk: Desk) -> None:
    account = an_account(
        desk, name="Acme GmbH", website="https://www.acme.example", phone="+1 212 555 0100", tax_id="DE1"
    )
    an_account(desk, name="Other", email="jane@gmail.com")
    (found,) = similar(desk, "account", {"name": "ACME Ltd.", "phone": "(212) 555-0100", "email": "x@acme.example"})
    assert (found.id, found.label, found.score) == (account, "Acme GmbH", 1.0)
    assert found.reasons == ("same phone", "same domain", "same name")
    assert similar(desk, "account", {"name": "Bcme", "email": "joe@gmail.com"}) == []
    assert similar(desk, "account", {"tax_id": "DE 1"})[0].reasons == ("same tax id",)


@pytest.mark.parametrize("name", ["Acme", "acme gmbh"])
def test_a_company_is_refused_by_its_name_alone(desk: Desk, name: str) -> None:
    an_account(desk, name="Acme GmbH")
    with pytest.raises(ConflictError, match="is there already") as refused:
        refuse_doubles("account", similar(desk, "account", {"name": name}))
    assert len(refused.value.candidates) == 1


@pytest.mark.parametrize(("name", "is_warned_of"), [("Acme Inc.", True), ("Globex GmbH", False)])
def test_another_legal_form_is_another_company_by_law(desk: Desk, name: str, *, is_warned_of: bool) -> None:
    an_account(desk, name="Acme GmbH")
    found = similar(desk, "account", {"name": name})
    assert bool(found) is is_warned_of
    refuse_doubles("account", found)


@pytest.mark.parametrize(
    ("there", "new"),
    [
        ("远东仪器有限公司", "遠東儀器股份有限公司"),
        ("遠東儀器", "远东仪器集团"),
        ("Société Générale de Câbles", "Societe Generale de Cables SARL"),
    ],
)
def test_other_spellings_of_one_name_are_found(desk: Desk, there: str, new: str) -> None:
    account = an_account(desk, name=there, city="Shanghai")
    (found,) = similar(desk, "account", {"name": new, "city": "shanghai"})
    assert (found.id, found.score) == (account, 1.0)


def test_a_person_is_recognised_by_name_or_mail(desk: Desk) -> None:
    jane = a_contact(desk, name="Jane Doe", email="jane@acme.example")
    (namesake,) = similar(desk, "contact", {"given_name": "Jané", "family_name": "Doe"})
    assert 0.8 <= namesake.score < 0.92  # a name alone is no proof
    assert similar(desk, "contact", {"name": "J. Doe", "email": "JANE@acme.example"})[0].id == jane
    a_lead(desk, name="Lee", email="lee@acme.example")
    assert similar(desk, "lead", {"email": "lee@acme.example"})[0].reasons == ("same e-mail",)


def test_namesakes_at_two_companies_are_two_people(desk: Desk) -> None:
    an_account(desk, name="Acme")
    an_account(desk, name="Globex")
    a_contact(desk, name="Jane Doe", account="Acme")
    assert similar(desk, "contact", {"name": "Jane Doe", "account": "Globex"}) == []
    (found,) = similar(desk, "contact", {"name": "Jane Doe", "account": "Acme"})
    assert found.reasons == ("same employer", "same name")
    with pytest.raises(ConflictError, match="is there already"):
        refuse_doubles("contact", [found])


def test_deals_have_no_doubles(desk: Desk) -> None:
    an_opportunity(desk, name="Renewal")
    assert similar(desk, "opportunity", {"name": "Renewal"}) == []
