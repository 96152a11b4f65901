"""A configured bundle on a quote, the next volume break beside it, and what the customer paid before."""

import pytest

from sfa.errors import ConflictError, UsageError
from sfa.services import configuring, history, orders, quote_aside, quote_bundles, quote_lines
from sfa.services.configuring import Bundle
from sfa.services.desk import Desk
from sfa.services.quote_line_text import LineText
from sfa.services.quote_sheet import Meant
from tests.support.factories import a_product
from tests.support.prices import a_schedule
from tests.support.quotes import a_quote, accepted_quote, net, rows_of, seen

BUNDLE = """
name = "Kit"
currency = "{currency}"

[[group]]
id = "sensor"
name = "Sensor"
min = 1

[[group.option]]
id = "ps"
name = "Pressure sensor"
product = "PS-1"
max = 5

[[group.option]]
id = "hub"
name = "Hub"
product = "HUB-4"
price = "fixed"
unit_price = "8.90"

[[group.option]]
id = "cable"
name = "Cable"
product = "CBL"
price = "included"
"""


def kit(desk: Desk, currency: str = "EUR") -> Bundle:
    folder = desk.store.workspace.folder / "bundles"
    folder.mkdir(exist_ok=True)
    (folder / "kit.toml").write_text(BUNDLE.format(currency=currency), encoding="utf-8")
    return configuring.load_bundle(desk.store.workspace.folder, "kit")


def put(desk: Desk, meant: Meant, bundle: Bundle, position: int | None = None, **choices: int) -> None:
    made = configuring.configure(bundle, choices, quote_bundles.prices_for(desk, meant))
    quote_bundles.put(desk, meant, bundle, made, position)


def told(desk: Desk, meant: Meant) -> list[tuple[str, str, int | None]]:
    return [(line.product or line.description, line.quantity, line.part_of) for line in seen(desk, meant).lines]


def test_a_bundle_is_a_line_with_its_parts(desk: Desk) -> None:
    meant = a_quote(desk)
    before = rows_of(desk, meant)
    put(desk, meant, kit(desk), ps=2, hub=1, cable=1)
    assert told(desk, meant)[1:] == [
        ("Kit", "1", None), ("Pressure sensor", "2", 2), ("Hub (HUB-4)", "1", 2), ("Cable (CBL)", "1", 2),
    ]  # fmt: skip
    assert net(desk, meant) == "1208.9"
    history.undo(desk)
    assert rows_of(desk, meant) == before


def test_a_bundle_is_configured_anew_where_it_stands(desk: Desk) -> None:
    meant = a_quote(desk)
    put(desk, meant, kit(desk), ps=2)
    quote_lines.add(desk, meant, LineText(product="V-2"))
    quote_lines.edit(desk, meant, [2], LineText(quantity="3"))
    kept = quote_bundles.kept(desk, meant, 2)
    assert kept is not None
    assert dict(kept.choices) == {"ps": 2}
    put(desk, meant, kit(desk), 2, ps=1, hub=1)
    assert told(desk, meant) == [
        ("Pressure sensor", "10", None), ("Kit", "3", None), ("Pressure sensor", "3", 2), ("Hub (HUB-4)", "3", 2),
        ("Valve", "1", None),
    ]  # fmt: skip
    assert quote_bundles.kept(desk, meant, 1) is None


def test_a_fixed_price_follows_the_stored_rate(desk: Desk) -> None:
    meant = a_quote(desk)
    bundle = kit(desk, "USD")
    with pytest.raises(UsageError, match="no rate is stored"):
        put(desk, meant, bundle, hub=1)
    with desk.store.write("rate") as work:
        work.insert("fx_rate", {"source": "USD", "target": "EUR", "on_day": "2026-01-01", "rate_e9": 500_000_000})
    put(desk, meant, bundle, hub=1)
    assert net(desk, meant) == "1004.45"


def test_parts_without_a_tax_of_their_own_are_taxed_like_the_products_beside_them(desk: Desk) -> None:
    a_tax = desk.store.ids.new()
    with desk.store.write("tax") as work:
        work.insert("tax_code", {"id": a_tax, "code": "VAT", "name": "Value added tax", "category": "S"})
        work.insert("tax_rate", {"tax_code_id": a_tax, "rate_ppm": 200_000})
    meant = a_quote(desk)
    with desk.store.write("product") as work:
        product = desk.store.value("SELECT id FROM product WHERE code = 'PS-1'")
        work.update("product", str(product), {"tax_code_id": a_tax})
    put(desk, meant, kit(desk), ps=1, hub=1)
    assert {line.tax_rate_ppm for line in seen(desk, meant).lines} == {200_000}


def test_what_breaks_a_rule_is_not_put_on_a_quote(desk: Desk) -> None:
    meant = a_quote(desk)
    with pytest.raises(ConflictError, match="Kit is not valid"):
        put(desk, meant, kit(desk))
    with pytest.raises(UsageError, match="no configured bundle"):
        put(desk, meant, kit(desk), 1, ps=1)
    assert len(told(desk, meant)) == 1


def test_the_next_break_counts_the_lines_beside_it(desk: Desk) -> None:
    meant = a_quote(desk, LineText(product="PS-1", quantity="8"))
    a_schedule(desk, "1:0% 10:10%", product="PS-1")
    assert quote_aside.aside(desk, meant, 1).next_break == "2 more units save 100.00 EUR."
    quote_lines.edit(desk, meant, [1], LineText(quantity="10"))
    assert quote_aside.aside(desk, meant, 1).words == ""


def test_the_last_price_of_another_quote_is_told(desk: Desk) -> None:
    accepted_quote(desk, LineText(product="PS-1", quantity="2", price="91.5"))
    meant = a_quote(desk, LineText(product="PS-1"), LineText(kind="text", description="Words"))
    assert quote_aside.aside(desk, meant, 1).last_price.startswith("Last paid 91.50 EUR on 2026-03-10 (Q-2026-")
    assert quote_aside.aside(desk, meant, 2).words == ""
    assert quote_aside.aside(desk, meant, 9).words == ""


def test_a_quote_and_its_own_order_are_no_earlier_price(desk: Desk) -> None:
    meant = accepted_quote(desk, LineText(product="PS-1", quantity="2", price="91.5"))
    orders.from_quote(desk, meant)
    assert quote_aside.aside(desk, meant, 1).last_price == ""


def test_a_product_without_a_price_is_told_by_name(desk: Desk) -> None:
    meant = a_quote(desk)
    a_product(desk, name="Odd", code="ODD")
    with pytest.raises(UsageError, match="Odd"):
        quote_lines.add(desk, meant, LineText(product="ODD"))
