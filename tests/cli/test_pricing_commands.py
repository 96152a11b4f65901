"""`sfa quote total` and `sfa price simulate` as the shell sees them."""

import json
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.support.shell import Result, call_cli, run_cli

QUOTE, PRICE = ("quote", "total"), ("price", "simulate")
VAT = {"tax_percent": "19"}


def ask(home: Path, words: tuple[str, str], case: object) -> Result:
    return call_cli([*words, "--input", "-", "--json"], home, typed=json.dumps(case))


def document(*lines: Mapping[str, object], **more: object) -> dict[str, object]:
    return {"currency": "EUR", "lines": [{"quantity": 1, "price": "10", **VAT, **line} for line in lines], **more}


def test_a_document_of_all_parts_is_totalled(tmp_path: Path) -> None:
    """P8 of the reference."""
    own = [{"charge": True, "percent": "1", "base": "100"}, {"amount": "101"}]
    told = ask(
        tmp_path,
        QUOTE,
        {
            "currency": "EUR",
            "prepaid": "1000",
            "lines": [
                {"id": "L1", "quantity": "10", "price": "410", "allowances_charges": own, "tax_percent": "25"},
                {"quantity": "10", "price": 200, "price_base_quantity": 2, "tax_category": "E"},
                {"quantity": "10", "price": 100.00, "allowances_charges": own, "tax_percent": "25"},
            ],
            "document_allowances_charges": [
                {"charge": True, "percent": "20", "base": "1000", "tax_percent": "25"},
                {"amount": "200", "tax_percent": "25"},
            ],
        },
    )
    assert (told.code, told.stderr) == (0, "")
    assert [(line["id"], line["line_net"]) for line in told.value["lines"]] == [
        *(("L1", "4000.00"), ("2", "1000.00"), ("3", "900.00"))
    ]
    assert told.value["tax_subtotals"] == [
        {"taxable": "1000.00", "tax": "0.00", "category": "E", "percent": "0"},
        {"taxable": "4900.00", "tax": "1225.00", "category": "S", "percent": "25"},
    ]
    assert told.value["totals"] == {
        "LineExtensionAmount": "5900.00",
        "AllowanceTotalAmount": "200.00",
        "ChargeTotalAmount": "200.00",
        "TaxExclusiveAmount": "5900.00",
        "TaxInclusiveAmount": "7125.00",
        "PrepaidAmount": "1000.00",
        "PayableRoundingAmount": "0.00",
        "PayableAmount": "6125.00",
    }
    assert told.value["tax_total"] == "1225.00"


def test_people_get_a_table_and_a_file_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "doc.json"
    path.write_text(json.dumps(document({}, {"role": "optional"})), encoding="utf-8")
    told = call_cli(["quote", "total", "--input", str(path)], tmp_path)
    assert (told.code, told.stderr) == (0, "")
    assert told.lines[1].split() == ["1", "10.00", "1.90"]
    assert told.lines[2].endswith("not counted")
    assert told.lines[-1].split() == ["Payable", "11.90", "EUR"]
    assert list(tmp_path.iterdir()) == [path]


def test_several_documents_give_an_array(tmp_path: Path) -> None:
    told = ask(tmp_path, QUOTE, [document({}), document({"quantity": 2})])
    assert [one["totals"]["PayableAmount"] for one in told.value] == ["11.90", "23.80"]


@pytest.mark.parametrize(
    ("more", "payable"),
    [
        ({"tax_inclusive": True}, "0.99"),
        ({"tax_method": "line"}, "1.17"),
        ({"tax_method": "total"}, "1.18"),
        ({"rounding": "down"}, "1.17"),
        ({"cash_rounding": "0.05"}, "1.20"),
        ({"payable_rounding": "0.02"}, "1.20"),
        ({"prepaid": "1.18"}, "0.00"),
    ],
    ids=str,
)
def test_what_a_document_may_say(tmp_path: Path, more: dict[str, object], payable: str) -> None:
    """Three lines of 0.33 at 19 %."""
    told = ask(tmp_path, QUOTE, document(*[{"price": "0.33"}] * 3, **more))
    assert told.value["totals"]["PayableAmount"] == payable


