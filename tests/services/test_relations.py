"""How people and companies stand to each other, who reports to whom, and who was where."""

import pytest

from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services import history, relations, roles
from sfa.services.desk import Desk
from sfa.services.sheets import sheet
from tests.support.factories import a_contact, an_account, clock_of


def seen(desk: Desk, noun: str, record_id: str) -> list[str]:
    return [f"{item.words} {item.name}" for item in relations.relations(desk, noun, record_id)]


@pytest.mark.parametrize(
    ("kind", "there", "back"),
    [
        ("influences", "influences Jane", "is influenced by Omar"),
        ("recommended", "recommended Jane", "was recommended by Omar"),
        ("works_with", "works with Jane", "works with Omar"),
        ("works with", "works with Jane", "works with Omar"),
        ("family", "is family of Jane", "is family of Omar"),
        ("block", "blocks Jane", "is blocked by Omar"),
    ],
)
def test_a_relation_is_seen_from_both(desk: Desk, kind: str, there: str, back: str) -> None:
    omar, jane = a_contact(desk, name="Omar"), a_contact(desk, name="Jane")
    relations.relate(desk, "contact", omar, kind, jane)
    assert (seen(desk, "contact", omar), seen(desk, "contact", jane)) == ([there], [back])


def test_companies_are_related_beside_the_hierarchy(desk: Desk) -> None:
    acme, globex = an_account(desk, name="Acme"), an_account(desk, name="Globex")
    relations.relate(desk, "account", acme, "agent_of", globex, note="since the fair")
    assert seen(desk, "account", globex) == ["has as agent Acme"]
    sections = {section.title: section.lines for section in sheet(desk, "account", globex).sections}
    assert [(line.label, line.text, line.id) for line in sections["Relations"]] == [
        ("has as agent Acme", "since the fair", acme)
    ]


def test_what_is_there_is_not_said_twice_and_a_mutual_one_not_from_the_other_side(desk: Desk) -> None:
    omar, jane = a_contact(desk, name="Omar"), a_contact(desk, name="Jane")
    relations.relate(desk, "contact", omar, "knows", jane)
    for one, other in ((omar, jane), (jane, omar)):
        with pytest.raises(ConflictError, match="there already"):
            relations.relate(desk, "contact", one, "knows", other)
    relations.relate(desk, "contact", jane, "influences", omar)
    relations.relate(desk, "contact", omar, "influences", jane)


def test_a_relation_is_taken_back_from_either_side_and_by_kind(desk: Desk) -> None:
    omar, jane = a_contact(desk, name="Omar"), a_contact(desk, name="Jane")
    relations.relate(desk, "contact", omar, "knows", jane)
    relations.relate(desk, "contact", omar, "blocks", jane)
    relations.unrelate(desk, "contact", jane, omar, "blocks")
    assert seen(desk, "contact", jane) == ["knows Omar"]
    relations.unrelate(desk, "contact", jane, omar)
    assert seen(desk, "contact", omar) == []
    with pytest.raises(NotFoundError, match="Nothing relates"):
        relations.unrelate(desk, "contact", jane, omar)
    history.undo(desk)
    assert seen(desk, "contact", omar) == ["knows Jane"]


def test_nobody_is_related_to_themselves_or_by_a_kind_that_is_none(desk: Desk) -> None:
    omar, jane = a_contact(desk, name="Omar"), a_contact(desk, name="Jane")
    with pytest.raises(UsageError, match="not two"):
        relations.relate(desk, "contact", omar, "knows", omar)
    with pytest.raises(UsageError, match="Kind of relation"):
        relations.relate(desk, "contact", omar, "agent_of", jane)


