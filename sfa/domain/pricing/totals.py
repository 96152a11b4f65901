"""Totals of a document as EN 16931 has them, exact to the minor unit (domain.md 2.5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from sfa.domain.figures import DEC6, PPM, from_dec6
from sfa.domain.money import Money, Rounding
from sfa.domain.pricing.amounts import divide, share, spread, to_coin, to_minor
from sfa.domain.pricing.documents import Adjustment, Document, Line, Tax, TaxMethod

_Taxes = tuple[Tax, ...]


@dataclass(frozen=True, slots=True)
class LineTotal:
    """A line in minor units; one that does not count has its amounts too, and they are in no total.

    Attributes:
        amount_minor: as entered: with tax where the document's prices contain it.
        net_minor: BT-131.
        tax_minor: its tax, for display: the groups' taxes divided over their lines.
    """

    line: Line
    amount_minor: int
    net_minor: int
    tax_minor: int

    @property
    def id(self) -> str:
        """Return the id of the line."""
        return self.line.id

    @property
    def is_counted(self) -> bool:
        """Tell whether it is part of the totals."""
        return self.line.is_counted

    @property
    def why(self) -> str:
        """Return how its amount comes about, in words."""
        return _why(self.line)


@dataclass(frozen=True, slots=True)
class HeaderRecord:
    """The part of a header allowance or charge that falls to one tax group, net, in minor units."""

    is_charge: bool
    reason: str
    net_minor: int
    taxes: _Taxes

    @property
    def signed_minor(self) -> int:
        """Return what it adds to the net total."""
        return self.net_minor if self.is_charge else -self.net_minor


@dataclass(frozen=True, slots=True)
class TaxSubtotal:
    """A tax group: its base and its tax in minor units."""

    tax: Tax
    taxable_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True)
class Totals:
    """All totals in minor units: BT-106, 107, 108, 109, 110, 112, 113, 114, 115, in this order."""

    currency: str
    lines: tuple[LineTotal, ...]
    records: tuple[HeaderRecord, ...]
    tax_subtotals: tuple[TaxSubtotal, ...]
    lines_minor: int
    allowances_minor: int
    charges_minor: int
    net_minor: int
    tax_minor: int
    gross_minor: int
    prepaid_minor: int
    rounding_minor: int
    payable_minor: int

    def explain(self) -> tuple[str, ...]:
        """Return how the payable amount comes about, as sentences."""

        def shown(minor: int) -> str:
            return str(Money(minor, self.currency))

        lines = [f"line {line.id}: {line.why} = {shown(line.amount_minor)}" for line in self.lines]
        records = [
            f"{'charge' if record.is_charge else 'allowance'} {record.reason} at {_rates(record.taxes)}:"
            f" {shown(record.net_minor)}"
            for record in self.records
        ]
        taxes = [
            f"tax {_rate(group.tax)} of {shown(group.taxable_minor)}: {shown(group.tax_minor)}"
            for group in self.tax_subtotals
        ]
        net = (
            f"net: {shown(self.lines_minor)} - {shown(self.allowances_minor)} + {shown(self.charges_minor)}"
            f" = {shown(self.net_minor)}"
        )
        payable = (
            f"payable: {shown(self.gross_minor)} - {shown(self.prepaid_minor)} prepaid"
            f" + {shown(self.rounding_minor)} rounding = {shown(self.payable_minor)}"
        )
        return (
            *lines,
            *records,
            net,
            *taxes,
            f"gross: {shown(self.net_minor)} + {shown(self.tax_minor)} = {shown(self.gross_minor)}",
            payable,
        )


def _rate(tax: Tax) -> str:
    return f"{tax.category} {from_dec6(tax.rate_ppm * 100)} %{f' {tax.name}' if tax.name else ''}"


def _rates(taxes: _Taxes) -> str:
    return " and ".join(map(_rate, taxes))


def total(document: Document) -> Totals:
    """Return all totals of a document.

    Raises:
        PricingError: an allowance that has nothing to be spread over.
    """
    amounts = [line_minor(line, document.currency, document.rounding) for line in document.lines]
    counted = [(line, amount) for line, amount in zip(document.lines, amounts, strict=True) if line.is_counted]
    sets = _sums(counted)
    shares = list(_header_shares(document, sets))
    compute = _inclusive if document.is_tax_inclusive else _exclusive
    parts = compute(document, counted, shares)
    shown = _line_totals(document, amounts, parts)
    return _totalled(document, shown, parts)


def line_minor(line: Line, currency: str, mode: Rounding = Rounding.HALF_UP) -> int:
    """Return `R(P / base · qty)` and its charges, less its allowances, each part rounded by itself."""
    worth = sum([part.quantity_dec6 * part.price_dec6 for part in line.slices])
    unit, times = DEC6 * line.base_dec6, line.recurrence
    amount = to_minor(worth * (times.periods if times else 1), unit, currency, mode)
    if times and times.days:
        amount += to_minor(worth * times.days, unit * times.days_in_period, currency, mode)
    rest = amount
    for part in line.adjustments:
        size = _size(part, rest if part.is_of_rest else amount, mode)
        rest += size if part.is_charge else -size
    return rest


def _size(adjustment: Adjustment, base_minor: int, mode: Rounding) -> int:
    if adjustment.percent_ppm is None:
        return adjustment.amount_minor
    base = base_minor if adjustment.base_minor is None else adjustment.base_minor
    return share(base, adjustment.percent_ppm, mode)


def _set_of(taxes: _Taxes) -> _Taxes:
    return taxes if len(taxes) == 1 else tuple(sorted(taxes))


def _sums(counted: Iterable[tuple[Line, int]]) -> dict[_Taxes, int]:
    """Return the amounts per set of taxes, in an order that is that of the taxes, never that of the lines."""
    sums: dict[_Taxes, int] = {}
    for line, amount in counted:
        key = _set_of(line.taxes)
        sums[key] = sums.get(key, 0) + amount
    return dict(sorted(sums.items()))


@dataclass(frozen=True, slots=True)
class _Share:
    """A header allowance or charge in one tax group, in the prices of the document."""

    adjustment: Adjustment
    amount_minor: int
    taxes: _Taxes

    @property
    def signed(self) -> int:
        return self.amount_minor if self.adjustment.is_charge else -self.amount_minor


def _header_shares(document: Document, sets: dict[_Taxes, int]) -> Iterable[_Share]:
    """A percentage is one record per group; what names no tax is divided over the groups by their amounts."""
    base = rest = sum(sets.values())
    for adjustment in document.adjustments:
        amount = _size(adjustment, rest if adjustment.is_of_rest else base, document.rounding)
        rest += amount if adjustment.is_charge else -amount
        if adjustment.taxes:
            yield _Share(adjustment, amount, _set_of(adjustment.taxes))
        elif amount:
            for taxes, part in zip(sets, spread(amount, list(sets.values())), strict=True):
                yield _Share(adjustment, part, taxes)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What both ways of computing end in: nets of the counted lines, records, and tax groups."""

    line_nets: Sequence[int]
    line_taxes: Sequence[int]
    records: tuple[HeaderRecord, ...]
    groups: tuple[TaxSubtotal, ...]


