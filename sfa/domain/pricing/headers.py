"""Allowances and charges of a whole document, brought down to its lines: to tax groups first, then within them."""

from dataclasses import dataclass

from sfa.domain.pricing.amounts import spread
from sfa.domain.pricing.documents import Document
from sfa.domain.pricing.totals import HeaderRecord, Totals


@dataclass(frozen=True, slots=True)
class LineShares:
    """What the header adds to each line, in minor units and in the order of the lines; what no line can bear is left."""

    on_lines: tuple[int, ...]
    left: tuple[HeaderRecord, ...]


def on_lines(document: Document, found: Totals) -> LineShares:
    """Return the parts of header allowances (negative) and charges that fall to the lines, net.

    The sum over the lines that bear a set of taxes is that of its records, so that both views agree (domain.md 2.5).

    Args:
        document: what was totalled.
        found: its totals.
    """
    shares, left = [0] * len(document.lines), []
    for record in found.records:
        bearing = _bearing(document, record)
        weights = [found.lines[place].net_minor for place in bearing]
        if not sum(weights):
            left.append(record)
            continue
        for place, part in zip(bearing, spread(record.signed_minor, weights), strict=True):
            shares[place] += part
    return LineShares(tuple(shares), tuple(left))


def _bearing(document: Document, record: HeaderRecord) -> list[int]:
    """Lines of exactly these taxes, else those that bear them among others."""
    wanted = set(record.taxes)
    counted = [(place, set(line.taxes)) for place, line in enumerate(document.lines) if line.is_counted]
    return [place for place, taxes in counted if taxes == wanted] or [
        place for place, taxes in counted if wanted <= taxes
    ]
