"""Words of the index and queries made of them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.search_places import Finder
from db.search_terms import folded, index_words, is_near, match_query, phone_words, query_words
from db.sounds import sounds

NAMES = st.text(st.characters(codec="utf-8"), max_size=40)


@given(NAMES)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(NAMES)
def test_every_word_that_is_asked_for_is_a_word_of_the_text_itself_or_begins_one(text: str) -> None:
    indexed = index_words(text).lower().translate(_signs_as_spaces(index_words(text))).split()
    for word in query_words(text):
        assert any(other.startswith(word) for other in indexed), (word, indexed)


def _signs_as_spaces(text: str) -> dict[int, str]:
    """Cut ASCII as the tokenizer of the index does."""
    return {ord(sign): " " for sign in text if sign.isascii() and not sign.isalnum()}


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("MÜLLER", "muller"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Søren Æbelø", "soren aebelo"),
        ("ﬁne  ＡＢＣ", "fine abc"),
        ("北京國際貿易", "北京国际贸易"),
        ("Zoë\u200b’s", "zoe s"),
    ],
)
def test_letters_are_told_apart_by_neither_case_nor_accent_nor_form(written: str, plain: str) -> None:
    assert folded(written) == plain


def test_a_chinese_name_sounds_in_full_and_by_initials_from_every_character_on() -> None:
    heard = sounds("远东仪器").split()
    assert {"yuandongyiqi", "ydyq", "dongyiqi", "yiqi", "yq"} <= set(heard)
    assert sounds("Acme") == ""


def test_a_surname_is_heard_as_people_say_it() -> None:
    assert "zengwei" in sounds("曾伟").split()


@pytest.mark.parametrize("written", ["+49 30 1234567", "0049 30 1234567", "+49 (30) 123-45-67", "+49301234567"])
def test_a_number_gives_the_same_words_however_it_is_written(written: str) -> None:
    assert phone_words(written) == phone_words("+49301234567")


@pytest.mark.parametrize("near", ["acm", "acmee", "amce", "acne"])
def test_one_letter_more_less_other_or_swapped_is_near(near: str) -> None:
    assert is_near("acme", near)


@pytest.mark.parametrize("far", ["ace2x", "acmeee", "emca", "beta"])
def test_two_errors_are_not(far: str) -> None:
    assert not is_near("acme", far)


@pytest.mark.parametrize("text", ["", "  ", "!?", "()[]", "\u202e", '"', "-"])
def test_where_there_is_no_word_there_is_no_query(text: str) -> None:
    assert match_query(text) is None


@given(NAMES)
def test_places_are_within_the_text_in_order_and_apart(text: str) -> None:
    spans = Finder(text[:5]).spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize(
    ("asked", "text", "shown"),
    [
        ("muller", "Herr Müller", ["Müller"]),
        ("ann", "Joann Anna", ["Ann"]),
        ("国", "中國人", ["國"]),
        ("acme gmbh", "ACME GmbH", ["ACME", "GmbH"]),
        ("strasse", "Lange Straße", ["Straße"]),
    ],
)
def test_the_place_of_a_word_is_found_however_it_is_written(asked: str, text: str, shown: list[str]) -> None:
    assert [text[start:end] for start, end in Finder(asked).spans(text)] == shown