def _record(part: _Share, net_minor: int) -> HeaderRecord:
    return HeaderRecord(part.adjustment.is_charge, part.adjustment.reason, net_minor, part.taxes)


def _exclusive(document: Document, counted: Sequence[tuple[Line, int]], shares: Sequence[_Share]) -> _Parts:
    """Tax comes on top: `R(base · rate)` per group, or per line."""
    mode, groups, line_taxes = document.rounding, [], [0] * len(counted)
    for tax in _taxes((*(line.taxes for line, _ in counted), *(part.taxes for part in shares))):
        own = [index for index, (line, _) in enumerate(counted) if tax in line.taxes]
        nets = [counted[index][1] for index in own]
        header = sum(part.signed for part in shares if tax in part.taxes)
        base = sum(nets) + header
        if document.tax_method is TaxMethod.LINE:
            each = [share(net, tax.rate_ppm, mode) for net in nets]
            amount = sum(each) + share(header, tax.rate_ppm, mode)
        else:
            amount = share(base, tax.rate_ppm, mode)
            each = _shown_taxes(amount, nets)
        for index, line_tax in zip(own, each, strict=True):
            line_taxes[index] += line_tax
        groups.append(TaxSubtotal(tax, base, amount))
    records = tuple(_record(part, part.amount_minor) for part in shares)
    return _Parts([amount for _, amount in counted], line_taxes, records, tuple(groups))


def _taxes(sets: Iterable[_Taxes]) -> list[Tax]:
    """Return the taxes, one per group, in order."""
    return sorted(dict.fromkeys(tax for taxes in sets for tax in taxes))


def _shown_taxes(amount: int, nets: Sequence[int]) -> list[int]:
    """Divide the tax of a group over its lines for display; lines that cancel each other out show none."""
    return spread(amount, nets) if sum(nets) else [0] * len(nets)


