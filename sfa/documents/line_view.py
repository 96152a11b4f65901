"""The table of lines, the options and the box of totals, as texts ready to print."""

from collections.abc import Iterable, Sequence
from typing import Final

from sfa.documents.paper import Paper, PaperLine, Section
from sfa.documents.texts import View, paragraphs
from sfa.documents.words import amount, plain, rate, tax_label, words
from sfa.domain import currencies
from sfa.domain.figures import DEC6
from sfa.domain.pricing.documents import Role, Tax

_FIGURES: Final = ("quantity", "unit", "list_price", "discount", "net_price", "tax", "amount")
MOST_FIGURES: Final = 60
"""How many characters beside the description leave it room at the size of the body."""


def table(paper: Paper) -> View:
    """Return the sections of what counts, the options that do not, and which columns are needed."""
    lines = paper.lines
    places = {
        "quantity": _most_places(line.quantity_dec6 for line in lines),
        "price": max(currencies.exponent(paper.currency), _most_places(_prices(lines))),
    }
    options = [line for line in lines if not line.is_counted]
    sections = [
        _section(paper, section, [line for line in section.lines if line.is_counted], places)
        for section in paper.sections
        if section.heading or any(line.is_counted for line in section.lines)
    ]
    shown = [line for section in sections for line in section["lines"]]
    shown_options = [_line(paper, line, places) for line in options]
    return {
        "sections": sections,
        "options": shown_options,
        "columns": _columns([line for line in lines if line.is_counted], lines, shown),
        "option_columns": _columns(options, lines, shown_options),
    }


def _columns(own: Sequence[PaperLine], lines: Sequence[PaperLine], shown: Sequence[View]) -> dict[str, bool]:
    """Tell which columns are needed, and whether their figures leave the description little room.

    Taxes are named per line only where there are several.
    """
    return {
        "unit": any(line.unit for line in own),
        "discount": any(line.discount_ppm for line in own),
        "tax": len({line.taxes for line in lines}) > 1,
        "dense": sum(_width(shown, name) for name in _FIGURES) > MOST_FIGURES,
    }


def _width(shown: Sequence[View], name: str) -> int:
    """Return the most characters in a column."""
    return max((len(_whole(line[name])) for line in shown), default=0)


def _whole(cell: str | View) -> str:
    return cell if isinstance(cell, str) else cell["text"] + cell["pad"]


def _prices(lines: Iterable[PaperLine]) -> Iterable[int]:
    for line in lines:
        yield from (price for price in (line.list_price_dec6, line.net_price_dec6) if price is not None)


def _most_places(numbers: Iterable[int]) -> int:
    return max((len(plain(number).partition(".")[2]) for number in numbers), default=0)


def _section(paper: Paper, section: Section, lines: Sequence[PaperLine], places: dict[str, int]) -> View:
    subtotal = section.subtotal_minor
    return {
        "heading": section.heading,
        "text": paragraphs(section.text),
        "lines": [_line(paper, line, places) for line in lines],
        "subtotal": "" if subtotal is None else amount(subtotal, paper.currency),
    }


def _line(paper: Paper, line: PaperLine, places: dict[str, int]) -> View:
    own, least = words(paper.language), currencies.exponent(paper.currency)

    def price(dec6: int | None) -> View:
        return _cell("" if dec6 is None else plain(dec6, least), places["price"])

    list_price = line.list_price_dec6 if line.discount_ppm else None
    per = "" if line.base_dec6 == DEC6 else f"{own['per']} {plain(line.base_dec6)} {line.unit}".rstrip()
    return {
        "position": line.position,
        "description": line.description,
        "code": line.code,
        "details": paragraphs(line.details),
        "quantity": _cell(plain(line.quantity_dec6), places["quantity"]),
        "unit": line.unit,
        "list_price": price(list_price),
        "net_price": price(line.net_price_dec6),
        "per": per,
        "discount": f"−{rate(line.discount_ppm)}" if line.discount_ppm else "",
        "tax": " + ".join(tax_label(tax, paper.language) for tax in line.taxes),
        "amount": amount(line.amount_minor, paper.currency),
        "period": line.period,
        "tag": _tag(line, own),
        "adjustments": [
            {
                "label": part.reason,
                "amount": amount(part.amount_minor if part.is_charge else -part.amount_minor, paper.currency),
            }
            for part in line.adjustments
        ],
    }


def _tag(line: PaperLine, own: dict[str, str]) -> str:
    if line.is_counted or line.role is Role.NORMAL:
        return ""
    if line.role is Role.OPTIONAL:
        return own["optional"]
    return f"{own['alternative']} · {own['instead_of']} {line.instead_of}" if line.instead_of else own["alternative"]


def _cell(text: str, places: int) -> View:
    """Return a figure and what fills it up, unseen, so that decimal points stand beneath each other."""
    decimals = text.partition(".")[2]
    missing = "0" * (places - len(decimals)) if text else ""
    return {"text": text, "pad": f".{missing}" if missing and not decimals else missing}


def row(label: str, minor: int, currency: str, *, is_total: bool = False) -> View:
    """Return a row of the box of totals."""
    return {"label": label, "amount": amount(minor, currency), "is_total": is_total}


def totals(paper: Paper) -> list[View]:
    """Return the rows of the box: from the sum of lines to what is to be paid."""
    own, sums = words(paper.language), paper.totals
    records: dict[tuple[bool, str], int] = {}
    for record in sums.records:
        key = (record.is_charge, record.reason)
        records[key] = records.get(key, 0) + record.signed_minor
    rows = [row(own["sum_of_lines"], sums.lines_minor, paper.currency)] if records else []
    rows += [row(reason, minor, paper.currency) for (_, reason), minor in records.items()]
    rows.append(row(own["net_total"], sums.net_minor, paper.currency))
    rows += [
        row(_tax_words(part.tax, part.taxable_minor, paper), part.tax_minor, paper.currency)
        for part in sums.tax_subtotals
    ]
    has_more = bool(sums.prepaid_minor or sums.rounding_minor)
    rows.append(row(own["total"], sums.gross_minor, paper.currency, is_total=not has_more))
    if sums.prepaid_minor:
        rows.append(row(own["prepaid"], -sums.prepaid_minor, paper.currency))
    if sums.rounding_minor:
        rows.append(row(own["rounding"], sums.rounding_minor, paper.currency))
    if has_more:
        rows.append(row(own["payable"], sums.payable_minor, paper.currency, is_total=True))
    return rows


def _tax_words(tax: Tax, taxable_minor: int, paper: Paper) -> str:
    own = words(paper.language)
    label = tax_label(tax, paper.language)
    base = f"{own['on']} {amount(taxable_minor, paper.currency)}"
    return f"{label} {base}" if paper.language == "en" else f"{label}（{base}）"
