"""Lines of a quote: what they cost, what they add up to, what is refused."""

import json

import pytest

from sfa.errors import ConflictError, NotFoundError, SfaError, UsageError
from sfa.services import quote_copies, quote_headers, quote_lines
from sfa.services.desk import Desk
from sfa.services.quote_headers import Header
from sfa.services.quote_line_text import LineText
from sfa.services.quote_sheet import Meant, load
from tests.support.factories import a_product
from tests.support.quotes import a_catalogue, a_quote, rows_of, seen


def _taxed(desk: Desk) -> None:
    """Give the sensor 20 % and the valve 5 %."""
    with desk.store.write("tax") as work:
        for code, rate, product in (("VAT20", 200_000, "PS-1"), ("VAT5", 50_000, "V-2")):
            tax = work.insert("tax_code", {"code": code, "name": code})
            work.insert_many("tax_rate", ("id", "tax_code_id", "rate_ppm"), [(desk.store.ids.new(), tax, rate)])
            work.execute("UPDATE product SET tax_code_id = ? WHERE code = ?", (tax, product))


def test_a_line_keeps_every_step_of_its_price(desk: Desk) -> None:
    meant = a_quote(desk, LineText(product="sensor", quantity="10", discount="10%+5%", partner="1 EUR"))
    (line,) = seen(desk, meant).lines
    assert [(step.stage, step.after) for step in line.steps] == [
        ("list", "100"),
        ("representative", "90"),
        ("representative", "85.5"),
        ("partner", "84.5"),
    ]
    assert all(step.source for step in line.steps)
    assert (str(line.net), line.discount_ppm) == ("845.00 EUR", 155_000)


def test_a_net_price_may_be_aimed_at(desk: Desk) -> None:
    (line,) = seen(desk, a_quote(desk, LineText(product="PS-1", quantity="3", price="89.99"))).lines
    assert (line.net_price, str(line.net), line.list_price) == ("89.99", "269.97 EUR", "100")


def test_a_product_without_a_price_goes_by_the_typed_one(desk: Desk) -> None:
    a_catalogue(desk)
    a_product(desk, name="Special", code="SP")
    meant = a_quote(desk, LineText(product="SP", price="12"), LineText(product="PS-1"))
    assert seen(desk, meant).totals.net_minor == 11_200
    with pytest.raises(UsageError, match="price"):
        quote_lines.add(desk, meant, LineText(product="SP"))


def test_words_sections_and_their_sums(desk: Desk) -> None:
    meant = a_quote(
        desk,
        LineText(kind="section", description="Hardware"),
        LineText(product="PS-1", quantity="2"),
        LineText(product="valve", role="optional"),
        LineText(kind="section", description="Service"),
        LineText(description="Installation", price="80", quantity="1.5"),
        LineText(kind="text", description="Done within a day."),
    )
    told = seen(desk, meant)
    assert [str(line.subtotal) for line in told.lines if line.kind == "section"] == ["200.00 EUR", "120.00 EUR"]
    assert told.totals.net_minor == 32_000
    quote_lines.edit(desk, meant, [3], LineText(is_chosen=True))
    assert seen(desk, meant).totals.net_minor == 34_000


def test_alternatives_exclude_each_other(desk: Desk) -> None:
    meant = a_quote(
        desk,
        LineText(product="PS-1", role="alternative", choice="Sensor", is_chosen=True),
        LineText(product="valve", role="alternative", choice="Sensor"),
    )
    before = rows_of(desk, meant)
    with pytest.raises(UsageError, match="Two alternatives"):
        quote_lines.edit(desk, meant, [2], LineText(is_chosen=True))
    assert rows_of(desk, meant) == before


def test_recurring_lines_count_their_periods(desk: Desk) -> None:
    meant = a_quote(desk, LineText(product="valve", quantity="2", periods="12 months"))
    (line,) = seen(desk, meant).lines
    assert (line.periods, line.period, str(line.net)) == (12, "month", "480.00 EUR")
    assert seen(desk, meant).list.amount_minor == 48_000


