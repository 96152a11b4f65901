"""No words of a user bring a service down: they are saved, or refused with a sentence, and undone like all others."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sfa.domain.fields import NOUNS
from sfa.errors import SfaError
from sfa.services import history, listing, writing
from sfa.services.desk import Desk
from tests.support.contents import contents
from tests.support.factories import a_product, an_account

TYPED = st.one_of(
    st.text(max_size=80),
    st.from_regex(r"[-+#@]?[0-9]{0,20}[.,:/ -]?[0-9]{0,4} ?(EUR|%|k|pm|min|days)?", fullmatch=True),
    st.sampled_from(["me", "next", "won", "lost", "today", "next fri", "+a,-b", "'; DROP TABLE x", "%", "𝔸́́́́́", "٣"]),
    st.none(),
    st.integers(-(2**70), 2**70),
    st.booleans(),
    st.floats(allow_nan=True),
    st.lists(st.text(max_size=10), max_size=3),
)
FIELDS = [(noun, name) for noun, spec in NOUNS.items() for name in spec.fields if noun != "pipeline"]
BESIDE: dict[str, dict[str, object]] = {
    "event": {"starts": "2026-03-11T10:00"},
    "tax_code": {"code": "VAT"},
    "price_entry": {"product": "Widget", "price": "5"},
    "contract_price": {"account": "Acme", "product": "Widget", "price": "5"},
    "discount_schedule": {"tiers": "1:0% 10:5%"},
    "price_rule": {"discount": "5%"},
    "quote": {"account": "Acme"},
}
"""What a record needs beside its name."""
NAMELESS = {"price_entry", "contract_price"}
NAMES = {"activity": "subject", "task": "subject", "event": "subject", "note": "body"}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(field=st.sampled_from(FIELDS), value=TYPED)
def test_any_value_of_any_field(desk: Desk, field: tuple[str, str], value: object) -> None:
    noun, name = field
    base = _needed(desk, noun)
    before = contents(desk)
    try:
        saved = writing.add(desk, noun, {**base, name: value})
    except SfaError:
        assert contents(desk)["account"] == before["account"]
        return
    assert saved.id
    history.undo(desk)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.dictionaries(st.sampled_from(list(NOUNS["account"].fields)), TYPED, min_size=1, max_size=4))
def test_any_edit_is_whole_or_not_at_all(desk: Desk, values: dict[str, object]) -> None:
    account = an_account(desk, name="Acme", city="Berlin", tags="vip")
    before = contents(desk)
    try:
        saved = writing.edit(desk, "account", [account], values)
    except SfaError:
        assert contents(desk) == before
        return
    if saved.operation_id:
        history.undo(desk)
    assert contents(desk) == before


@pytest.mark.parametrize("noun", [noun for noun in NOUNS if noun != "pipeline"])
def test_every_noun_can_be_added_removed_and_restored(desk: Desk, noun: str) -> None:
    values = _needed(desk, noun)
    saved = writing.add(desk, noun, values)
    assert saved.id
    called = {"price_entry": "price 5", "contract_price": "agreement"}.get(noun, "Something")
    assert saved.summary == f"Added {noun.replace('_', ' ')} {called} ({saved.ref})"
    assert writing.remove(desk, noun, [saved.id]).summary == f"Removed {called} ({saved.ref}) to the trash"
    assert writing.restore(desk, noun, [saved.id]).summary == f"Restored {called} ({saved.ref}) from the trash"


def _needed(desk: Desk, noun: str) -> dict[str, object]:
    """Return the least that a record of a noun is made of, after making what it refers to."""
    if noun == "quote" and not listing.count(desk, "account"):
        an_account(desk, name="Acme")
    if noun in NAMELESS and not listing.count(desk, "product"):
        a_product(desk, name="Widget")
        an_account(desk, name="Acme")
        writing.add(desk, "price_book", {"name": "List"})
    named: dict[str, object] = {} if noun in NAMELESS else {NAMES.get(noun, "name"): "Something"}
    return {**named, **BESIDE.get(noun, {})}
