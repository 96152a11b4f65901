"""Text from outside becomes inert, and names are compared by what they mean."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.text import clean, company_key, fold, has_cjk, person_name_parts
from tests.support.payloads import PAYLOADS

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
HARMFUL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


@pytest.mark.parametrize("name", PAYLOADS)
def test_no_payload_reaches_a_terminal(name: str) -> None:
    shown = clean(PAYLOADS[name])
    assert not HARMFUL.search(shown)
    assert "\n" not in shown
    assert not re.search(r"\u0351{5}|\u20dd{5}", shown)
    shown.encode()


@pytest.mark.parametrize("name", [name for name in PAYLOADS if name.startswith("markup")])
def test_brackets_and_backslashes_are_left_as_they_are(name: str) -> None:
    assert clean(PAYLOADS[name]) == PAYLOADS[name]


@given(text=ANY_TEXT, multiline=st.booleans(), max_length=st.none() | st.integers(0, 40))
def test_cleaning_twice_changes_nothing(text: str, *, multiline: bool, max_length: int | None) -> None:
    once = clean(text, multiline=multiline, max_length=max_length)
    assert clean(once, multiline=multiline, max_length=max_length) == once
    assert not HARMFUL.search(once)
    assert multiline or "\n" not in once
    assert max_length is None or len(once) <= max_length
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(st.sampled_from("e\u0301\u0323\u20dd\u200d\u05b0\u09c7\u09be\u1100\u1161\u11a8\r\n\t"), max_size=40))
def test_marks_pile_up_to_four(text: str) -> None:
    once = clean(text, multiline=True)
    assert clean(once, multiline=True) == once
    assert not re.search("[\u0300-\u036f\u20d0-\u20f0\u05b0]{5}", once)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two\r\nlines", "two lines"),
        ("a\rb", "a\ufffdb"),
        ("a\tb", "a b"),
        ("Zoe\u0308", "Zoë"),
        ("Bore\u200balis", "Bore\ufffdalis"),
        ("𠮷野家 ☎ 💼", "𠮷野家 ☎ 💼"),
        ("葛\U000e0100城", "葛\U000e0100城"),
    ],
)
def test_what_a_person_wrote_stays_readable(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_lines_stay_where_they_are_wanted() -> None:
    assert clean("one\r\ntwo\n\tthree", multiline=True) == "one\ntwo\n three"


def test_length_is_counted_when_clean() -> None:
    assert clean("Zoe\u0308!", max_length=3) == "Zoë"
    assert clean("plain", max_length=2) == "pl"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café  Müller", "cafe muller"),
        ("STRASSE", "Straße"),
        ("ＡＣＭＥ　１", "acme 1"),
        ("ﬁne", "FINE"),
        ("葛\U000e0100城", "葛城"),
        ("İstanbul", "istanbul"),
    ],
)
def test_what_reads_alike_folds_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_the_marks_of_kana_and_hangul_tell_letters_apart() -> None:
    assert fold("ガス") == "ガス" != fold("カス")
    assert fold("ｶﾞｽ") == "ガス"
    assert fold("한국") == "한국"


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_such_characters_are_recognised() -> None:
    assert all(has_cjk(text) for text in ("远东", "カナ", "한국", "𠮷", "Acme 远"))
    assert not any(has_cjk(text) for text in ("", "plain", "é", "Ж", "☎"))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Borealis Ltd.", "borealis"),
        ("Borealis Co., Ltd", "borealis"),
        ("BOREALIS,Inc", "borealis"),
        ("Borealis GmbH & Co. KG", "borealis"),
        ("Borealis S.A.", "borealis"),
        ("Borealis B. V.", "borealis"),
        ("Borealis Pty Ltd", "borealis"),
        ("Borealis Ltd (Shanghai)", "borealis shanghai"),
        ("Borealis Oy Ab", "borealis"),
        ("O'Hara & Söhne AG", "ohara sohne"),
        ("North-West Trading plc", "north west trading"),
        ("AS Nordlys", "as nordlys"),
        ("Co-op Markets", "co op markets"),
        ("Inc", "inc"),
        ("Limited Company", "limited"),
        ("远东仪器有限公司", "远东仪器"),
        ("远东仪器（上海）股份有限公司", "远东仪器上海"),
        ("远东 有限责任公司", "远东"),
        ("海风集团", "海风"),
        ("海風集團有限公司", "海風"),
        ("北风公司", "北风"),
        ("公司", "公司"),
        ("有限公司", "有限公司"),
        ("株式会社山風", "山風"),
        ("㈱山風", "山風"),
        ("(주)바람", "바람"),
        ("!!!", ""),
    ],
)
def test_a_company_goes_by_its_name_without_form_and_signs(name: str, key: str) -> None:
    assert company_key(name) == key


@given(ANY_TEXT)
def test_every_name_has_a_key_of_at_most_its_words(text: str) -> None:
    key = company_key(text)
    assert key == " ".join(key.split())


@pytest.mark.parametrize(
    ("full", "given_name", "family"),
    [
        ("Lewis, James", "James", "Lewis"),
        ("Lewis,James Earl", "James Earl", "Lewis"),
        ("Jane van Dyke", "Jane", "van Dyke"),
        ("Ludwig Van der Meer", "Ludwig", "Van der Meer"),
        ("Mary Ann Porter", "Mary Ann", "Porter"),
        ("Nadia", "Nadia", ""),
        ("Tom Park Jr.", "Tom", "Park Jr."),
        ("Tom Park, Jr.", "Tom", "Park Jr."),
        ("Di Smith", "Di", "Smith"),
        ("  Ana   Lima ", "Ana", "Lima"),
        ("", "", ""),
        (",", "", ""),
        ("王小明", "小明", "王"),
        ("王明", "明", "王"),
        ("欧阳娜", "娜", "欧阳"),
        ("诸葛小亮", "小亮", "诸葛"),
        ("司马", "马", "司"),
        ("王 小明", "小明", "王"),
        ("김민수", "민수", "김"),
        ("安娜·卡列尼娜", "安娜", "卡列尼娜"),
        ("王", "王", ""),
    ],
)
def test_a_name_has_a_given_and_a_family_part(full: str, given_name: str, family: str) -> None:
    assert person_name_parts(full) == (given_name, family)


@given(ANY_TEXT)
def test_any_text_can_be_taken_for_a_name(text: str) -> None:
    given_name, family = person_name_parts(text)
    assert len(given_name) + len(family) <= len(text) + text.count(",")
