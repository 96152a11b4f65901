"""What is refused when a bundle is loaded: one sentence, its line, a remedy (domain.md 2.8)."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.configurator import checks
from sfa.domain.configurator.checks import load
from sfa.domain.configurator.model import BundleError

GROUPS = """name = "Cell"

[[group]]
id = "one"
max = 1
[[group.option]]
id = "a"
[[group.option]]
id = "b"

[[group]]
id = "two"
[[group.option]]
id = "c"
max = 4
[[group.option]]
id = "d"
"""
FIRST_RULE = GROUPS.count("\n") + 1


def rule(*lines: str) -> str:
    return "\n".join([GROUPS + "[[rule]]", *lines])


def refusal(text: str) -> BundleError:
    with pytest.raises(BundleError) as caught:
        load(text, "cell")
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)
    assert caught.value.remedy
    return caught.value


def test_a_bundle_in_order_is_loaded() -> None:
    model = load(GROUPS, "cell").model
    assert [option.id for option in model.options] == ["a", "b", "c", "d"]
    assert load(GROUPS, "cell").model.version == model.version != load(GROUPS + "# other", "cell").model.version


@pytest.mark.parametrize(
    ("lines", "sentence", "line"),
    [
        (['kind = "excludes"', 'options = ["a", "x"]'], "There is no option “x”.", 2),
        (['kind = "requires"', 'option = "a"', 'needs = "x"'], "There is no option “x”.", 3),
        (['kind = "requires"', 'option = "a"', 'needs = "a"'], "The option a requires itself.", 3),
        (['kind = "requires"', 'option = "a"', 'needs = "c"', 'ratio = "1/0"'], "ratio cannot be “1/0”.", 4),
        (['kind = "exclude"', 'options = ["a", "b"]'], "kind cannot be “exclude”.", 1),
        (['kind = "excludes"', 'option = ["a", "b"]'], "“option” is no key of [[rule]].", 2),
        (['kind = "excludes"'], "[[rule]] lacks options.", 0),
        (['kind = "condition"', 'if = "a and"', 'then = "b"'], "Something is missing at the end in “a and”.", 2),
        (['kind = "condition"', 'if = "a"', 'then = "b or nobody"'], "“nobody” is no option in “b or nobody”.", 3),
        (['kind = "condition"', 'if = "a"', 'then = "one > 1"'], "“one” is a group: write count(one) or units(one)", 3),
        (['kind = "condition"', "if = '__import__(\"os\")'", 'then = "b"'], "“__import__” is no option", 2),
        (['kind = "condition"', 'if = "c * d > 1"', 'then = "b"'], "Only a number can multiply", 2),
        (['kind = "condition"', 'if = "a; b"', 'then = "b"'], "“; b” cannot be read", 2),
        (['kind = "condition"', f'if = "{"(" * 60}a"', 'then = "b"'], "More than 40 parentheses", 2),
        (['kind = "table"', 'columns = ["one", "three"]', 'rows = [["a", "c"]]'], "There is no group “three”.", 2),
        (['kind = "table"', 'columns = ["one"]', 'rows = [["a", "c"]]'], "Row 1 of the table has 2 cells", 3),
        (['kind = "table"', 'columns = ["one"]', 'rows = [["c"]]'], "“c” is no value of the column “one”.", 3),
        (
            ['kind = "resource"', 'name = "r"', "supply = { a = 1.5 }", "demand = { c = 1 }"],
            "supply must be a table",
            3,
        ),
        (['kind = "default"', 'option = "c"', "quantity = 9"], "9 of c is not between its 1 and 4.", 3),
        (
            ['kind = "auto_add"', 'trigger = "a"', 'option = "c"', "quantity = 2", 'ratio = "1"'],
            "a quantity and a ratio",
            4,
        ),
        (['kind = "cardinality"', 'group = "two"', "min = 3"], "3 different options are wanted of 2.", 3),
        (['kind = "cardinality"', 'group = "two"', "min = 2", "max = 1"], "contradict each other.", 3),
        (['kind = "cardinality"', 'group = "one"', "min = 2"], "One: at least 2 and at most 1 contradict", 3),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_rule_at_fault_is_named_with_its_line(lines: list[str], sentence: str, line: int) -> None:
    error = refusal(rule(*lines))
    assert sentence.casefold() in str(error).casefold()
    assert error.line == FIRST_RULE + line


def test_options_that_bring_each_other_along_in_a_circle() -> None:
    text = rule('kind = "auto_add"', 'trigger = "c"', 'option = "d"')
    error = refusal(text + '\n[[rule]]\nkind = "auto_add"\ntrigger = "d"\noption = "c"')
    assert "in a circle: " in str(error)
    assert "c → d" in str(error)
    assert error.line in (FIRST_RULE, FIRST_RULE + 4)


def test_an_option_that_no_valid_list_holds_is_told_with_the_rules_against_it() -> None:
    text = (
        rule('kind = "requires"', 'option = "a"', 'needs = "c"') + '\n[[rule]]\nkind = "excludes"\noptions = ["a", "c"]'
    )
    error = refusal(text)
    assert str(error) == "No valid list holds a: a requires c; a excludes c."
    assert text.splitlines()[error.line - 1] == 'id = "a"'


def test_rules_that_nobody_can_obey() -> None:
    text = (
        rule('kind = "condition"', 'if = "not a"', 'then = "a"')
        + '\n[[rule]]\nkind = "condition"\nif = "a"\nthen = "b"'
    )
    assert str(refusal(text)).startswith("No choice obeys all rules: ")


def test_an_option_that_only_comes_along_is_no_fault() -> None:
    text = rule('kind = "auto_add"', 'trigger = "a"', 'option = "d"') + '\n[[rule]]\nkind = "hide"\noptions = ["d"]'
    assert load(text, "cell").feeds


@pytest.mark.parametrize(
    ("text", "sentence", "line"),
    [
        ("", "The bundle has no [[group]].", 1),
        ("x = = 1", "The file is no TOML", 1),
        ('nmae = "x"\n' + GROUPS, "“nmae” is no key of a bundle.", 1),
        (GROUPS.replace('"d"', '"a"'), "The id a is used twice.", 17),
        (GROUPS.replace('"two"', '"a"'), "The id a is used twice.", 12),
        (GROUPS.replace('"d"', '"not"'), "“not” cannot be an id.", 17),
        (GROUPS.replace('"d"', '"d-1"'), "“d-1” cannot be an id.", 17),
        (GROUPS.replace("max = 4", "max = 0"), "The option c goes from 1 to 0", 15),
        (GROUPS.replace("max = 4", "max = 10000"), "max must be a whole number from 0 to 9999.", 15),
        (GROUPS.replace("max = 4", "max = 1.5"), "max must be a whole number", 15),
        (GROUPS.replace("max = 1\n", "max = 1\nmin = 3\n"), "wants at least 3 and at most 1", 6),
        (GROUPS.replace("max = 4", 'price = "fixed"'), "The fixed price of c has no currency.", 15),
        ('currency = "EURO"\n' + GROUPS, "“EURO” is no currency.", 1),
        ("group = 3", "group must be a list of tables.", 1),
        ("[[group]]\nid = 3", "id must be a text.", 2),
        ("a = " + "[" * 2_000, "The file is no TOML", 1),
        ("#" * 1_000_001, "The file is longer than a million characters.", 1),
    ],
    ids=range(17),
)
def test_a_file_at_fault_is_named_with_its_line(text: str, sentence: str, line: int) -> None:
    error = refusal(text)
    assert sentence in str(error)
    assert error.line == line


def test_a_word_nearly_right_is_told() -> None:
    assert refusal(rule('kind = "exclude"', 'options = ["a", "b"]')).remedy == "Did you mean excludes?"


def test_what_steers_a_terminal_is_inert_in_names_and_errors() -> None:
    model = load(GROUPS.replace('"Cell"', '"Cell\\u001b[31m[/x]"'), "cell").model
    assert "\x1b" not in model.name
    assert "\x1b" not in str(refusal(GROUPS + '"\\u001b[2J" = 1'))


DEMO = (Path(checks.__file__).parents[2] / "services" / "demo_bundle.toml").read_text(encoding="utf-8").splitlines()
PIECES = ['id = "a"', "max = 0", "min = 7", "max = -1", 'if = "a and (b"', "rows = []", "[[rule]]", "[[group]]", "[group]",
          'kind = "hide"', "supply = 3", 'options = ["tl100", 3]', "quantity = true", "x = 1979-05-27", '"""', "[[a.b]]"]  # fmt: skip


@given(
    st.lists(st.tuples(st.integers(0, len(DEMO) - 1), st.sampled_from(["", "twice", *PIECES])), min_size=1, max_size=4)
)
def test_a_file_spoilt_at_random_is_loaded_or_refused_with_a_line(changes: list[tuple[int, str]]) -> None:
    lines = list(DEMO)
    for at, piece in changes:
        lines[at] = f"{lines[at]}\n{lines[at]}" if piece == "twice" else piece
    with suppress(BundleError):
        load("\n".join(lines), "spoilt")
        return
    error = refusal("\n".join(lines))
    assert 1 <= error.line <= len("\n".join(lines).splitlines()) + 1


def test_the_largest_table_over_the_most_options_is_loaded_in_bounds() -> None:
    options = "\n".join(f'[[group.option]]\nid = "o{at}"' for at in range(400))
    rows = ", ".join(f'["o{at}", "*"]' for at in range(400))
    text = f'[[group]]\nid = "g"\nmax = 1\n{options}\n[[group]]\nid = "h"\n[[group.option]]\nid = "p"\n'
    compiled = load(f'{text}[[rule]]\nkind = "table"\ncolumns = ["g", "h"]\nrows = [{rows}]', "large")
    assert compiled.solver.weight > 100_000
