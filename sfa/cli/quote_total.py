"""`sfa quote total`: the totals of a document given as JSON, without the book."""

from typer.core import TyperCommand

from sfa.cli.building import command, json_option
from sfa.cli.json_input import input_option, read_input
from sfa.cli.output import emit_facts, emit_json, emit_table, say, tell
from sfa.domain.figures import from_dec6
from sfa.domain.money import Money
from sfa.domain.pricing.totals import Totals

SHAPE = "docs/pricing.md, “Totals of any document”"


def total() -> TyperCommand:
    """Return `sfa quote total`."""
    params = [input_option(), json_option("One object, or an array where the input is one.")]
    help_text = "The totals of a document of lines, allowances, charges and taxes, as EN 16931 has them."
    return command("total", _total, params, help_text)


def _total(*, source: str, is_json: bool) -> None:
    from sfa.domain.pricing.totals import total as totalled  # noqa: PLC0415 - each verb imports its own
    from sfa.exchange.json_nodes import as_node  # noqa: PLC0415 - as above
    from sfa.exchange.priced_documents import differences, placed, read_document, totals_json, untaxed  # noqa: PLC0415

    value = read_input(source, SHAPE)
    several = value if isinstance(value, list) else None
    told = []
    for place, one in enumerate(several if several is not None else [value]):
        node = as_node(one, "" if several is None else f"[{place}]")
        document = read_document(node)
        with placed(node.place):
            found = totalled(document)
        told.append(totals_json(found))
        if untaxed(document):
            tell(f"No tax is named on line {', '.join(untaxed(document))}: counted as out of scope (O).")
        for sentence in differences(node, found):
            tell(sentence)
        if not is_json:
            _show(found)
    if is_json:
        emit_json(told if several is not None else told[0])


def _show(found: Totals) -> None:
    def shown(minor: int) -> str:
        return Money(minor, found.currency).decimal_string()

    rows = [
        (line.id, shown(line.net_minor), shown(line.tax_minor), "" if line.is_counted else "not counted")
        for line in found.lines
    ]
    emit_table(("Line", "Net", "Tax", ""), rows, (False, True, True, False))
    taxes = [
        (f"Tax {group.tax.category} {from_dec6(group.tax.rate_ppm * 100)} %", shown(group.tax_minor))
        for group in found.tax_subtotals
    ]
    say("")
    emit_facts(
        [
            ("Lines", shown(found.lines_minor)),
            ("Allowances", shown(-found.allowances_minor) if found.allowances_minor else ""),
            ("Charges", shown(found.charges_minor) if found.charges_minor else ""),
            ("Net", shown(found.net_minor)),
            *taxes,
            ("Gross", shown(found.gross_minor)),
            ("Prepaid", shown(-found.prepaid_minor) if found.prepaid_minor else ""),
            ("Rounding", shown(found.rounding_minor) if found.rounding_minor else ""),
            ("Payable", str(Money(found.payable_minor, found.currency))),
        ]
    )
