"""`sfa price`: a price explained, and prices kept, as a rep types it."""

from pathlib import Path

import pytest

from tests.support.shell import Result, call_cli


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A book with a list, an agreement, a schedule and a promotion."""
    for words in (
        ["product", "add", "Pressure sensor", "--code", "PS1", "--category", "Sensors/Pressure", "--cost", "40 USD"],
        ["product", "add", "Show", "--price", "3 USD"],
        ["account", "add", "Acme"],
        ["book", "add", "List"],
        ["price", "set", "Pressure", "sensor", "100"],
        ["price", "contract", "Acme", "PS1", "92.50", "--ref", "C-17"],
        ["price", "schedule", "add", "Volume", "--category", "Sensors", "--tiers", "1:0% 10:10% 72:20%"],
        ["price", "promo", "add", "Spring", "--discount", "5%"],
    ):
        done = call_cli(words, tmp_path)
        assert done.code == 0, done
    return tmp_path


def sfa(home: Path, *words: str) -> Result:
    return call_cli(list(words), home)


def test_a_price_is_explained_step_by_step(home: Path) -> None:
    shown = sfa(home, "price", "PS1", "--account", "Acme", "--qty", "60", "--on", "2026-03-10", "--discount", "3%")
    assert shown.lines == [
        "Step                Price  From      Why",
        "list               100.00  List      price book List",
        "contract            92.50  C-17      contract price C-17 (account)",
        "schedule            83.25  Volume    range schedule Volume, from 10",
        "rule              79.0875  Spring    Spring: 5 % off",
        "representative  76.714875  Discount  Discount: 3 % off",
        "60 x 76.714875 = 4,602.89 USD",
        "23.2851 % off the list price of 6,000.00 USD.",
        "12 more units save 613.72 USD.",
    ]


def test_as_json_amounts_are_decimal_strings_and_shares_numbers(home: Path) -> None:
    found = sfa(home, "price", "PS1", "--account", "Acme", "--qty", "60", "--discount", "3%", "--json").value
    assert (found["amount"], found["currency"], found["discount"]) == ("4602.89", "USD", 0.232851)
    assert [step["after"] for step in found["steps"]] == ["100", "92.5", "83.25", "79.0875", "76.714875"]
    assert found["next_break"] == {"more": "12", "saving": "613.72", "amount": "4909.75"}
    assert "cost" not in found
    assert "margin" not in found


def test_who_may_see_cost_sees_the_margin(home: Path) -> None:
    assert sfa(home, "config", "price.cost_roles", "rep").code == 0
    found = sfa(home, "price", "PS1", "--qty", "2", "--json").value
    assert (found["cost"], found["margin"]) == ("80.00", 0.578947)
    assert "Margin 57.8947 %: it costs us 80.00 USD." in sfa(home, "price", "PS1", "--qty", "2").stdout
    assert "cost" in sfa(home, "product", "show", "PS1", "--json").value


@pytest.mark.parametrize("words", [("product", "show", "PS1"), ("product", "list"), ("export", "product")])
def test_cost_is_left_out_for_all_others(home: Path, words: tuple[str, ...]) -> None:
    rows = sfa(home, *words, *(("--format", "json") if words[0] == "export" else ("--json",))).value
    assert not any("cost" in row for row in (rows if isinstance(rows, list) else [rows]))


def test_a_product_that_is_called_like_a_verb(home: Path) -> None:
    assert sfa(home, "price", "show", "Show", "--json").value["price"] == "2.85"


def test_a_word_with_a_minus_is_a_discount_and_no_option(home: Path) -> None:
    done = sfa(home, "price", "contract", "--group", "Gold", "--category", "Sensors", "-8%", "--min-qty", "5")
    assert done.stdout.startswith("Agreed with Gold: Sensors at -8% from 5 units, always (")
    mistyped = sfa(home, "price", "contract", "Acme", "PS1", "90", "--form", "2026-05-01")
    assert (mistyped.code, mistyped.stderr.splitlines()[0]) == (2, "sfa: There is no option --form.")


def test_a_price_change_is_told_with_its_days_and_undone(home: Path) -> None:
    done = sfa(home, "price", "set", "PS1", "110", "USD", "--from", "2027-01-01")
    assert done.stdout.startswith("Set Pressure sensor in List to 110 USD, from 2027-01-01 (")
    assert [row["valid_to"] for row in sfa(home, "price", "list", "--json").value] == ["2027-01-01", None]
    sfa(home, "undo")
    assert [row["valid_to"] for row in sfa(home, "price", "list", "List", "--json").value] == [None]


def test_what_is_removed_lies_in_the_trash_and_comes_back(home: Path) -> None:
    for words in (("price",), ("price", "contracts"), ("price", "schedule"), ("price", "promo")):
        (row,) = sfa(home, *words, "list", "--json").value
        assert sfa(home, *words, "remove", row["ref"]).code == 0
        assert sfa(home, *words, "list", "--json").value == []
        assert row["ref"] in sfa(home, "trash", "list").stdout
        assert sfa(home, *words, "restore", row["ref"]).code == 0
        assert [back["id"] for back in sfa(home, *words, "list", "--json").value] == [row["id"]]


def test_a_dry_run_changes_nothing(home: Path) -> None:
    before = sfa(home, "price", "list", "--json").value
    assert sfa(home, "price", "set", "PS1", "1", "-n").stdout.startswith("Would do: Set Pressure sensor in List to 1")
    assert sfa(home, "price", "list", "--json").value == before


def test_a_schedule_at_which_more_costs_less_is_kept_with_a_warning(home: Path) -> None:
    done = sfa(home, "price", "schedule", "add", "Steep", "--product", "PS1", "--tiers", "1:0% 100:10%")
    assert done.code == 0
    assert "100 cost less in all than 99." in done.stderr


def test_taxes_and_exchange_rates(home: Path) -> None:
    assert sfa(home, "price", "tax", "add", "Value added tax", "--code", "VAT").code == 0
    assert sfa(home, "price", "tax", "rate", "VAT", "19%").stdout == "Set tax VAT to 19%, always. Undo: sfa undo\n"
    assert sfa(home, "product", "edit", "PS1", "--tax-code", "VAT").code == 0
    assert sfa(home, "price", "PS1", "--json").value["tax"]["amount"] == "18.05"
    missing = sfa(home, "price", "PS1", "--currency", "EUR")
    assert (missing.code, "No rate from USD to EUR is stored" in missing.stderr) == (2, True)
    assert sfa(home, "price", "rate", "EUR", "USD", "1.25", "--on", "2026-01-01").code == 0
    assert sfa(home, "price", "PS1", "--currency", "EUR", "--json").value["price"] == "76"
    assert sfa(home, "price", "rate", "--json").value == [
        {"source": "EUR", "target": "USD", "on": "2026-01-01", "rate": "1.25"}
    ]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("price", "Nothing"), 3, "No product is called Nothing."),
        (("price", "PS1", "--qty", "0"), 2, "Pressure sensor: a quantity of 0 has no price"),
        (("price", "PS1", "--qty", "many"), 2, "Quantity: “many” is no amount."),
        (("price", "PS1", "--discount", "140%"), 2, "over 100 %"),
        (("price", "PS1", "--discount", "5 EUR"), 2, "is in EUR, the price in USD"),
        (("price", "PS1", "--currency", "EURO"), 2, "“EURO” is no currency."),
        (("price", "PS1", "--book", "None"), 3, "No price book is called None."),
        (("price", "set", "PS1"), 2, "A product and its price, please."),
        (("price", "set", "PS1", "cheap"), 2, "Price: “cheap” is no amount."),
        (("price", "contract", "Acme", "92"), 2, "Say account and product and price"),
        (("price", "rate", "EUR"), 2, "Two currencies and a rate"),
        (("price", "promo", "list", "--json"), 0, ""),
    ],
)
def test_what_is_not_understood_says_why(home: Path, words: tuple[str, ...], code: int, told: str) -> None:
    done = sfa(home, *words)
    assert (done.code, told in done.stderr) == (code, True), done


def test_completion_knows_the_verbs_below_price_and_the_products(home: Path) -> None:
    assert "schedule" in sfa(home, "--complete", "price", "s").lines
    assert sfa(home, "--complete", "price", "schedule", "a").lines == ["add"]
    assert "--tiers" in sfa(home, "--complete", "price", "schedule", "add", "--t").lines
    assert "Pressure sensor" in sfa(home, "--complete", "price", "Pre").lines
