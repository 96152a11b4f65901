"""What holds of every line: where spans lie, that reading is the same each time, that spaces tell nothing."""

import json

from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.phrase.values import Line, PhraseError
from tests.domain.phrase.reading import plain, read
from tests.domain.phrase.test_bad_input import LINES
from tests.domain.phrase.test_corpus import ENTRIES

TYPED = st.sampled_from([str(entry["line"]) for entry in ENTRIES])
TAGS = st.lists(st.from_regex(r"[a-zäé王重][a-z0-9王点]{0,12}", fullmatch=True), max_size=4, unique=True)
KINDS = {
    "verb", "who", "account", "deal", "when", "duration", "amount", "percent", "stage", "tag", "priority", "outcome", "phone",
    "email",
}  # fmt: skip


def line_or_none(text: str) -> Line | None:
    try:
        return read(text)
    except PhraseError:
        return None


@given(st.one_of(TYPED, LINES))
def test_spans_lie_in_order_inside_the_text_without_overlap(text: str) -> None:
    line = line_or_none(text)
    behind = 0
    for span in line.spans if line else ():
        assert behind <= span.start < span.end <= len(text)
        assert span.kind in KINDS
        behind = span.end
    assert line is None or len(line.text) == len(text)


@given(st.one_of(TYPED, LINES))
def test_reading_twice_gives_the_same(text: str) -> None:
    assert line_or_none(text) == line_or_none(text)


@given(TYPED, st.sampled_from(["  ", "   ", "\t", " \u00a0"]))
def test_more_spaces_tell_nothing(text: str, gap: str) -> None:
    if any(act.phones for act in read(text).acts):
        return  # two spaces part two numbers
    spaced = gap + gap.join(text.split(" ")) + gap

    assert json.dumps(plain(read(spaced))) == json.dumps(plain(read(text)))


@given(TYPED, TAGS)
def test_tags_come_back_and_change_nothing_else(text: str, tags: list[str]) -> None:
    before = read(text)

    line = read(" ".join([text, *(f"#{tag}" for tag in tags)]))

    assert line.tags == tuple(dict.fromkeys([*before.tags, *tags]))
    assert plain(line)["acts"] == plain(before)["acts"]


@given(TYPED)
def test_a_priority_is_told_and_changes_nothing_else(text: str) -> None:
    if "!" in text or "！" in text:
        return
    before, line = read(text), read(f"{text} !urgent")

    assert line.acts[-1].priority == "urgent" or line.acts[-1].what in ("deal", "contact")
    assert [act.text for act in line.acts] == [act.text for act in before.acts]
