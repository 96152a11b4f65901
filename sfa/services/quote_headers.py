"""Discounts and charges of a whole quote, or of one of its lines."""

from dataclasses import dataclass
from typing import Any

from sfa.domain.figures import PPM, AmountError, from_dec6, ppm
from sfa.domain.money import Money, parse_amount
from sfa.domain.text import clean
from sfa.errors import NotFoundError, UsageError
from sfa.services.desk import Desk, Saved
from sfa.services.quote_editing import begin_edit
from sfa.services.quote_lines import line_at
from sfa.services.quote_sheet import Meant, Row, Sheet, load, told
from sfa.services.quote_totals import recalculate

NOTHING = ("none", "0", "")


@dataclass(frozen=True, slots=True)
class Header:
    """A discount or a charge as typed.

    Attributes:
        value: `5%`, `120 EUR`, or `none` to take it away.
        reason: what it is for, as printed; the one of the same reason is replaced.
        is_charge: whether it is added.
        line: the number of the line that it belongs to; None for the whole quote.
    """

    value: str
    reason: str = ""
    is_charge: bool = False
    line: int | None = None

    @property
    def words(self) -> str:
        """Return what it is."""
        return "charge" if self.is_charge else "discount"

    @property
    def label(self) -> str:
        """Return its reason, or the usual word."""
        return clean(self.reason).strip() or self.words.capitalize()


def put(desk: Desk, meant: Meant, header: Header, *, is_dry_run: bool = False) -> Saved:
    """Give a quote a discount or a charge, change the one of that reason, or take it away.

    Raises:
        UsageError: no amount, a share over 100 %, or more than the quote is worth.
        NotFoundError: there is none to take away, or no such line.
        ConflictError: the version was sent.
    """
    with desk.store.write(f"quote.{header.words}", is_dry_run=is_dry_run) as work:
        sheet = load(desk, meant)
        begin_edit(desk, work, sheet)
        line_id = line_at(sheet, header.line)["id"] if header.line is not None else None
        present = _present(sheet, header, line_id)
        if header.value.strip().casefold() in NOTHING:
            if present is None:
                raise NotFoundError(f"{sheet.number} has no {header.words} “{header.label}”.", hint=_known(sheet))
            work.remove("quote_allowance", present["id"])
        else:
            row = _read(sheet, header)
            if present:
                work.update("quote_allowance", present["id"], row)
            else:
                kept = {"version_id": sheet.version_id, "line_id": line_id, "is_charge": int(header.is_charge)}
                work.insert("quote_allowance", {**kept, "reason": header.label, **row})
        totals = recalculate(desk, work, sheet)
        if totals.net_minor < 0 <= totals.lines_minor:
            raise UsageError(
                f"That discount is over 100 %: {sheet.number} is worth {Money(totals.lines_minor, sheet.currency)}."
            )
        work.summary = (
            f"{header.label} of {sheet.number}: {_shown(header)}; net {Money(totals.net_minor, sheet.currency)}"
        )
    return told(desk, work, sheet.id, is_dry_run=is_dry_run)


def _present(sheet: Sheet, header: Header, line_id: str | None) -> Row | None:
    wanted = header.label.casefold()
    return next(
        (
            row
            for row in sheet.allowances
            if row["line_id"] == line_id
            and bool(row["is_charge"]) == header.is_charge
            and row["reason"].casefold() == wanted
        ),
        None,
    )


def _known(sheet: Sheet) -> str:
    reasons = ", ".join(f"“{row['reason']}”" for row in sheet.allowances)
    return f"It has: {reasons}." if reasons else "It has neither discounts nor charges."


def _read(sheet: Sheet, header: Header) -> dict[str, Any]:
    text = clean(header.value).strip()
    try:
        if text.endswith("%"):
            share = ppm(text)
            if share < 0 or (share > PPM and not header.is_charge):
                raise UsageError(
                    f"A {header.words} of {from_dec6(share * 100)} % is none.", hint="It is from 0% to 100%."
                )
            return {"percent_ppm": share, "amount_minor": None}
        amount = parse_amount(text, sheet.currency)
    except AmountError as error:
        raise UsageError(f"{header.label}: {error}", hint=f"Such as 5% or 120 {sheet.currency}.") from error
    if amount.currency != sheet.currency:
        raise UsageError(f"{header.label}: {amount} is in {amount.currency}, the quote in {sheet.currency}.")
    if amount.amount_minor < 0:
        other = "discount" if header.is_charge else "charge"
        raise UsageError(f"A {header.words} is not negative.", hint=f"sfa quote {other} {sheet.number} ...")
    return {"percent_ppm": None, "amount_minor": amount.amount_minor}


def _shown(header: Header) -> str:
    return "none" if header.value.strip().casefold() in NOTHING else clean(header.value).strip()