def test_a_header_discount_is_spread_over_the_tax_groups_as_in_p7(desk: Desk) -> None:
    a_catalogue(desk)
    _taxed(desk)
    meant = a_quote(
        desk,
        LineText(product="PS-1", price="199.99"),
        LineText(product="PS-1", price="59.97"),
        LineText(product="V-2", price="35.00"),
    )
    quote_headers.put(desk, meant, Header("7.5%"))
    totals = seen(desk, meant).totals
    assert [(group.taxable_minor, group.tax_minor) for group in totals.tax_subtotals] == [(3238, 162), (24_046, 4809)]
    assert (totals.net_minor, totals.gross_minor) == (27_284, 32_255)


def test_a_line_may_bear_its_own_tax_and_discount(desk: Desk) -> None:
    a_catalogue(desk)
    _taxed(desk)
    meant = a_quote(desk, LineText(product="PS-1", quantity="10", tax="vat5"))
    quote_headers.put(desk, meant, Header("100", "Trade-in", line=1))
    totals = seen(desk, meant).totals
    assert (totals.net_minor, totals.tax_minor) == (90_000, 4500)
    quote_headers.put(desk, meant, Header("none", "trade-in", line=1))
    assert seen(desk, meant).totals.net_minor == 100_000


def test_a_bundle_of_one_price_divides_it_over_its_parts_as_in_p12(desk: Desk) -> None:
    a_catalogue(desk)
    meant = a_quote(desk, LineText(description="Kit", price="999", options=json.dumps({"price": "fixed"})))
    for price in ("799", "249", "151"):
        quote_lines.add(desk, meant, LineText(description=f"Part {price}", price=price), part_of=1)
    told = seen(desk, meant)
    assert [str(line.net) for line in told.lines] == ["999.00 EUR", "665.72 EUR", "207.47 EUR", "125.81 EUR"]
    assert told.totals.net_minor == 99_900
    quote_lines.edit(desk, meant, [1], LineText(quantity="3"))
    assert [line.quantity for line in seen(desk, meant).lines] == ["3", "3", "3", "3"]
    quote_lines.remove(desk, meant, [1])
    assert seen(desk, meant).lines == ()


def test_lines_move_and_bundles_with_their_parts(desk: Desk) -> None:
    meant = a_quote(desk, LineText(product="PS-1"), LineText(product="valve"))
    quote_lines.add(desk, meant, LineText(description="Cable", price="3"), part_of=1)
    names = [line.product or line.description for line in seen(desk, meant).lines]
    assert names == ["Pressure sensor", "Cable", "Valve"]
    quote_lines.move(desk, meant, 1, 3)
    told = seen(desk, meant)
    assert [line.product or line.description for line in told.lines] == ["Valve", "Pressure sensor", "Cable"]
    assert [line.part_of for line in told.lines] == [None, None, 2]
    with pytest.raises(UsageError, match="within its bundle"):
        quote_lines.move(desk, meant, 3, 1)


def test_lines_of_an_earlier_quote_come_at_the_prices_of_the_open_one(desk: Desk) -> None:
    earlier = a_quote(desk, LineText(product="PS-1", quantity="4"), LineText(product="valve", discount="50%"))
    meant = a_quote(desk, LineText(product="valve"))
    quote_copies.copy_from(desk, earlier, meant, [2])
    assert [str(line.net) for line in seen(desk, meant).lines] == ["20.00 EUR", "10.00 EUR"]
    with pytest.raises(UsageError, match="no line 9"):
        quote_copies.copy_from(desk, earlier, meant, [9])


def test_the_margin_is_for_those_who_may_see_it(desk: Desk) -> None:
    meant = a_quote(desk)
    assert (seen(desk, meant).cost, seen(desk, meant).margin_ppm) == (None, None)
    desk.store.connection.execute("UPDATE app_user SET role = 'manager'")
    told = seen(desk, meant)
    assert (str(told.cost), told.margin_ppm, told.lines[0].margin_ppm) == ("600.00 EUR", 400_000, 400_000)


