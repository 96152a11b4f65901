"""The score of two companies and of two people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.duplicates.formula import Profile, find_pairs, score_accounts, score_contacts
from sfa.domain.duplicates.pairs import BLOCKS, WARNS


def company(name: str, **more: str | tuple[str, ...]) -> Profile:
    made = Profile("x", name=name)
    for field, value in more.items():
        setattr(made, field, value)
    return made


def person(given: str, family: str, **more: str | tuple[str, ...]) -> Profile:
    made = company(f"{given} {family}", **more)
    made.given, made.family = given, family
    return made


def test_the_same_tax_id_is_the_same_company_under_any_name() -> None:
    score, reasons = score_accounts(company("acme", tax_id="de1"), company("globex", tax_id="de1"))
    assert (score, reasons) == (1.0, ("same tax id",))


def test_the_weights_are_spread_over_the_fields_that_both_have() -> None:
    one = company("acme", domains=("acme.example",), phones=("15551234567",), city="berlin")
    other = company("acme", domains=("other.example",), city="berlin")
    score, reasons = score_accounts(one, other)
    assert score == pytest.approx((0.5 + 0.1) / (0.5 + 0.2 + 0.1))
    assert reasons == ("same name", "same city")


@pytest.mark.parametrize(
    ("one", "other", "is_at_least"),
    [
        ("acme industries", "acme industires", BLOCKS),
        ("industries acme", "acme industries", BLOCKS),
        ("远东仪器", "远东仪器", BLOCKS),
    ],
)
def test_names_of_one_company(one: str, other: str, is_at_least: float) -> None:
    assert score_accounts(company(one), company(other))[0] >= is_at_least


@pytest.mark.parametrize(
    ("one", "other", "is_below"),
    [
        ("branch 1", "branch 2", WARNS),
        ("globex north", "globex south", BLOCKS),
        ("远东仪器", "近东仪表", WARNS),
        ("acme", "globex", WARNS),
    ],
)
def test_names_of_two_companies(one: str, other: str, is_below: float) -> None:
    assert score_accounts(company(one), company(other))[0] < is_below


def test_another_tax_id_is_never_certain() -> None:
    one = company("acme", domains=("a.example",), tax_id="de111111111")
    other = company("acme", domains=("a.example",), tax_id="de999999999")
    assert WARNS <= score_accounts(one, other)[0] < BLOCKS


def test_one_mailbox_and_one_name_are_one_person_whatever_else_differs() -> None:
    one = person("william", "smith", emails=("w@x.example",), phones=("15551234567",), city="berlin")
    other = person("bill", "smith", emails=("w@x.example",), phones=("15557654321",), city="hamburg")
    score, reasons = score_contacts(one, other)
    assert score >= BLOCKS
    assert "same e-mail" in reasons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("jane", "doe", employer="acme"), person("john", "doe", employer="acme")),
        (person("jane", "doe", emails=("info@x.example",)), person("max", "roe", emails=("info@x.example",))),
        (person("jane", "doe", birthday="19800101"), person("jane", "doe", birthday="19911230")),
        (person("jane", "doe", employer="acme"), person("jane", "doe", employer="globex")),
    ],
)
def test_two_people(one: Profile, other: Profile) -> None:
    assert score_contacts(one, other)[0] < WARNS


def test_a_private_address_beside_one_at_work_says_nothing() -> None:
    one = person("jane", "doe", emails=("jane@gmail.com",), phones=("15551234567",))
    other = person("jane", "doe", emails=("jane.doe@acme.example",), phones=("15551234567",))
    assert score_contacts(one, other)[0] == 1.0


def test_turned_names_are_one_person() -> None:
    score, _ = score_contacts(
        person("doe", "jane", phones=("15551234567",)), person("jane", "doe", phones=("15551234567",))
    )
    assert score == 1.0


NAMES = st.sampled_from(["jane", "john", "bill", "william", "doe", "smith", "j", ""])
PROFILES = st.builds(
    lambda given, family, mail, phone, city: person(given, family, emails=mail, phones=phone, city=city),
    NAMES,
    NAMES,
    st.sampled_from([(), ("a@x.example",), ("b@x.example",), ("a@gmail.com",)]),
    st.sampled_from([(), ("15551234567",), ("5551234567",)]),
    st.sampled_from(["", "berlin", "paris"]),
)


@given(PROFILES, PROFILES)
def test_a_score_lies_between_0_and_1_and_has_no_direction(one: Profile, other: Profile) -> None:
    score, _ = score_contacts(one, other)
    assert 0 <= score <= 1
    assert score_contacts(other, one)[0] == pytest.approx(score)
    assert 0 <= score_accounts(one, other)[0] <= 1


def test_pairs_are_found_by_any_one_thing_they_share() -> None:
    profiles = [
        person("jane", "doe", phones=("4951112345678",)),
        person("jan", "doe", phones=("51112345678",)),
        person("max", "roe"),
    ]
    for number, item in enumerate(profiles):
        item.id = str(number)
    (pair,) = find_pairs("contact", profiles, 0.8)
    assert (pair.a, pair.b) == ("0", "1")
    assert pair.reasons[0] == "same phone"