def test_no_decimal_of_a_price_or_quantity_is_lost(tmp_path: Path) -> None:
    line = {"quantity": "3000000.00000001", "price": "0.3333333333", "price_base_quantity": "0.0000001"}
    told = ask(tmp_path, QUOTE, document(line))
    exact = Decimal(line["quantity"]) * Decimal(line["price"]) / Decimal(line["price_base_quantity"])
    assert Decimal(told.value["lines"][0]["line_net"]) == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_a_line_without_tax_is_out_of_scope_and_is_named(tmp_path: Path) -> None:
    told = ask(tmp_path, QUOTE, {"currency": "EUR", "lines": [{"quantity": 1, "price": 5}]})
    assert told.value["tax_subtotals"][0]["category"] == "O"
    assert told.stderr == "No tax is named on line 1: counted as out of scope (O).\n"


def test_totals_that_a_document_states_are_compared(tmp_path: Path) -> None:
    told = ask(tmp_path, QUOTE, document({}, totals={"PayableAmount": "12.00", "TaxExclusiveAmount": "10"}))
    assert (told.code, told.value["totals"]["PayableAmount"]) == (0, "11.90")
    assert told.stderr == "totals.PayableAmount: the document says 12.00, computed is 11.90.\n"


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        ({"lines": []}, "currency: missing: name the currency by its code, such as EUR."),
        ({"currency": "EUR"}, "lines: missing: a document needs a list of lines."),
        (document({}, currency="QQQ"), "currency: there is no currency “QQQ”"),
        (document({}, {}, {"quantity": "two"}), "lines[2].quantity: “two” is no number"),
        (document({"quantity": "1,5"}), "lines[0].quantity: “1,5” is no number"),
        (document({"quantity": True}), "lines[0].quantity: “True” is no number"),
        (document({"quantity": -1}, type="Quote"), "lines[0].quantity: not negative in a quote or order"),
        (document({"price": "-1"}), "lines[0].price: not negative; make the quantity negative instead."),
        (document({"price_base_quantity": 0}), "lines[0].price_base_quantity: the quantity that the price is for"),
        (document({"prise": 1}), "lines[0].prise: nothing here has that name."),
        (document({}, discount=1), "discount: nothing here has that name."),
        (document({"allowances_charges": [{"percent": "101"}]}), "lines[0].allowances_charges[0].percent: "),
        (document({"allowances_charges": [{"reason": "x"}]}), "lines[0].allowances_charges[0].amount: missing: give"),
        (document({"allowances_charges": [{"amount": "0.001"}]}), "“0.001” has more decimals than EUR has."),
        (document({"tax_category": "E"}), "lines[0].tax_category: Tax E at 19 %: only S, L and M have a rate"),
        (document({"tax_category": "Q"}), "lines[0].tax_category: There is no tax category “Q”"),
        (document({"periods": 1.5}), "lines[0].periods: “1.5” is no whole number."),
        (document({"role": "maybe"}), "lines[0].role: there is no “maybe”."),
        (document({}, document_allowances_charges=[{"amount": "1e3", "x": 1}]), "document_allowances_charges[0].x"),
        (
            document({"price": 0}, document_allowances_charges=[{"amount": 1}]),
            "cannot be spread over lines that add up",
        ),
        (document({}, lines=5), "lines: a list is needed, in square brackets."),
        (document({}, lines=[5]), "lines[0]: an object is needed, in curly brackets."),
        ([document({}), document({"quantity": "x"})], "[1].lines[0].quantity: “x” is no number"),
        (5, "The text: an object is needed, in curly brackets."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_with_a_document_is_one_sentence_with_its_place(
    tmp_path: Path, case: object, sentence: str
) -> None:
    refused = ask(tmp_path, QUOTE, case)
    assert (refused.code, refused.stdout) == (2, "")
    assert refused.stderr.startswith("sfa: ")
    assert sentence in refused.stderr


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "line 1, column 1: no JSON"),
        ('{"currency": "EUR",}', "line 1, column 20: no JSON"),
        ('{"a": 1, "a": 2}', "the key “a” stands twice"),
        ('{"a": NaN}', "NaN is no number"),
        ("[" * 100_000, "nested too deeply"),
        ('{"currency": "EUR", "lines": [{"quantity": 1e999999, "price": 1}]}', "is no number"),
        ('{"currency": "EUR", "lines": [{"quantity": 1' + "0" * 30 + ', "price": 1}]}', "too many digits"),
    ],
    ids=["empty", "comma", "twice", "nan", "deep", "huge", "long"],
)
def test_text_that_is_no_json_is_refused_with_its_place(tmp_path: Path, text: str, sentence: str) -> None:
    refused = call_cli([*QUOTE, "--input", "-"], tmp_path, typed=text)
    assert (refused.code, refused.stdout) == (2, "")
    assert sentence in refused.stderr


