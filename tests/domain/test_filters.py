"""Filters say what they find; what could be misread is refused with its column and a remedy."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sfa.domain.filters import (
    DEEPEST,
    LONGEST,
    OPERATORS,
    All,
    Any_,
    Comparison,
    Expression,
    FilterError,
    Not,
    Words,
    parse_filter,
    render,
)

FIELDS = st.from_regex(r"[a-z_][a-z0-9_.]{0,8}", fullmatch=True)
VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["none", "10,000", "or", "a b"]
)


def comparisons() -> st.SearchStrategy[Expression]:
    listed = st.builds(Comparison, FIELDS, st.sampled_from(["=", "!="]), st.lists(VALUES, max_size=3).map(tuple))
    single = st.builds(Comparison, FIELDS, st.sampled_from(OPERATORS), st.tuples(VALUES))
    return listed | single


def expressions() -> st.SearchStrategy[Expression]:
    def joined(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        several = st.lists(parts, min_size=2, max_size=3).map(tuple)
        return st.builds(All, several) | st.builds(Any_, several) | st.builds(Not, parts)

    leaves = comparisons() | st.builds(Words, VALUES) | st.just(All(()))
    return st.recursive(leaves, joined, max_leaves=8)


@example(Comparison("amount", "<", ("=0",)))
@example(Comparison("amount", ">", ("=",)))
@given(expressions())
def test_what_is_written_reads_the_same(expression: Expression) -> None:
    assert parse_filter(render(expression)) == expression


@given(st.text(st.sampled_from('ab =!<>~(),"\\-none or and'), max_size=40) | st.text(max_size=60))
def test_any_text_is_read_or_refused_with_its_column(text: str) -> None:
    try:
        expression = parse_filter(text)
    except FilterError as refusal:
        column, sentence = refusal.column, str(refusal)
        assert 1 <= column <= len(text) + 1, sentence
    else:
        assert parse_filter(render(expression)) == expression


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("", All(())),
        ("   ", All(())),
        ("stage=Won", Comparison("stage", "=", ("Won",))),
        ("Stage=Won", Comparison("stage", "=", ("Won",))),
        ("stage=Won,Lost", Comparison("stage", "=", ("Won", "Lost"))),
        ("stage=Won, Lost", Comparison("stage", "=", ("Won", "Lost"))),
        ('name="Nordlys, Inc",Borealis', Comparison("name", "=", ("Nordlys, Inc", "Borealis"))),
        ('name~"a \\"b\\" \\\\c"', Comparison("name", "~", ('a "b" \\c',))),
        ("next_step=", Comparison("next_step", "=", ())),
        ("next_step=none", Comparison("next_step", "=", ())),
        ("next_step!=None", Comparison("next_step", "!=", ())),
        ('next_step="none"', Comparison("next_step", "=", ("none",))),
        ("name~none", Comparison("name", "~", ("none",))),
        ("promised<today", Comparison("promised", "<", ("today",))),
        ("promised<delivered", Comparison("promised", "<", ("delivered",))),
        ("amount>10k", Comparison("amount", ">", ("10k",))),
        ("amount>=10,000.50", Comparison("amount", ">=", ("10,000.50",))),
        ("amount > 10k", Comparison("amount", ">", ("10k",))),
        ("stage = Won", Comparison("stage", "=", ("Won",))),
        ("close<=2026-12-31", Comparison("close", "<=", ("2026-12-31",))),
        ("阶段=赢单", Comparison("阶段", "=", ("赢单",))),
        ("url=a=b", Comparison("url", "=", ("a=b",))),
        ("nordlys", Words("nordlys")),
        ('"nordlys oy"', Words("nordlys oy")),
        ('"or"', Words("or")),
        ("远东", Words("远东")),
        ("-nordlys", Not(Words("nordlys"))),
        ("-stage=Won", Not(Comparison("stage", "=", ("Won",)))),
        ("not stage=Won", Not(Comparison("stage", "=", ("Won",)))),
        ("NOT (a)", Not(Words("a"))),
        ('-"a b"', Not(Words("a b"))),
        ("not not a", Not(Not(Words("a")))),
        ("a b", All((Words("a"), Words("b")))),
        ("a and b", All((Words("a"), Words("b")))),
        ("a or b", Any_((Words("a"), Words("b")))),
        ("a b OR c", Any_((All((Words("a"), Words("b"))), Words("c")))),
        ("a (b or c)", All((Words("a"), Any_((Words("b"), Words("c")))))),
        ("(stage=Won)", Comparison("stage", "=", ("Won",))),
        ("a= b", All((Comparison("a", "=", ()), Words("b")))),
        ("well-known", Words("well-known")),
    ],
)
def test_the_language(text: str, expression: Expression) -> None:
    assert parse_filter(text) == expression


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("(a", 1),
        ("a)", 2),
        (")", 1),
        ('a "b', 3),
        ("a or", 5),
        ("or a", 1),
        ("a or or b", 6),
        ("a and", 6),
        ("(a or)", 6),
        ("not", 4),
        ("amount>", 8),
        ("amount> ", 8),
        ("stage=Won,", 11),
        ("stage=Won,,Lost", 11),
        ("stage=none,Won", 1),
        ("name=Nordlys(Oslo)", 13),
        ('name="Nordlys"Oslo', 15),
        ("a close-date<today", 3),
        ("=5", 1),
    ],
)
def test_what_could_be_misread_is_refused_where_it_stands(text: str, column: int) -> None:
    with pytest.raises(FilterError) as refusal:
        parse_filter(text)
    assert refusal.value.column == column
    assert re.search(rf"column {column}\b.*: .*\.$", str(refusal.value)) or "before" in str(refusal.value)


def test_a_filter_is_bounded_in_length() -> None:
    assert parse_filter("a" * LONGEST) == Words("a" * LONGEST)
    with pytest.raises(FilterError, match="2,001 characters"):
        parse_filter("a" * (LONGEST + 1))


@pytest.mark.parametrize("opening", ["(", "not ", "-(", "not ("])
def test_a_filter_is_bounded_in_depth(opening: str) -> None:
    def nested(levels: int) -> str:
        text = opening * levels + "a"
        return text + ")" * text.count("(")

    levels = DEEPEST // (2 if opening in ("-(", "not (") else 1)
    parse_filter(nested(levels))
    with pytest.raises(FilterError, match="50 levels"):
        parse_filter(nested(levels + 1))


@pytest.mark.parametrize(
    "text", ["(" * LONGEST, "-" * LONGEST, '"' * LONGEST, "a=" * (LONGEST // 2), "a " * (LONGEST // 2)]
)
def test_the_worst_filters_are_answered(text: str) -> None:
    try:
        parse_filter(text)
    except FilterError as refusal:
        assert refusal.column <= LONGEST  # noqa: PT017 - some of them are fine
