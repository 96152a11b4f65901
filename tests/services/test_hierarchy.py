"""Accounts below accounts: every deal counts once, in the currency that it has."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from sfa.errors import NotFoundError
from sfa.services import opportunities
from sfa.services.desk import Desk
from sfa.services.hierarchy import Branch, hierarchy
from tests.support.factories import a_contact, an_account, an_activity, an_opportunity, make_desk


def branch(desk: Desk, account: str) -> Branch:
    """Return an account as the root of its own tree."""
    return hierarchy(desk, account).branches[0]


@pytest.fixture
def group(desk: Desk) -> dict[str, str]:
    """Return a holding with two companies, one with a branch of its own."""
    holding = an_account(desk, name="Holding")
    acme = an_account(desk, name="Acme", parent=holding)
    globex = an_account(desk, name="Globex", parent=holding)
    yard = an_account(desk, name="Acme yard", parent=acme)
    return {"holding": holding, "acme": acme, "globex": globex, "yard": yard}


def test_each_account_stands_behind_its_parent_with_what_it_brings(desk: Desk, group: dict[str, str]) -> None:
    an_opportunity(desk, name="One", account=group["acme"], amount="10k USD")
    an_opportunity(desk, name="Two", account=group["yard"], amount="5k USD")
    an_opportunity(desk, name="Three", account=group["globex"], amount="7k EUR")
    won = an_opportunity(desk, name="Four", account=group["yard"], amount="3k USD")
    opportunities.edit(desk, [won], {"outcome": "won"})
    found = {item.name: item for item in hierarchy(desk, group["holding"]).branches}
    assert [(name, item.level) for name, item in found.items()] == [
        ("Holding", 0),
        ("Acme", 1),
        ("Acme yard", 2),
        ("Globex", 1),
    ]
    assert [str(amount) for amount in found["Acme"].own.open_amounts] == ["10,000.00 USD"]
    assert [str(amount) for amount in found["Acme"].rolled.open_amounts] == ["15,000.00 USD"]
    assert [str(amount) for amount in found["Holding"].rolled.open_amounts] == ["7,000.00 EUR", "15,000.00 USD"]
    assert [str(amount) for amount in found["Holding"].rolled.won_amounts] == ["3,000.00 USD"]
    assert (found["Holding"].own.open_deals, found["Holding"].rolled.open_deals) == (0, 3)


def test_what_was_won_last_year_or_lost_is_not_counted(desk: Desk, group: dict[str, str]) -> None:
    for outcome, closed in (("won", "2025-12-31"), ("lost", "2026-02-01"), ("won", "2026-01-01")):
        values = {"outcome": outcome, "closed": closed, "created": "2025-06-01"}
        an_opportunity(desk, name=f"{outcome} {closed}", account=group["acme"], amount="1k USD", **values)
    assert branch(desk, group["acme"]).own.won_deals == 1


def test_a_person_at_two_of_the_accounts_counts_once(desk: Desk, group: dict[str, str]) -> None:
    jane = a_contact(desk, name="Jane", account=group["acme"])
    a_contact(desk, name="Omar", account=group["yard"])
    with desk.store.write("test") as work:
        work.insert("contact_role", {"account_id": group["yard"], "contact_id": jane, "is_primary": 0})
    root = branch(desk, group["holding"])
    assert len(root.rolled.contact_ids) == 2


def test_the_last_touch_is_the_newest_of_all(desk: Desk, group: dict[str, str]) -> None:
    an_activity(desk, account=group["yard"], started="2026-03-01T10:00")
    an_activity(desk, account=group["acme"], started="2026-02-01T10:00")
    root = branch(desk, group["holding"])
    assert (root.own.last_touch, root.rolled.last_touch) == (None, "2026-03-01T10:00:00.000Z")


def test_the_ultimate_parent_is_named_from_any_depth(desk: Desk, group: dict[str, str]) -> None:
    for account in group.values():
        assert hierarchy(desk, account).top_name == "Holding"
    with pytest.raises(NotFoundError):
        hierarchy(desk, "nobody")


TREES = some.lists(
    some.tuples(
        some.integers(0, 99),
        some.lists(some.tuples(some.sampled_from(["USD", "EUR"]), some.integers(0, 10**6)), max_size=3),
    ),
    min_size=1,
    max_size=7,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TREES)
def test_a_roll_up_is_the_sum_over_the_deals_below(
    tmp_path_factory: pytest.TempPathFactory, shape: list[tuple[int, list[tuple[str, int]]]]
) -> None:
    desk = make_desk(tmp_path_factory.mktemp("tree"))
    ids: list[str] = []
    parents: list[int | None] = []
    deals: list[Counter[str]] = []
    for place, (wish, amounts) in enumerate(shape):
        parent = wish % place if place else None
        ids.append(an_account(desk, name=f"A{place}", parent=ids[parent] if parent is not None else None))
        parents.append(parent)
        deals.append(Counter())
        for number, (currency, minor) in enumerate(amounts):
            an_opportunity(desk, name=f"D{place}.{number}", account=ids[place], amount=f"{minor / 100:.2f} {currency}")
            deals[-1][currency] += minor
    found = hierarchy(desk, ids[0]).branches
    assert sorted(item.name for item in found) == sorted(f"A{place}" for place in range(len(shape)))
    for item in found:
        below = {place for place in range(len(ids)) if _is_below(parents, place, ids.index(item.id))}
        wanted: Counter[str] = sum((deals[place] for place in below), Counter())
        assert +item.rolled.open_minor == +wanted
    assert sum(item.own.open_deals for item in found) == found[0].rolled.open_deals
    desk.close()


def _is_below(parents: list[int | None], place: int | None, root: int) -> bool:
    while place is not None and place != root:
        place = parents[place]
    return place == root


def test_as_many_questions_are_asked_of_a_great_group_as_of_a_small_one(desk: Desk, group: dict[str, str]) -> None:
    def asked() -> int:
        count: list[str] = []
        desk.store.connection.set_trace_callback(count.append)
        hierarchy(desk, group["holding"])
        desk.store.connection.set_trace_callback(None)
        return len(count)

    before = asked()
    for number in range(20):
        an_opportunity(desk, account=an_account(desk, name=f"Branch {number}", parent=group["acme"]), amount="1k")
    assert asked() == before == 2