def test_the_input_must_be_named_and_there(tmp_path: Path) -> None:
    for words in (QUOTE, PRICE):
        assert call_cli(words, tmp_path).code == 2
        assert call_cli([*words, "--input", str(tmp_path / "none.json")], tmp_path).code == 3
    latin = tmp_path / "latin.json"
    latin.write_bytes(b'{"a": "\xe9"}')
    assert "no UTF-8 text (byte 7)" in call_cli([*QUOTE, "-i", str(latin)], tmp_path).stderr


def test_the_real_program_reads_a_pipe(tmp_path: Path) -> None:
    told = run_cli([*QUOTE, "--input", "-", "--json"], tmp_path, typed=json.dumps(document({"name": "床"})))
    assert (told.code, told.value["totals"]["PayableAmount"]) == (0, "11.90")


WATERFALL: dict[str, object] = {
    "currency": "EUR",
    "on": "2026-03-01",
    "customer": {"account": "Acme"},
    "prices": [{"product": "P", "price": "100"}],
    "contracts": [{"account": "Acme", "product": "P", "price": "92.50"}],
    "schedules": [{"id": "V", "products": ["P"], "tiers": [{"from": 1, "to": 99, "value": 10}, {"from": 100, "value": 12}]}],
    "rules": [{"id": "spring", "percent": "5", "valid_from": "2026-03-01"}],
    "lines": [{"product": "P", "quantity": 60, "discounts": ["3"], "floor": "77", "cost": "55", **VAT}],
    "approval": {
        "matrix": [
            {"id": "m", "approver": "manager", "conditions": [{"metric": "blended_discount", "op": ">", "threshold": 10}]},
            {"id": "f", "approver": "director", "conditions": [{"metric": "floor_breaches", "op": ">=", "threshold": 1}]},
        ]
    },
}  # fmt: skip


def test_a_price_comes_with_its_steps_its_next_break_and_its_approvals(tmp_path: Path) -> None:
    """P3 of the reference."""
    told = ask(tmp_path, PRICE, WATERFALL)
    line = told.value["lines"][0]
    assert [(step["stage"], step["after"]) for step in line["steps"]] == [
        ("list", "100"),
        ("contract", "92.5"),
        ("schedule", "83.25"),
        ("rule", "79.0875"),
        ("representative", "76.714875"),
    ]
    assert (line["line_net"], line["discount_percent"], line["is_below_floor"]) == ("4602.89", "23.2851", True)
    assert line["next_break"] == {
        "missing": "40",
        "quantity": "100",
        "amount": "7501.01",
        "more": "2898.12",
        "saved": "170.48",
    }
    assert told.value["totals"]["PayableAmount"] == "5477.44"
    assert told.value["approval"]["metrics"]["margin"] == "28.3059"
    assert [need["approver"] for need in told.value["approval"]["needed"]] == ["director", "manager"]
    assert told.value["warnings"] == ["Schedule V: 100 cost less in all than 99; the type slab avoids that."]
    people = call_cli([*PRICE, "-i", "-"], tmp_path, typed=json.dumps(WATERFALL))
    assert "  60 x 76.714875 = 4,602.89 EUR" in people.lines
    assert "  40 more would save 170.48 EUR" in people.lines