def _inclusive(document: Document, counted: Sequence[tuple[Line, int]], shares: Sequence[_Share]) -> _Parts:
    """The gross is fixed: the tax is taken out per set of taxes, and parts are differences of running amounts."""
    line_nets, line_taxes = [0] * len(counted), [0] * len(counted)
    record_nets = [0] * len(shares)
    bases: dict[Tax, list[int]] = {}
    keys = [*(_set_of(line.taxes) for line, _ in counted), *(part.taxes for part in shares)]
    for taxes in sorted(set(keys)):
        own = [index for index, (line, _) in enumerate(counted) if _set_of(line.taxes) == taxes]
        header = [index for index, part in enumerate(shares) if part.taxes == taxes]
        nets, rest = _net_lines(document, [counted[index][1] for index in own], taxes)
        running = sum(counted[index][1] for index in own)
        before = sum(nets)
        for index in header:
            running += shares[index].signed
            after = rest + _net(running, taxes, document.rounding)
            record_nets[index], before = after - before, after
        for index, net in zip(own, nets, strict=True):
            line_nets[index], line_taxes[index] = net, counted[index][1] - net
        _take_out(bases, taxes, before, running)
    groups = tuple(TaxSubtotal(tax, *bases[tax]) for tax in _taxes(keys))
    records = tuple(
        _record(part, net if part.adjustment.is_charge else -net) for part, net in zip(shares, record_nets, strict=True)
    )
    return _Parts(line_nets, line_taxes, records, groups)


def _net(gross: int, taxes: _Taxes, mode: Rounding) -> int:
    return divide(gross * PPM, PPM + sum(tax.rate_ppm for tax in taxes), mode)


def _net_lines(document: Document, grosses: Sequence[int], taxes: _Taxes) -> tuple[list[int], int]:
    """Return the nets of lines, and what rounding them one by one adds to the net of their sum."""
    whole = _net(sum(grosses), taxes, document.rounding)
    if document.tax_method is TaxMethod.LINE:
        nets = [_net(gross, taxes, document.rounding) for gross in grosses]
        return nets, sum(nets) - whole
    if sum(grosses):
        return spread(whole, grosses), 0
    running = [_net(gross, taxes, document.rounding) for gross in accumulate(grosses, initial=0)]
    return [after - before for before, after in pairwise(running)], 0


def _take_out(bases: dict[Tax, list[int]], taxes: _Taxes, net: int, gross: int) -> None:
    """Add the base and the tax of one set to the groups of its taxes."""
    rates = [tax.rate_ppm for tax in taxes]
    parts = spread(gross - net, rates) if sum(rates) else [0] * len(rates)
    for tax, part in zip(taxes, parts, strict=True):
        group = bases.setdefault(tax, [0, 0])
        group[0] += net
        group[1] += part


def _line_totals(document: Document, amounts: Sequence[int], parts: _Parts) -> tuple[LineTotal, ...]:
    nets, taxes = iter(parts.line_nets), iter(parts.line_taxes)
    shown = []
    for line, amount in zip(document.lines, amounts, strict=True):
        if line.is_counted:
            net, tax = next(nets), next(taxes)
        elif document.is_tax_inclusive:
            net = _net(amount, line.taxes, document.rounding)
            tax = amount - net
        else:
            net, tax = amount, sum(share(amount, tax.rate_ppm, document.rounding) for tax in line.taxes)
        shown.append(LineTotal(line, amount, net, tax))
    return tuple(shown)


def _why(line: Line) -> str:
    words = " + ".join(f"{from_dec6(part.quantity_dec6)} x {from_dec6(part.price_dec6)}" for part in line.slices)
    if line.base_dec6 != DEC6:
        words += f" per {from_dec6(line.base_dec6)}"
    if line.recurrence:
        days = f" and {line.recurrence.days} of {line.recurrence.days_in_period} days" if line.recurrence.days else ""
        words += f", {line.recurrence.periods} periods{days}"
    for part in line.adjustments:
        words += f", {'charge' if part.is_charge else 'allowance'} {part.reason}"
    return words if line.is_counted else f"{words} ({line.role}, not counted)"


def _totalled(document: Document, lines: tuple[LineTotal, ...], parts: _Parts) -> Totals:
    """Sums of rounded values are not rounded again."""
    line_sum = sum(parts.line_nets)
    allowances = sum(record.net_minor for record in parts.records if not record.is_charge)
    charges = sum(record.net_minor for record in parts.records if record.is_charge)
    net, tax = line_sum - allowances + charges, sum(group.tax_minor for group in parts.groups)
    due = net + tax - document.prepaid_minor
    rounding = to_coin(due, document.cash_minor, document.rounding) - due + document.rounding_minor
    return Totals(
        document.currency,
        lines,
        parts.records,
        parts.groups,
        line_sum,
        allowances,
        charges,
        net,
        tax,
        net + tax,
        document.prepaid_minor,
        rounding,
        due + rounding,
    )