BAD: list[tuple[LineText, str]] = [
    (LineText(), "needs a product or words"),
    (LineText(product="PS-1", quantity="0"), "quantity of 0"),
    (LineText(product="PS-1", quantity="-3"), "gives something back"),
    (LineText(product="PS-1", quantity="many"), "no amount"),
    (LineText(product="PS-1", discount="101%"), "A discount of 101%"),
    (LineText(product="PS-1", discount="10"), "share or an amount"),
    (LineText(product="PS-1", price="5 USD"), "is in USD, the quote in EUR"),
    (LineText(product="PS-1", price="-5"), "not negative"),
    (LineText(product="PS-1", tax="VAT99"), "no tax VAT99"),
    (LineText(product="PS-1", role="alternative"), "for what"),
    (LineText(product="PS-1", periods="forever"), "number of periods"),
    (LineText(product="no such thing"), "No product is called"),
    (LineText(description="Work"), "needs its price"),
    (LineText(kind="text", description="Words", price="3"), "neither product nor price"),
    (LineText(product="PS-1", options="[1]"), "no JSON object"),
]


@pytest.mark.parametrize(("text", "complaint"), BAD, ids=[complaint for _, complaint in BAD])
def test_a_bad_line_gets_a_sentence_and_changes_nothing(desk: Desk, text: LineText, complaint: str) -> None:
    meant = a_quote(desk)
    before = rows_of(desk, meant)
    with pytest.raises(SfaError, match=complaint):
        quote_lines.add(desk, meant, text)
    assert rows_of(desk, meant) == before


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        (Header("120%"), "A discount of 120 %"),
        (Header("1001"), "over 100 %"),
        (Header("-5"), "not negative"),
        (Header("some"), "no amount"),
        (Header("5 USD"), "is in USD"),
        (Header("none"), "has no discount"),
    ],
)
def test_a_bad_discount_gets_a_sentence_and_changes_nothing(desk: Desk, header: Header, complaint: str) -> None:
    meant = a_quote(desk)
    before = rows_of(desk, meant)
    with pytest.raises(SfaError, match=complaint):
        quote_headers.put(desk, meant, header)
    assert rows_of(desk, meant) == before


def test_a_credit_line_is_negative_on_purpose(desk: Desk) -> None:
    meant = a_quote(
        desk, LineText(product="PS-1", quantity="2"), LineText(product="valve", quantity="-1", is_credit=True)
    )
    assert seen(desk, meant).totals.net_minor == 18_000


def test_a_line_that_is_not_there_is_named(desk: Desk) -> None:
    meant = a_quote(desk)
    with pytest.raises(NotFoundError, match="has no line 7"):
        quote_lines.edit(desk, meant, [7], LineText(quantity="2"))


def test_lines_of_a_sent_quote_stay(desk: Desk) -> None:
    from sfa.services import quote_states  # noqa: PLC0415 - for this test alone

    meant = a_quote(desk)
    quote_states.send(desk, meant)
    with pytest.raises(ConflictError, match="is sent: it cannot be changed"):
        quote_lines.add(desk, meant, LineText(product="valve"))
    assert load(desk, Meant(meant.id)).version["state"] == "sent"


def test_one_command_is_one_operation_of_few_statements(desk: Desk) -> None:
    def statements(count: int) -> int:
        meant = a_quote(desk, *[LineText(product="PS-1", quantity=str(number)) for number in range(1, count + 1)])
        told: list[str] = []
        desk.store.connection.set_trace_callback(told.append)
        quote_lines.edit(desk, meant, [2], LineText(discount="3%"))
        desk.store.connection.set_trace_callback(None)
        return len(told)

    few = statements(3)
    assert few == statements(30)
    assert len(desk.store.rows("SELECT id FROM operation WHERE verb = 'quote.line' AND summary LIKE 'Changed%'")) == 2
