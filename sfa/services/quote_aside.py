"""What a rep wants to know of a line beside its price: the next volume break, and what this customer paid before."""

from dataclasses import dataclass

from sfa.domain.figures import dec6
from sfa.services.desk import Desk
from sfa.services.prices_explained import break_words, price_text
from sfa.services.pricing import next_break
from sfa.services.quote_history import paid
from sfa.services.quote_prices import wishes_of
from sfa.services.quote_sheet import Meant, Sheet, load


@dataclass(frozen=True, slots=True)
class Aside:
    """Sentences about one line; empty where there is nothing to tell."""

    next_break: str = ""
    last_price: str = ""

    @property
    def words(self) -> str:
        """Return all of it on one line."""
        return " ".join(filter(None, (self.next_break, self.last_price)))


def aside(desk: Desk, meant: Meant, position: int) -> Aside:
    """Return what is to be told of a line; nothing of a line of words, nor of one that is not there.

    Raises:
        NotFoundError: there is no such quote or revision.
    """
    return aside_of(desk, load(desk, meant), position)


def aside_of(desk: Desk, sheet: Sheet, position: int) -> Aside:
    """Return the same of a quote that was loaded."""
    line = next((one for one in sheet.lines if one["ordinal"] == position), None)
    if line is None or not line["product_id"]:
        return Aside()
    wishes = wishes_of(sheet)
    wish = wishes.pop(line["id"])
    ahead = None
    if line["fixed_dec6"] is None and wish.quantity_dec6 > 0:
        ahead = next_break(desk, wish, list(wishes.values()))
    return Aside(break_words(ahead, sheet.currency) if ahead else "", _last(desk, sheet, line["product_id"]))


def _last(desk: Desk, sheet: Sheet, product_id: str) -> str:
    before = next(iter(paid(desk, sheet.quote["account_id"], product_id, sheet.quote["id"])), None)
    if before is None:
        return ""
    price = price_text(dec6(before.price), before.currency)
    return f"Last paid {price} {before.currency} on {before.on} ({before.number})."