def test_what_was_approved_needs_no_approval_again(tmp_path: Path) -> None:
    approval: Any = WATERFALL["approval"]
    approved = {"m": {"blended_discount": "23.5"}, "f": {"floor_breaches": 1}}
    told = ask(tmp_path, PRICE, {**WATERFALL, "approval": {**approval, "approved": approved}})
    assert told.value["approval"]["needed"] == []


def test_the_margin_of_what_recurs_is_that_of_all_its_periods(tmp_path: Path) -> None:
    """Twelve months and ten days of thirty, at 90 instead of 100, at a cost of 45."""
    line = {"price": 100, "quantity": 3, "discounts": [10], "cost": 45, "tax_category": "Z"}
    runs = {"periods": 12, "days": 10, "days_in_period": 30}
    told = ask(tmp_path, PRICE, {"currency": "EUR", "lines": [{**line, **runs}]}).value
    assert told["lines"][0]["line_net"] == "3330.00"
    metrics = told["approval"]["metrics"]
    assert (metrics["blended_discount"], metrics["margin"]) == ("10", "50")


def test_bundles_returns_and_lines_that_share_a_schedule(tmp_path: Path) -> None:
    """P12, P14, and six and four of a schedule of the quote."""
    shared = {"price": "50", "schedule": "Q", **VAT}
    told = ask(
        tmp_path,
        PRICE,
        {
            "currency": "EUR",
            "schedules": [
                {"id": "Q", "scope": "quote", "tiers": [{"from": 1, "value": 0}, {"from": 10, "value": 10}]}
            ],
            "lines": [
                *({"id": name, "price": price, "quantity": 1, **VAT} for name, price in zip("abc", (799, 249, 151), strict=True)),
                {"id": "three", "price": "33.33", "price_base_quantity": 1, "quantity": 3, "tax_category": "Z"},
                *({"id": f"s{quantity}", "quantity": quantity, **shared} for quantity in (6, 4)),
            ],
            "bundles": [{"id": "set", "price": "999", "lines": ["a", "b", "c"]}],
            "returns": [{"line": "three", "quantities": [1, 1, 1]}],
        },
    )  # fmt: skip
    nets = {line["id"]: line["line_net"] for line in told.value["lines"]}
    assert nets == {"a": "665.72", "b": "207.47", "c": "125.81", "three": "99.99", "s6": "270.00", "s4": "180.00"}
    assert told.value["returns"] == [{"line": "three", "amounts": ["-33.33", "-33.33", "-33.33"]}]


def test_books_of_other_currencies_policies_and_taxes_within_prices(tmp_path: Path) -> None:
    case = {
        "currency": "USD",
        "rates": {"EUR": "1.1"},
        "books": [{"id": "std", "currency": "EUR", "tax_inclusive": True, "standard": True}],
        "prices": [{"book": "std", "product": "P", "price": "10.00"}],
        "contracts": [
            {"account": "A", "product": "P", "percent": "5"},
            {"group": "G", "product": "P", "percent": "20"},
        ],
        "customer": {"account": "A", "groups": ["G"]},
        "lines": [{"product": "P", "quantity": 1, "tax_percent": "10"}],
    }
    own = ask(tmp_path, PRICE, case).value
    best = ask(tmp_path, PRICE, {**case, "policy": "best_price"}).value
    assert (own["lines"][0]["net_price"], best["lines"][0]["net_price"]) == ("10.45", "8.8")
    assert (own["totals"]["TaxExclusiveAmount"], own["totals"]["TaxInclusiveAmount"]) == ("9.50", "10.45")