def test_the_tree_of_superiors_is_whole_from_wherever_one_looks(desk: Desk) -> None:
    ann = a_contact(desk, name="Ann", title="CEO")
    ben = a_contact(desk, name="Ben", reports_to=ann)
    cid = a_contact(desk, name="Cid", reports_to=ben)
    dee = a_contact(desk, name="Dee", reports_to=ann)
    a_contact(desk, name="Stranger")
    relations.relate(desk, "contact", dee, "influences", ben)
    wanted = [("Ann", 0), ("Ben", 1), ("Cid", 2), ("Dee", 1)]
    for person in (ann, ben, cid, dee):
        assert [(item.name, item.level) for item in relations.tree(desk, person)] == wanted
    assert {item.name: item.marks for item in relations.tree(desk, cid)}["Dee"] == ("influences Ben",)


def test_reporting_to_somebody_is_a_relation_like_others(desk: Desk) -> None:
    ann, ben = a_contact(desk, name="Ann"), a_contact(desk, name="Ben")
    relations.relate(desk, "contact", ben, "reports_to", ann)
    assert [item.name for item in relations.tree(desk, ben)] == ["Ann", "Ben"]
    with pytest.raises(ConflictError, match="circle"):
        relations.relate(desk, "contact", ann, "reports_to", ben)
    relations.unrelate(desk, "contact", ann, ben)
    assert [item.name for item in relations.tree(desk, ben)] == ["Ben"]


def spans(desk: Desk, contact: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(item.account, item.role, item.valid_from, item.valid_to) for item in roles.roles(desk, contact)]


def test_one_who_moves_leaves_the_old_role_in_the_history(desk: Desk) -> None:
    an_account(desk, name="Acme")
    globex = an_account(desk, name="Globex")
    jane = a_contact(desk, name="Jane", account="Acme", role="Buyer")
    clock_of(desk).advance(days=30)
    roles.move(desk, jane, globex, on="2026-04-01", role="CFO")
    assert spans(desk, jane) == [
        ("Globex", "CFO", "2026-04-01", None),
        ("Acme", "Buyer", "2026-03-10", "2026-04-01"),
    ]
    history.undo(desk)
    assert spans(desk, jane) == [("Acme", "Buyer", "2026-03-10", None)]


@pytest.mark.parametrize(
    ("account", "day", "sentence"),
    [("Globex", "2026-03-11", "lies ahead"), ("Globex", "2026-03-09", "began on 2026-03-10"), ("Acme", "", "already")],
)
def test_a_move_that_cannot_be_is_refused_whole(desk: Desk, account: str, day: str, sentence: str) -> None:
    places = {name: an_account(desk, name=name) for name in ("Acme", "Globex")}
    jane = a_contact(desk, name="Jane", account="Acme")
    with pytest.raises(UsageError, match=sentence):
        roles.move(desk, jane, places[account], on=day or None)
    assert spans(desk, jane) == [("Acme", None, "2026-03-10", None)]


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"given_name": "Jane", "middle_name": "Q.", "family_name": "Doe", "suffix": "Jr."}, "Jane Q. Doe Jr."),
        ({"given_name": "小明", "middle_name": "X", "family_name": "王"}, "王小明"),
        ({"name": "Jane Doe", "prefix": "Dr.", "nickname": "JD"}, "Jane Doe"),
    ],
)
def test_a_name_is_built_of_its_parts(desk: Desk, values: dict[str, object], name: str) -> None:
    contact = a_contact(desk, **{"name": None, **values})
    assert desk.store.value("SELECT name FROM contact WHERE id = ?", (contact,)) == name


def test_a_suffix_follows_into_a_name_made_of_its_parts_and_not_into_another(desk: Desk) -> None:
    from sfa.services import contacts  # noqa: PLC0415 - this test alone edits

    plain, other = a_contact(desk, name="Jane Doe"), a_contact(desk, name="Jane Doe", given_name="J.")
    contacts.edit(desk, [plain, other], {"suffix": "PhD"})
    names = [desk.store.value("SELECT name FROM contact WHERE id = ?", (contact,)) for contact in (plain, other)]
    assert names == ["Jane Doe PhD", "Jane Doe"]
