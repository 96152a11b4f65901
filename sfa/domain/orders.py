"""What may become of the lines of an order, and what follows for the order, its quote and their amounts (domain.md 2.9)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sfa.domain.figures import DEC6, from_dec6
from sfa.domain.money import Rounding
from sfa.domain.pricing.amounts import divide, share


class QuantityError(ValueError):
    """A quantity that the line of an order does not allow: one sentence."""


class OrderState(StrEnum):
    """Where an order stands; it follows from quantities and payments, the last one that holds."""

    OPEN = "open"
    PART_DELIVERED = "part_delivered"
    DELIVERED = "delivered"
    PART_INVOICED = "part_invoiced"
    INVOICED = "invoiced"
    PAID = "paid"
    CANCELLED = "cancelled"


class Progress(StrEnum):
    """How far an accepted quote was ordered."""

    NOT_ORDERED = "not_ordered"
    PARTLY_ORDERED = "partly_ordered"
    ORDERED = "ordered"
    PARTLY_INVOICED = "partly_invoiced"
    INVOICED = "invoiced"
    PAID = "paid"


class Extent(StrEnum):
    """How much of something was done."""

    NONE = "none"
    PART = "part"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Quantities:
    """What became of one line, in millionths of its unit; `0 <= returned <= delivered`, `0 <= invoiced`.

    Attributes:
        tolerance: how much more than ordered may be delivered or invoiced.
        cancelled: what of the order will never be delivered nor invoiced.
    """

    ordered: int
    delivered: int = 0
    invoiced: int = 0
    returned: int = 0
    cancelled: int = 0
    tolerance: int = 0

    @property
    def kept(self) -> int:
        """Return what is ordered and not cancelled."""
        return self.ordered - self.cancelled

    @property
    def to_deliver(self) -> int:
        """Return what is still to be delivered."""
        return max(0, self.kept - self.delivered)

    @property
    def to_invoice(self) -> int:
        """Return what is still to be invoiced."""
        return max(0, self.kept - self.invoiced)

    @property
    def delivered_to_invoice(self) -> int:
        """Return what was delivered, has not come back and was not invoiced yet."""
        return max(0, self.delivered - self.returned - self.invoiced)

    def ship(self, quantity: int) -> "Quantities":
        """Return the line after a delivery.

        Raises:
            QuantityError: nothing, or more than ordered and tolerated.
        """
        _positive(quantity)
        self._within(self.delivered + quantity, "delivered")
        return replace(self, delivered=self.delivered + quantity)

    def take_back(self, quantity: int) -> "Quantities":
        """Return the line after goods came back.

        Raises:
            QuantityError: nothing, or more than is with the customer.
        """
        _positive(quantity)
        if self.returned + quantity > self.delivered:
            raise QuantityError(
                f"only {from_dec6(self.delivered - self.returned)} are with the customer, {from_dec6(quantity)} cannot come back"
            )
        return replace(self, returned=self.returned + quantity)

    def invoice(self, quantity: int) -> "Quantities":
        """Return the line after it was invoiced.

        Raises:
            QuantityError: nothing, or more than ordered and tolerated.
        """
        _positive(quantity)
        self._within(self.invoiced + quantity, "invoiced")
        return replace(self, invoiced=self.invoiced + quantity)

    def cancel_rest(self) -> "Quantities":
        """Return the line without what was neither delivered nor invoiced."""
        rest = self.kept - min(self.kept, max(self.delivered, self.invoiced))
        return replace(self, cancelled=self.cancelled + rest)

    def _within(self, wanted: int, done: str) -> None:
        most = self.kept + self.tolerance
        if wanted > most:
            more = f" and {from_dec6(self.tolerance)} more" if self.tolerance else ""
            before = getattr(self, done)
            already = f", {from_dec6(before)} of them {done} already" if before else ""
            raise QuantityError(
                f"{from_dec6(self.kept)}{more} are ordered{already}; {from_dec6(wanted - before)} cannot be {done}"
            )


def _positive(quantity: int) -> None:
    if quantity <= 0:
        raise QuantityError(f"a quantity of {from_dec6(quantity)} is none")


def extent(done: Iterable[tuple[int, int]]) -> Extent:
    """Return how much was done, of pairs of what was done and what was to be done."""
    pairs = list(done)
    if all(amount >= whole for amount, whole in pairs):
        return Extent.FULL if any(amount for amount, _ in pairs) else Extent.NONE
    return Extent.PART if any(amount for amount, _ in pairs) else Extent.NONE


def delivery(lines: Sequence[Quantities]) -> Extent:
    """Return how much of an order was delivered."""
    return extent((line.delivered, line.kept) for line in lines)


def invoicing(lines: Sequence[Quantities]) -> Extent:
    """Return how much of an order was invoiced."""
    return extent((line.invoiced, line.kept) for line in lines)


def order_state(lines: Sequence[Quantities], *, is_settled: bool) -> OrderState:
    """Return where an order stands.

    Args:
        lines: what became of its lines.
        is_settled: whether nothing is owed on its invoices.
    """
    if lines and all(line.kept == 0 < line.ordered for line in lines):
        return OrderState.CANCELLED
    billed, sent = invoicing(lines), delivery(lines)
    if billed is Extent.FULL:
        return OrderState.PAID if is_settled else OrderState.INVOICED
    if billed is Extent.PART:
        return OrderState.PART_INVOICED
    return {
        Extent.FULL: OrderState.DELIVERED,
        Extent.PART: OrderState.PART_DELIVERED,
        Extent.NONE: OrderState.OPEN,
    }[sent]


def quote_progress(ordered: Sequence[tuple[int, int]], states: Iterable[str]) -> Progress:
    """Return how far a quote was ordered.

    Args:
        ordered: of each of its counted lines what was ordered, and how much it offers.
        states: of its orders that are not cancelled.
    """
    found = [OrderState(state) for state in states if state != OrderState.CANCELLED]
    whole = extent(ordered)
    if whole is Extent.NONE or not found:
        return Progress.NOT_ORDERED
    billed = [state for state in found if state in (OrderState.PART_INVOICED, OrderState.INVOICED, OrderState.PAID)]
    if whole is Extent.FULL and all(state is OrderState.PAID for state in found):
        return Progress.PAID
    if whole is Extent.FULL and all(state in (OrderState.INVOICED, OrderState.PAID) for state in found):
        return Progress.INVOICED
    if billed:
        return Progress.PARTLY_INVOICED
    return Progress.ORDERED if whole is Extent.FULL else Progress.PARTLY_ORDERED


def due(total: int, whole: int, done: int, mode: Rounding = Rounding.HALF_UP) -> int:
    """Return what a part of a whole is worth, `R(total * done / whole)`; steps are differences of it (domain.md 0.4).

    Args:
        total: minor units that the whole is worth.
        whole: how much there is of it; of nothing, everything is due at once.
        done: how much of it; more than the whole where a tolerance allows that.
        mode: rounding.
    """
    if whole == 0:
        return total
    return divide(total * done * (1 if whole > 0 else -1), abs(whole), mode)


def step(total: int, whole: int, before: int, after: int, mode: Rounding = Rounding.HALF_UP) -> int:
    """Return what going from one part of a whole to another is worth."""
    if whole == 0:
        return total if not before and after else 0
    return due(total, whole, after, mode) - due(total, whole, before, mode)


def commissionable(line: Mapping[str, Any]) -> int:
    """Return the net of a whole line after all discounts; charges of the whole order, such as freight, are none of it."""
    shares = json.loads(line["shares"] or "[]")
    return int(line["net_minor"]) + sum(int(part["minor"]) for part in shares if not part["is_charge"])


def tax_due(tax_minor: int, base_minor: int, rate_ppm: int, done_minor: int, mode: Rounding = Rounding.HALF_UP) -> int:
    """Return the tax of the part of a group that was invoiced, so that the parts come to the tax of the whole.

    Args:
        tax_minor: the tax of the whole group.
        base_minor: its base.
        rate_ppm: its rate; the tax is taken by it where it makes the tax of the whole, else by the part of the base.
        done_minor: the base that was invoiced so far.
        mode: rounding.
    """
    if done_minor == base_minor:
        return tax_minor
    if share(base_minor, rate_ppm, mode) == tax_minor or base_minor == 0:
        return share(done_minor, rate_ppm, mode)
    return due(tax_minor, base_minor, done_minor, mode)


def tolerance_of(quantity_dec6: int, part_ppm: int) -> int:
    """Return how much more than ordered a part of it is, whole millionths downwards."""
    return quantity_dec6 * part_ppm // DEC6
