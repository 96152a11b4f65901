"""Names of a line found in the book: exact, then beginnings, then words inside, then what is like it; never guessed in silence."""

import pytest

from sfa.errors import NotFoundError
from sfa.services import contacts
from sfa.services.desk import Desk
from sfa.services.matching import AmbiguousNameError, Matcher
from sfa.services.telling_apart import only_deal
from tests.support.factories import a_contact, an_account, an_activity, an_event, an_opportunity, clock_of, ref_of


@pytest.fixture
def matcher(desk: Desk) -> Matcher:
    """Return what finds names in a book of some."""
    acme = an_account(desk, name="Acme GmbH", website="www.acme.example", legal_name="Acme Werke Vertrieb GmbH")
    a_contact(desk, name="Jane Doe", account=acme, email="jane@acme.example", phone="+49 30 901820")
    a_contact(desk, name="Peter Miller", account=acme)
    globex = an_account(desk, name="Globex", external_id="K-4711")
    a_contact(desk, name="Ann Miller", account=globex)
    east = an_account(desk, name="远东仪器有限公司")
    a_contact(desk, name="王小明", account=east)
    return Matcher(desk.store)


def found(matcher: Matcher, noun: str, name: str) -> str | None:
    """Return what a name means."""
    match = matcher.find(noun, name)
    return match.name if match else None


@pytest.mark.parametrize(
    ("noun", "name", "meant"),
    [
        ("account", "acme gmbh", "Acme GmbH"),
        ("account", "Acme", "Acme GmbH"),
        ("account", "acme.example", "Acme GmbH"),
        ("account", "K-4711", "Globex"),
        ("account", "远东", "远东仪器有限公司"),
        ("account", "仪器", "远东仪器有限公司"),
        ("account", "ydyq", "远东仪器有限公司"),
        ("contact", "jane@ACME.example", "Jane Doe"),
        ("contact", "030 901820", None),
        ("contact", "+49 30 901820", "Jane Doe"),
        ("contact", "Doe", "Jane Doe"),
        ("contact", "Nobody", None),
        ("contact", "王经理", "王小明"),
        ("contact", "老王", "王小明"),
        ("contact", "李总", None),
        ("contact", "Ms. Doe", "Jane Doe"),
        ("contact", "Dr Nobody", None),
    ],
)
def test_a_name_is_found_by_what_people_call_it(matcher: Matcher, noun: str, name: str, meant: str | None) -> None:
    assert found(matcher, noun, name) == meant


def test_a_legal_name_and_a_typing_error_are_found_by_reading_all_names(matcher: Matcher) -> None:
    assert matcher.slow("account", "Acme Werke").name == "Acme GmbH"
    typed = matcher.slow("account", "Gloebx")
    assert (typed.name, "taken as Globex" in typed.why) == ("Globex", True)
    with pytest.raises(NotFoundError):
        matcher.slow("account", "Zebra Corp")


def test_a_name_that_several_have_names_them(desk: Desk, matcher: Matcher) -> None:
    with pytest.raises(AmbiguousNameError, match="Miller could be several contacts") as raised:
        matcher.find("contact", "Miller")
    assert {line.split("  ")[1] for line in raised.value.candidates} == {"Peter Miller", "Ann Miller"}
    ref = raised.value.choices[0][0]
    chosen = Matcher(desk.store, {("contact", "Miller"): ref}).find("contact", "Miller")
    assert chosen is not None
    assert chosen.ref == ref


def test_the_company_tells_which_of_two_is_meant(desk: Desk, matcher: Matcher) -> None:
    globex = matcher.find("account", "Globex")
    assert globex is not None
    miller = matcher.find("contact", "Miller", globex.id)
    assert (miller.name if miller else None) == "Ann Miller"


def test_an_appointment_today_tells_which_one_is_meant_and_is_said(desk: Desk, matcher: Matcher) -> None:
    ann = matcher.find("contact", "Ann Miller")
    assert ann is not None
    an_event(desk, starts=f"{desk.today}T15:00", contact=ann.id)
    miller = matcher.find("contact", "Miller")
    assert miller is not None
    assert (miller.name, "appointment today" in miller.why) == ("Ann Miller", True)


def test_whom_one_talked_to_lately_is_meant_and_is_said(desk: Desk, matcher: Matcher) -> None:
    peter = matcher.find("contact", "Peter Miller")
    assert peter is not None
    an_activity(desk, contact=peter.id)
    miller = matcher.find("contact", "Miller")
    assert miller is not None
    assert (miller.name, "last two weeks" in miller.why) == ("Peter Miller", True)
    clock_of(desk).advance(days=15)
    with pytest.raises(AmbiguousNameError):
        matcher.find("contact", "Miller")


def test_a_typing_error_in_the_name_of_somebody_at_a_company_is_forgiven_and_said(matcher: Matcher) -> None:
    acme = matcher.find("account", "Acme")
    assert acme is not None
    jane = matcher.find("contact", "Jnae", acme.id)
    assert jane is not None
    assert (jane.name, "taken as Jane Doe" in jane.why) == ("Jane Doe", True)
    assert matcher.find("contact", "Zoltan", acme.id) is None


def test_a_family_name_with_a_title_is_the_one_at_that_company(matcher: Matcher) -> None:
    east = matcher.find("account", "远东")
    assert east is not None
    wang = matcher.find("contact", "王经理", east.id)
    assert (wang.name if wang else None) == "王小明"
    assert matcher.find("contact", "李经理", east.id) is None


def test_whoever_left_a_company_is_no_longer_found_there(desk: Desk, matcher: Matcher) -> None:
    jane, globex = matcher.find("contact", "Jane Doe"), matcher.find("account", "Globex")
    assert jane is not None
    assert globex is not None
    contacts.edit(desk, [jane.id], {"account": globex.id})
    here = matcher.account_of(jane.id)
    assert (here.name if here else None) == "Globex"


def test_the_only_open_deal_of_an_account_is_meant(desk: Desk, matcher: Matcher) -> None:
    acme = matcher.find("account", "Acme")
    assert acme is not None
    assert only_deal(matcher, acme) is None
    first = an_opportunity(desk, name="Renewal", account=acme.id)
    deal = only_deal(matcher, acme)
    assert (deal.ref if deal else None) == ref_of(desk, "opportunity", first)
    an_opportunity(desk, name="Expansion", account=acme.id)
    with pytest.raises(AmbiguousNameError, match="2 open deals"):
        only_deal(matcher, acme)


def test_the_longest_name_at_a_place_is_told_to_the_grammar(matcher: Matcher) -> None:
    assert matcher.name_at("Jane Doe at Acme") == (8, "contact")
    assert matcher.name_at("acme gmbh, wants a quote") == (9, "account")
    assert matcher.name_at("远东仪器有限公司 王小明") == (8, "account")
    assert matcher.name_at("nobody here") is None


def test_a_family_name_with_a_title_is_never_guessed_among_several(matcher: Matcher) -> None:
    with pytest.raises(AmbiguousNameError):
        matcher.find("contact", "Mr. Miller")
    match = matcher.find("contact", "王总")
    assert match is not None
    assert "taken as 王小明" in match.why