def simulated(*lines: Mapping[str, object], **more: object) -> dict[str, object]:
    return {"currency": "EUR", "lines": [{"quantity": 1, "price": 5, **line} for line in lines], **more}


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        (simulated({"quantity": -1}), "lines[0].quantity: not negative; a line that comes back says"),
        (simulated({"quantity": 0}), "lines[0].quantity: a quantity of 0 has no price"),
        (simulated({"discounts": ["10", "101"]}), "lines[0].discounts[1].percent: "),
        (simulated({"discounts": [{"percent": 1, "amount": 1}]}), "lines[0].discounts[0]: give one of percent or"),
        (simulated({"discounts": [{"percent": 60, "additive_group": "g"}] * 2}), "lines[0]: The discounts of “g”"),
        (simulated({"schedule": "W"}), "lines[0].schedule: there is no schedule W among schedules."),
        (simulated({}, schedules=[{"id": "V", "tiers": []}]), "schedules[0]: Schedule V has no tiers"),
        (
            simulated({}, schedules=[{"id": "V", "tiers": [{"from": 1, "to": 9, "value": 1}, {"from": 9, "value": 2}]}]),
            "schedules[0].tiers[1]: the tier from 9 overlaps the one from 1 to 9",
        ),
        (
            simulated({}, schedules=[{"id": "V", "tiers": [{"from": 1, "to": 9, "value": 1}, {"from": 12, "value": 2}]}]),
            "schedules[0].tiers[1]: there is a gap between 9 and 12",
        ),
        (
            simulated({}, schedules=[{"id": n, "products": ["P"], "tiers": [{"from": 1, "value": 1}]} for n in "VW"]),
            "schedules[1].products: P has schedule V already",
        ),
        (
            {"currency": "USD", "books": [{"id": "s", "currency": "EUR"}], "prices": [{"product": "P", "price": 1}],
             "lines": [{"product": "P", "quantity": 1}]},
            "lines[0]: No rate from EUR to USD is stored",
        ),
        (simulated({}, rates={"EUR": 0}), "rates.EUR: a rate is positive"),
        (simulated({}, rules=[{"percent": 5, "valid_to": "2026-13-01"}], on="2026-01-01"), "rules[0].valid_to: "),
        (simulated({}, rules=[{"percent": 5, "valid_to": "2026-12-01"}]), "on: missing: rules[0] is valid for certain"),
        (simulated({"id": 1}, {"id": 1}), "lines[1].id: there are two lines 1"),
        (simulated({}, bundles=[{"price": 1, "lines": ["9"]}]), "bundles[0].lines: 9 is no line"),
        (simulated({}, returns=[{"line": "1", "quantities": [1, 1]}]), "returns[0].quantities[1]: 1 cannot come back"),
        ({"currency": "EUR", "lines": [{"product": "P", "quantity": 1}]}, "lines[0]: No price of P in EUR: add it"),
        (
            simulated({"term": 12, "periods": 12, "schedule": "T"},
                      schedules=[{"id": "T", "measure": "term", "tiers": [{"from": 1, "value": 1}]}]),
            "lines[0].periods: leave it out: the schedule prices the whole term.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_wrong_with_a_case_is_one_sentence_with_its_place(tmp_path: Path, case: object, sentence: str) -> None:
    refused = ask(tmp_path, PRICE, case)
    assert (refused.code, refused.stdout) == (2, "")
    assert sentence in refused.stderr


def test_the_examples_of_the_page_are_what_the_program_says(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "pricing.md").read_text(encoding="utf-8")
    blocks = [block.split("```")[0] for block in page.split("```json\n")[1:]]
    assert len(blocks) == 4
    for words, case, shown in ((QUOTE, blocks[0], blocks[1]), (PRICE, blocks[2], blocks[3])):
        told = ask(tmp_path, words, json.loads(case))
        assert told.code == 0, told.stderr
        expected = json.loads(shown)
        assert {key: told.value[key] for key in expected} == expected
