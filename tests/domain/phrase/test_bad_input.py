"""Bad input is told in one sentence with its place and a remedy, and never crashes the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.phrase.lines import LONGEST, read_line
from sfa.domain.phrase.values import Line, PhraseError
from tests.domain.phrase.reading import NOW, SmallBook, read
from tests.support.payloads import PAYLOADS

TYPED = (
    "called call met Jane Bob Acme at from with and then next , ; . : - @ # ! @Acme #q2 !high 40k €12,500 20万 60% friday"
    " tomorrow yesterday 31.2. 10:00 15min 1h30 by close won lost moved to proposal because note no answer interested"
    " 打电话 给 王经理 远东仪器 拜访 明天 下午3点 下周二 半小时 没接 ； ， 的 和 了 赢单 丢单 备注 +49301234567 a@b.example "
)
WORDS = st.sampled_from([*TYPED.split(), '"'])
LINES = st.one_of(
    st.text(max_size=300),
    st.lists(WORDS, max_size=60).map(" ".join),
    st.lists(WORDS, max_size=60).map("".join),
    st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=40).map(" ".join),
)


def refused(text: str) -> str:
    with pytest.raises(PhraseError) as caught:
        read(text)
    return str(caught.value)


def read_or_refused(text: str) -> Line | None:
    try:
        return read(text)
    except PhraseError as error:
        assert_one_sentence(str(error))
        return None


def assert_one_sentence(message: str) -> None:
    assert 0 < len(message) < 400
    assert message[-1] in ".”"
    assert not any(character < " " or character == "\x7f" for character in message)


@pytest.mark.parametrize("text", ["asdf qwer", "foo", "interested", "tomorrow", "qwer; asdf", "下周三", "hm, well"])
def test_nothing_understood_says_so_and_shows_the_nearest_form(text: str) -> None:
    message = refused(text)

    assert "Nothing was understood" in message
    assert "column 1" in message
    assert "called Jane" in message or "打电话给" in message


def test_a_name_alone_is_told_what_is_missing() -> None:
    assert (
        refused("Acme") == "“Acme” at column 1 names “Acme”, but not what was done or is to be done: try “called Acme”."
    )


def test_a_clause_that_tells_nothing_is_named_with_its_place() -> None:
    message = refused("asdf qwer; send quote friday")

    assert "“asdf qwer” at column 1" in message


@pytest.mark.parametrize("text", ["", "   ", "\t\n", "\x1b\x07", "；，"])
def test_an_empty_line_asks_for_something(text: str) -> None:
    assert "nothing" in refused(text).lower()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("send quote 31 feb", "31"),
        ("call Jane 30.2.2026", "30"),
        ("send quote yesterday", "“yesterday” at column 12"),
        ("call Jane yesterday", "“yesterday” at column 11"),
        ("提醒我 昨天发报价", "“昨天” at column 5"),
        ("called Jane tomorrow", "“tomorrow” at column 13"),
        ("called Jane, offered 40k or 50k", "“50k” at column 29"),
        ("new deal Acme 40k, €50,000", "“€50,000” at column 20"),
        ("赢单 远东仪器 20万 30万", "“30万” at column 13"),
        ("deal Acme 40k close last year", "“last year” at column 21"),
    ],
)
def test_what_cannot_be_is_named_with_its_place(text: str, words: str) -> None:
    message = refused(text)

    assert words in message
    assert_one_sentence(message)


def test_the_same_amount_twice_is_one() -> None:
    acts = read("called Jane, 40k (40,000 EUR)").acts

    assert [act.amount.value for act in acts if act.amount] == ["40000"]


def test_a_very_long_line_is_refused_with_its_length() -> None:
    assert "10000 characters" in refused("a" * 10_000)
    assert f"{LONGEST} are the most" in refused("called Jane " * 1000)


def test_a_line_of_the_greatest_length_is_read() -> None:
    line = "called Jane at Acme, " + "she told about the plant " * 78

    assert len(line.strip()) <= LONGEST
    assert read(line).acts[0].people == ("Jane",)


def test_too_many_clauses_are_refused_with_the_place() -> None:
    assert "more than 30 clauses" in refused("call Jane friday;" * 40)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_and_control_stay_inert(payload: str) -> None:
    line = read_or_refused(f"called Jane at Acme, {payload}; send quote friday")

    if line is not None:
        told = [text for act in line.acts for text in (act.text, *act.people, act.company or "")]
        assert not any(character < " " or character == "\x1b" for text in told for character in text)


@given(LINES)
def test_no_text_crashes_the_reader(text: str) -> None:
    line = read_or_refused(text)

    assert line is None or line.acts


@given(st.text(alphabet=st.characters(), max_size=LONGEST + 10))
def test_no_unicode_crashes_the_reader(text: str) -> None:
    read_or_refused(text)


def test_the_book_is_asked_for_few_names() -> None:
    book = SmallBook()

    read_line("called Jane at Acme, " + "Word word 王 " * 150, now=NOW, book=book)

    assert book.asked <= 40
